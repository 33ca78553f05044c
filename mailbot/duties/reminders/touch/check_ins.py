"""How satisfied a client is, asked some weeks after a contract began and then every few months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
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
    settings = settings_of(known.desk)
    running = select(Contract.id, Contract.starts_on).where(
        Contract.state == ContractState.RUNNING, Contract.starts_on <= today, Contract.undone_by.is_(None)
    )
    numbers = {row.id: number_due(row.starts_on, today, settings) for row in session.execute(running)}
    due_now = {key: number for key, number in numbers.items() if number is not None}
    return _reachable(session, _not_asked(session, due_now), known, now) if due_now else ()


def _not_asked(session: Session, numbers: dict[int, int]) -> dict[int, int]:
    asked = select(CheckIn.contract_id, CheckIn.number).where(
        CheckIn.contract_id.in_(numbers), CheckIn.undone_by.is_(None)
    )
    done = {(row.contract_id, row.number) for row in session.execute(asked)}
    return {key: number for key, number in numbers.items() if (key, number) not in done}


def _reachable(session: Session, numbers: dict[int, int], known: Known, now: datetime) -> tuple[CheckInDue, ...]:
    today = local_date(now, known.desk.zone)
    rows = session.scalars(select(Contract).where(Contract.id.in_(numbers)).order_by(Contract.id)).all()
    clients = client_sides(session, {row.client_id for row in rows}, known, today)
    contacts = contact_sides(session, clients, known, now)
    lately = _asked_lately(session, today)
    found: dict[int, CheckInDue] = {}
    for row in rows:
        client = clients.get(row.client_id)
        reader = reader_of(row.contact_id, contacts.get(row.client_id, ()))
        if client is None or client.hindrance or reader is None or reader.hindrance or reader.contact_id in lately:
            continue
        each = CheckInDue(row.id, row.ref, row.starts_on, numbers[row.id], client, reader)
        found.setdefault(reader.contact_id, each)
    return tuple(found.values())


def _asked_lately(session: Session, today: date) -> frozenset[int]:
    last = (
        select(CheckIn.contact_id)
        .where(CheckIn.undone_by.is_(None))
        .group_by(CheckIn.contact_id)
        .having(func.max(CheckIn.asked_on) > today - _APART)
    )
    return frozenset(session.scalars(last))


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
