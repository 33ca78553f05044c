"""What the settings file says about renewals, as the desk's card carries it."""

from __future__ import annotations

from typing import Final

from mailbot.config import RenewalsSettings
from mailbot.duties.duty import OwnSettings
from mailbot.duties.renewals.facts import NAME
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard

_AS_SHIPPED: Final = RenewalsSettings()


def settings_of(desk: DeskCard) -> RenewalsSettings:
    """The table [renewals] of this desk."""
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, RenewalsSettings):
        raise OurBug(f"the settings of renewals on the desk's card are {type(found).__name__}, not RenewalsSettings")
    return found


SETTINGS: Final = OwnSettings(RenewalsSettings, lambda config: config.renewals)
