"""Desks to drive."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.post.sandbox import Sandbox
from tests.cli.driver import CLIENTS, DESK, PEOPLE, Driver


@pytest.fixture(autouse=True)
def _journal() -> Iterator[None]:
    """`run` and `once` send the log of the whole process to their own error output: it is given back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def bare(tmp_path: Path) -> Driver:
    """A folder with settings, and nothing else: no servers, no records."""
    driver = Driver(tmp_path)
    driver.write_config()
    return driver


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records with people and clients, imported once; each test gets a copy."""
    driver = Driver(tmp_path_factory.mktemp("staffed"))
    driver.write_config()
    driver.ok("import", driver.file("people.csv", PEOPLE), "--yes")
    driver.ok("import", driver.file("clients.csv", CLIENTS), "--yes")
    return driver.folder / "mailbot.sqlite"


@pytest.fixture
def desk(bare: Driver, staffed: Path) -> Driver:
    """A desk that knows its people and clients."""
    shutil.copy(staffed, bare.folder)
    return bare


@pytest.fixture
def at_work(tmp_path: Path, staffed: Path) -> Iterator[Driver]:
    """A desk that knows its people and clients, with a mail server; sales acts."""
    accounts = tuple(f"{name}@harbourpine.example" for name in ("mara", "dana", "jonas", "priya"))
    with Sandbox(desk=DESK, accounts=accounts, authserv_id="mx.harbourpine.example") as sandbox:
        driver = Driver(tmp_path, sandbox)
        driver.write_config(levels='sales = "act"\nissues = "act"\nbounces = "act"')
        shutil.copy(staffed, tmp_path)
        yield driver
