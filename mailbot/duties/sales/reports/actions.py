"""What reports do to the records: each is kept as it was told, with the rates behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import select

from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.reports.facts import RATE_WANTED, Scope
from mailbot.duties.sales.reports.spans import Span
from mailbot.duties.sales.reports.tables import ReportState, SalesRate, SalesReport
from mailbot.errors import TryAgain
from mailbot.letters.model import Thread
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import QuestionRow, QuestionState


@dataclass(frozen=True, slots=True)
class OrderReport(Action):
    """Somebody asks for a report; it is put together when the clock is looked at next, and answers the mail."""

    name: ClassVar[str] = "sales.order_report"
    span: Span
    scope: Scope
    asked_by: int
    answers: Thread

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            SalesReport(
                kind=self.span.kind,
                first=self.span.first,
                last=self.span.last,
                scope=str(self.scope),
                revision=0,
                figures={},
                rates=[],
                sent_to=[],
                made_at=pen.now,
                seen=0,
                asked_by=self.asked_by,
                answers={
                    "subject": self.answers.subject,
                    "message_id": self.answers.message_id,
                    "references": list(self.answers.references),
                },
                state=ReportState.ORDERED,
            )
        )

    def __str__(self) -> str:
        about = f" {self.scope}" if str(self.scope) else ""
        return f"put together the report of the {self.span.kind.value} from {self.span.first}{about}"

    def in_german(self) -> str:
        return f"den Bericht vom {self.span.first:%d.%m.} bis {self.span.last:%d.%m.%Y} zusammenstellen"


@dataclass(frozen=True, slots=True)
class KeepReport(Action):
    """A report is kept as it was told. `ordered` is the row that was waiting for it, `replaces` its last revision."""

    name: ClassVar[str] = "sales.keep_report"
    span: Span
    scope: Scope
    revision: int
    figures: Mapping[str, object]
    rates: tuple[Mapping[str, object], ...]
    sent_to: tuple[str, ...]
    seen: int
    state: ReportState
    ordered: int | None = None

    def carry_out(self, pen: Pen) -> None:
        told = {
            "revision": self.revision,
            "figures": dict(self.figures),
            "rates": [dict(rate) for rate in self.rates],
            "sent_to": list(self.sent_to),
            "made_at": pen.now,
            "seen": self.seen,
            "state": self.state,
        }
        if self.ordered is not None:
            pen.update(pen.get(SalesReport, self.ordered), **told)
            return
        span = {"kind": self.span.kind, "first": self.span.first, "last": self.span.last}
        pen.insert(SalesReport(**span, scope=str(self.scope), **told))

    def __str__(self) -> str:
        return f"keep the report of the {self.span.kind.value} from {self.span.first}, r{self.revision}"

    def in_german(self) -> str:
        return f"den Bericht vom {self.span.first:%d.%m.} bis {self.span.last:%d.%m.%Y}, r{self.revision}, festhalten"


@dataclass(frozen=True, slots=True)
class SettleDraft(Action):
    """The manager has said what becomes of a draft: it goes to the reps, or it does not."""

    name: ClassVar[str] = "sales.settle_draft"
    span: Span
    goes_out: bool

    def carry_out(self, pen: Pen) -> None:
        draft = select(SalesReport).where(
            SalesReport.kind == self.span.kind,
            SalesReport.first == self.span.first,
            SalesReport.state == ReportState.DRAFT,
            SalesReport.undone_by.is_(None),
        )
        report = pen.session.scalars(draft.order_by(SalesReport.id.desc()).limit(1).with_for_update()).first()
        if report is None:
            raise TryAgain(f"the report of {self.span.first} was settled meanwhile; the mail will be decided anew")
        pen.update(report, state=ReportState.RELEASED if self.goes_out else ReportState.DROPPED)

    def __str__(self) -> str:
        return "send the report to the reps" if self.goes_out else "keep the report from the reps"

    def in_german(self) -> str:
        return "den Bericht ans Team schicken" if self.goes_out else "den Bericht nicht ans Team schicken"


@dataclass(frozen=True, slots=True)
class MarkSent(Action):
    """A report that was released has gone to these people too."""

    name: ClassVar[str] = "sales.mark_sent"
    report_id: int
    sent_to: tuple[str, ...]

    def carry_out(self, pen: Pen) -> None:
        report = pen.get(SalesReport, self.report_id)
        pen.update(report, state=ReportState.SENT, sent_to=[*report.sent_to, *self.sent_to])

    def __str__(self) -> str:
        return f"note that the report went to {len(self.sent_to)} more"

    def in_german(self) -> str:
        return f"festhalten, dass der Bericht an {len(self.sent_to)} weitere ging"


@dataclass(frozen=True, slots=True)
class NoteRate(Action):
    """A rate that somebody who may say so has said; nobody else is asked for it any more."""

    name: ClassVar[str] = "sales.note_rate"
    currency: str
    month: date
    value: Decimal
    into: str
    person_id: int
    said_on: date

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            SalesRate(
                currency=self.currency,
                month=self.month,
                value=self.value,
                into=self.into,
                person_id=self.person_id,
                said_on=self.said_on,
                arrival_id=pen.arrival_id,
            )
        )
        for question in pen.session.scalars(
            select(QuestionRow).where(
                QuestionRow.duty == NAME,
                QuestionRow.kind == RATE_WANTED,
                QuestionRow.state == QuestionState.OPEN,
                QuestionRow.undone_by.is_(None),
            )
        ):
            if question.context == {"currency": self.currency, "month": self.month.isoformat()}:
                pen.update(question, state=QuestionState.WITHDRAWN)

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.value:f} {self.into} from {self.month:%m/%Y} on"

    def in_german(self) -> str:
        return f"1 {self.currency} = {self.value:f} {self.into} ab {self.month:%m/%Y}".replace(".", ",")
