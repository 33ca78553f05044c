"""The letters about contracts: the numbered reading, that it was passed on, and that it is a contract. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.duties.contracts.facts import (
    IS_IT_RIGHT,
    NAME,
    ContractReading,
    DraftCard,
    NamedClient,
    Promise,
    Renewal,
)
from mailbot.duties.contracts.intake.comparing import counterpart, differs
from mailbot.duties.contracts.intake.points import Point, heads_up_on, notice_days, notice_on, points_of
from mailbot.duties.contracts.planning import Planned
from mailbot.duties.contracts.settings import settings_of
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.offered_sales import OfferedSale, offering

_LONGEST_WORDS: Final = 90
_MOST_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Besides:
    """What a reading is told with: who sent it, where that is somebody else; what an answer changed, and which of its
    lines were not understood; files that have no text. `lacking`: an OK came, and something has to be said first."""

    sent_by: PersonCard | None = None
    changed: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unopened: tuple[str, ...] = ()
    lacking: bool = False


def reading_letter(s: Situation, draft: DraftCard, to: PersonCard, besides: Besides) -> Send:
    """All that was read, point by point, for one OK."""
    facts: dict[str, Plain] = {
        "contract": draft.ref,
        "client": draft.client.name if draft.client else None,
        "choices": tuple(one_line(each.name, _LONGEST_WORDS) for each in draft.choices[:_MOST_SHOWN]),
        "sent_by": besides.sent_by.name if besides.sent_by else None,
        "follows": draft.follows,
        "ended_on": draft.follows_ended_on,
        "points": tuple(_point(s, draft, point) for point in points_of(draft.reading)),
        "unread": tuple(one_line(words, _LONGEST_WORDS) for words in draft.reading.unread),
        "changed": tuple(one_line(line, _LONGEST_WORDS) for line in besides.changed),
        "unclear": tuple(one_line(line, _LONGEST_WORDS) for line in besides.unclear[:_MOST_SHOWN]),
        "unopened": tuple(one_line(name, _LONGEST_WORDS) for name in besides.unopened[:_MOST_SHOWN]),
        "lacking": besides.lacking,
        "example": 3 if draft.reading.promises else 1,
    }
    question = Question(NAME, IS_IT_RIGHT, f"Is {draft.ref} read right?", {"draft": draft.ref})
    return Send(
        Draft(
            to.recipient,
            "contracts/reading",
            facts,
            "contracts-reading",
            s.ref,
            answers=s.thread,
            about_client=draft.client.id if draft.client else None,
        ),
        question,
    )


def passed_on(s: Situation, to: PersonCard, client: NamedClient, owner: PersonCard) -> Send:
    """The sender hears that somebody else is asked, whose client it is."""
    facts: dict[str, Plain] = {"client": client.name, "owner": owner.name}
    return Send(Draft(to.recipient, "contracts/passed_on", facts, "contracts-passed-on", s.ref, answers=s.thread))


def dropped(s: Situation, to: PersonCard, ref: str) -> Send:
    """What was read is no contract; the file stays with its mail."""
    return Send(
        Draft(to.recipient, "contracts/dropped", {"contract": ref}, "contracts-dropped", s.ref, answers=s.thread)
    )


def running(s: Situation, draft: DraftCard, to: PersonCard, promised: tuple[Planned, ...], sale: OfferedSale) -> Send:
    """It is a contract; and the one question that is left: whether to book it too."""
    reading, client = draft.reading, draft.client
    term, notice = reading.term, None
    if term is not None:
        notice = notice_on(reading.renewal, term.ends_on)
    days = settings_of(s.known.desk).heads_up_days
    facts: dict[str, Plain] = {
        "contract": draft.ref,
        "client": client.name if client else "",
        "starts_on": term.starts_on if term else None,
        "ends_on": term.ends_on if term else None,
        "notice_on": notice,
        "heads_up_on": heads_up_on(notice, days) if notice else None,
        "departments": _departments(s, promised),
        "amount": sale.amount,
        "currency": sale.currency,
        "week": sale.said_on.isocalendar().week,
    }
    letter = Draft(
        to.recipient,
        "contracts/running",
        facts,
        "contracts-running",
        s.ref,
        answers=s.thread,
        about_client=client.id if client else None,
    )
    return Send(letter, offering(NAME, sale))


def _departments(s: Situation, promised: tuple[Planned, ...]) -> tuple[Plain, ...]:
    """Who has how many things to deliver; "" for what nobody is configured for."""
    counted: dict[str, int] = {}
    for row in promised:
        person = s.known.person(row.department_id)
        name = person.name if person else ""
        counted[name] = counted.get(name, 0) + 1
    return tuple({"name": name, "count": count} for name, count in counted.items())


# --- one point of the list ---


def _point(s: Situation, draft: DraftCard, point: Point) -> Mapping[str, Plain]:
    """`said` is what would hold, and behind it, where the file says something else, what that says."""
    reading, file = draft.reading, draft.in_file
    promise = reading.promises[point.place] if point.kind == "promise" else None
    said = [_said(s, reading, point, promise)]
    if file is not None and differs(point.kind, reading, file, promise):
        said.append(_said(s, file, point, counterpart(promise, file) if promise else None))
    return {
        "number": point.number,
        "kind": point.kind,
        "doubt": point.doubt.value if point.doubt else None,
        "said": tuple(said),
    }


def _said(s: Situation, reading: ContractReading, point: Point, promise: Promise | None) -> Mapping[str, Plain]:
    match point.kind:
        case "term":
            return _term(reading)
        case "value":
            return _value(reading)
        case "renewal":
            return _renewal(s, reading.renewal, reading)
        case "artwork":
            artwork = reading.artwork
            return {
                "name": one_line(artwork.name, _LONGEST_WORDS) if artwork else None,
                "address": artwork.address if artwork else None,
                "words": _quoted(artwork.words) if artwork else None,
            }
        case "promise":
            return _promise(promise)


def _term(reading: ContractReading) -> Mapping[str, Plain]:
    term = reading.term
    return {
        "starts_on": term.starts_on if term else None,
        "ends_on": term.ends_on if term else None,
        "words": _quoted(term.words) if term else None,
    }


def _value(reading: ContractReading) -> Mapping[str, Plain]:
    value = reading.value
    return {
        "amount": value.amount if value else None,
        "currency": value.currency if value else None,
        "readings": value.readings if value else (),
        "words": _quoted(value.words) if value else None,
    }


def _renewal(s: Situation, renewal: Renewal | None, reading: ContractReading) -> Mapping[str, Plain]:
    notice = notice_on(renewal, reading.term.ends_on) if reading.term else None
    days = notice_days(renewal, reading.term.ends_on) if renewal and reading.term else None
    return {
        "renews": renewal.renews if renewal else None,
        "days": days,
        "notice_on": notice,
        "heads_up_on": heads_up_on(notice, settings_of(s.known.desk).heads_up_days) if notice else None,
        "words": _quoted(renewal.words) if renewal else None,
    }


def _promise(promise: Promise | None) -> Mapping[str, Plain]:
    if promise is None:
        return {"words": None}
    return {
        "what": promise.kind,
        "quantity": promise.quantity,
        "issues": tuple({"month": issue.month, "due_on": issue.due_on} for issue in promise.issues),
        "starts_on": promise.starts_on,
        "ends_on": promise.ends_on,
        "percent": promise.percent,
        "list_price": promise.list_price,
        "net": promise.net,
        "words": _quoted(promise.words),
    }


def _quoted(words: str) -> str:
    return one_line(words, _LONGEST_WORDS)
