"""All that the records say about one mail to this duty."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.duties.sales.commission.facts import CommissionQuestion, SoldLine
from mailbot.duties.sales.facts.answers import Claim
from mailbot.duties.sales.facts.cards import AskedMail, EntryCard, ForecastCard, LateCard, PendingCard, PlanCard
from mailbot.duties.sales.naming.clients import Alias, Book, NamedClient
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.reports.facts import SentReport
from mailbot.duties.sales.weeks.closings import NO_CLOSINGS, Closings
from mailbot.duties.sales.weeks.standing import NO_WEEKS, WeeksKnown
from mailbot.records.settled import ClosedQuestion


@dataclass(frozen=True, slots=True)
class SalesKnown:
    """What the records say to this duty about one mail of a rep, or of a stranger with the name of one (`claim`)."""

    clients: tuple[NamedClient, ...]
    crowded: tuple[str, ...]
    entries: tuple[EntryCard, ...]
    pending: tuple[PendingCard, ...]
    closed: tuple[ClosedQuestion, ...] = ()  # of this duty, on the letters that the mail names
    asked: tuple[AskedMail, ...] = ()
    claim: Claim | None = None
    closings: Closings = NO_CLOSINGS
    late: tuple[LateCard, ...] = ()  # that the manager is asked about
    weeks: WeeksKnown = NO_WEEKS  # what the rep said of weeks instead of numbers
    aliases: tuple[Alias, ...] = ()
    commission: CommissionQuestion | None = None
    forecasts: tuple[ForecastCard, ...] = ()
    plans: tuple[PlanCard, ...] = ()  # of a mail that sets targets
    products: tuple[str, ...] = ()  # that were sold or planned, for the same
    # Of a mail that may correct what is booked: what the commission comes from in the months of that, and the reports
    # that went out about it.
    sold: tuple[tuple[Period, tuple[SoldLine, ...]], ...] = ()
    reported: tuple[SentReport, ...] = ()

    def book(self, rep_id: int) -> Book:
        """The clients that the mail may mean, for this rep."""
        return Book(rep_id, self.clients, frozenset(self.crowded), self.aliases)
