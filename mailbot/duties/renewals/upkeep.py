"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.duty import Upkeep
from mailbot.duties.renewals.asking import ASKING
from mailbot.duties.renewals.calendar import CALENDAR
from mailbot.duties.renewals.ended import ENDED

UPKEEP: Final[tuple[Upkeep, ...]] = (CALENDAR, ASKING, ENDED)
