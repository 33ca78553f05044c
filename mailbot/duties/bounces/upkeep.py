"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.bounces.regular_letters.hygiene import HYGIENE
from mailbot.duties.bounces.regular_letters.refused import REFUSALS
from mailbot.duties.bounces.regular_letters.week import WEEK
from mailbot.duties.duty import Upkeep

UPKEEP: Final[tuple[Upkeep, ...]] = (REFUSALS, WEEK, HYGIENE)
