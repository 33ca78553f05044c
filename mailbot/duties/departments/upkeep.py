"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.departments.looked import LOOKING
from mailbot.duties.departments.mornings import MORNING
from mailbot.duties.departments.ordering import ORDERING
from mailbot.duties.departments.watching import WATCHING
from mailbot.duties.duty import Upkeep

UPKEEP: Final[tuple[Upkeep, ...]] = (ORDERING, LOOKING, MORNING, WATCHING)
