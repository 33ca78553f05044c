"""Contracts that have to be decided on, from the records; and those that an answer is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.duties.renewals.facts import HOW_IT_STANDS, NAME, Renewal, RenewalsKnown
from mailbot.duties.renewals.tables import RenewalWord
from mailbot.letters.cleaning import one_line
from mailbot.message.model import Clues, Message
from mailbot.records.contracts.tables import Contract, ContractState, Deliverable, DeliverableState, Use
from mailbot.records.known import DeskCard, Known
from mailbot.records.tables import Address, AddressStatus, Client, Contact, QuestionRow, QuestionState

_LONGEST_WORDS = 60
DECIDE_BY = case((Contract.renews, func.coalesce(Contract.notice_on, Contract.ends_on)), else_=Contract.ends_on)


def load(session: Session, _message: Message, _clues: Clues, known: Known) -> RenewalsKnown | None:
    """The contracts that the open questions of this duty to a colleague are about; None where there are none."""
    asked = {
        question.id: str(question.context.get("ref", ""))
        for question in known.questions
        if question.duty == NAME and question.kind == HOW_IT_STANDS
    }
    if not asked or known.sender is None or known.sender.person is None:
        return None
    found = {
        each.ref: each for each in _renewals(session, known.desk, _RUNNING.where(Contract.ref.in_(asked.values())))
    }
    return RenewalsKnown(tuple((key, found[ref]) for key, ref in asked.items() if ref in found))


def until(session: Session, desk: DeskCard, first: date, last: date) -> tuple[Renewal, ...]:
    """The running contracts to be decided on between two days, the first of them first."""
    within = _RUNNING.where(DECIDE_BY.between(first, last)).order_by(DECIDE_BY, Contract.ref)
    return _renewals(session, desk, within)


_RUNNING: Select[Any] = (
    select(
        Contract.id,
        Contract.ref,
        Contract.client_id,
        Client.name.label("client"),
        func.coalesce(Contract.rep_id, Client.owner_id).label("rep_id"),
        DECIDE_BY.label("decide_by"),
        Contract.ends_on,
        Contract.renews,
        Contract.value,
        Contract.currency,
        Client.paused_because,
    )
    .join(Client, Client.id == Contract.client_id)
    .where(Contract.state == ContractState.RUNNING, Contract.undone_by.is_(None), Client.undone_by.is_(None))
)


def _renewals(session: Session, desk: DeskCard, query: Select[Any]) -> tuple[Renewal, ...]:
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    words, unused = _last_words(session, ids), _unused(session, ids)
    asked = _asked(session, {row.ref for row in rows}, desk)
    reached = _reached(session, {row.client_id for row in rows})
    return tuple(
        _renewal(row, words.get(row.id), unused[row.id], asked[row.ref], row.client_id in reached) for row in rows
    )


def _renewal(
    row: Any, word: RenewalWord | None, unused: Sequence[str], asked: Sequence[_Asked], is_reached: bool
) -> Renewal:
    of_this_time = [each for each in asked if each.decide_by == row.decide_by]
    holds = word is not None and word.decide_by == row.decide_by
    return Renewal(
        contract_id=row.id,
        ref=row.ref,
        client_id=row.client_id,
        client=row.client,
        rep_id=row.rep_id,
        decide_by=row.decide_by,
        ends_on=row.ends_on,
        renews=row.renews,
        value=row.value,
        currency=row.currency,
        asked=frozenset(each.step for each in of_this_time),
        asked_on=max((each.asked_on for each in of_this_time), default=None),
        question_id=next((each.id for each in of_this_time if each.is_open), None),
        said=word.said if word and holds else None,
        because=word.because if word and holds else "",
        unused=tuple(unused),
        is_paused=bool(row.paused_because),
        is_unreached=not is_reached,
    )


def _last_words(session: Session, ids: Sequence[int]) -> Mapping[int, RenewalWord]:
    found = (
        select(RenewalWord)
        .where(RenewalWord.contract_id.in_(ids), RenewalWord.undone_by.is_(None))
        .order_by(RenewalWord.id)
    )
    return {word.contract_id: word for word in session.scalars(found)}


def _unused(session: Session, ids: Sequence[int]) -> Mapping[int, list[str]]:
    rows = session.execute(
        select(Deliverable.contract_id, Deliverable.words)
        .where(
            Deliverable.contract_id.in_(ids),
            Deliverable.is_benefit,
            Deliverable.use == Use.UNUSED,
            Deliverable.state != DeliverableState.DROPPED,
            Deliverable.undone_by.is_(None),
        )
        .order_by(Deliverable.position, Deliverable.part)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for contract_id, words in rows:
        found[contract_id].append(one_line(words, _LONGEST_WORDS))
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about a contract: about which day, how many days before, and whether it still waits."""

    id: int
    decide_by: date
    step: int
    asked_on: date
    is_open: bool


def _asked(session: Session, refs: Iterable[str], desk: DeskCard) -> Mapping[str, list[_Asked]]:
    rows = session.execute(
        select(QuestionRow.id, QuestionRow.context, QuestionRow.asked_at, QuestionRow.state)
        .where(
            QuestionRow.duty == NAME,
            QuestionRow.kind == HOW_IT_STANDS,
            QuestionRow.context["ref"].as_string().in_(sorted(refs)),
            QuestionRow.undone_by.is_(None),
        )
        .order_by(QuestionRow.id)
    )
    found: dict[str, list[_Asked]] = defaultdict(list)
    for row in rows:
        context = row.context
        asked = _Asked(
            id=row.id,
            decide_by=date.fromisoformat(context["decide_by"]),
            step=int(context["step"]),
            asked_on=local_date(row.asked_at, desk.zone),
            is_open=row.state is QuestionState.OPEN,
        )
        found[str(context["ref"])].append(asked)
    return found


def _reached(session: Session, client_ids: Iterable[int]) -> frozenset[int]:
    """Those of the clients of whom a contact has an address that works; a client without any contact is not reached."""
    rows = session.scalars(
        select(Contact.client_id)
        .join(Address, Address.contact_id == Contact.id)
        .where(
            Contact.client_id.in_(sorted(client_ids)),
            Contact.undone_by.is_(None),
            Address.undone_by.is_(None),
            Address.status.in_((AddressStatus.OK, AddressStatus.STOPPED)),
        )
        .distinct()
    )
    return frozenset(rows)
