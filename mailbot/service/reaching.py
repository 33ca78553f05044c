"""How often a server is asked that cannot be reached."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_log = logging.getLogger(__name__)

# A server that is only started anew is back within seconds. One that stays away gains nothing from being asked more
# often, and may shut out whom it takes for an attacker; nor does a letter lose much by five minutes.
FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(minutes=5)


@dataclass(slots=True)
class Reach:
    """Whether the SMTP server is reached; where it is not, it is asked after pauses that double, up to the longest.

    That it is away is logged once, and once that it is back.
    """

    _away_since: datetime | None = None
    _asked_at: datetime | None = None
    _pause: timedelta = FIRST_PAUSE

    def may_ask(self, now: datetime) -> bool:
        """Whether the pause is over. A clock that was set back ends it too."""
        return self._asked_at is None or not self._asked_at <= now < self._asked_at + self._pause

    def not_reached(self, why: str, now: datetime) -> None:
        """It could not be reached; the next pause is twice as long as the last one."""
        if self._away_since is None:
            minutes = LONGEST_PAUSE.total_seconds() / 60
            _log.warning("letters wait: %s; asked again after growing pauses, of %.0f minutes at most", why, minutes)
            self._away_since = now
        else:
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self._asked_at = now

    def reached(self) -> None:
        """It talks to us: whatever it says of a letter, the next one may follow at once."""
        if self._away_since is not None:
            _log.warning("letters go out again; the server had been away since %s", self._away_since.isoformat())
        self._away_since, self._asked_at, self._pause = None, None, FIRST_PAUSE
