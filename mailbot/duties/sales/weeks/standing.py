"""What is known of a rep's week: numbers came, nothing was sold, the rep is away, has promised, or nothing came. Pure.

Nothing sold is not nothing heard: the five are told apart wherever a week is reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from mailbot.config import WeeklyHour
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.weeks.tables import WeekSaid


class Standing(StrEnum):
    """Where a rep stands with the numbers of a week. The templates have words for each of them."""

    REPORTED = "reported"
    ZERO = "zero"
    AWAY = "away"
    PROMISED = "promised"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class SaidCard:
    """What was said of a rep's week instead of numbers, as the records keep it. `until` is the last day away."""

    rep_id: int
    week: Week
    said: WeekSaid
    since: date
    until: date | None = None
    deputy_id: int | None = None

    def covers(self, day: date) -> bool:
        """Whether the rep is away on a day; without a last day, until the end of the week that it was said of."""
        return self.said is WeekSaid.AWAY and self.since <= day <= (self.until or self.week.last)


@dataclass(frozen=True, slots=True)
class WeeksKnown:
    """Which reps sent numbers for which weeks, and what was said instead; the oldest first."""

    sent: frozenset[tuple[int, Week]] = frozenset()
    said: tuple[SaidCard, ...] = ()

    def of(self, rep_id: int) -> tuple[SaidCard, ...]:
        """What was said of the weeks of one rep."""
        return tuple(each for each in self.said if each.rep_id == rep_id)

    def absence(self, rep_id: int, day: date) -> SaidCard | None:
        """The last word by which a rep is away on a day."""
        return next((each for each in reversed(self.of(rep_id)) if each.covers(day)), None)


NO_WEEKS: Final = WeeksKnown()


def standing(weeks: WeeksKnown, rep_id: int, week: Week, hour: WeeklyHour) -> Standing:
    """Where a rep stands with a week. `hour` is when its numbers are due: who is away then owes none.

    Numbers say more than ZERO, and ZERO more than anything else.
    """
    if (rep_id, week) in weeks.sent:
        return Standing.REPORTED
    said = {each.said for each in weeks.of(rep_id) if each.week == week}
    if WeekSaid.ZERO in said:
        return Standing.ZERO
    if WeekSaid.AWAY in said or weeks.absence(rep_id, week.first + timedelta(days=hour.weekday)):
        return Standing.AWAY
    return Standing.PROMISED if WeekSaid.PROMISED in said else Standing.MISSING
