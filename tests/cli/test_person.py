"""mailbot person: what is kept of somebody, and erasing it."""

from __future__ import annotations

import json

from mailbot.cli.commands import Exit
from tests.cli.driver import Driver

CLIENTS = (
    "code,client,contact,email,phone\nC08,South Star Logistics,Karen Holt,karen.holt@southstar.example,802 555 0123\n"
)


def has_karen(desk: Driver) -> None:
    (desk.folder / "clients.csv").write_text(CLIENTS, encoding="utf-8")
    desk.ok("import", desk.folder / "clients.csv", "--yes")


def test_export_tells_all_that_is_kept_as_lines_of_json(desk: Driver) -> None:
    has_karen(desk)
    rows = [json.loads(line) for line in desk.ok("person", "export", "Karen.Holt@southstar.example").splitlines()]

    assert {row["table"] for row in rows} == {"addresses", "contacts"}
    assert next(row["phone"] for row in rows if row["table"] == "contacts") == "802 555 0123"


def test_erase_says_what_and_asks_first(desk: Driver) -> None:
    has_karen(desk)
    asked = desk.run("person", "erase", "karen.holt@southstar.example", says="n\n")
    assert asked.exit_code == Exit.LOOK
    assert "1 row of addresses" in asked.output
    assert "Karen Holt" in desk.ok("export", "clients")

    desk.ok("person", "erase", "karen.holt@southstar.example", "--yes")

    assert "Karen" not in desk.ok("export", "clients")
    assert "karen" not in desk.ok("export", "addresses")
    assert "South Star Logistics" in desk.ok("export", "clients")


def test_somebody_of_whom_nothing_is_kept_is_said_so(desk: Driver) -> None:
    result = desk.run("person", "erase", "nobody@nowhere.example", "--yes")

    assert result.exit_code == Exit.WRONG
    assert "nothing is kept of nobody@nowhere.example" in result.output
