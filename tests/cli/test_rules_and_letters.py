"""Rules: checked, tested, and replayed on mails of other days. Letters: checked and looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from mailbot.cli.commands import Exit
from mailbot.config import SHIPPED
from mailbot.records.tables import Arrival, Change, DecisionRow, LetterRow, Number
from tests.cli.driver import Driver, json_lines

TABLES = (DecisionRow, Change, LetterRow, Arrival, Number)


def other_rules(folder: Path, sales: str = "") -> Path:
    """The rules that come with mailbot, with something before those of sales."""
    rules = folder / "rules.new"
    rules.mkdir()
    for path in (SHIPPED / "rules").glob("*.toml"):
        (rules / path.name).write_text((sales if path.stem == "sales" else "") + path.read_text())
    return rules


def everything(driver: Driver) -> Sequence[object]:
    return [driver.all(table) for table in TABLES]


HOLD = """\
[[rule]]
name = "no-freight"
when.kind.is = "numbers"
when.words.words = "freight"
do.hold = { why = "freight is looked at" }
then = "stop"

"""


@pytest.fixture
def with_mail(at_work: Driver) -> Driver:
    """A desk that has booked one mail and answered another."""
    at_work.mail("dana@harbourpine.example", "numbers", "acme corp 12k\nBeta freight 3 x 450\n", name="Dana Reyes")
    at_work.mail("stranger@nowhere.example", "hello", "what about lunch?\n")
    at_work.run("once")
    return at_work


def test_a_replay_with_the_same_rules_finds_no_difference_and_leaves_no_trace(with_mail: Driver) -> None:
    before = everything(with_mail)
    told = with_mail.ok("rules", "replay", "--from", "2020-01-01")

    assert told == "2 mails read again, 0 sent, 0 records written; 0 decisions differ\n"
    assert everything(with_mail) == before


def test_a_replay_with_other_rules_shows_what_would_be_otherwise(with_mail: Driver) -> None:
    rules = other_rules(with_mail.folder, HOLD)
    before = everything(with_mail)
    result = with_mail.run("rules", "replay", "--from", "2020-01-01", "--rules", rules, "--diff")

    assert result.exit_code == Exit.LOOK
    assert "was: sales.numbers (numbers), folder Done" in result.stdout
    assert "now: sales.no-freight (numbers), folder Held" in result.stdout
    assert "no longer does: " in result.stdout
    assert 'words: "acme corp 12k"' in result.stdout
    assert "2 mails read again, 0 sent, 0 records written; 1 decision differs" in result.stdout
    assert everything(with_mail) == before
    differences = json_lines(
        with_mail.run("rules", "replay", "--from", "2020-01-01", "--rules", rules, "--json").stdout
    )
    assert [each["after"]["rule"] for each in differences] == ["sales.no-freight"]  # type: ignore[index]


def test_a_replay_of_other_days_reads_nothing(with_mail: Driver) -> None:
    told = with_mail.ok("rules", "replay", "--from", "2020-01-01", "--to", "2020-01-31")

    assert told.startswith("0 mails read again")


def test_what_cannot_be_replayed_is_named(with_mail: Driver) -> None:
    database = with_mail.database()
    with database.engine.connect().execution_options(mailbot_writes=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM raw_mails WHERE arrival_id = 1")
        connection.exec_driver_sql("UPDATE decisions SET known = x'00' WHERE arrival_id = 2")
    database.close()
    told = with_mail.ok("rules", "replay", "--from", "2020-01-01")

    assert "is left out: its bytes are no longer kept" in told
    assert "is left out: what was known for this decision cannot be read any more" in told
    assert "0 mails read again" in told


def test_replay_refuses_faulty_rules_and_days(with_mail: Driver) -> None:
    rules = other_rules(with_mail.folder, "[[rule]\n")
    assert with_mail.run("rules", "replay", "--from", "2020-01-01", "--rules", rules).exit_code == Exit.WRONG
    assert with_mail.run("rules", "replay", "--from", "1 Jan").exit_code == Exit.WRONG
    assert with_mail.run("rules", "replay").exit_code == Exit.WRONG


def test_rules_are_checked_and_tested_without_any_settings(tmp_path: Path) -> None:
    driver = Driver(tmp_path)

    assert "sales: " in driver.ok("rules", "check")
    assert "do.hold" in driver.ok("rules", "check", "--verbs")
    assert driver.ok("rules", "test").endswith(" tests, 0 failed\n")
    assert ": ok (" in driver.ok("rules", "test", "--all")
    assert list(tmp_path.iterdir()) == []


def test_letters_are_checked_and_shown_in_both_languages(tmp_path: Path) -> None:
    driver = Driver(tmp_path)

    assert driver.run("templates", "check").exit_code in (Exit.OK, Exit.LOOK)
    english = driver.ok("templates", "preview", "desk/undo_refused")
    german = driver.ok(
        "templates", "preview", "desk/undo_refused", "--language", "de", "--html", tmp_path / "alarm.html"
    )
    assert english.startswith("Subject: ")
    assert english != german
    assert (tmp_path / "alarm.html").read_text().lstrip().startswith("<!DOCTYPE html>")


def test_a_letter_or_sample_that_is_not_there_is_named(tmp_path: Path) -> None:
    driver = Driver(tmp_path)
    result = driver.run("templates", "preview", "desk/undo_refusd")
    assert result.exit_code == Exit.WRONG
    assert "unknown letter 'desk/undo_refusd' - did you mean 'desk/undo_refused'?" in result.stderr
    result = driver.run("templates", "preview", "desk/undo_refused", "--case", "nonsense")
    assert result.exit_code == Exit.WRONG
    assert "'desk/undo_refused' has no sample 'nonsense'" in result.stderr
    assert driver.run("templates", "preview", "desk/undo_refused", "--language", "fr").exit_code == Exit.WRONG
    assert (
        driver.run("templates", "preview", "desk/undo_refused", "--html", tmp_path / "a" / "b").exit_code == Exit.WRONG
    )
