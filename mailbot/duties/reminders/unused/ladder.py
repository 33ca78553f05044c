"""Which rung of its ladder a benefit has come to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mailbot.config.reminders import Ladder
from mailbot.duties.reminders.tables import Rung

LETTERS: Final = (Rung.FIRST, Rung.SECOND, Rung.LAST)  # the lowest first


@dataclass(frozen=True, slots=True)
class Climbed:
    """How far the ladder of a benefit was climbed: the rungs that were reached, and the day of the last letter."""

    rungs: frozenset[Rung] = frozenset()
    last_letter_on: date | None = None


def letter_due(
    ladder: Ladder, lapses_on: date, climbed: Climbed, today: date, apart_days: int, works_on: Callable[[date], bool]
) -> Rung | None:
    """The letter that is due, or None.

    Where several rungs have come while nothing could be sent, the highest of them alone is due: the others are left
    out. Two letters about one benefit lie at least `apart_days` apart.
    """
    if today > lapses_on or Rung.CALL in climbed.rungs:
        return None
    if climbed.last_letter_on and today < climbed.last_letter_on + timedelta(days=apart_days):
        return None
    reached = [rung for rung, day in days_of(ladder, lapses_on, works_on) if rung in LETTERS and day <= today]
    if not reached:
        return None
    highest = max(reached, key=LETTERS.index)
    taken = max((LETTERS.index(rung) for rung in climbed.rungs if rung in LETTERS), default=-1)
    return highest if LETTERS.index(highest) > taken else None


def call_due(ladder: Ladder, lapses_on: date, climbed: Climbed, today: date, works_on: Callable[[date], bool]) -> bool:
    """Whether its owner is to call about it now."""
    if today > lapses_on or Rung.CALL in climbed.rungs or ladder.call is None:
        return False
    return ladder.call.before(lapses_on, works_on) <= today


def days_of(ladder: Ladder, lapses_on: date, works_on: Callable[[date], bool]) -> Iterator[tuple[Rung, date]]:
    """The rungs of a ladder, the lowest first, each with the day from which it is due."""
    leads = ((Rung.FIRST, ladder.first), (Rung.SECOND, ladder.second), (Rung.LAST, ladder.last))
    for rung, lead in leads:
        if lead is not None:
            yield rung, lead.before(lapses_on, works_on)
