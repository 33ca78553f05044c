"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.duty import Upkeep
from mailbot.duties.sales.reports.due import REPORTS
from mailbot.duties.sales.reports.missing_rates import RATES
from mailbot.duties.sales.weeks import chasing, closing

# Months are closed before reports are due: what is told of one is what was closed.
UPKEEP: Final[tuple[Upkeep, ...]] = (
    *(closing.MISSED, closing.ON_TIME),
    *(chasing.BEFORE, chasing.AFTER),
    *(REPORTS, RATES),
)
