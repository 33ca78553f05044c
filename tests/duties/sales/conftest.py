"""A road of this duty over SQLite, and the same over PostgreSQL where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.deciding.orders import StandingOrders
from tests.duties.sales.road import Road, open_road, settle, standing_orders


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the company in it, made by migration once; every test works on a copy."""
    file = tmp_path_factory.mktemp("settled") / "desk.sqlite"
    settle(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def orders(tmp_path_factory: pytest.TempPathFactory) -> StandingOrders:
    """Read and compiled once for all tests."""
    return standing_orders(tmp_path_factory.mktemp("rules"))


@pytest.fixture
def road(settled: Path, orders: StandingOrders, tmp_path: Path) -> Iterator[Road]:
    opened = open_road(_copy(settled, tmp_path), orders)
    yield opened
    opened.database.close()


@pytest.fixture(scope="session")
def reading_road(settled: Path, orders: StandingOrders, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """A road for tests that only read mails and keep nothing."""
    folder = tmp_path_factory.mktemp("reading")
    opened = open_road(_copy(settled, folder), orders)
    yield opened
    opened.database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_road(request: pytest.FixtureRequest, settled: Path, orders: StandingOrders, tmp_path: Path) -> Iterator[Road]:
    """The same road on each kind of database."""
    if request.param == "sqlite":
        url = _copy(settled, tmp_path)
    else:
        url = request.getfixturevalue("postgresql_url")
        settle(url)
    opened = open_road(url, orders)
    yield opened
    opened.database.close()


def _copy(settled: Path, folder: Path) -> str:
    shutil.copy(settled, folder / "desk.sqlite")
    return f"sqlite:///{folder}/desk.sqlite"
