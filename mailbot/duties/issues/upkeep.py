"""What falls due by the clock."""

from __future__ import annotations

from typing import Final

from mailbot.duties.duty import Upkeep
from mailbot.duties.issues.anger.calls import CALLS
from mailbot.duties.issues.digest import DIGESTS
from mailbot.duties.issues.looking.deciding import LOOKS
from mailbot.duties.issues.promises.ringing import RINGS

UPKEEP: Final[tuple[Upkeep, ...]] = (LOOKS, RINGS, CALLS, DIGESTS)
