"""The rule file, the letters and the migration of this duty."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect

from mailbot.duties.bounces.tables import Bounce
from mailbot.records import migrate
from mailbot.records.session import Database
from tests.duties.bounces.road import Road, rule_book
from tests.duties.road import templates

LETTERS = {
    *(
        "colleague",
        "complaint",
        "dead",
        "followed",
        "healed",
        "hygiene",
        "hygiene_all",
        "introduction",
        "not_delivered",
        "our_fault",
        "passed_on",
        "refusals",
    ),
    *("details", "details_kept", "resumed", "settled", "taken_in", "week", "who_follows"),
}


def test_every_rule_applies_where_its_author_says_and_nowhere_else(tmp_path: Path) -> None:
    results = rule_book(tmp_path / "rules").test()
    assert [str(result) for result in results if not result.passed] == []
    assert len(results) > 20


def test_every_letter_can_be_written_in_both_languages_with_its_samples_and_is_short() -> None:
    shown = (*templates().check(), *templates().advice())
    assert [str(fault) for fault in shown if "/bounces/" in fault.file] == []
    for language in ("en", "de"):
        written = {name for name in templates().sources.templates[language] if name.startswith("bounces/")}
        assert written == {f"bounces/{name}" for name in LETTERS}


def test_the_migration_makes_the_table_as_the_program_knows_it(either_road: Road) -> None:
    inspector = inspect(either_road.database.engine)
    made = {column["name"]: bool(column["nullable"]) for column in inspector.get_columns("bounces")}
    assert made == {column.name: bool(column.nullable) for column in Bounce.__table__.columns}
    (unique,) = inspector.get_unique_constraints("bounces")
    assert unique["column_names"] == ["letter_ref", "address_key", "outcome", "is_dead", "hand_over"]
    assert {index["name"] for index in inspector.get_indexes("bounces") if not index["unique"]} == {
        "ix_bounces_address_id",
        "ix_bounces_address_key",
        "ix_bounces_seen_at",
    }


def test_the_migration_can_be_taken_back(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    migrate.upgrade(database, to="0002_bounces")
    assert "bounces" in inspect(database.engine).get_table_names()
    migrate.downgrade(database, "0001_kernel")
    assert "bounces" not in inspect(database.engine).get_table_names()
    database.close()
