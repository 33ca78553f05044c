"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.duty import Upkeep
from mailbot.duties.sales.weeks import chasing

UPKEEP: Final[tuple[Upkeep, ...]] = (chasing.BEFORE, chasing.AFTER)
