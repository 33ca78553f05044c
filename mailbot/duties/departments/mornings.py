"""The letters of the morning: the list of what is due on the first working day of a week, a nudge around a due date,
and, once, to the coordinator what is overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.config import DepartmentsSettings
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.departments import letters
from mailbot.duties.departments.facts import NAME, Item
from mailbot.duties.departments.recalling import items_where
from mailbot.duties.departments.settings import settings_of
from mailbot.duties.duty import Upkeep
from mailbot.letters.model import Enclosure, Plain
from mailbot.letters.workbooks import MEDIA_TYPE, Sheet, workbook
from mailbot.records.contracts.tables import Deliverable, DeliverableState
from mailbot.records.decision import Send
from mailbot.records.in_words import Words
from mailbot.records.known import DeskCard, Known, PersonCard
from mailbot.records.tables import Run
from mailbot.working_days import working_days_from

DIGEST: Final = "digest"
NUDGE: Final = "nudge"
OVERDUE: Final = "overdue"
_JOB: Final = "morning"
_OPEN: Final = (
    DeliverableState.PLANNED,
    DeliverableState.ORDERED,
    DeliverableState.CLAIMED,
    DeliverableState.PROBLEM,
)
_LONGEST_OVERDUE: Final = timedelta(days=90)  # that the list still shows
_LONGEST_NUDGE: Final = timedelta(days=45)  # twenty working days, and holidays between


@dataclass(frozen=True, slots=True)
class Morning:
    """What is open around this day, and the last day on which the letters of the morning were written."""

    items: tuple[Item, ...]
    last: date


def load(session: Session, known: Known, now: datetime) -> Morning | None:
    """What is due soon, or was due lately and is open; None where nobody works today."""
    today = local_date(now, known.desk.zone)
    if not known.desk.works_on(today):
        return None
    ahead = timedelta(days=settings_of(known.desk).ahead_days)
    items = items_where(
        session,
        today,
        Deliverable.state.in_(_OPEN),
        Deliverable.due_on.between(today - _LONGEST_OVERDUE, today + max(ahead, _LONGEST_NUDGE)),
    )
    last = session.scalar(select(func.max(Run.day)).where(Run.job == f"{NAME}.{_JOB}", Run.day < today))
    return Morning(items, _last_worked(last, today, known.desk))


def _last_worked(last: date | None, today: date, desk: DeskCard) -> date:
    """The last day whose letters were written: on a free day the job runs, and writes none."""
    day = today - timedelta(days=1) if last is None else last
    return working_days_from(day, 0, desk.holidays)


def due(found: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision for each department, and one for each who coordinates."""
    if not isinstance(found, Morning):
        return ()
    today = local_date(now, known.desk.zone)
    settings = settings_of(known.desk)
    return (
        *_for_departments(found, known, today, settings),
        *_for_coordinators(found, known, now, settings),
    )


def _for_departments(found: Morning, known: Known, today: date, settings: DepartmentsSettings) -> Iterator[Due]:
    by_department: dict[int | None, list[Item]] = defaultdict(list)
    for item in found.items:
        by_department[item.department_id].append(item)
    is_first = found.last < today - timedelta(days=today.weekday())
    for department_id, items in by_department.items():
        department = known.person(department_id)
        if department is None:
            continue
        kind = DIGEST if is_first else NUDGE
        listed = _in_the_list(items, today, settings) if is_first else _near(items, found.last, today, known, settings)
        if listed:
            why = f"{len(listed)} of what {department.name} delivers is due"
            letter = _list(listed, department, today, settings) if is_first else _nudge(listed, department, today)
            yield Due(kind, why, Plan(f"{why}.", (letter,)))


def _in_the_list(items: Sequence[Item], today: date, settings: DepartmentsSettings) -> list[Item]:
    last = today + timedelta(days=settings.ahead_days)
    return [item for item in items if item.due_on is not None and item.due_on <= last]


def _near(items: Sequence[Item], last: date, today: date, known: Known, settings: DepartmentsSettings) -> list[Item]:
    """What is reminded of today: so many working days before it is due, or after."""
    holidays = known.desk.holidays
    found = []
    for item in items:
        if item.due_on is None:
            continue
        days = [working_days_from(item.due_on, settings.nudge_after, holidays)]
        if settings.nudge_before:
            days.append(working_days_from(item.due_on, -settings.nudge_before, holidays))
        if any(last < day <= today for day in days):
            found.append(item)
    return found


def _list(items: Sequence[Item], department: PersonCard, today: date, settings: DepartmentsSettings) -> Send:
    """What is due until so many days from now, and what is late."""
    facts = _told(items, department, today) | {"until": today + timedelta(days=settings.ahead_days)}
    return _letter(DIGEST, facts, items, department, today)


def _nudge(items: Sequence[Item], department: PersonCard, today: date) -> Send:
    """What is reminded of today."""
    return _letter(NUDGE, _told(items, department, today), items, department, today)


def _told(items: Sequence[Item], department: PersonCard, today: date) -> dict[str, Plain]:
    return {
        "items": letters.lines(items, department.language, today),
        "late": sum(letters.is_late(item, today) for item in items),
        "more": max(len(items) - letters.MOST_LINES, 0),
    }


def _letter(kind: str, facts: dict[str, Plain], items: Sequence[Item], department: PersonCard, today: date) -> Send:
    key = (f"departments-{kind}", str(department.id), today.isoformat())
    return letters.to_staff(department, kind, facts, key, asks=letters.is_it_done(items))


def _for_coordinators(found: Morning, known: Known, now: datetime, settings: DepartmentsSettings) -> Iterator[Due]:
    """What has become overdue since the last morning; each thing is in one letter, and in no other."""
    today = local_date(now, known.desk.zone)
    overdue = [
        item
        for item in found.items
        if item.due_on is not None
        and found.last < working_days_from(item.due_on, settings.overdue_after, known.desk.holidays) <= today
    ]
    if not overdue:
        return
    for coordinator in letters.coordinators(known):
        facts: dict[str, Plain] = {
            "items": tuple(
                line | {"department": _name(known, item)}
                for line, item in zip(letters.lines(overdue, coordinator.language, today), overdue, strict=False)
            ),
            "more": max(len(overdue) - letters.MOST_LINES, 0),
        }
        key = (f"departments-{OVERDUE}", str(coordinator.id), today.isoformat())
        why = f"{len(overdue)} of what departments deliver is overdue"
        letter = letters.to_staff(coordinator, OVERDUE, facts, key)
        if facts["more"]:
            file = _workbook(overdue, known, coordinator, now)
            letter = replace(letter, draft=replace(letter.draft, enclosures=(file,)))
        yield Due(OVERDUE, why, Plan(f"{why}.", (letter,)))


def _workbook(overdue: Sequence[Item], known: Known, reader: PersonCard, now: datetime) -> Enclosure:
    """All of it, where the letter cannot name all."""
    rows = tuple((letters.what(item), item.client, item.contract, _name(known, item), item.due_on) for item in overdue)
    heads = tuple(head.to(reader.language) for head in _HEADS)
    content = workbook([Sheet(_OVERDUE_SHEET.to(reader.language), heads, rows)], now)
    return Enclosure("overdue.xlsx", MEDIA_TYPE, content)


_OVERDUE_SHEET: Final = Words("overdue", "überfällig")
_HEADS: Final = (
    Words("what", "Leistung"),
    Words("client", "Kunde"),
    Words("contract", "Vertrag"),
    Words("department", "Abteilung"),
    Words("due", "fällig"),
)


def _name(known: Known, item: Item) -> str:
    department = known.person(item.department_id)
    return department.name if department else ""


MORNING: Final = Upkeep(job=_JOB, at=lambda desk: settings_of(desk).morning, recall=load, due=due)
