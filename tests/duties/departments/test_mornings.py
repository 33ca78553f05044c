"""The letters of the morning: who was not at work on Monday reads the list of the week on the next day, and however
much is due, all of it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from mailbot.duties.departments.facts import NAME
from mailbot.duties.departments.mornings import DIGEST, MORNING, NUDGE, Morning
from mailbot.records.contracts.tables import Contract, ContractState, Deliverable, DeliverableState
from mailbot.records.known import Known, PersonCard
from mailbot.records.numbers import begin_run
from mailbot.records.session import Database
from mailbot.records.tables import Client, Person, Role
from tests.schemas import migrated_file
from tests.sorting.world import known

TUESDAY = datetime(2025, 11, 18, 14, 0, tzinfo=UTC)
FRIDAY = date(2025, 11, 14)
WEB = 1
MANY = 2_500


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A contract of which the web team has to deliver very much on Wednesday."""
    opened = Database(migrated_file(tmp_path / "desk.sqlite"))
    with opened.writing() as session:
        session.add(Person(id=WEB, name="Web Team", role=Role.DEPARTMENT))
        session.add(Client(id=1, name="Acme Corp", name_key="acme corp"))
        session.flush()
        session.add(
            Contract(
                id=1, ref="K-1", client_id=1, starts_on=FRIDAY, ends_on=FRIDAY + timedelta(days=300),
                value=Decimal(100), currency="USD", renews=False, state=ContractState.RUNNING,
            )
        )  # fmt: skip
        session.flush()
        session.execute(insert(Deliverable), [_thing(position) for position in range(1, MANY + 1)])
    yield opened
    opened.close()


def _thing(position: int) -> dict[str, object]:
    return {
        "contract_id": 1, "client_id": 1, "position": position, "kind": "link", "words": f"link {position}",
        "currency": "USD", "department_id": WEB, "due_on": date(2025, 11, 19), "state": DeliverableState.ORDERED,
    }  # fmt: skip


def at_work() -> Known:
    """A desk on a day, with the web team among its people."""
    team = PersonCard(WEB, "Web Team", "web@harbourpine.example", Role.DEPARTMENT, "en", "en_US", "USD")
    return replace(known(), staff=(team,))


def told(session: Session, now: datetime = TUESDAY) -> tuple[str, ...]:
    found = MORNING.recall(session, at_work(), now)
    return tuple(each.kind for each in MORNING.due(found, at_work(), now))


def test_a_desk_that_slept_on_monday_tells_the_list_of_the_week_on_tuesday(database: Database) -> None:
    with database.writing() as session:
        begin_run(session, f"{NAME}.{MORNING.job}", FRIDAY, TUESDAY - timedelta(days=4))
        assert told(session) == (DIGEST,)


def test_a_list_that_was_told_on_monday_is_not_told_again_on_tuesday(database: Database) -> None:
    with database.writing() as session:
        begin_run(session, f"{NAME}.{MORNING.job}", TUESDAY.date() - timedelta(days=1), TUESDAY - timedelta(days=1))
        assert told(session, TUESDAY) == ()
        begin_run(session, f"{NAME}.{MORNING.job}", TUESDAY.date(), TUESDAY)
        assert told(session, TUESDAY + timedelta(days=2)) == (NUDGE,)


def test_nothing_of_what_is_due_is_left_out_however_much_it_is(database: Database) -> None:
    with database.reading() as session:
        found = MORNING.recall(session, at_work(), TUESDAY)
    assert isinstance(found, Morning)
    assert len(found.items) == MANY
