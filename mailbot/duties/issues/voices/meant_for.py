"""Whom a colleague's words about an issue are meant for: its client, or anybody else. Pure, linear in the text.

A colleague who answers a letter of the desk may be speaking to another colleague: that one stands in To or Cc, or is
spoken to by name. Such words stay inside. So do those that are in doubt: what a client must not read cannot be called
back, and a colleague who is told that words went no further loses a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mailbot.duties.issues.facts import IssueCard
from mailbot.message.addresses import address_key
from mailbot.message.model import Message
from mailbot.records.known import Known

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GREETING: Final = (
    r"(?:hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)"
    r"|sehr geehrte[rs]?|liebe[rs]?(?! gr[uü])|moin|servus|grüß (?:dich|gott))(?!\w)"
)
_GREETS = re.compile(rf"^[^\S\n]*{_GREETING}(?P<rest>[^\n]*)", re.IGNORECASE | re.MULTILINE)
_END_OF_A_CALL = re.compile(r"[,:!?.;\n]|\s[-–—]|[–—]")
_BEGINNING = re.compile(r"(?:\A|\n|[.!?][^\S\n])\s{0,20}(?=[^\W\d_])")
_LAST_OF_A_SENTENCE = re.compile(r",[^\S\n]*([^\W\d_][\w'’-]*)[^\S\n]*(?=[?!.]|$)", re.MULTILINE)
_AT = re.compile(r"(?<![\w.])@([^\W\d_][\w'’-]*)")
_DOTTED = re.compile(r"(?<!\w)(mr|mrs|ms|dr|prof|dipl|ing)\.", re.IGNORECASE)
_MOST_WORDS: Final = 5  # of a call: "Hi Mr and Mrs van Dyke"
_SHORTEST: Final = 3  # letters by which a short form is known: "Rob" for Robert


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that stand beside a name, or for one, and say nothing of whose it is.
_BESIDES: Final = _listed(
    "mr mrs ms miss dr prof sir madam mister herr herrn frau damen herren und and or oder again there from at of von"
    " bei dear good morning afternoon evening day guten tag morgen abend sehr geehrter geehrte liebe lieber"
    " customer customers kunde kundin kunden nochmal wieder to you hi hello hallo"
)
_TITLES: Final = _listed("mr mrs ms miss mister dr prof herr herrn frau")
_MANY: Final = _listed("team all both everyone everybody folks guys zusammen alle beide beiden leute")  # of whom?
_OURS: Final = _listed("desk robot bot mailbot colleague colleagues kollege kollegin kollegen boss chef chefin")
# With these a sentence goes on behind a greeting without a comma: "Hi Gil we have it".
_GO_ON: Final = _listed(
    "i i'm i’m i've i’ve we we're we’re we've we’ve you'll the this that it it's it’s your our my here as just please"
    " thanks thank sorry what which when where who how could can would do did is are"
    " ich wir das der die den dem ihr ihre ihren unser unsere es hier danke vielen leider bitte"
    " was welche welcher wann wo wer wie können könnten kannst sind ist"
)
# Words with a comma behind them that begin an answer, and call nobody.
_OPENERS: Final = _GO_ON | _listed(
    "yes yep yeah no nope ok okay sure done fixed solved right true well good great perfect fine noted understood"
    " agreed unfortunately actually apologies hope indeed yesterday today tomorrow now so also and but then again"
    " still first second finally however meanwhile otherwise absolutely certainly of by for in on at with if after"
    " before since until update news corrected live all everything nothing both a an to from"
    " monday tuesday wednesday thursday friday saturday sunday"
    " ja nein doch klar gerne gern erledigt behoben gelöst gut prima super verstanden stimmt richtig entschuldigung"
    " entschuldigen verzeihung natürlich selbstverständlich gestern heute morgen jetzt nun also und aber dann noch"
    " info correction korrektur answer antwort question frage"
    " inzwischen übrigens alles nichts ein eine einen wenn falls nach vor seit bis mit bei zu von auf in im am"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag korrigiert zum zur"
)


@dataclass(frozen=True, slots=True)
class _Names:
    """Words of names: those of the issue's client, and those of colleagues and of the desk."""

    client: frozenset[str]
    inside: frozenset[str]
    is_surname_unknown: bool

    def is_clients(self, word: str) -> bool:
        """Whether a word is of the client's names, in full or as a short form."""
        return word in self.client or any(
            len(word) >= _SHORTEST <= len(name) and (name.startswith(word) or word.startswith(name))
            for name in self.client
        )


def is_for_somebody_else(message: Message, text: str, known: Known, issue: IssueCard) -> bool:
    """Whether the words are meant, or may be meant, for anybody but the client of the issue: the mail went to others
    too, or `text`, those of its words that are not marked as internal, speaks to somebody else by name."""
    return _goes_to_others(message, known, issue) or _calls_somebody_else(text, _names(known, issue))


def _goes_to_others(message: Message, known: Known, issue: IssueCard) -> bool:
    client = known.client(issue.client_id)
    theirs = {issue.address_key, *(address_key(each.address) for each in (client.contacts if client else ()))}
    return not all(
        known.desk.is_own(to.key) or known.is_senders(to.key) or to.key in theirs for to in (*message.to, *message.cc)
    )


def _calls_somebody_else(text: str, names: _Names) -> bool:
    if any(word.casefold() in names.inside for word in _AT.findall(text)):
        return True
    greeted = [_greeted(found["rest"], names) for found in _GREETS.finditer(text)]
    if any(_is_somebody_else(call, names) for call in greeted):
        return True
    if any(word.casefold() in names.inside for word in _LAST_OF_A_SENTENCE.findall(text)):
        return True
    return any(_is_colleague(call, names) for call in _calls(text)) or _begins_with_a_stranger(text, names)


def _is_somebody_else(call: Iterable[str], names: _Names) -> bool:
    """Whether a greeting is, or may be, for another: one word of it that is not the client's is enough."""
    words = [word.casefold() for word in call]
    own = {word for word in words if names.is_clients(word) and word not in names.inside}
    if not own and names.is_surname_unknown and _TITLES & set(words) and names.inside.isdisjoint(words):
        return False
    others = [word for word in words if word not in own and word not in _BESIDES]
    if own:
        others = [word for word in others if word not in _MANY and not names.is_clients(word)]
    return bool(others)


def _greeted(rest: str, names: _Names) -> list[str]:
    """The words behind a greeting that say who is greeted."""
    rest = _DOTTED.sub(r"\1 ", rest)
    end = _END_OF_A_CALL.search(rest)
    found = _WORD.findall(rest[: end.start()] if end else rest)
    call: list[str] = []
    for word in found[:_MOST_WORDS]:
        folded = word.casefold()
        is_known = folded in names.inside or names.is_clients(folded) or folded in _BESIDES | _MANY
        goes_on = word[0].islower() and not is_known and (bool(call) or len(found) > _MOST_WORDS)
        if folded in _GO_ON or goes_on:
            break
        call.append(word)
    return call


def _calls(text: str) -> Iterator[list[str]]:
    """What stands before a comma, a colon or a dash where a line or a sentence begins: "Viktor, can you"."""
    for found in _BEGINNING.finditer(text):
        end = _END_OF_A_CALL.search(text, found.end(), found.end() + 80)
        if end is None or (end[0] == "\n" and found.start() > 0) or end[0] in {"?", ".", ";"}:
            continue  # a name on a line of its own below is a signature
        words = _WORD.findall(text[found.end() : end.start()])
        if 0 < len(words) <= _MOST_WORDS:
            yield words


def _is_colleague(call: list[str], names: _Names) -> bool:
    """Whether somebody inside is called by name, and nothing else is said before the comma."""
    words = [word.casefold() for word in call if word.casefold() not in _BESIDES | _MANY]
    return bool(words) and all(word in names.inside for word in words)


def _begins_with_a_stranger(text: str, names: _Names) -> bool:
    """ "Ellen, your banner is fine": a name, by its capital, that is not one of the client's."""
    start = text.lstrip()
    if _GREETS.match(start):
        return False
    end = _END_OF_A_CALL.search(start, 0, 80)
    words = _WORD.findall(start[: end.start()]) if end and end[0][0] in ",:!-–—\n " else []
    if not 0 < len(words) <= 2 or any(word[0].islower() for word in words):  # a name and a surname
        return False
    first = words[0].casefold()
    return first not in _OPENERS and not first.endswith("ly") and _is_somebody_else(words, names)


def _names(known: Known, issue: IssueCard) -> _Names:
    client = known.client(issue.client_id)
    contacts = client.contacts if client else ()
    theirs = [issue.name, issue.address.partition("@")[0], *(each.name for each in contacts)]
    theirs += [client.name] if client else [issue.address.partition("@")[2].partition(".")[0]]
    speaker = known.sender.person if known.sender else None
    ours = [each.name for each in known.staff if speaker is None or each.id != speaker.id]
    ours += [known.desk.name, known.desk.company, known.desk.address.partition("@")[0]]
    return _Names(
        client=frozenset(_words(theirs)) - _BESIDES - _MANY - _GO_ON,
        inside=(frozenset(_words(ours)) | _OURS) - _BESIDES - _MANY - _GO_ON,
        is_surname_unknown=len(_WORD.findall(issue.name)) <= 1,
    )


def _words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (word.casefold() for word in _WORD.findall(name) if len(word) > 1)
