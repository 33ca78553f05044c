"""What a report says: frozen figures, exact, each with what it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mailbot.duties.sales.reports.spans import Span
from mailbot.letters.model import Thread
from mailbot.message.model import Evidence

# The kinds of the questions that letters about reports ask, and of the mails that answer them or ask for a report.
RATE_WANTED: Final = "rate-wanted"
DRAFT_OK: Final = "report-draft"
REPORT_ASKED, RATE_SAID, DRAFT_SETTLED = "report-asked", "rate-said", "draft-settled"
REPORT: Final = "report"  # the purpose of the letters that are one


class By(StrEnum):
    """What a row of a report stands for."""

    REP = "rep"
    CLIENT = "client"
    PRODUCT = "product"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is narrowed to, and what its rows stand for. `rep_id` is None for the whole team; `judges`: it is
    about forecasts and what came of them alone."""

    by: By = By.REP
    rep_id: int | None = None
    judges: bool = False

    def __str__(self) -> str:
        """As it is kept with a report; "" for the report of the team by rep, which goes out on schedule."""
        if self == TEAM:
            return ""
        whose = "" if self.rep_id is None else f" of {self.rep_id}"
        return f"by {self.by.value}{whose}{_JUDGING if self.judges else ''}"

    @classmethod
    def kept_as(cls, kept: str) -> Scope:
        """What was kept, read again."""
        if not kept:
            return TEAM
        by, _, rep_id = kept.removesuffix(_JUDGING).removeprefix("by ").partition(" of ")
        return cls(By(by), int(rep_id) if rep_id else None, kept.endswith(_JUDGING))


_JUDGING: Final = ", forecasts judged"
TEAM: Final = Scope()


@dataclass(frozen=True, slots=True)
class Wish:
    """A report that somebody asks for, and the words in which."""

    span: Span
    scope: Scope
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RateSaid:
    """A rate that answers our question for it."""

    question_id: int
    currency: str
    month: date
    value: Decimal
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report that went out on schedule, and to whose addresses."""

    span: Span
    sent_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftSettled:
    """The manager's word about a draft: it goes to the reps, or it does not."""

    question_id: int
    span: Span
    goes_out: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Order:
    """A report that waits to be put together: its row, who asked for it, and the mail that it answers."""

    report_id: int
    person_id: int
    answers: Thread


@dataclass(frozen=True, slots=True)
class Rate:
    """What one of `currency` is worth in a month (its first day), and since when that was said, and by whom."""

    currency: str
    month: date
    value: Decimal
    since: date | None  # the month for which it was said; None: for every month
    said_by: str  # "" for the settings


@dataclass(frozen=True, slots=True)
class Part:
    """An amount in one currency and month, exact; `rate` is None where there is none, or none is needed."""

    currency: str
    month: date
    amount: Decimal
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report. `actual` and `plan` are in the desk's currency, in cents; `parts` are in their own.

    `key` is the number of a rep or a client; of products and stages there is none. `plan` is None where nothing was
    planned, or not in a currency with a rate. `standing` is where a rep without a line stands with the week: zero,
    away, promised or missing; "" for all others.
    """

    name: str
    key: int | None
    actual: Decimal
    plan: Decimal | None
    parts: tuple[Part, ...] = ()
    lines: int = 0
    standing: str = ""

    @property
    def percent(self) -> int | None:
        """How much of the plan that is, in whole percent."""
        return None if not self.plan else percent_of(self.actual, self.plan)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that is not in the total, and why. `asked` is who was asked, "" where a person has to look.

    `name` is the client, or the words that were taken for one. `differs` is by how much the total of a mail is above
    what was booked of it.
    """

    ref: str
    rep: str
    name: str
    words: str
    amount: Decimal | None
    currency: str | None
    doubt: str
    asked: str
    differs: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Pace:
    """The quarter so far: what was sold up to `until`, what is planned for all of it, and where it leads.

    `heading_for` goes on at the same speed to the end of the quarter. `expected` is what reps expect in it besides.
    """

    quarter: Span
    until: date
    actual: Decimal
    plan: Decimal | None
    heading_for: Decimal
    expected: Decimal

    @property
    def percent(self) -> int | None:
        return None if not self.plan else percent_of(self.actual, self.plan)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one rep sold to one client, in one currency: what a change of a report is told by."""

    rep_id: int
    client_id: int
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class JudgedClient:
    """What a rep expected from a client in a span, and what was sold to that client in it; in the desk's currency."""

    client: str
    expected: Decimal
    came: Decimal


@dataclass(frozen=True, slots=True)
class Judged:
    """How far a rep's forecasts of a span came true. `percent` is None where nothing was expected, nor came."""

    name: str
    key: int | None
    expected: Decimal
    came: Decimal
    percent: int | None
    clients: tuple[JudgedClient, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A whole report: its rows add up to its total, to the cent.

    `without_rate` are the sums of currencies that have no rate, and `waiting` the lines nobody has settled: neither is
    in the total. `before` and `year_before` are the totals of the spans that it is compared with, None where nothing
    was sold in them. `rates` are those that were used. `judged` are the forecasts of reps beside what came of them;
    of a week only where they are asked for.
    """

    span: Span
    scope: Scope
    currency: str
    rows: tuple[Row, ...]
    total: Row
    without_rate: tuple[Money, ...]
    waiting: tuple[Waiting, ...]
    rates: tuple[Rate, ...]
    before: Decimal | None
    year_before: Decimal | None
    pace: Pace
    expected: Decimal
    cells: tuple[Cell, ...] = ()
    judged: tuple[Judged, ...] = ()

    def shown(self) -> Mapping[str, object]:
        """The numbers of the table alone: a report whose shown numbers are the same has not changed."""
        return {
            "currency": self.currency,
            "rows": [[row.name, str(row.actual), _kept(row.plan)] for row in self.rows],
            "total": [str(self.total.actual), _kept(self.total.plan)],
            "without_rate": [[each.currency, f"{each.amount.normalize():f}"] for each in self.without_rate],
        }


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line behind the numbers. `converted` is None where its currency has no rate."""

    day: date
    rep: str
    client: str
    product: str
    stage: str
    amount: Decimal
    currency: str
    rate: Decimal | None
    words: str
    ref: str
    booked_at: datetime | None

    @property
    def converted(self) -> Decimal | None:
        return None if self.rate is None else self.amount * self.rate


def percent_of(part: Decimal, whole: Decimal) -> int:
    """A share in whole percent, halves away from zero."""
    share = part * 100 / whole
    return int(share.to_integral_value(rounding="ROUND_HALF_UP"))


def _kept(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
