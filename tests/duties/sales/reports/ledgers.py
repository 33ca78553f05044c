"""A ledger written straight into the records: what the reports of the situations are about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.config import SalesSettings
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.figures import figures
from mailbot.duties.sales.reports.facts import TEAM, Figures, Scope
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.settings import Arrangements
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesPending, SalesPlan
from mailbot.records.known import DeskCard
from mailbot.records.numbers import reserve
from mailbot.records.tables import Client, DecisionRow, Person
from tests.duties.sales.road import Road

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
FRIDAY = date(2025, 10, 31)
WEEK_44 = Span(SpanKind.WEEK, date(2025, 10, 27), date(2025, 11, 2))
WEEK_45 = Span(SpanKind.WEEK, date(2025, 11, 3), date(2025, 11, 9))
MONDAY_8 = datetime(2025, 11, 3, 8, 0, tzinfo=NEW_YORK)
EUR_ONLY = SalesSettings.model_validate({"rates": {"EUR": {"2025-10": "1.10", "2025-11": "1.10"}}})

# Week 44, as S01 to S05 leave it.
WEEK_44_LINES = (
    ("Dana Reyes", "Acme Corp", "12000", "USD"),
    ("Dana Reyes", "Beta Freight", "1350", "USD"),
    ("Dana Reyes", "North Star Logistics", "2350.50", "USD"),
    ("Jonas Weber", "Müller Bau GmbH", "1234.56", "EUR"),
    ("Jonas Weber", "Acme Medical GmbH", "12500", "EUR"),
    ("Jonas Weber", "Müller Bau GmbH", "-200", "EUR"),
    ("Lena Brandt", "Hansen & Söhne KG", "8400", "EUR"),
    ("Tom Okafor", "Globex Tools", "975.50", "USD"),
    ("Tom Okafor", "Blue Ridge Dental", "6050", "USD"),
)
WEEK_44_PLANS = (("Dana Reyes", 15000), ("Jonas Weber", 14000), ("Lena Brandt", 9000), ("Tom Okafor", 7000))
WEEK_44_WAITING = (
    ("Lena Brandt", "Hansen & Söhne KG", "3000", "EUR", Doubt.ANOTHERS_CLIENT),
    ("Lena Brandt", "Kröger Fenster", "2150", "EUR", Doubt.UNKNOWN_CLIENT),
    ("Dana Reyes", "North Star Logistics", "180", "USD", Doubt.DIFFERS),
)


@dataclass
class Books:
    """Writes rows by the names of people and clients."""

    session: Session

    def person(self, name: str) -> int:
        return self.session.scalars(select(Person.id).where(Person.name == name)).one()

    def client(self, name: str) -> int | None:
        return self.session.scalars(select(Client.id).where(Client.name == name)).one_or_none()

    def sold(
        self,
        rep: str,
        client: str,
        amount: str,
        currency: str = "USD",
        day: date = FRIDAY,
        *,
        product: str = "",
        words: str = "",
        instead_of: SalesEntry | None = None,
        kind: EntryKind = EntryKind.BOOKED,
    ) -> SalesEntry:
        """A line of the ledger that counts for the week of a day."""
        week = Span.of(SpanKind.WEEK, day)
        entry = SalesEntry(
            kind=kind,
            client_id=self.client(client),
            rep_id=self.person(rep),
            amount=Decimal(amount),
            currency=currency,
            period_start=week.first,
            period_end=week.last,
            counts_on=day,
            product=product,
            words=words or f"{client} {amount}",
            place="body",
            line=1,
            said_on=day,
            supersedes_id=instead_of.id if instead_of else None,
            made_by=self._decision(),
        )
        self.session.add(entry)
        self.session.flush()
        return entry

    def _decision(self) -> int:
        """The decision that booked it: nothing stands in the ledger without one."""
        number = reserve(self.session, 1)[0]
        decision = DecisionRow(
            id=number,
            ref=f"N-{number:04d}",
            origin="mail",
            decided_at=datetime(2025, 10, 31, 17, 0, tzinfo=NEW_YORK),
            kind="numbers",
            duty="sales",
            rule="",
            level="act",
            trust="T3",
            folder="Done",
            carried_out=True,
            summary="Booked.",
            evidence=[],
            trace={},
            actions=[],
        )
        self.session.add(decision)
        self.session.flush()
        return number

    def waits(self, rep: str, client: str, amount: str | None, currency: str | None, doubt: Doubt, day: date) -> None:
        """A line that waits."""
        self.session.add(
            SalesPending(
                rep_id=self.person(rep),
                position=1,
                words=f"{client} {amount}",
                place="body",
                doubt=doubt.value,
                name=client,
                client_id=self.client(client),
                amount=None if amount is None else Decimal(amount),
                currency=currency,
                counts_on=day,
                said_on=day,
            )
        )
        self.session.flush()

    def plan(self, rep: str | None, amount: str | int, span: Span, currency: str = "USD", product: str = "") -> None:
        """A plan of one rep, or of the team."""
        self.session.add(
            SalesPlan(
                rep_id=None if rep is None else self.person(rep),
                product=product,
                first=span.first,
                last=span.last,
                amount=Decimal(amount),
                currency=currency,
            )
        )
        self.session.flush()


def week_44(session: Session) -> None:
    """All of week 44: what was sold, what was planned, and what waits."""
    books = Books(session)
    for rep, client, amount, currency in WEEK_44_LINES:
        books.sold(rep, client, amount, currency)
    for rep, planned in WEEK_44_PLANS:
        books.plan(rep, planned, WEEK_44)
    for rep, client, amount, currency, doubt in WEEK_44_WAITING:
        books.waits(rep, client, amount, currency, doubt, FRIDAY)


def desk_of(road: Road, settings: SalesSettings = EUR_ONLY) -> DeskCard:
    """The desk with the rates of the situations."""
    return replace(road.desk, settings={NAME: Arrangements(settings)})


def told(road: Road, span: Span, scope: Scope = TEAM, settings: SalesSettings = EUR_ONLY) -> Figures:
    """The figures of a span, as the records are."""
    with road.database.reading() as session:
        return figures(session, desk_of(road, settings), span, scope, span.last)
