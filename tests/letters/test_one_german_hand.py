"""All German letters are by one hand: quotations stand in „…“, and departments are said du, as colleagues are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.config import SHIPPED

_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
GERMAN = sorted((SHIPPED / "templates" / "de").rglob("*.md"))


def prose(letter: Path) -> Iterator[str]:
    """Its lines, without what Jinja reads."""
    yield from _TAG.sub("", letter.read_text(encoding="utf-8")).split("\n")


@pytest.mark.parametrize("letter", GERMAN, ids=lambda letter: f"{letter.parent.name}/{letter.stem}")
def test_quotations_stand_in_german_quotes_that_are_closed(letter: Path) -> None:
    lines = list(prose(letter))
    assert [line for line in lines if '"' in line] == []
    assert [line for line in lines if line.count("„") != line.count("“")] == []


@pytest.mark.parametrize("letter", [each for each in GERMAN if each.parent.name == "departments"], ids=lambda x: x.stem)
def test_a_department_is_said_du(letter: Path) -> None:
    assert not re.search(r"\b(?:ihr|euch|eure?[mnrs]?)\b", "\n".join(prose(letter)), re.IGNORECASE)


def test_there_are_letters_to_look_at() -> None:
    assert len(GERMAN) > 100
