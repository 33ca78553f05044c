"""Desks to drive."""

from __future__ import annotations

import logging
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


@pytest.fixture
def desk(bare: Driver) -> Driver:
    """A desk that knows its people and clients."""
    bare.ok("import", bare.file("people.csv", PEOPLE), "--yes")
    bare.ok("import", bare.file("clients.csv", CLIENTS), "--yes")
    return bare


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[Driver]:
    """A desk that knows its people and clients, with a mail server; sales acts."""
    accounts = tuple(f"{name}@harbourpine.example" for name in ("mara", "dana", "jonas", "priya"))
    with Sandbox(desk=DESK, accounts=accounts, authserv_id="mx.harbourpine.example") as sandbox:
        driver = Driver(tmp_path, sandbox)
        driver.write_config(levels='sales = "act"\nissues = "act"\nbounces = "act"')
        driver.ok("import", driver.file("people.csv", PEOPLE), "--yes")
        driver.ok("import", driver.file("clients.csv", CLIENTS), "--yes")
        yield driver
