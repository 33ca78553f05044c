"""What the settings file says about expenses, as the desk's card carries it."""

from __future__ import annotations

from typing import Final

from mailbot.config import ExpensesSettings
from mailbot.duties.duty import OwnSettings
from mailbot.duties.expenses.facts import NAME
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard

_AS_SHIPPED: Final = ExpensesSettings()
SETTINGS: Final = OwnSettings(ExpensesSettings, lambda config: config.expenses)


def settings_of(desk: DeskCard) -> ExpensesSettings:
    """The table [expenses] of this desk."""
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, ExpensesSettings):
        raise OurBug(f"the settings of expenses on the desk's card are {type(found).__name__}")
    return found
