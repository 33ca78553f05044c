from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot.letters import Draft, Letter, Letterhead, Recipient, Templates, Thread, compose, decision_key

PROJECT = Path(__file__).parents[2] / "templates"
SECRET = b"a secret of thirty-two characters"


@pytest.fixture(scope="session")
def kernel() -> Templates:
    """The templates that come with the program."""
    return Templates.load(PROJECT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one template in two languages, with the layout of the program, to be spoilt by a test."""
    shutil.copytree(Path(__file__).parent / "folder", tmp_path / "templates")
    shutil.copy(PROJECT / "layout.html", tmp_path / "templates")
    return tmp_path / "templates"


@pytest.fixture
def booked(folder: Path) -> Templates:
    """The template "sales/booked" alone."""
    return Templates.load(folder)


@pytest.fixture
def head() -> Letterhead:
    return Letterhead(
        company="Harbour & Pine Media",
        desk="Sales Desk",
        address="desk@harbourpine.example",
        ref="N-0412",
        key=decision_key(SECRET, 412),
        now=datetime(2025, 10, 31, 20, 43, tzinfo=UTC),
        zone=ZoneInfo("America/New_York"),
    )


@pytest.fixture
def draft(booked: Templates) -> Draft:
    """What Dana is answered on her numbers."""
    return Draft(
        to=Recipient("dana@harbourpine.example", "Dana Reyes", "en"),
        template="sales/booked",
        facts=booked.sources.samples["sales/booked"][0].facts,
        purpose="booked",
        object="N-0412",
        period="2025-W44",
        answers=Thread("numbers", "5A1C77@iphone.dana"),
    )


@pytest.fixture
def post(booked: Templates, head: Letterhead) -> Callable[[Draft], Letter]:
    """Composes a draft as the first letter of its decision."""
    return lambda draft: compose(draft, 1, head, booked)


@pytest.fixture
def post_with(head: Letterhead) -> Callable[[Templates, Draft], Letter]:
    """Composes a draft with these templates."""
    return lambda templates, draft: compose(draft, 1, head, templates)
