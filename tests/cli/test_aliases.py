"""mailbot aliases: what reps call their clients."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from mailbot.cli.commands import Exit
from mailbot.duties.sales.tables import SalesAlias
from mailbot.records.tables import Client, Person
from tests.cli.driver import Driver, json_lines

CLIENTS = "code,client\nC02,Acme Medical GmbH\nC01,Acme Corp\n"


@pytest.fixture
def desk(desk: Driver) -> Driver:
    """A rep has said that "Acme" is Acme Medical."""
    (desk.folder / "clients.csv").write_text(CLIENTS, encoding="utf-8")
    desk.ok("import", desk.folder / "clients.csv", "--yes")
    database = desk.database()
    with database.writing() as session:
        rep, acme = session.scalars(select(Person)).first(), session.scalar(select(Client).where(Client.code == "C02"))
        assert rep is not None
        assert acme is not None
        session.add(
            SalesAlias(rep_id=rep.id, key="acme", words="Acme", client_id=acme.id, learned_on=date(2025, 11, 4))
        )
    database.close()
    return desk


def test_they_are_listed_with_whose_they_are_and_what_they_mean(desk: Driver) -> None:
    (alias,) = json_lines(desk.ok("aliases", "--json"))

    assert (alias["words"], alias["client"], alias["learned_on"]) == ("Acme", "Acme Medical GmbH", "2025-11-04")
    assert "Acme Medical GmbH" in desk.ok("aliases")


def test_one_is_forgotten_by_its_number_and_undo_brings_it_back(desk: Driver) -> None:
    told = desk.ok("aliases", "--forget", "1")
    assert desk.ok("aliases") == "No rep has said yet what they call a client.\n"

    desk.ok("undo", told.partition("mailbot undo ")[2].strip(), "--yes")
    assert len(json_lines(desk.ok("aliases", "--json"))) == 1


def test_a_number_that_is_none_is_refused(desk: Driver) -> None:
    result = desk.run("aliases", "--forget", "7")

    assert result.exit_code == Exit.WRONG
    assert "there is no alias 7" in result.output
