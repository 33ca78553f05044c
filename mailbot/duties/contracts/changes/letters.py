"""The letters about changes of contracts: which contract, what was read, what holds now, and who hears of it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.duties.contracts.changes.actions import ChangeContract
from mailbot.duties.contracts.changes.comparing import only_in_file
from mailbot.duties.contracts.changes.facts import (
    IS_CHANGE_RIGHT,
    MAY_REFUND,
    WHICH_CONTRACT,
    ChangeCard,
    Line,
    UnknownContract,
)
from mailbot.duties.contracts.changes.planning import difference
from mailbot.duties.contracts.changes.points import points_of
from mailbot.duties.contracts.changes.telling import (
    LONGEST_WORDS,
    contract_and_reading,
    of_contract,
    of_late_notice,
    of_part,
    of_point,
)
from mailbot.duties.contracts.facts import NAME
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.contracts.cards import DeliverableCard
from mailbot.records.contracts.questions import part_changed
from mailbot.records.contracts.tables import DeliverableState, EventKind
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.offered_sales import OfferedSale, offering

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
        "words": one_line(card.words, LONGEST_WORDS),
        "contracts": tuple(of_contract(card, each) for each in card.contracts),
    }
    question = Question(NAME, WHICH_CONTRACT, "Which contract is meant?", {"change": card.ref})
    draft = Draft(to.recipient, "contracts/which", facts, "contracts-which", s.ref, answers=s.thread)
    return Send(draft, question)


def unknown_contract(s: Situation, unknown: UnknownContract, to: PersonCard) -> Send:
    """No running contract is known that may be meant."""
    facts: dict[str, Plain] = {"kind": unknown.kind.value, "named": one_line(unknown.named, LONGEST_WORDS)}
    return Send(Draft(to.recipient, "contracts/unknown", facts, "contracts-unknown", s.ref, answers=s.thread))


def change_letter(s: Situation, card: ChangeCard, to: PersonCard, besides: Besides) -> Send:
    """All that was read of a change, point by point, for one OK; of a refund, to who decides."""
    contract, reading = contract_and_reading(card)
    is_refund = card.kind is EventKind.REFUNDED
    facts = of_contract(card, contract) | {
        "kind": card.kind.value,
        "sent_by": besides.sent_by.name if besides.sent_by else None,
        "words": one_line(card.words, LONGEST_WORDS),
        "points": tuple(of_point(card, point, to.language) for point in points_of(reading, contract)),
        "late": of_late_notice(contract, reading),
        "only_in_file": tuple(one_line(words, LONGEST_WORDS) for words in only_in_file(reading, card.in_file)),
        "unread": tuple(one_line(words, LONGEST_WORDS) for words in reading.unread),
        "changed": tuple(one_line(line, LONGEST_WORDS) for line in besides.changed),
        "unclear": tuple(one_line(line, LONGEST_WORDS) for line in besides.unclear[:_MOST_SHOWN]),
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
    contract, _ = contract_and_reading(card)
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
            "lines": tuple(of_part(line, row, person.language) for line, row in parts),
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
    contract, reading = contract_and_reading(card)
    rows = {row.id: row for row in contract.deliverables}
    parts: dict[PersonCard, list[tuple[Line, DeliverableCard]]] = defaultdict(list)
    for line in reading.lines:
        for key in (*line.rows, *((line.shrunk,) if line.shrunk is not None else ())):
            row = rows.get(key)
            person = s.known.person(row.department_id) if row else None
            if row is not None and person is not None and row.state is not DeliverableState.DROPPED:
                parts[person].append((line, row))
    return parts


def _sender(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a change of a contract has no colleague as its sender")
    return person
