"""The calendar of contracts that have to be decided on, once a month: to each rep the own ones, to who manages those
that may be lost, and why. Pure but for `load`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.renewals.facts import NAME, Renewal
from mailbot.duties.renewals.ics import calendar_file
from mailbot.duties.renewals.letters import renewal_told, sums
from mailbot.duties.renewals.recalling import until
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.numbers import is_first_run
from mailbot.records.tables import Role

_AT: Final = time(8, 0)
_JOB: Final = "calendar"
_MONTHS: Final = 3  # ahead, each month; in the first month of a quarter, this quarter and the next
_MONTHS_OF_A_QUARTER: Final = 6
_FIRST_DAYS: Final = 10  # a desk that begins later waits for the next month
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Ahead:
    """The contracts to be decided on from the first day of a month until `last`."""

    month: date
    last: date
    renewals: tuple[Renewal, ...]

    @property
    def is_of_a_quarter(self) -> bool:
        """Whether the month begins a quarter: then it tells of two quarters."""
        return self.month.month % 3 == 1


def load(session: Session, known: Known, now: datetime) -> Ahead | None:
    """What lies ahead, on the first working day of the month on which the desk is at work, in its first days."""
    today = local_date(now, known.desk.zone)
    month = today.replace(day=1)
    if today.day > _FIRST_DAYS or not is_first_run(session, f"{NAME}.{_JOB}", known.desk, month, today):
        return None
    months = _MONTHS_OF_A_QUARTER if month.month % 3 == 1 else _MONTHS
    last = _months_later(month, months) - timedelta(days=1)
    return Ahead(month, last, until(session, known.desk, today, last))


def _months_later(month: date, months: int) -> date:
    years, place = divmod(month.month - 1 + months, 12)
    return date(month.year + years, place + 1, 1)


def due(ahead: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision with all its letters; none where nothing has to be decided on."""
    if not isinstance(ahead, Ahead):
        return ()
    today = local_date(now, known.desk.zone)
    sends = (*_to_reps(ahead, known, today, now), *_to_managers(ahead, known, today))
    if not sends:
        return ()
    why = f"contracts have to be decided on until {ahead.last.isoformat()}"
    return (Due("calendar", why, Plan(f"Told of {len(ahead.renewals)} contracts, to {len(sends)}.", sends)),)


def _to_reps(ahead: Ahead, known: Known, today: date, now: datetime) -> Iterator[Send]:
    for person in known.staff:
        own = [each for each in ahead.renewals if each.rep_id == person.id]
        if own:
            facts = _facts(ahead, own, known, today)
            enclosure = calendar_file(own, ahead.month, known.desk, person.recipient.language, now)
            yield Send(
                Draft(
                    to=person.recipient,
                    template="renewals/calendar",
                    facts=facts,
                    purpose="renewals-calendar",
                    object=f"{person.id}",
                    period=_period(ahead),
                    enclosures=(enclosure,),
                )
            )


def _to_managers(ahead: Ahead, known: Known, today: date) -> Iterator[Send]:
    at_risk = [each for each in ahead.renewals if each.risks]
    if not at_risk:
        return
    for person in known.in_role(Role.MANAGER):
        facts = _facts(ahead, at_risk, known, today)
        yield Send(
            Draft(person.recipient, "renewals/at_risk", facts, "renewals-at-risk", f"{person.id}", _period(ahead))
        )


def _facts(ahead: Ahead, renewals: Sequence[Renewal], known: Known, today: date) -> dict[str, Plain]:
    return {
        "month": ahead.month,
        "last": ahead.last,
        "quarter": (ahead.month.month + 2) // 3 if ahead.is_of_a_quarter else None,
        "contracts": tuple(renewal_told(each, today, _name(known.person(each.rep_id))) for each in renewals[:_SHOWN]),
        "more": max(len(renewals) - _SHOWN, 0),
        "sums": sums(renewals),
    }


def _name(person: PersonCard | None) -> str:
    return person.name if person else ""


def _period(ahead: Ahead) -> str:
    return f"{ahead.month:%Y-%m}"


CALENDAR: Final = Upkeep(job=_JOB, at=_AT, recall=load, due=due)
