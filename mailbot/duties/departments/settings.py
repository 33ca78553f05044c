"""What the settings file says about departments, as the desk's card carries it."""

from __future__ import annotations

from typing import Final

from mailbot.config import Config, DepartmentsSettings
from mailbot.duties.departments.facts import NAME
from mailbot.duties.duty import OwnSettings
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard

_AS_SHIPPED: Final = DepartmentsSettings()


def settings_of(desk: DeskCard) -> DepartmentsSettings:
    """The table [departments] of this desk."""
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, DepartmentsSettings):
        raise OurBug(f"the settings of departments on the desk's card are {type(found).__name__}")
    return found


def _of(config: Config) -> DepartmentsSettings:
    return config.departments


SETTINGS: Final = OwnSettings(DepartmentsSettings, _of)
