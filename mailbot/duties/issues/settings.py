"""What the settings file says about issues, as the desk's card carries it."""

from __future__ import annotations

from typing import Final

from mailbot.config import Config, IssuesSettings
from mailbot.duties.duty import OwnSettings
from mailbot.duties.issues.kinds import NAME
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard
from mailbot.working_days import WorkingTime

_AS_SHIPPED: Final = IssuesSettings()


def settings_of(desk: DeskCard) -> IssuesSettings:
    """The table [issues] of this desk."""
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, IssuesSettings):
        raise OurBug(f"the settings of issues on the desk's card are {type(found).__name__}, not IssuesSettings")
    return found


def working_time(desk: DeskCard) -> WorkingTime:
    """The hours in which issues are worked on."""
    hours = settings_of(desk).hours
    return WorkingTime(hours.opens, hours.closes, desk.zone, desk.holidays)


def _table(config: Config) -> IssuesSettings:
    return config.issues


SETTINGS: Final = OwnSettings(IssuesSettings, _table)
