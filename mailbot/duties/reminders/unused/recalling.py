"""What the records say about benefits that are not used: loaded once a day, for those alone that may be due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, SQLColumnExpression, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from mailbot.clock import local_date
from mailbot.config import RemindersSettings
from mailbot.config.reminders import OTHER, SHIPPED_LADDERS, Ladder
from mailbot.duties.reminders.reaching import client_sides, contact_sides, reader_of
from mailbot.duties.reminders.readers import ClientSide, Reader
from mailbot.duties.reminders.settings import settings_of
from mailbot.duties.reminders.tables import BenefitAnswer, Reminder, Rung
from mailbot.duties.reminders.unused.benefits import OpenBenefit, Unused
from mailbot.duties.reminders.unused.ladder import LETTERS, Climbed
from mailbot.records.contracts.tables import Contract, ContractState, Deliverable, DeliverableState, Use
from mailbot.records.known import DeskCard, Known


def load(session: Session, known: Known, now: datetime) -> Unused:
    """The benefits that may be due today, and those whose time is over; nothing on a day on which nobody works."""
    today = local_date(now, known.desk.zone)
    if not known.desk.works_on(today):
        return Unused()
    rows = _rows(session, today, settings_of(known.desk), known.desk)
    if not rows:
        return Unused()
    sides = client_sides(session, {row.client_id for row in rows}, known, today)
    contacts = contact_sides(session, sides, known, now)
    climbed = _climbed(session, [row.id for row in rows])
    ended = _ended(session, [row.id for row in rows])
    cards = [
        _card(
            row,
            sides[row.client_id],
            reader_of(row.contact_id or row.contract_contact_id, contacts.get(row.client_id, ())),
            climbed.get(row.id, Climbed()),
            row.id in ended,
        )
        for row in rows
        if row.client_id in sides
    ]
    return Unused(
        open=tuple(card for card in cards if card.lapses_on >= today and card.contract_runs),
        lapsed=tuple(card for card in cards if card.lapses_on < today),
    )


def _rows(session: Session, today: date, settings: RemindersSettings, desk: DeskCard) -> list[Any]:
    """The unused benefits whose time is over, or that have come to a rung which they have not reached yet, of contracts
    that run or have run out."""
    query = (
        select(
            Deliverable.id,
            Deliverable.client_id,
            Deliverable.kind,
            Deliverable.words,
            Deliverable.worth,
            Deliverable.currency,
            Deliverable.due_on,
            Deliverable.ends_on,
            Deliverable.contact_id,
            Contract.ref,
            Contract.contact_id.label("contract_contact_id"),
            Contract.ends_on.label("contract_ends_on"),
            Contract.state.label("contract_state"),
        )
        .join(Contract, Contract.id == Deliverable.contract_id)
        .where(
            Deliverable.state != DeliverableState.DROPPED,
            Deliverable.undone_by.is_(None),
            or_(Deliverable.starts_on.is_(None), Deliverable.starts_on <= today, Deliverable.ends_on.is_(None)),
            _is_of_a_contract_that_began(today),
            Deliverable.id.in_(_candidates(settings, today, desk)),
            or_(Deliverable.ends_on.is_not(None), _is_due(_lapses_on, settings, today, desk)),
        )
        .order_by(Deliverable.id)
    )
    return list(session.execute(query))


_lapses_on: Final = func.coalesce(Deliverable.ends_on, Deliverable.due_on, Contract.ends_on)
_begun: Final = aliased(Contract)
_Day = SQLColumnExpression[date] | SQLColumnExpression[date | None]
_RUNGS: Final = tuple(Rung)


def _candidates(settings: RemindersSettings, today: date, desk: DeskCard) -> CompoundSelect[int]:
    """What is unused and due, and what is unused and has no last day of its own: found by the index of benefits, before
    anything else is asked of them."""
    unused = select(Deliverable.id).where(Deliverable.is_benefit, Deliverable.use == Use.UNUSED)
    day = Deliverable.ends_on
    due = unused.where(day <= today + settings.longest_lead, _is_due(day, settings, today, desk))
    return union_all(due, unused.where(day.is_(None)))


def _is_of_a_contract_that_began(today: date) -> ColumnElement[bool]:
    """Asked of each benefit that may be due: of a mere join SQLite would begin with all contracts that run."""
    return exists().where(
        _begun.id == Deliverable.contract_id,
        _begun.state.in_((ContractState.RUNNING, ContractState.ENDED)),
        _begun.starts_on <= today,
        _begun.undone_by.is_(None),
    )


def _is_due(lapses_on: _Day, settings: RemindersSettings, today: date, desk: DeskCard) -> ColumnElement[bool]:
    """Whether the time of a benefit is over, or it has come to a rung of its ladder."""
    ladders = _ladders(settings, today, desk)
    return or_(lapses_on < today, *(_is_at_a_rung(lapses_on, kinds, days) for kinds, days in ladders))


def _is_at_a_rung(
    lapses_on: _Day, kinds: ColumnElement[bool], days: Iterable[tuple[Rung, date]]
) -> ColumnElement[bool]:
    """Whether a benefit of one of these kinds lapses by the day of a rung, and has reached neither it nor a higher
    one."""
    return and_(
        kinds,
        or_(*(and_(lapses_on <= day, ~_has_reached(_RUNGS[_RUNGS.index(rung) :])) for rung, day in days)),
    )


def _has_reached(rungs: Collection[Rung]) -> ColumnElement[bool]:
    return exists().where(
        Reminder.deliverable_id == Deliverable.id, Reminder.rung.in_(rungs), Reminder.undone_by.is_(None)
    )


def _ladders(
    settings: RemindersSettings, today: date, desk: DeskCard
) -> Iterator[tuple[ColumnElement[bool], list[tuple[Rung, date]]]]:
    """Each ladder: of which kinds it is, and for each rung the last day on which a benefit lapses that has come to
    it."""
    named = sorted({*SHIPPED_LADDERS, *settings.ladders} - {OTHER})
    for kind in named:
        yield Deliverable.kind == kind, list(_last_days(settings.ladder(kind), today, desk))
    yield Deliverable.kind.not_in(named), list(_last_days(settings.ladder(OTHER), today, desk))


def _last_days(ladder: Ladder, today: date, desk: DeskCard) -> Iterator[tuple[Rung, date]]:
    leads = (
        (Rung.FIRST, ladder.first),
        (Rung.SECOND, ladder.second),
        (Rung.LAST, ladder.last),
        (Rung.CALL, ladder.call),
    )
    for rung, lead in leads:
        if lead is not None:
            yield rung, lead.after(today, desk.works_on)


def _climbed(session: Session, ids: list[int]) -> dict[int, Climbed]:
    query = select(Reminder.deliverable_id, Reminder.rung, Reminder.reached_on).where(
        Reminder.deliverable_id.in_(ids), Reminder.undone_by.is_(None)
    )
    reached: dict[int, list[tuple[Rung, date]]] = defaultdict(list)
    for row in session.execute(query):
        reached[row.deliverable_id].append((row.rung, row.reached_on))
    return {
        deliverable_id: Climbed(
            frozenset(rung for rung, _ in rungs),
            max((day for rung, day in rungs if rung in LETTERS), default=None),
        )
        for deliverable_id, rungs in reached.items()
    }


def _ended(session: Session, ids: list[int]) -> frozenset[int]:
    query = select(BenefitAnswer.deliverable_id).where(
        BenefitAnswer.deliverable_id.in_(ids), BenefitAnswer.ends_letters, BenefitAnswer.undone_by.is_(None)
    )
    return frozenset(session.scalars(query))


def _card(row: Any, client: ClientSide, reader: Reader | None, climbed: Climbed, ends_letters: bool) -> OpenBenefit:
    return OpenBenefit(
        id=row.id,
        contract=row.ref,
        kind=row.kind,
        words=row.words,
        worth=row.worth,
        currency=row.currency,
        lapses_on=row.ends_on or row.due_on or row.contract_ends_on,
        contract_runs=row.contract_state is ContractState.RUNNING,
        client=client,
        reader=reader,
        climbed=climbed,
        ends_letters=ends_letters,
    )
