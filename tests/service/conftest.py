"""Desks on SQLite, and on both databases where the database matters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot import app
from mailbot.config import MailboxSettings, SmtpSettings
from mailbot.deciding.orders import StandingOrders
from tests.crash import company, poison
from tests.schemas import migrated_file
from tests.service.bench import DUTIES, Benches, benches


@pytest.fixture(scope="session")
def orders(tmp_path_factory: pytest.TempPathFactory) -> StandingOrders:
    """The rules and letters that come with the program, and the rule of the poisoned duty."""
    rules = poison.rules(tmp_path_factory.mktemp("rules") / "rules")
    somewhere = MailboxSettings(host="127.0.0.1"), SmtpSettings(host="127.0.0.1")
    return app.standing_orders(company.settings(*somewhere, "sqlite://", rules), DUTIES)


@pytest.fixture
def desks(orders: StandingOrders, tmp_path: Path) -> Iterator[Benches]:
    """Desks that share one SQLite database."""
    with benches(orders, migrated_file(tmp_path / "desk.sqlite")) as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind, with the schema and nothing in it."""
    if request.param == "sqlite":
        return migrated_file(tmp_path / "desk.sqlite")
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind, without any schema."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.sqlite"
    return str(request.getfixturevalue("postgresql").new_database())


@pytest.fixture
def desks_on_both(orders: StandingOrders, database_url: str) -> Iterator[Benches]:
    """Desks that share one database, of each kind."""
    with benches(orders, database_url) as made:
        yield made
