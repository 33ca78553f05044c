"""The settings of a desk: one TOML file, read once at start, frozen.

Everything that is wrong in the file is said at once, with its line. Secrets come from the environment
(`MAILBOT_MAILBOX__SALES__PASSWORD`), from a file (`password_file`) or from systemd credentials; they are held in
SecretStr and are never printed.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, SecretStr


_INSTALLED = Path(__file__).parent / "_data"
# Where rules/, templates/ and db/ stand: inside an installed package, or at the top of a checkout.
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent


class Level(StrEnum):
    """How much a duty may do by itself."""

    WATCH = "watch"  # say what it would do, and do nothing
    PROPOSE = "propose"  # act after one word of a person
    ACT = "act"


class Security(StrEnum):
    """How a connection is protected. There is no silent fallback from one to another."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAINTEXT_LOOPBACK = "plaintext-loopback"  # refused for any host but this machine


class Settings(BaseModel):
    """The root of all tables: unknown keys are faults, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class Server(Settings):
    """Where a mail server is, and how to speak with it."""

    host: str
    port: Annotated[int, Field(ge=1, le=65535)]
    security: Security = Security.TLS
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    ca_file: Path | None = None
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0


class MailboxSettings(Server):
    """One inbox of the desk: [mailbox.NAME]."""

    port: Annotated[int, Field(ge=1, le=65535)] = 993
    folder: str = "INBOX"
    root: str = "Desk"  # Done, Asked, Held and Quarantine are made below it
    start: Literal["now", "all"] = "now"  # whether mail that was there before the first start is read too
    poll_seconds: Annotated[float, Field(ge=1)] = 60.0
    batch: Annotated[int, Field(ge=1, le=500)] = 50


class SmtpSettings(Server):
    """Where letters are handed over: [smtp]."""

    port: Annotated[int, Field(ge=1, le=65535)] = 465
    letters_per_connection: Annotated[int, Field(ge=1)] = 100


class DeskSettings(Settings):
    """Who the desk is: [desk]."""

    company: str
    name: str = "Sales Desk"
    address: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...]  # the company's own mail domains
    timezone: ZoneInfo = ZoneInfo("UTC")
    language: Literal["en", "de"] = "en"
    currency: str = "USD"


class TrustSettings(Settings):
    """Whose word on authentication counts: [trust]."""

    authserv_id: str
    # For servers that write no Authentication-Results: every From of one's own domains is believed. Say so in words.
    believe_unauthenticated: bool = False


class Limits(Settings):
    """What one mail may cost: [limits]."""

    mail_megabytes: Annotated[float, Field(gt=0, le=100)] = 25.0
    seconds_per_mail: Annotated[float, Field(gt=0, le=60)] = 10.0
    memory_megabytes: Annotated[int, Field(ge=128)] = 512
    tries: Annotated[int, Field(ge=1, le=10)] = 3
    workers: Annotated[int, Field(ge=1, le=64)] = 2


class Brakes(Settings):
    """What stops the desk before it becomes a nuisance: [brakes]."""

    answers_per_address_and_day: Annotated[int, Field(ge=1)] = 5
    letters_per_hour: Annotated[int, Field(ge=1)] = 300


class Retention(Settings):
    """How long raw mail is kept: [retention]."""

    raw_days: Annotated[int, Field(ge=1)] = 365


class Config(Settings):
    """A whole desk."""

    desk: DeskSettings
    mailbox: dict[str, MailboxSettings]
    smtp: SmtpSettings
    trust: TrustSettings
    database: str = "sqlite:///mailbot.sqlite"
    secret: SecretStr = SecretStr("")
    secret_file: Path | None = None
    rules: Path | None = None  # None: the rules that come with the program
    templates: Path | None = None
    levels: dict[str, Level] = Field(default_factory=dict)  # a duty that is not named here watches
    limits: Limits = Limits()
    brakes: Brakes = Brakes()
    retention: Retention = Retention()
