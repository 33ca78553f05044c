"""The letters about changes of contracts: which contract, what was read, what holds now, and who hears of it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.duties.contracts.changes.actions import ChangeContract
from mailbot.duties.contracts.changes.comparing import of_file, only_in_file
from mailbot.duties.contracts.changes.facts import (
    IS_CHANGE_RIGHT,
    MAY_REFUND,
    WHICH_CONTRACT,
    ChangeCard,
    ChangeReading,
    Deed,
    Line,
    UnknownContract,
)
from mailbot.duties.contracts.changes.planning import difference
from mailbot.duties.contracts.changes.points import Point, points_of
from mailbot.duties.contracts.facts import NAME
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Language, Plain
from mailbot.records.contracts.cards import ContractCard, DeliverableCard
from mailbot.records.contracts.magazine import issue_named
from mailbot.records.contracts.questions import part_changed
from mailbot.records.contracts.tables import DeliverableState, EventKind
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.offered_sales import OfferedSale, offering

_LONGEST_WORDS: Final = 90
_MOST_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Besides:
    """What a reading is told with: who sent it, where that is somebody else; what an answer changed, and which of its
    lines were not understood. `lacking`: an OK came, and something has to be said first."""

    sent_by: PersonCard | None = None
    changed: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    lacking: bool = False


def which_contract(s: Situation, card: ChangeCard, to: PersonCard) -> Send:
    """Which of several contracts is meant: one digit answers it."""
    facts: dict[str, Plain] = {
        "kind": card.kind.value,
        "words": one_line(card.words, _LONGEST_WORDS),
        "contracts": tuple(_contract(card, each) for each in card.contracts),
    }
    question = Question(NAME, WHICH_CONTRACT, "Which contract is meant?", {"change": card.ref})
    draft = Draft(to.recipient, "contracts/which", facts, "contracts-which", s.ref, answers=s.thread)
    return Send(draft, question)


def unknown_contract(s: Situation, unknown: UnknownContract, to: PersonCard) -> Send:
    """No running contract is known that may be meant."""
    facts: dict[str, Plain] = {"kind": unknown.kind.value, "named": one_line(unknown.named, _LONGEST_WORDS)}
    return Send(Draft(to.recipient, "contracts/unknown", facts, "contracts-unknown", s.ref, answers=s.thread))


def change_letter(s: Situation, card: ChangeCard, to: PersonCard, besides: Besides) -> Send:
    """All that was read of a change, point by point, for one OK; of a refund, to who decides."""
    contract, reading = _both(card)
    is_refund = card.kind is EventKind.REFUNDED
    facts = _contract(card, contract) | {
        "kind": card.kind.value,
        "sent_by": besides.sent_by.name if besides.sent_by else None,
        "words": one_line(card.words, _LONGEST_WORDS),
        "points": tuple(_point(card, point, to.language) for point in points_of(reading, contract)),
        "late": _late(contract, reading),
        "only_in_file": tuple(one_line(words, _LONGEST_WORDS) for words in only_in_file(reading, card.in_file)),
        "unread": tuple(one_line(words, _LONGEST_WORDS) for words in reading.unread),
        "changed": tuple(one_line(line, _LONGEST_WORDS) for line in besides.changed),
        "unclear": tuple(one_line(line, _LONGEST_WORDS) for line in besides.unclear[:_MOST_SHOWN]),
        "lacking": besides.lacking,
    }
    asks = MAY_REFUND if is_refund else IS_CHANGE_RIGHT
    question = Question(NAME, asks, f"Is the change of {contract.ref} read right?", {"change": card.ref})
    template = "contracts/refund" if is_refund else "contracts/change"
    draft = Draft(
        to.recipient, template, facts, "contracts-change", s.ref, answers=s.thread, about_client=contract.client_id
    )
    return Send(draft, question)


def waits_for(s: Situation, to: PersonCard, card: ChangeCard, asked: PersonCard) -> Send:
    """Who has sent it hears who is asked: the owner of the client, or who decides about money."""
    contract, _ = _both(card)
    facts: dict[str, Plain] = {
        "contract": contract.ref,
        "client": card.client_of(contract).name,
        "asked": asked.name,
        "is_refund": card.kind is EventKind.REFUNDED,
    }
    return Send(Draft(to.recipient, "contracts/waits", facts, "contracts-waits", s.ref, answers=s.thread))


def refused(s: Situation, to: PersonCard, card: ChangeCard, by: PersonCard) -> Send:
    """Nothing comes of a change: by the one who was asked."""
    contract = card.contract
    facts: dict[str, Plain] = {
        "contract": contract.ref if contract else None,
        "is_refund": card.kind is EventKind.REFUNDED,
        "by": by.name if by.id != to.id else None,
    }
    key = (s.ref, str(to.id))
    return Send(Draft(to.recipient, "contracts/unchanged", facts, "contracts-unchanged", *key, answers=s.thread))


def changed(s: Situation, card: ChangeCard, change: ChangeContract, to: PersonCard, sale: OfferedSale | None) -> Send:
    """It holds from now on; and, where money changes, whether to book that too."""
    facts: dict[str, Plain] = {
        "contract": change.contract,
        "client": change.client,
        "kind": change.kind.value,
        "by": _sender(s).name if _sender(s).id != to.id else None,
        "ends_on": change.last_day,
        "amount": change.amount,
        "currency": change.currency,
        "departments": tuple(person.name for person in departments_of(s, card, change)),
        "sale": abs(sale.amount) if sale else None,
        "is_credit": sale is not None and sale.amount < 0,
        "week": card.said_on.isocalendar().week,
    }
    draft = Draft(
        to.recipient,
        "contracts/changed",
        facts,
        "contracts-changed",
        s.ref,
        str(to.id),
        answers=s.thread,
        about_client=change.client_id,
    )
    return Send(draft, offering(NAME, sale) if sale else None)


def offered(card: ChangeCard, change: ChangeContract, rep: PersonCard) -> OfferedSale | None:
    """The money that changes as a sale, or as a credit; None where none does."""
    amount = difference(card)
    if not amount:
        return None
    return OfferedSale(
        rep_id=rep.id,
        client_id=change.client_id,
        client_name=change.client,
        amount=amount,
        currency=change.currency,
        said_on=card.said_on,
        source=change.contract,
        words=change.words,
    )


# --- departments ---


def to_departments(s: Situation, card: ChangeCard, change: ChangeContract) -> Iterator[Send]:
    """Each department hears what changes for it, and of nothing else; what is added is ordered besides."""
    for person, parts in _parts(s, card).items():
        facts: dict[str, Plain] = {
            "contract": change.contract,
            "client": change.client,
            "kind": change.kind.value,
            "ends_on": change.last_day,
            "lines": tuple(_part(line, row, person.language) for line, row in parts),
            "by": _sender(s).name,
        }
        draft = Draft(
            person.recipient,
            "contracts/part_changed",
            facts,
            "contracts-part-changed",
            s.ref,
            str(person.id),
            about_client=change.client_id,
        )
        words = f"{person.name} is told what changes in {change.contract}."
        yield Send(draft, part_changed(NAME, words, (row.id for _, row in parts), _sender(s).id))


def departments_of(s: Situation, card: ChangeCard, change: ChangeContract) -> tuple[PersonCard, ...]:
    """Everyone for whom something changes, those who get something new to do too."""
    new = (s.known.person(row.department_id) for row in change.added)
    found = (*_parts(s, card), *(person for person in new if person is not None))
    return tuple({person.id: person for person in found}.values())


def _parts(s: Situation, card: ChangeCard) -> Mapping[PersonCard, list[tuple[Line, DeliverableCard]]]:
    contract, reading = _both(card)
    rows = {row.id: row for row in contract.deliverables}
    parts: dict[PersonCard, list[tuple[Line, DeliverableCard]]] = defaultdict(list)
    for line in reading.lines:
        for key in (*line.rows, *((line.shrunk,) if line.shrunk is not None else ())):
            row = rows.get(key)
            person = s.known.person(row.department_id) if row else None
            if row is not None and person is not None and row.state is not DeliverableState.DROPPED:
                parts[person].append((line, row))
    return parts


def _part(line: Line, row: DeliverableCard, language: Language) -> Mapping[str, Plain]:
    is_shrunk = row.id == line.shrunk
    return {
        "deed": "fewer" if is_shrunk else "drop" if line.deed is Deed.FEWER else line.deed.value,
        "what": _named(row, language),
        "was": row.ends_on,
        "ends_on": line.ends_on,
        "count": line.left,
        "count_was": row.quantity,
    }


# --- one point of the list ---


def _point(card: ChangeCard, point: Point, language: Language) -> Mapping[str, Plain]:
    """`file` is what the file says, where that is something else."""
    contract, reading = _both(card)
    told: dict[str, Plain] = {
        "number": point.number,
        "kind": point.kind,
        "doubt": point.doubt.value if point.doubt else None,
        "currency": contract.currency,
    }
    match point.kind:
        case "end":
            other = card.in_file.ends_on if card.in_file else None
            is_other = other is not None and other != reading.ends_on and bool(card.in_file and card.in_file.end_words)
            return told | {
                "was": contract.ends_on,
                "ends_on": reading.ends_on,
                "file": other if is_other else None,
                "words": one_line(reading.end_words, _LONGEST_WORDS) or None,
            }
        case "value":
            return told | _value(card, contract, reading)
        case "line":
            line = reading.lines[point.place]
            theirs = of_file(line, card.in_file)
            return (
                told
                | _line(line, contract, language)
                | {"file": one_line(theirs.words, _LONGEST_WORDS) if theirs else None}
            )


def _value(card: ChangeCard, contract: ContractCard, reading: ChangeReading) -> dict[str, Plain]:
    before, value = contract.value, reading.value
    is_refund = card.kind is EventKind.REFUNDED
    amount = None if value is None else value.amount if is_refund else value.after(before)
    theirs = card.in_file.value if card.in_file else None
    other = None if theirs is None else theirs.amount if is_refund else theirs.after(before)
    return {
        "was": before,
        "amount": amount,
        "by": amount - before if amount is not None and before is not None and not is_refund else None,
        "readings": value.readings if value else (),
        "file": other if other is not None and other != amount else None,
        "words": one_line(value.words, _LONGEST_WORDS) if value else None,
    }


def _line(line: Line, contract: ContractCard, language: Language) -> dict[str, Plain]:
    rows = [row for row in contract.deliverables if row.id in line.rows]
    promise = line.promise
    return {
        "deed": line.deed.value,
        "what": one_line(line.what, _LONGEST_WORDS),
        "which": tuple(issue_named(row.issue, language) for row in rows if row.issue) if rows else (),
        "was": rows[0].ends_on if rows and line.deed is Deed.MOVE else None,
        "ends_on": promise.ends_on if promise else line.ends_on,
        "starts_on": promise.starts_on if promise else None,
        "months": tuple(issue.month for issue in promise.issues) if promise else (),
        "quantity": promise.quantity if promise else None,
        "count": line.count,
        "count_was": line.count_was,
        "words": one_line(line.words, _LONGEST_WORDS) or None,
    }


def _named(row: DeliverableCard, language: Language) -> str:
    words = one_line(row.words, _LONGEST_WORDS)
    return f"{words}: {issue_named(row.issue, language)}" if row.issue and row.issue not in words else words


def _late(contract: ContractCard, reading: ChangeReading) -> Mapping[str, Plain] | None:
    """That notice came too late: until when it was possible, and the two days on which it may end."""
    if not reading.late_ends or reading.ends_on is not None:
        return None
    return {"notice_on": contract.notice_on, "first": reading.late_ends[0], "second": reading.late_ends[1]}


def _contract(card: ChangeCard, contract: ContractCard) -> dict[str, Plain]:
    return {
        "contract": contract.ref,
        "client": card.client_of(contract).name,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "value": contract.value,
        "currency": contract.currency,
    }


def _both(card: ChangeCard) -> tuple[ContractCard, ChangeReading]:
    if card.contract is None or card.reading is None:
        raise OurBug(f"{card.ref} was about to be told before it was known which contract it is about")
    return card.contract, card.reading


def _sender(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a change of a contract has no colleague as its sender")
    return person
