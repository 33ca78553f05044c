"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.duty import Upkeep
from mailbot.duties.issues.anger.calls import CALLS
from mailbot.duties.issues.looking.deciding import LOOKS

UPKEEP: Final[tuple[Upkeep, ...]] = (LOOKS, CALLS)
