"""The tables of a settings file, as frozen values. Secrets are held in SecretStr and are never printed."""

from __future__ import annotations

import ipaddress
from datetime import time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    StringConstraints,
    ValidationInfo,
)
from pydantic import field_validator as checks

from mailbot.config.addresses import EmailAddress
from mailbot.config.contracts import ContractsSettings
from mailbot.config.hours import FRIDAY_AT_FIVE, THE_FIFTH_AT_SIX, MonthlyHour, WeeklyHour
from mailbot.config.issues import IssuesSettings
from mailbot.config.reminders import RemindersSettings
from mailbot.config.root import Settings
from mailbot.config.web import Allowed
from mailbot.working_days import knows_holidays_of

_PACKAGE = Path(__file__).parent.parent
_INSTALLED = _PACKAGE / "_data"
# Where rules/, templates/ and db/ stand: inside an installed package, or at the top of a checkout.
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself: 127.0.0.0/8, ::1 or localhost."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _one_name(written: str) -> str:
    """The name of a server, as one word."""
    if any(sign.isspace() or sign in '();="' for sign in written):
        raise ValueError(f"{written!r} is not the name of a server: write what stands before the first blank or ;")
    return written


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# The first word of Authentication-Results (RFC 8601 section 2.5), without comments, version and results.
AuthservId = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255), AfterValidator(_one_name)
]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]  # ISO 4217
ALWAYS = "always"  # of a rate that counts for every month which has none of its own
Month = Annotated[str, StringConstraints(pattern=rf"^(20[0-9]{{2}}-(0[1-9]|1[0-2])|{ALWAYS})$")]  # "2025-11" (ISO 8601)
# What one of a currency is worth in that of the desk.
Rate = Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=18, decimal_places=9)]
# Environment variables reach a mailbox by its name, and are the same in upper and in lower case.
MailboxName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=64)]


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


class Server(Settings):
    """Where a mail server is, and how to speak with it."""

    host: Words
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
    batch: Annotated[int, Field(ge=1, le=500)] = 250


class SmtpSettings(Server):
    """Where letters are handed over: [smtp]."""

    port: Annotated[int, Field(ge=1, le=65535)] = 465
    letters_per_connection: Annotated[int, Field(ge=1)] = 100


class DeskSettings(Settings):
    """Who the desk is: [desk]."""

    company: Words
    name: Words = "Sales Desk"
    address: EmailAddress
    aliases: tuple[EmailAddress, ...] = ()
    domains: tuple[Words, ...]  # the company's own mail domains
    timezone: ZoneInfo = ZoneInfo("UTC")
    language: Literal["en", "de"] = "en"
    currency: Currency = "USD"
    holidays: str = ""  # of which country, or part of one (ISO 3166): "US-MA"; "": weekends alone are free

    @checks("holidays")
    @classmethod
    def _are_known(cls, country: str) -> str:
        if country and not knows_holidays_of(country):
            raise ValueError(f'the holidays of {country!r} are not known: write "US", or "DE-HH" (ISO 3166)')
        return country

    @checks("domains")
    @classmethod
    def _has_the_domain_of_the_desk(cls, domains: tuple[str, ...], before: ValidationInfo) -> tuple[str, ...]:
        own = str(before.data.get("address", "")).rpartition("@")[2].lower()
        if own and own not in {domain.lower() for domain in domains}:
            raise ValueError(f"{own!r}, the domain of the desk's own address, is not among them: add it")
        return domains


class TrustSettings(Settings):
    """Whose word on authentication counts: [trust]."""

    authserv_id: AuthservId
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
    """How long raw mail is kept, and the files that came with it: [retention]."""

    raw_days: Annotated[int, Field(ge=1)] = 365
    file_days: Annotated[int, Field(ge=1)] = 3650  # receipts; the files of contracts are kept for good


class ExpensesSettings(Settings):
    """Who gets the list of what colleagues spent, and when: [expenses]."""

    list_to: EmailAddress | None = None  # None: nobody
    list_on: Annotated[int, Field(ge=1, le=28)] = 3  # day of the next month
    list_at: time = time(8, 0)


class SalesSettings(Settings):
    """When numbers are due, when sales are reported, to whom, and at which rates: [sales].

    A rate is what one of a currency is worth in that of the desk: one for all months, or one for each.
    """

    numbers_due: Annotated[WeeklyHour, BeforeValidator(WeeklyHour.parse)] = FRIDAY_AT_FIVE
    month_closes: Annotated[MonthlyHour, BeforeValidator(MonthlyHour.parse)] = THE_FIFTH_AT_SIX  # of the next month
    report_at: time = time(8, 0)
    week_report_on: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    month_report_on: Annotated[int, Field(ge=1, le=28)] = 6  # day of the next month; that of a quarter too
    report_to_reps: bool = True  # the team's table goes to the reps as well
    report_drafts: bool = False  # the manager sees a report first, and one word sends it to the reps
    rates: dict[Currency, dict[Month, Rate]] = Field(default_factory=dict)
    commission: Path | None = None  # a TOML file of the rules of commission; None: they are kept elsewhere

    @checks("rates", mode="before")
    @classmethod
    def _one_rate_is_that_of_every_month(cls, written: object) -> object:
        if not isinstance(written, dict):
            return written
        return {currency: rate if isinstance(rate, dict) else {ALWAYS: rate} for currency, rate in written.items()}


class WebSettings(Settings):
    """How the desk looks at the web pages that departments and clients name: [web].

    Only pages on public addresses are looked at, and those inside the company that `allow` names.
    """

    allow: tuple[Annotated[Allowed, BeforeValidator(Allowed.parse)], ...] = ()
    seconds_per_page: Annotated[float, Field(gt=0, le=120)] = 20.0  # with all that it leads on to


class RenewalsSettings(Settings):
    """When who looks after a contract is asked how it stands with its renewal: [renewals]."""

    # days before the last day to give notice, or before its last day where it does not renew by itself
    asked_days_before: tuple[Annotated[int, Field(ge=1, le=365)], ...] = (90, 60, 30)


class DepartmentsSettings(Settings):
    """When departments hear of what is due, and how long pages that were seen are watched: [departments].

    Days are working days, but for `ahead_days` and `watch_days`.
    """

    morning: time = time(8, 0)
    ahead_days: Annotated[int, Field(ge=1, le=90)] = 14  # that the list of Monday looks ahead
    nudge_before: Annotated[int, Field(ge=0, le=20)] = 2  # 0: nobody is reminded before the day
    nudge_after: Annotated[int, Field(ge=1, le=20)] = 1
    overdue_after: Annotated[int, Field(ge=1, le=20)] = 2  # then the coordinator hears of it, once
    tell_client: bool = True  # when something of theirs was seen on the web
    watch_days: Annotated[int, Field(ge=0, le=90)] = 7  # between two looks at a page that is up; 0: never again
    watch_pages: Annotated[int, Field(ge=1, le=1000)] = 50  # looked at again in one day, at most


class Config(Settings):
    """A whole desk."""

    desk: DeskSettings
    mailbox: Annotated[dict[MailboxName, MailboxSettings], Field(min_length=1)]
    smtp: SmtpSettings
    trust: TrustSettings
    database: Annotated[str, Field(repr=False)] = "sqlite:///mailbot.sqlite"  # a URL may hold a password
    cache: Path | None = None  # what can be built anew is kept here; None: beside an SQLite file, and nowhere else
    secret: SecretStr = SecretStr("")
    secret_file: Path | None = None
    rules: Path | None = None  # None: the rules that come with the program
    templates: Path | None = None
    levels: dict[str, Level] = Field(default_factory=dict)  # a duty that is not named here watches
    limits: Limits = Limits()
    brakes: Brakes = Brakes()
    retention: Retention = Retention()
    sales: SalesSettings = SalesSettings()
    expenses: ExpensesSettings = ExpensesSettings()
    reminders: RemindersSettings = RemindersSettings()
    issues: IssuesSettings = IssuesSettings()
    web: WebSettings = WebSettings()
    renewals: RenewalsSettings = RenewalsSettings()
    contracts: ContractsSettings = ContractsSettings()
    departments: DepartmentsSettings = DepartmentsSettings()
