"""Contracts that have to be decided on, from the records; and those that an answer is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from mailbot.clock import local_date
from mailbot.duties.renewals.facts import ASKED, NAME, OVER, Renewal, RenewalsKnown, asked_about
from mailbot.duties.renewals.tables import RenewalWord
from mailbot.letters.cleaning import one_line
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.records.contracts.questions import HOW_IT_STANDS
from mailbot.records.contracts.tables import Contract, ContractState, Deliverable, DeliverableState, Use
from mailbot.records.known import DeskCard, Known
from mailbot.records.tables import Address, AddressStatus, Client, Contact, LetterRow, QuestionRow, QuestionState

_LONGEST_WORDS = 60
DECIDE_BY = case((Contract.renews, func.coalesce(Contract.notice_on, Contract.ends_on)), else_=Contract.ends_on)


def decided_between(first: date, last: date, *states: ContractState) -> ColumnElement[bool]:
    """DECIDE_BY between two days, of contracts in these states: in words that the indexes of both columns answer."""
    can_be_left = and_(Contract.renews, Contract.notice_on.is_not(None))
    return or_(
        and_(Contract.state.in_(states), Contract.notice_on.between(first, last), can_be_left),
        and_(Contract.state.in_(states), Contract.ends_on.between(first, last), not_(can_be_left)),
    )


def load(session: Session, _cover: Cover, _clues: Clues, known: Known) -> RenewalsKnown | None:
    """The contracts that the open questions of this duty to a colleague are about; None where there are none."""
    asked = {
        question.id: str(question.context.get("ref", ""))
        for question in known.questions
        if question.duty == NAME and question.kind == HOW_IT_STANDS
    }
    if not asked or known.sender is None or known.sender.person is None:
        return None
    found = {
        each.ref: each for each in _renewals(session, known.desk, _IN_PLAY.where(Contract.ref.in_(asked.values())))
    }
    return RenewalsKnown(tuple((key, found[ref]) for key, ref in asked.items() if ref in found))


def until(session: Session, desk: DeskCard, first: date, last: date) -> tuple[Renewal, ...]:
    """The running contracts to be decided on between two days, the first of them first."""
    within = _IN_PLAY.where(decided_between(first, last, ContractState.RUNNING)).order_by(DECIDE_BY, Contract.ref)
    return _renewals(session, desk, within)


def not_asked(session: Session, desk: DeskCard, today: date, steps: Iterable[int]) -> tuple[Renewal, ...]:
    """The running contracts that have come to one of these steps, counted in days before, and about which no letter
    was written at that step or a later one."""
    reached = sorted(set(steps))
    found: list[Renewal] = []
    for place, step in enumerate(reached):
        nearest = reached[place - 1] + 1 if place else 0
        written = exists().where(
            LetterRow.purpose == ASKED,
            LetterRow.object == Contract.ref + " " + cast(DECIDE_BY, String),  # as `asked_about` has it
            LetterRow.period.in_([str(each) for each in reached[: place + 1]]),
        )
        within = decided_between(today + timedelta(days=nearest), today + timedelta(days=step), ContractState.RUNNING)
        found += _renewals(session, desk, _IN_PLAY.where(within, ~written).order_by(DECIDE_BY, Contract.ref))
    return tuple(found)


def ended(session: Session, desk: DeskCard, first: date, last: date) -> tuple[Renewal, ...]:
    """The contracts that have ended between two days, that none follows, and of whose end nobody was told."""
    told = exists().where(
        LetterRow.purpose == OVER, LetterRow.object == Contract.ref + " " + cast(Contract.ends_on, String)
    )
    lately = and_(Contract.state == ContractState.ENDED, Contract.ends_on.between(first, last))
    return _renewals(session, desk, _IN_PLAY.where(lately, ~told).order_by(Contract.ends_on, Contract.ref))


_Next = aliased(Contract)
_IN_PLAY: Select[Any] = (
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
        Contract.state,
        Client.paused_because,
    )
    .join(Client, Client.id == Contract.client_id)
    .where(
        Contract.state != ContractState.CANCELLED,
        Contract.undone_by.is_(None),
        Client.undone_by.is_(None),
        ~exists().where(_Next.follows_id == Contract.id, _Next.undone_by.is_(None)),
    )
)


def _renewals(session: Session, desk: DeskCard, query: Select[Any]) -> tuple[Renewal, ...]:
    rows = session.execute(query).all()
    ids = [row.id for row in rows]
    words, unused = _last_words(session, ids), _unused(session, ids)
    asked = _asked(session, {asked_about(row.ref, row.decide_by) for row in rows}, desk)
    reached = _reached(session, {row.client_id for row in rows})
    return tuple(
        _renewal(
            row,
            words.get(row.id),
            unused[row.id],
            asked[asked_about(row.ref, row.decide_by)],
            row.client_id in reached,
        )
        for row in rows
    )


def _renewal(
    row: Any, word: RenewalWord | None, unused: Sequence[str], asked: Sequence[_Asked], is_reached: bool
) -> Renewal:
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
        asked=frozenset(each.step for each in asked),
        asked_on=max((each.asked_on for each in asked), default=None),
        question_id=next((each.id for each in asked if each.is_open), None),
        said=word.said if word and holds else None,
        because=word.because if word and holds else "",
        unused=tuple(unused),
        is_paused=bool(row.paused_because),
        is_unreached=not is_reached,
        has_ended=row.state is ContractState.ENDED,
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
        select(Deliverable.contract_id, Deliverable.words, Deliverable.is_benefit, Deliverable.use)
        .where(
            Deliverable.contract_id.in_(ids),
            Deliverable.state != DeliverableState.DROPPED,
            Deliverable.undone_by.is_(None),
        )
        .order_by(Deliverable.position, Deliverable.part)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.is_benefit and row.use is Use.UNUSED:
            found[row.contract_id].append(one_line(row.words, _LONGEST_WORDS))
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about a contract and the day it has to be decided on by: how many days before, and whether it still
    waits."""

    id: int
    step: int
    asked_on: date
    is_open: bool


def _asked(session: Session, abouts: Iterable[str], desk: DeskCard) -> Mapping[str, list[_Asked]]:
    """What was asked, found by the keys of the letters that asked it."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRow.asked_at, QuestionRow.state, LetterRow.object, LetterRow.period)
        .join(QuestionRow, QuestionRow.letter_ref == LetterRow.ref)
        .where(LetterRow.purpose == ASKED, LetterRow.object.in_(sorted(abouts)), QuestionRow.undone_by.is_(None))
        .order_by(QuestionRow.id)
    )
    found: dict[str, list[_Asked]] = defaultdict(list)
    for row in rows:
        asked_on = local_date(row.asked_at, desk.zone)
        found[row.object].append(_Asked(row.id, int(row.period), asked_on, row.state is QuestionState.OPEN))
    return found


def _reached(session: Session, client_ids: Iterable[int]) -> frozenset[int]:
    """Those of the clients of whom a contact has an address that works; a client without any contact is not reached."""
    rows = session.execute(
        select(Contact.client_id, Address.status)
        .join(Address, Address.contact_id == Contact.id)
        .where(
            Contact.client_id.in_(sorted(client_ids)),
            Contact.undone_by.is_(None),
            Address.undone_by.is_(None),
        )
        .distinct()
    )
    works = (AddressStatus.OK, AddressStatus.STOPPED)
    return frozenset(row.client_id for row in rows if row.status in works)
