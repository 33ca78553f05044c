"""The day that a colleague promises, and what promises none."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.duties.issues.promises.words import promised_in
from mailbot.letters.model import Language
from mailbot.message.model import Passage, Words

MONDAY = date(2025, 11, 17)


def day_in(text: str, language: Language = "en") -> date | None:
    found = promised_in(Words((Passage(text, 0),)), language, MONDAY)
    assert found is None or found.evidence.words in text
    return found.day if found else None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("I'll have it fixed by Thursday.", "en", date(2025, 11, 20)),
        ("On it. Will be done by 21 Nov, promised", "en", date(2025, 11, 21)),
        ("The new banner is going to be live by 2025-12-01.", "en", date(2025, 12, 1)),
        ("We will have it fixed on Wednesday", "en", date(2025, 11, 19)),
        ("Das ist bis Donnerstag behoben.", "de", date(2025, 11, 20)),
        ("Mache ich bis 21.11., versprochen", "de", date(2025, 11, 21)),
        ("bis zum 1. Dezember ist das Logo ausgetauscht", "de", date(2025, 12, 1)),
    ],
)
def test_a_promised_day_is_read(text: str, language: Language, day: date) -> None:
    assert day_in(text, language) == day


@pytest.mark.parametrize(
    "text",
    [
        "Can you have it fixed by Thursday?",
        "I won't have it done by Thursday.",
        "If she sends the logo I'll have it done by Thursday.",
        "It was fixed by Dana on Monday 10 November.",
        "I'll have the link fixed by Thursday. The logo will be done by Friday.",
        "Thursday is a holiday.",
        "I'll have it fixed soon.",
        "Vielleicht ist es bis Donnerstag behoben.",
    ],
)
def test_what_is_asked_conditional_past_or_twofold_promises_nothing(text: str) -> None:
    assert day_in(text) is None
