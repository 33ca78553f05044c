"""Which mail is one of numbers: it says a sale, or what may be one. What is only expected is none. Pure."""

from __future__ import annotations

from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers

NOT_A_SALE: Final = frozenset((Doubt.EXPECTED, Doubt.DENIED, Doubt.NO_SALE, Doubt.QUESTION, Doubt.RATE, Doubt.LATE))


def has_sales(facts: Numbers) -> bool:
    """Whether a mail says at least one line that is a sale, or may be one."""
    return bool(facts.lines or facts.repeated) or any(line.doubt not in NOT_A_SALE for line in facts.unclear)
