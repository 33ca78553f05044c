"""How satisfied a client is, asked some weeks after a contract began and then every few months."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.config import RemindersSettings
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.reminders.actions import AskHowItGoes
from mailbot.duties.reminders.facts import CHECK_IN
from mailbot.duties.reminders.reaching import client_sides, contact_sides, reader_of
from mailbot.duties.reminders.readers import ClientSide, Reader
from mailbot.duties.reminders.settings import NAME, settings_of
from mailbot.duties.reminders.tables import CheckIn
from mailbot.letters.model import Draft, LetterKind, Plain
from mailbot.records.contracts.tables import Contract, ContractState
from mailbot.records.decision import Question, Send
from mailbot.records.known import Known

_ASKED_UNTIL: Final = timedelta(days=14)  # after its day; later it is left out
_APART: Final = timedelta(days=60)  # between two questions to the same contact, whatever their contracts


@dataclass(frozen=True, slots=True)
class CheckInDue:
    """A contract whose client is to be asked now, for the `number`th time."""

    contract_id: int
    contract: str
    starts_on: date
    number: int
    client: ClientSide
    reader: Reader


def number_due(starts_on: date, today: date, settings: RemindersSettings) -> int | None:
    """Which question has fallen due within the last days, counted from 1; None where none has."""
    first = starts_on + timedelta(days=settings.check_in_after_days)
    if today < first:
        return None
    months = (today.year - first.year) * 12 + today.month - first.month
    number = months // settings.check_in_every_months + 1
    while _day(first, number, settings.check_in_every_months) > today:
        number -= 1
    return number if today <= _day(first, number, settings.check_in_every_months) + _ASKED_UNTIL else None


def _day(first: date, number: int, every_months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + (number - 1) * every_months, 12)
    return date(year, month + 1, min(first.day, 28)) if number > 1 else first


def load(session: Session, known: Known, now: datetime) -> tuple[CheckInDue, ...]:
    """The contracts whose clients can be asked today, one to a contact."""
    today = local_date(now, known.desk.zone)
    if not known.desk.works_on(today):
        return ()
    due_now = _not_asked(session, today, settings_of(known.desk))
    return _reachable(session, due_now, known, now) if due_now else ()


def _not_asked(session: Session, today: date, settings: RemindersSettings) -> dict[int, int]:
    """The running contracts with a question that is due and was not asked, and which one it is: found by the days on
    which they can have begun."""
    running = (Contract.state == ContractState.RUNNING, Contract.undone_by.is_(None))
    earliest = session.scalar(select(func.min(Contract.starts_on)).where(Contract.state == ContractState.RUNNING))
    found: dict[int, int] = {}
    for number, first, last in _beginnings(earliest or today, today, settings):
        asked = exists().where(
            CheckIn.contract_id == Contract.id, CheckIn.number == number, CheckIn.undone_by.is_(None)
        )
        began = select(Contract.id).where(*running, Contract.starts_on.between(first, last), ~asked)
        found |= dict.fromkeys(session.scalars(began), number)
    return found


def _beginnings(earliest: date, today: date, settings: RemindersSettings) -> Iterator[tuple[int, date, date]]:
    """Each question that is due of some contract, with the first and the last day on which such a one began."""
    days = (earliest + timedelta(days=each) for each in range((today - earliest).days + 1))
    for number, began in groupby(days, key=lambda day: number_due(day, today, settings)):
        if number is not None:
            first, *others = began
            yield number, first, others[-1] if others else first


def _reachable(session: Session, numbers: dict[int, int], known: Known, now: datetime) -> tuple[CheckInDue, ...]:
    today = local_date(now, known.desk.zone)
    rows = session.scalars(select(Contract).where(Contract.id.in_(numbers)).order_by(Contract.id)).all()
    clients = client_sides(session, {row.client_id for row in rows}, known, today)
    contacts = contact_sides(session, clients, known, now)
    lately = _asked_lately(session, today, {reader.contact_id for theirs in contacts.values() for reader in theirs})
    found: dict[int, CheckInDue] = {}
    for row in rows:
        client = clients.get(row.client_id)
        reader = reader_of(row.contact_id, contacts.get(row.client_id, ()))
        if client is None or client.hindrance or reader is None or reader.hindrance or reader.contact_id in lately:
            continue
        each = CheckInDue(row.id, row.ref, row.starts_on, numbers[row.id], client, reader)
        found.setdefault(reader.contact_id, each)
    return tuple(found.values())


def _asked_lately(session: Session, today: date, contacts: Collection[int]) -> frozenset[int]:
    asked = select(CheckIn.contact_id).where(
        CheckIn.contact_id.in_(contacts), CheckIn.asked_on > today - _APART, CheckIn.undone_by.is_(None)
    )
    return frozenset(session.scalars(asked))


def due(check_ins: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision for each contact who is asked."""
    today = local_date(now, known.desk.zone)
    found = check_ins if isinstance(check_ins, tuple) else ()
    return tuple(_asking(each, known, today) for each in found if isinstance(each, CheckInDue))


def _asking(each: CheckInDue, known: Known, today: date) -> Due:
    keeper = known.person(each.client.owner_id)
    facts: dict[str, Plain] = {
        "contract": each.contract,
        "first": each.number == 1,
        "since": each.starts_on,
        "keeper": keeper.name if keeper else None,
    }
    context: dict[str, object] = {
        "client_id": each.client.id,
        "contract": each.contract_id,
        "number": each.number,
    }
    asks = Question(NAME, CHECK_IN, f"How satisfied is {each.client.name} with {each.contract}?", context)
    draft = Draft(
        each.reader.to,
        f"{NAME}/check_in",
        facts,
        CHECK_IN,
        each.contract,
        str(each.number),
        about_client=each.client.id,
        offers_stop=True,
        kind=LetterKind.REMINDER,
    )
    asked = AskHowItGoes(each.contract_id, each.contract, each.client.id, each.reader.contact_id, each.number, today)
    summary = f"{each.reader.to.name} ({each.client.name}) is asked how satisfied they are."
    return Due(
        CHECK_IN, f"question {each.number} about {each.contract} is due", Plan(summary, (asked, Send(draft, asks)))
    )


CHECK_INS: Final = Upkeep(job="check-in", at=lambda desk: settings_of(desk).at, recall=load, due=due)
