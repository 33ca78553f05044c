"""What is read of a rep's week beside numbers: nothing was sold, the rep is away, or promises to send them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.duties.sales.facts import Numbers
from mailbot.duties.sales.numbers.periods import Week
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
