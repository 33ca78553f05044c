"""What the words of a mail have this duty look up."""

from __future__ import annotations

import pytest

from mailbot.duties.issues.heard import Heard, hint
from mailbot.message import read
from mailbot.records.known import known_beforehand
from tests.clerk import card, mail


def heard(words: str, subject: str = "banner") -> Heard | None:
    return hint(read(mail(words, subject=subject)), known_beforehand(card()))


@pytest.mark.parametrize(
    ("words", "subject", "expected"),
    [
        ("what of i-0412?", "banner", Heard(numbers=("I-0412",))),
        ("it is still broken", "Re: [I-0412] banner", Heard(numbers=("I-0412",), repeats="[i-0412] banner")),
        ("it is still broken", "AW: Our  Banner", Heard(repeats="our banner")),
        ("Your request #55812 has been received", "banner", Heard(is_of_tickets=True)),
        (" ".join(f"I-{number:04}" for number in range(50)), "", Heard(tuple(f"I-{n:04}" for n in range(10)))),
    ],
)
def test_what_leads_to_an_issue_is_heard(words: str, subject: str, expected: Heard) -> None:
    assert heard(words, subject) == expected


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("our banner is broken", "banner"),
        ("our banner is broken", "Fwd: banner"),
        ("the WI-0412 and I-0412.5 and I-12", "banner"),
    ],
)
def test_nothing_is_heard_where_nothing_leads_to_one(words: str, subject: str) -> None:
    assert heard(words, subject) is None
