"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.duty import Upkeep
from mailbot.duties.sales.weeks import chasing, closing

UPKEEP: Final[tuple[Upkeep, ...]] = (closing.MISSED, closing.ON_TIME, chasing.BEFORE, chasing.AFTER)
