"""The tables of the duty are those that its migration makes."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from mailbot.records.base import Base
from tests.duties.issues.road import Road


def test_the_migration_makes_exactly_the_tables_of_the_duty(any_road: Road) -> None:
    with any_road.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [str(difference) for difference in compare_metadata(context, Base.metadata)]

    assert [difference for difference in differences if "issue" in difference] == []


def test_a_missing_table_would_be_noticed(road: Road) -> None:
    with road.database.engine.connect().execution_options(mailbot_writes=True) as connection:
        connection.exec_driver_sql("DROP TABLE issue_messages")
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert any("issue_messages" in str(difference) for difference in differences)
