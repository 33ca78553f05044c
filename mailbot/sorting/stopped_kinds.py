"""A client stops a kind of letters in words of their own: "no more reminders, invoices still to me, please". Pure.

Only what is wholly understood stops anything: "no more reminders until January" and "no more reminders about the
banner" are read by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.letters.model import LetterKind
from mailbot.message.model import Evidence, Message
from mailbot.records.known import Known
from mailbot.sorting.model import Sorted, Trust

_LONGEST: Final = 600  # characters; whoever writes more gives a person something to read

# What people call each kind. Those that may be stopped come first; a client has to have the others.
_CALLED: Final[Mapping[LetterKind, tuple[str, ...]]] = {
    LetterKind.REMINDER: (
        *("reminders", "reminder", "reminder mails", "reminder emails", "reminder e-mails"),
        *("erinnerungen", "erinnerungsmails", "erinnerungs-mails"),
    ),
    LetterKind.MAILING: (
        *("newsletters", "newsletter", "mailings", "mailing", "marketing mails", "marketing emails"),
        *("advertising", "advertisements", "werbung", "werbemails", "werbe-mails", "rundschreiben", "rundmails"),
    ),
    LetterKind.INVOICE: ("invoices", "invoice", "bills", "rechnungen", "rechnung"),
    LetterKind.PROOF: (
        *("proofs", "print approvals", "approvals"),
        *("druckfreigaben", "druckfreigabe", "freigaben", "korrekturabzüge"),
    ),
    LetterKind.CONTRACT: ("contracts", "contract letters", "contract mails", "verträge", "vertragsunterlagen"),
}
_MAY_BE_STOPPED: Final = (LetterKind.REMINDER, LetterKind.MAILING)
_ALL: Final = ("mails", "e-mails", "emails", "letters", "messages", "nachrichten")


def _one_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def _listed(words: Iterable[str]) -> str:
    one = _one_of(words)
    return rf"{one}(?: (?:and|or|und|oder) (?:no more |keine )?{one})?"


_STOPPABLE: Final = tuple(word for kind in _MAY_BE_STOPPED for word in _CALLED[kind])
_KIND_OF: Final = {word: kind for kind, words in _CALLED.items() for word in words}
_NAMED: Final = re.compile(rf"(?<![\w-]){_one_of(_KIND_OF)}(?![\w-])")
_NO_MORE: Final = (
    r"(?:(?:please|hi|hello|thanks|hallo|moin|guten tag|bitte|and|und) )*"
    r"(?:no more|no further|(?:can you |could you )?send(?: me| us)? no (?:more|further)"
    r"|stop sending(?: me| us)?(?: (?:the|these|those|your|any|all))?"
    r"|stop(?: (?:the|these|those|your|all))?|(?:don't|do not) send(?: me| us)?(?: any)? more"
    r"|(?:i|we) (?:don't|do not) (?:want|need)(?: any)? more|(?:i|we) want no more"
    r"|unsubscribe me from(?: (?:the|your|all))?"
    r"|(?:ich (?:möchte|will|brauche) |wir (?:möchten|wollen|brauchen) |(?:schicken|senden) sie (?:mir|uns) )?"
    r"(?:bitte )?keine(?: weiteren)?"
    r"|(?:bitte )?stoppen sie die)"
)
_TAIL: Final = (
    r"(?: (?:please|thanks|thank you|from you|to me|any more|anymore|from now on|mehr|bitte|danke|an mich|von ihnen"
    r"|bekommen|erhalten|schicken|senden|zusenden|künftig))*"
)
_STOPS: Final = re.compile(rf"{_NO_MORE} (?P<kinds>{_listed(_STOPPABLE)}){_TAIL}")
_STOPS_ALL_BUT: Final = re.compile(
    rf"{_NO_MORE} {_one_of(_ALL)}(?: mehr)?(?: please| bitte)? (?:except|but for|besides|ausser|bis auf)(?: for)? .*"
)
_STILL: Final = re.compile(
    r"(?<!\w)(?:still|keep|continue|of course|fine|welcome|natürlich|weiterhin|nach wie vor|gerne?|nur noch|only"
    r"|except|but for|besides|ausser|bis auf)(?!\w)"
)
_CONDITION: Final = re.compile(
    r"(?:if|unless|until|when|while|before|after|as long as|wenn|falls|bis|solange|während|bevor|ausser wenn|ab)(?!\w)"
)
_CLAUSE: Final = re.compile(r"([.!?;,:\n]+(?=\s|$)|\s[-–—]\s)")
_LINE_END: Final = re.compile(r"\n\s*(?=[^\W\d_a-zäöüß]|\n|$)")  # a line behind which a new one begins


@dataclass(frozen=True, slots=True)
class KindsStopped:
    """The kinds of letters that a contact wants no more, those that are said to be wanted still, and the words."""

    kinds: tuple[LetterKind, ...]
    kept: tuple[LetterKind, ...]
    words: Evidence


def kinds_stopped(message: Message, known: Known, sorted_as: Sorted) -> KindsStopped | None:
    """What a proven contact stops by words of their own, in whichever mail; None where that is nothing or unclear."""
    if known.sender is None or known.sender.contact is None or sorted_as.trust.trust is not Trust.T2:
        return None
    body = message.body.for_people
    if sorted_as.automatic or len(body.text) > _LONGEST:
        return None
    said = _said(_LINE_END.sub("; ", body.text)) or _said(body.text)
    if said is None:
        return None
    stopped, kept = (tuple(kind for kind in LetterKind if kind in kinds) for kinds in said)
    return KindsStopped(stopped, kept, body.evidence(0, len(body.text)))


def names_a_kind(words: str) -> bool:
    """Whether words name a kind of letters."""
    return bool(_kinds_in(" ".join(words.casefold().split())))


def _said(text: str) -> tuple[frozenset[LetterKind], frozenset[LetterKind]] | None:
    """The kinds that a text stops, and those that it wants still; None where it stops none, or is not clear."""
    pieces = _CLAUSE.split(" ".join(text.casefold().replace("\u2019", "'").split()))
    clauses = [clause.strip() for clause in pieces[::2]]
    ends = [*(end.strip() for end in pieces[1::2]), ""]
    stopping = [place for place, clause in enumerate(clauses) if _stopped_by(clause)]
    if not stopping or any("?" in ends[place] or _hangs_on(clauses, place) for place in stopping):
        return None
    stopped = frozenset(kind for place in stopping for kind in _stopped_by(clauses[place]))
    others = (clause for place, clause in enumerate(clauses) if place not in stopping or _STOPS_ALL_BUT.match(clause))
    kept = frozenset(kind for clause in others if _STILL.search(clause) for kind in _kinds_in(clause))
    return None if kept & stopped else (stopped, kept)


def _stopped_by(clause: str) -> frozenset[LetterKind]:
    if said := _STOPS.fullmatch(clause):
        return _kinds_in(said["kinds"])
    if _STOPS_ALL_BUT.fullmatch(clause) and _kinds_in(clause):
        return frozenset(_MAY_BE_STOPPED) - _kinds_in(clause)
    return frozenset()


def _kinds_in(words: str) -> frozenset[LetterKind]:
    return frozenset(_KIND_OF[each[0]] for each in _NAMED.finditer(words))


def _hangs_on(clauses: list[str], place: int) -> bool:
    """Whether the next clause takes some of it back: "…, until we are back"."""
    following = clauses[place + 1] if place + 1 < len(clauses) else ""
    return _CONDITION.match(following) is not None
