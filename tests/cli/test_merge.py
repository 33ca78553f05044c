"""mailbot merge: two clients that are one."""

from __future__ import annotations

import json

import pytest

from mailbot.cli.commands import Exit
from tests.cli.driver import Driver

CLIENTS = """\
code,client,contact,email
C08,South Star Logistics,Karen Holt,karen.holt@southstar.example
C18,Southstar Inc,Gil Fox,gil@southstar.example
"""


@pytest.fixture
def desk(desk: Driver) -> Driver:
    """South Star is there twice."""
    (desk.folder / "clients.csv").write_text(CLIENTS, encoding="utf-8")
    desk.ok("import", desk.folder / "clients.csv", "--yes")
    return desk


def test_it_says_what_goes_over_and_asks_first(desk: Driver) -> None:
    asked = desk.run("merge", "C08", "Southstar Inc", says="n\n")

    assert asked.exit_code == Exit.LOOK
    assert "Southstar Inc becomes South Star Logistics" in asked.output
    assert "1 row of contacts" in asked.output
    assert "Southstar Inc" in desk.ok("export", "clients")


def test_merged_clients_are_one_and_undo_parts_them(desk: Driver) -> None:
    done = json.loads(desk.ok("merge", "C08", "C18", "--yes", "--json"))["merged"]
    merged = desk.ok("export", "clients")

    assert "Southstar Inc" not in merged
    assert "South Star Logistics,,en,Gil Fox" in merged
    assert "Southstar Inc" in desk.ok("why", done)

    desk.ok("undo", done, "--yes")
    assert "Southstar Inc" in desk.ok("export", "clients")


@pytest.mark.parametrize(
    ("drop", "why"),
    [("C08", "is named twice"), ("South Star Logistic", "did you mean"), ("C99", "unknown client 'C99'")],
)
def test_what_names_no_second_client_is_refused(desk: Driver, drop: str, why: str) -> None:
    result = desk.run("merge", "C08", drop, "--yes")

    assert result.exit_code == Exit.WRONG
    assert why in " ".join(result.output.split())
