"""What a colleague's mail says of a contract that runs already: which kind of change, and in which words. Pure.

Only what is said as a fact counts: who wants to cancel, may renew or asks for a refund has changed nothing yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mailbot.duties.contracts.changes.facts import Said
from mailbot.duties.contracts.settings import Kind
from mailbot.message.model import Message
from mailbot.records.contracts.tables import EventKind
from mailbot.sorting.answer_words import GREETINGS

LONGEST: Final = 2_000  # characters of a mail in which a change is looked for
_LONGEST_LINE: Final = 400
_MOST_LINES: Final = 30
_MOST_GREETING: Final = 4  # words
_WRAPPED: Final = 60  # characters of a line that goes on in the next

NUMBER: Final = re.compile(r"\bK-[0-9]{3,8}(?:\.[0-9]{1,3})?\b", re.IGNORECASE)
_ANSWERED = re.compile(r"\s*(?:re|aw|antw|fwd?|wg)\s?:", re.IGNORECASE)
_SENTENCE = re.compile(r"[!?;\n](?=\s|$)|(?<![0-9])\.(?=\s|$)")
_OPEN = re.compile(
    r"\?|\b(?:(?-i:may)|might|maybe|perhaps|could|would|should|if|whether|wants?|wanted|asks?|asked|asking|demands?"
    r"|threatens?|threatened|thinking|considers?|considering|hopes?|unless|before|not|never|no|doesn't|don't|didn't"
    r"|isn't|won't|hasn't|will|going to|needs?|has to|have to|must|plans?|vielleicht|evtl|eventuell|falls|wenn|ob"
    r"|sobald|möchten?|wollen|würden?|könnten?|muss|müssen|droht|drohen|überlegt|überlegen|fragt|fragen|nicht|nie"
    r"|kein|keine|keinen|bevor|ehe|hofft|plant)\b",
    re.IGNORECASE,
)
_CANCELS = re.compile(
    r"\b(?:cancel(?:s|led|ed|ling|ing|lation)?|terminat(?:es?|ed|ion)|(?:gives?|gave|given) (?:us )?notice"
    r"|kündigt|gekündigt|kündigung|kündige|storniert?)\b",
    re.IGNORECASE,
)
_OF_OTHER_THINGS = re.compile(
    r"\b(?:meetings?|calls?|appointments?|lunch|dinner|visits?|trips?|flights?|hotel|webinar|demo|dates?|talks?|orders?|reminders?"
    r"|letters?|mails?|termine?s?|treffen|gespräche?|anrufe?|besuche?|besprechung|essen|reise|flug|erinnerungen|mailings?"
    r"|bestellung|notice period|kündigungsfrist|fee|invoice|rechnung)\b",
    re.IGNORECASE,
)
_REFUNDS = re.compile(
    r"\b(?:refund(?:s|ed|ing)?|pay(?:s|ing)? back|paid back|reimburse[sd]?|give[s]? back|(?:zurück)?erstatte[nt]?"
    r"|erstattet?|(?:rück)?erstattung|zurückzahlen|rückzahlung)\b",
    re.IGNORECASE,
)
_RENEWS = re.compile(r"\b(?:renew(?:s|ed|al)?|extend(?:s|ed)?|prolong(?:s|ed)?|verlänger(?:t|n|ung))\b", re.IGNORECASE)
_BY_ITSELF = re.compile(
    r"\bauto(?:matic(?:ally)?)?[\s-]?renew|\brenews? (?:automatically|by itself)|\bverlängert sich\b", re.IGNORECASE
)
AGAIN: Final = re.compile(
    r"\b(?:another|one more|a further|for a|for one|for|by|um|ein(?:e[ns]?)? weitere[sn]?|weitere|noch ein(?:en)?)\s"
    r"(?:(?P<number>[0-9]{1,2}|one|two|three|six|twelve|ein|eine|einen|zwei|drei|sechs|zwölf)\s)?"
    r"(?:weitere[sn]?\s|more\s|further\s|ganzes\s)?(?P<unit>months?|years?|monate?n?|jahre?n?s?)\b",
    re.IGNORECASE,
)
SAME_TERMS: Final = re.compile(
    r"\b(?:same|unchanged|identical|gleiche[nrms]?|selbe[nrms]?|dieselben|denselben|unveränderte[nrms]?) "
    r"(?:terms|conditions|price|deal|konditionen|bedingungen|preis)\b"
    r"|\b(?:unchanged|as before|wie bisher|unverändert)\b",
    re.IGNORECASE,
)
MORE: Final = re.compile(
    r"\b(?:adds?|added|adding|additional|additionally|extra|more|on top|plus|another"
    r"|zusätzlich\w*|weitere[rsn]?|mehr|dazu|hinzu|noch)\b",
    re.IGNORECASE,
)
INSTEAD: Final = re.compile(
    r"\b(?:instead of|rather than|statt|anstatt|anstelle von|down from|reduced? to)\b", re.IGNORECASE
)
UNTIL: Final = re.compile(r"\b(?:until|till|through|bis|extended|verlängert|endet|ends)\b", re.IGNORECASE)
DROPS: Final = re.compile(
    r"\b(?:drops?|dropped|without|cancel(?:s|led|ed)?|remove[sd]?|entfällt|entfallen|streichen|streicht"
    r"|gestrichen|ohne|fällt weg)\b",
    re.IGNORECASE,
)
TERM: Final = re.compile(r"\b(?:contract|agreement|vertrag|laufzeit)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")

# One of these stands in every line that says a change.
_STEMS: Final = (
    "cancel", "terminat", "notice", "kündig", "storn", "refund", " back", "reimburs", "erstatt", "zahl",
    "renew", "extend", "prolong", "verlänger", "add", "extra", "more", "on top", "plus", "another", "zusätzlich",
    "weitere", "mehr", "dazu", "hinzu", "noch", "instead", "rather", "statt", "anstelle", "down from", "reduce",
    "until", "till", "through", "bis", "ends", "endet", "drop", "without", "remove", "entf", "streich",
    "gestrichen", "ohne", "fällt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or line of a mail that says a change."""

    kind: EventKind
    words: str


def said_in(message: Message, kinds: Sequence[Kind]) -> Said | None:
    """What the mail says of a contract; None where it says nothing of the kind.

    It stands in the subject or in the first line that says anything: further down stand numbers, news and other things.
    """
    text = message.body.for_people.text[:LONGEST]
    first, subject = _first_line(text), _own_subject(message)
    if not _may_say_a_change(f"{first}\n{subject}"):
        return None
    for words in (first, subject):
        found = stated(words, kinds)
        if found is not None:
            numbers = dict.fromkeys(
                each.upper() for each in NUMBER.findall(f"{message.subject[:_LONGEST_LINE]}\n{text}")
            )
            whole = text if words == first else f"{words}\n{text}"
            return Said(found.kind, whole.strip(), words, tuple(numbers))
    return None


def stated(words: str, kinds: Sequence[Kind]) -> Statement | None:
    """What the sentences of a line say, the gravest first; None where they say nothing, or leave it open."""
    if "?" in words or not _may_say_a_change(words):
        return None
    sentences = [each for each in _SENTENCE.split(words[:_LONGEST_LINE]) if each.strip()]
    for kind, says in (
        (EventKind.REFUNDED, _says_refund),
        (EventKind.CANCELLED, _says_cancelled),
        (EventKind.RENEWED, _says_renewed),
        (EventKind.AMENDED, _says_amended),
    ):
        for sentence in sentences:
            if says(sentence, kinds):
                return Statement(kind, sentence.strip())
    return None


def _may_say_a_change(words: str) -> bool:
    """A quick look: most mails say none."""
    return any(map(words.casefold().__contains__, _STEMS))


def names_kind(words: str, kinds: Sequence[Kind]) -> bool:
    """Whether something of what contracts promise is named."""
    said = [word.rpartition("-")[2] for word in _WORD.findall(words.casefold())]
    return not all(kind.words.isdisjoint(said) for kind in kinds)


def kind_in(clause: str, kinds: Sequence[Kind]) -> Kind | None:
    """The kind whose word comes first."""
    for word in _WORD.findall(clause.casefold()):
        for kind in kinds:
            if word in kind.words or word.rpartition("-")[2] in kind.words:
                return kind
    return None


def _says_refund(sentence: str, _kinds: Sequence[Kind]) -> bool:
    found = _REFUNDS.search(sentence)
    return bool(found and any(sign.isdigit() for sign in sentence) and not _OPEN.search(sentence[: found.start()]))


def _says_cancelled(sentence: str, kinds: Sequence[Kind]) -> bool:
    found = _CANCELS.search(sentence)
    if found is None or _OPEN.search(sentence) or _OF_OTHER_THINGS.search(sentence):
        return False
    return not names_kind(sentence, kinds)  # "cancels the banner" changes the contract and does not end it


def _says_renewed(sentence: str, kinds: Sequence[Kind]) -> bool:
    found = _RENEWS.search(sentence)
    if found is None or _OPEN.search(sentence) or _BY_ITSELF.search(sentence) or _OF_OTHER_THINGS.search(sentence):
        return False
    says_how = AGAIN.search(sentence) or SAME_TERMS.search(sentence)
    return bool(says_how) and not names_kind(sentence, kinds)


def _says_amended(sentence: str, kinds: Sequence[Kind]) -> bool:
    if names_kind(sentence, kinds):
        says = any(each.search(sentence) for each in (MORE, INSTEAD, DROPS)) or (
            bool(UNTIL.search(sentence)) and any(sign.isdigit() for sign in NUMBER.sub(" ", sentence))
        )
    else:
        of_contract = TERM.search(sentence) or NUMBER.search(sentence)
        says = bool(of_contract and INSTEAD.search(sentence) and UNTIL.search(sentence))
    return says and not (_OPEN.search(INSTEAD.sub(" ", sentence)) or _OF_OTHER_THINGS.search(sentence))


def _own_subject(message: Message) -> str:
    """The subject, where the sender has written it; that of an answer or of a forwarded mail is somebody else's."""
    subject = message.subject[:_LONGEST_LINE]
    return "" if message.references or _ANSWERED.match(subject) else subject


def _first_line(text: str) -> str:
    """The first line that says more than a greeting, with those that a mail program has broken off it."""
    first = ""
    for line in text.split("\n")[:_MOST_LINES]:
        if not first and _only_greets(line):
            continue
        first = f"{first} {line.strip()}".strip()
        if len(line) < _WRAPPED:
            break
    return first[:_LONGEST_LINE]


def _only_greets(line: str) -> bool:
    """Whether the line says nothing, or hello."""
    words = [found[0] for found in islice(_WORD.finditer(line.casefold()), _MOST_GREETING + 1)]
    return not words or (words[0] in GREETINGS and len(words) <= _MOST_GREETING)
