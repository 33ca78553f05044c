"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.duty import Upkeep
from mailbot.duties.reminders.touch.check_ins import CHECK_INS
from mailbot.duties.reminders.unused.due import UNUSED
from mailbot.duties.reminders.weeks import WEEKS

UPKEEP: Final[tuple[Upkeep, ...]] = (
    WEEKS,
    UNUSED,
    CHECK_INS,
)  # in this order: who was reminded today is asked tomorrow
