"""`mailbot contract`, and what it exports for other programs."""

from __future__ import annotations

import csv
import io
import json

from mailbot.cli.commands import Exit
from mailbot.records.contracts.tables import Contract, Deliverable
from tests.cli.driver import Driver

GIVEN = ("--starts", "2025-12-01", "--ends", "2026-11-30", "--value", "18600.00", "--currency", "USD")


def added(desk: Driver, *options: str) -> str:
    return desk.ok("contract", "add", "K-2240", "Acme Corp", *GIVEN, *options, "--yes")


def test_a_contract_is_added_listed_shown_and_taken_back(desk: Driver) -> None:
    told = added(desk, "--notice-days", "60", "--promise", "banner=free banner", "--promise", "ad=6 pages")

    assert "takes it back" in told
    listed = desk.ok("contract", "list").splitlines()
    assert listed[1].split("\t")[0] == "K-2240"
    assert listed[1].split("\t")[3:] == ["2025-12-01", "2026-11-30", "2026-10-01", "18,600.00 USD", "running"]
    shown = desk.ok("contract", "show", "K-2240")
    assert "1\tbanner\tfree banner" in shown
    assert "2\tad\t6 pages" in shown
    ref = told.split("(")[1].split(")")[0]
    desk.ok("undo", ref, "--yes")
    assert desk.ok("contract", "list").splitlines()[1:] == []


def test_what_cannot_be_right_is_refused_with_the_reason_and_nothing_is_written(desk: Driver) -> None:
    wrong = desk.run("contract", "add", "K-1", "Acme Corp", "--starts", "2026-12-01", "--ends", "2025-11-30", "--yes")
    nobody = desk.run("contract", "add", "K-1", "Nobody Ltd", *GIVEN, "--yes")
    unsure = desk.run("contract", "add", "K-1", "Acme Corp", *GIVEN[:4], "--value", "4,900", "--yes")

    assert [each.exit_code for each in (wrong, nobody, unsure)] == [Exit.WRONG] * 3
    assert "ends on 2025-11-30, before it starts" in wrong.stderr
    assert "'Nobody Ltd' is not among the clients" in nobody.stderr
    assert "write it like 4900.00" in unsure.stderr
    assert desk.all(Contract) == []


def test_a_number_that_is_there_is_not_changed_by_adding(desk: Driver) -> None:
    added(desk)
    again = desk.run("contract", "add", "K-2240", "Acme Corp", *GIVEN, "--yes")

    assert again.exit_code == Exit.WRONG
    assert "there is a contract K-2240 already" in again.stderr
    assert len(desk.all(Contract)) == 1


def test_a_number_that_is_not_there_is_answered_with_the_nearest(desk: Driver) -> None:
    added(desk)
    result = desk.run("contract", "show", "K-2241")

    assert result.exit_code == Exit.WRONG
    assert "did you mean 'K-2240'?" in result.stderr


def test_what_is_exported_is_imported_again_without_a_change(desk: Driver) -> None:
    added(desk, "--notice-days", "60", "--promise", "banner==HYPERLINK()", "--promise", "ad=6 pages")
    exported = desk.ok("export", "contracts")

    rows = list(csv.DictReader(io.StringIO(exported)))
    assert [(row["contract"], row["line"], row["words"]) for row in rows] == [
        ("K-2240", "1", "'=HYPERLINK()"),
        ("K-2240", "2", "6 pages"),
    ]
    told = desk.ok("import", desk.file("contracts.csv", exported), "--yes")
    assert "2 as it was" in told
    assert len(desk.all(Deliverable)) == 2


def test_billing_has_a_row_for_each_step_with_an_amount_and_none_without(desk: Driver) -> None:
    added(desk)
    desk.ok("contract", "add", "K-2241", "Acme Corp", *GIVEN[:4], "--currency", "USD", "--yes")

    (row,) = [json.loads(line) for line in desk.ok("export", "billing", "--json").splitlines()]
    assert (row["contract"], row["kind"], row["since"], row["amount"]) == (
        "K-2240",
        "signed",
        "2025-12-01",
        "18600.00",
    )
