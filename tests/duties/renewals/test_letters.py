"""The letters about renewals quote what a colleague has said of a contract, each as its language quotes."""

from __future__ import annotations

import pytest

from mailbot.config import SHIPPED
from mailbot.letters import Templates
from mailbot.letters.model import Language
from mailbot.letters.wording import Wording

LETTERS = ("asked", "at_risk", "ended", "heads_up", "lost", "noted")


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates.load(SHIPPED / "templates")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("letter", LETTERS)
def test_what_a_colleague_said_stands_in_quotes(templates: Templates, letter: str, language: Language) -> None:
    quoted = 0
    for sample in templates.sources.samples[f"renewals/{letter}"]:
        facts = (sample.facts, *(each for each in sample.facts.get("contracts") or () if isinstance(each, dict)))
        text = " ".join(templates.preview(f"renewals/{letter}", language, sample.case).text.split())
        for words in (str(each["because"]) for each in facts if each.get("because")):
            assert Wording(language).quoted(words) in text
            quoted += 1
        assert text.count(Wording(language).quoted("")) == 0
    assert quoted
