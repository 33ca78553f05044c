"""Once a month: to each owner the state of the addresses of the own clients, to the manager that of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.bounces.figures import Hygiene, hygiene, month_before
from mailbot.duties.bounces.recalling import NAME
from mailbot.duties.duty import Upkeep
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.numbers import is_first_run
from mailbot.records.tables import Role

_AT: Final = time(8, 15)
_JOB: Final = "hygiene"
_PURPOSE: Final = "hygiene"
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Month:
    """The month that is told, and the state of the addresses of each owner; nothing where it was told before."""

    first: date
    last: date
    owners: tuple[Hygiene, ...]


def load(session: Session, known: Known, now: datetime) -> Month | None:
    """The month before this one, on the first working day of this one on which the desk is at work."""
    today = local_date(now, known.desk.zone)
    first, end = month_before(today)
    if not is_first_run(session, f"{NAME}.{_JOB}", known.desk, end, today):
        return None
    zone = known.desk.zone
    moments = (datetime.combine(day, time(), zone) for day in (first, end))
    return Month(first, end - timedelta(days=1), hygiene(session, *moments))


def due(month: object, known: Known, _: datetime) -> tuple[Due, ...]:
    """One decision with all the letters; none where there is nothing to tell."""
    if not isinstance(month, Month):
        return ()
    owners = [each for each in month.owners if not each.is_empty]
    if not owners:
        return ()
    sends = (*_to_owners(month, owners, known), *_to_managers(month, owners, known))
    why = f"the state of the addresses in {month.first:%B %Y}"
    return (Due(_PURPOSE, why, Plan(f"Told {why}.", sends)),)


def _to_owners(month: Month, owners: list[Hygiene], known: Known) -> Iterator[Send]:
    for state in owners:
        owner = next((each for each in known.staff if each.id == state.owner_id), None)
        if owner is None:
            continue
        written: dict[str, Plain] = {
            **_counts(state),
            "first": month.first,
            "last": month.last,
            "rows": tuple(
                {
                    "contact": each.contact,
                    "client": each.client,
                    "address": each.address,
                    "left": each.left,
                    "since": each.since,
                }
                for each in state.waiting[:_SHOWN]
            ),
            "more": max(len(state.waiting) - _SHOWN, 0),
        }
        yield Send(Draft(owner.recipient, f"{NAME}/hygiene", written, _PURPOSE, f"{owner.id}", _period(month.first)))


def _to_managers(month: Month, owners: list[Hygiene], known: Known) -> Iterator[Send]:
    names = {each.id: each.name for each in known.staff}
    rows: tuple[Plain, ...] = tuple({"owner": names.get(each.owner_id or 0), **_counts(each)} for each in owners)
    managers: tuple[PersonCard, ...] = known.in_role(Role.MANAGER) or known.in_role(Role.COORDINATOR)
    for manager in managers:
        written: dict[str, Plain] = {
            "first": month.first,
            "last": month.last,
            "rows": rows,
            "cleaned": sum(each.cleaned for each in owners),
            "healed": sum(each.healed for each in owners),
            "waiting": sum(len(each.waiting) for each in owners),
        }
        about = f"all for {manager.id}"
        yield Send(Draft(manager.recipient, f"{NAME}/hygiene_all", written, _PURPOSE, about, _period(month.first)))


def _counts(state: Hygiene) -> dict[str, Plain]:
    return {
        "cleaned": state.cleaned,
        "healed": state.healed,
        "waiting": len(state.waiting),
        "oldest": state.waiting[0].since if state.waiting else None,
        "points": state.points,
    }


def _period(first: date) -> str:
    return f"{first:%Y-%m}"


HYGIENE: Final = Upkeep(job=_JOB, at=_AT, recall=load, due=due)
