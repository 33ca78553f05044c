"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.duty import Upkeep
from mailbot.duties.issues.anger.calls import CALLS

UPKEEP: Final[tuple[Upkeep, ...]] = (CALLS,)
