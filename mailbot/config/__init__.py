"""The settings of a desk: one TOML file, read once at start, frozen.

`mailbot.config.loading` reads them, and says everything that is wrong in the file at once, with its line.
"""

from __future__ import annotations

from mailbot.config.model import (
    SHIPPED,
    Brakes,
    Config,
    DeskSettings,
    Level,
    Limits,
    MailboxSettings,
    Retention,
    Security,
    Server,
    SmtpSettings,
    TrustSettings,
    is_loopback,
)

__all__ = [
    "SHIPPED",
    "Brakes",
    "Config",
    "DeskSettings",
    "Level",
    "Limits",
    "MailboxSettings",
    "Retention",
    "Security",
    "Server",
    "SmtpSettings",
    "TrustSettings",
    "is_loopback",
]
