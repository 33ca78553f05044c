"""The settings of a desk: one TOML file, read once at start, frozen.

`mailbot.config.loading` reads them, and says everything that is wrong in the file at once, with its line.
"""

from __future__ import annotations

from mailbot.config.contracts import ContractsSettings, KindSettings
from mailbot.config.hours import MonthlyHour, WeeklyHour, WorkingHours
from mailbot.config.issues import IssuesSettings
from mailbot.config.model import (
    ALWAYS,
    SHIPPED,
    Brakes,
    Config,
    DepartmentsSettings,
    DeskSettings,
    ExpensesSettings,
    Level,
    Limits,
    MailboxSettings,
    RenewalsSettings,
    Retention,
    SalesSettings,
    Security,
    Server,
    SmtpSettings,
    TrustSettings,
    WebSettings,
    is_loopback,
)
from mailbot.config.reminders import RemindersSettings

__all__ = [
    "ALWAYS",
    "SHIPPED",
    "Brakes",
    "Config",
    "ContractsSettings",
    "DepartmentsSettings",
    "DeskSettings",
    "ExpensesSettings",
    "IssuesSettings",
    "KindSettings",
    "Level",
    "Limits",
    "MailboxSettings",
    "MonthlyHour",
    "RemindersSettings",
    "RenewalsSettings",
    "Retention",
    "SalesSettings",
    "Security",
    "Server",
    "SmtpSettings",
    "TrustSettings",
    "WebSettings",
    "WeeklyHour",
    "WorkingHours",
    "is_loopback",
]
