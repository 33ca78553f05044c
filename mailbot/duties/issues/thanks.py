"""Mails that say thanks and nothing else: "Thank you, all fine now!", "Vielen Dank für die schnelle Hilfe".

Every word has to be one that thanks are made of, or a name that is known: of such a mail nobody needs to see anything.
A word more ("Thanks, we take the back page") and a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from mailbot.duties.issues.signals import LONGEST_TEXT, is_only_thanks, signals_of
from mailbot.message.model import Message
from mailbot.message.subjects import taken_apart
from mailbot.records.known import Known

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MOST_WORDS: Final = 40
_LONGEST_PHRASE: Final = 4


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for line in listed.splitlines() for phrase in line.casefold().split("|"))


# Words that say something only beside others ("your help", never "help") stand here with those others.
_PHRASES: Final = _phrases("""
    thanks|thank you|thx|many thanks|cheers|much appreciated|i appreciate it|we appreciate it|appreciate it|appreciated
    thanks again|a lot|so much|very much|once again|for your help|for the help|for all your help|for your quick help
    for the quick help|for your support|for your assistance|for your patience|for your effort|for your efforts
    for helping|for fixing it|for sorting it|for sorting it out|for sorting this out|for taking care|of it
    for your reply|for the reply|for your answer|for the answer|for the quick reply|for your quick reply
    for the quick answer|for your quick answer|for the fast reply|for the quick response|for your quick response
    for the update|for the information|for the info|for letting us know|for letting me know|for everything
    for getting back to|us|me|to you|to you all|to all|from all of us
    all fine|all good|all set|all clear|all well|everything is fine|everything's fine|everything fine|everything works
    everything is working|everything is good|it works|it is working|it's working|it is fixed|it's fixed|is fixed
    is solved|is sorted|is resolved|works fine|works again|works now|works perfectly|working again|working now|works
    is fine|is perfect|is great|looks good|looks great|that's great|that is great|that's perfect|that was quick|now
    indeed|too|also|and|ok|okay|great|perfect|wonderful|excellent|brilliant|fantastic|awesome|lovely|super
    very kind|very helpful|good job|great job|good work|great work|well done|you're the best|you are the best
    the problem is solved|the problem is fixed|the problem is resolved|the issue is solved|the issue is fixed
    the issue is resolved|the link works|the banner works|the page works|the site works|the website works
    no problem|no problem at all
    hi|hello|hey|dear|dear all|dear team|all|team|everyone|good morning|good afternoon|good evening
    have a nice day|have a great day|have a good day|have a nice weekend|have a great weekend|have a good weekend
    best|best regards|kind regards|warm regards|regards|best wishes|kindest regards|sincerely|yours|greetings
    danke|vielen dank|herzlichen dank|besten dank|lieben dank|tausend dank|vielen lieben dank|dankeschön|danke schön
    danke sehr|ganz herzlichen dank|nochmals|noch einmal|nochmal|ihnen|euch|dir|an alle|ans team|sehr
    für die hilfe|für ihre hilfe|für eure hilfe|für deine hilfe|für die schnelle|für ihre schnelle|für die rasche
    für ihre rasche|für die prompte|für die schnelle hilfe|für ihre schnelle hilfe|für die rasche hilfe
    für ihre rasche hilfe|für die prompte hilfe|für eure schnelle hilfe|für die tolle hilfe
    für die antwort|für ihre antwort|für die rückmeldung
    für ihre rückmeldung|für die unterstützung|für ihre unterstützung|für ihre mühe|für die mühe|für alles
    für ihre geduld|für die info|für die information|für die gute|zusammenarbeit|unterstützung|rückmeldung|antwort
    erledigung|bearbeitung|alles gut|alles bestens|alles klar|alles in ordnung|alles okay|alles ok|alles passt|passt
    passt so|passt alles|alles fein|ist alles|alles|bestens|prima|toll|klasse|wunderbar|perfekt|sehr gut|sehr nett
    sehr freundlich|hat geklappt|hat alles geklappt|es funktioniert|funktioniert jetzt|funktioniert wieder
    funktioniert nun|funktioniert einwandfrei|klappt jetzt|klappt wieder|klappt nun|geht jetzt|geht wieder|läuft wieder
    läuft jetzt|läuft nun|ist behoben|ist gelöst|ist erledigt|hat sich erledigt|hat sich geklärt|jetzt|nun|und|auch
    das problem ist gelöst|das problem ist behoben|der link funktioniert|das banner funktioniert|die seite funktioniert
    die seite läuft|es läuft|es klappt|kein problem
    hallo|guten tag|guten morgen|moin|liebe|lieber|liebes|sehr geehrte|damen und herren|frau|herr|zusammen
    viele grüße|beste grüße|liebe grüße|herzliche grüße|schöne grüße|freundliche grüße|mit freundlichen grüßen
    mit besten grüßen|mit freundlichem gruß|gruß|grüße|lg|vg|mfg|schönen tag|schönen tag noch|schönes wochenende
    einen schönen tag|ein schönes wochenende
""")


def says_only_thanks(message: Message, known: Known) -> bool:
    """Whether the mail, with its subject, is thanks from its first word to its last, and brings nothing with it."""
    words = message.body.for_people
    subject = taken_apart(message.subject)
    said = "" if subject.is_reply else message.subject
    if message.attachments or len(words.text) > LONGEST_TEXT or "?" in f"{said}{words.text}":
        return False
    if not is_only_thanks(signals_of("", words), words.text):
        return False
    names = _names(message, known)
    return _is_made_of_thanks(words.text, names) and (not said.strip() or _is_made_of_thanks(said, names))


def _names(message: Message, known: Known) -> frozenset[str]:
    """The words of the names that may stand under such a mail, or in its greeting."""
    sender = known.sender
    found = [message.sender.name if message.sender else "", known.desk.name, known.desk.company]
    found += [person.name for person in known.staff]
    if sender:
        found += [sender.contact.name if sender.contact else "", sender.client.name if sender.client else ""]
    return frozenset(word for name in found for word in _words(name))


def _is_made_of_thanks(text: str, names: Iterable[str]) -> bool:
    """Whether the phrases and the names, one after the other, are the whole text."""
    words = _words(text)
    if len(words) > _MOST_WORDS:
        return False
    known_names = frozenset(names)
    at = 0
    while at < len(words):
        length = _length_of_phrase(words[at : at + _LONGEST_PHRASE])
        if not length and words[at] not in known_names:
            return False
        at += max(length, 1)
    return True


def _length_of_phrase(words: Sequence[str]) -> int:
    """How many of these words, from the first on, are the longest phrase of thanks; 0 where there is none."""
    return next((size for size in range(len(words), 0, -1) if tuple(words[:size]) in _PHRASES), 0)


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
