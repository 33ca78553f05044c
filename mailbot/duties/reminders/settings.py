"""What the settings file says about reminders, as the desk's card carries it."""

from __future__ import annotations

from typing import Final

from mailbot.config import Config, RemindersSettings
from mailbot.duties.duty import OwnSettings
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard

NAME: Final = "reminders"

_AS_SHIPPED: Final = RemindersSettings()


def settings_of(desk: DeskCard) -> RemindersSettings:
    """The table [reminders] of this desk."""
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, RemindersSettings):
        raise OurBug(f"the settings of {NAME} on the desk's card are {type(found).__name__}, not RemindersSettings")
    return found


def _of(config: Config) -> RemindersSettings:
    return config.reminders


SETTINGS: Final = OwnSettings(RemindersSettings, _of)
