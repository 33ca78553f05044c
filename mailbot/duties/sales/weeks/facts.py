"""What is read of a rep's week beside numbers: nothing was sold, the rep is away, or promises to send them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.duties.sales.facts.cards import LateCard
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.numbers.periods import Period, Week
from mailbot.duties.sales.weeks.tables import WeekSaid
from mailbot.message.model import Evidence
from mailbot.records.known import PersonCard

WEEK_SAID: Final = "week"  # the kind of a mail that says something of a week instead of numbers
WEEK_ASKED: Final = "week-asked"  # the kind of the question that asks for the numbers of a week


@dataclass(frozen=True, slots=True)
class WeekAnswer:
    """What a mail says of a rep's week. `rep` is whose week it is: the sender's, or a colleague's who is stood in for.

    `until` is the last day away, None where none is named; `deputy` the one of us who stands in. `numbers` is what
    else the mail says, all of it expected and nothing sold. `is_news`: nobody has said so before.
    """

    rep: PersonCard
    week: Week
    said: WeekSaid
    since: date
    evidence: Evidence
    until: date | None = None
    deputy: PersonCard | None = None
    numbers: Numbers | None = None
    is_news: bool = True


# --- months that are closed ------------------------------------------------------------------------------------------

LATE: Final = "late"  # the kind of the question what becomes of lines for a month that is closed
MONTH_ANSWER: Final = "month-answer"
MONTH_ORDER: Final = "month-order"


@dataclass(frozen=True, slots=True)
class MonthAnswer:
    """What the manager says of late lines: `said` is "reopen" (their own month), "next" (the open one), "no", and ""
    where it is none of them. `month` is their own, `into` the one that was offered instead."""

    question_id: int
    lines: tuple[LateCard, ...]
    month: Period
    into: Period
    said: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class MonthOrder:
    """The manager's word that a month is closed, or open again."""

    month: Period
    closes: bool
    evidence: Evidence


def values_of(facts: WeekAnswer | MonthAnswer | MonthOrder) -> Mapping[str, object]:
    """What rules may ask of them."""
    match facts:
        case WeekAnswer():
            return {"said": facts.said.value, "news": facts.is_news}
        case MonthAnswer():
            return {"said": facts.said}
        case MonthOrder():
            return {}
