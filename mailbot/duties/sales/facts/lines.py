"""What was read in a rep's mail, line by line: frozen facts, each with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mailbot.duties.sales.facts.cards import EntryCard, ForecastCard
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.particulars import NOTHING_MORE, Particulars, Price, sums
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.duties.sales.numbers.periods import Week
from mailbot.message.model import Evidence


@dataclass(frozen=True, slots=True)
class ClearLine:
    """A line that says one amount for one client of the rep, and nothing that speaks against booking it.

    `like` is what the rep booked for the same client and amount a day or a weekend ago: perhaps the same sale.
    `contract_of` is the day on which a contract was signed that the line speaks of.
    """

    client: NamedClient
    price: Price
    evidence: Evidence
    said: Particulars = NOTHING_MORE
    like: EntryCard | None = None
    contract_of: date | None = None


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A line of what is expected, still open, or lost: noted beside the ledger, never in it.

    `certainty` are the words that say how sure it is ("noch nicht sicher", "maybe", "60%"), "" where none do.
    `price` is None where the mail gives a range, or no amount; `currency` is that which is written all the same.
    `replaces` is the expectation that the line corrects, where it says so.
    """

    client: NamedClient
    price: Price | None
    evidence: Evidence
    certainty: str = ""
    said: Particulars = NOTHING_MORE
    currency: str | None = None
    replaces: ForecastCard | None = None


@dataclass(frozen=True, slots=True)
class UnclearLine:
    """A line that may be a sale and was not understood for sure.

    `other` is the amount it disagrees with: that of an earlier mail, or what the lines add up to. `earlier` is the
    entry with that amount, where it is a booked one. `choices` are the clients it may mean, where one word of the rep
    settles it and nothing else is in doubt. Where a price could not be read whole, `amount` and `currency` are what
    there is of it.
    """

    evidence: Evidence
    doubt: Doubt
    name: str = ""  # the words that were taken for the client
    price: Price | None = None
    client: NamedClient | None = None
    other: Price | None = None
    choices: tuple[NamedClient, ...] = ()
    said: Particulars = NOTHING_MORE
    earlier: EntryCard | None = None
    amount: Decimal | None = None
    currency: str | None = None


class SetAside(StrEnum):
    """Why a row of a table is said and not counted. Nobody has to do anything about it."""

    HIDDEN = "hidden"
    HIDDEN_SHEET = "hidden sheet"
    LEFT_OUT = "left out"  # the mail says so
    PLANNED = "planned"
    EARLIER = "earlier"
    TWICE = "twice"  # another part of the mail says it already


@dataclass(frozen=True, slots=True)
class Aside:
    """A row, or a whole sheet, that was seen and is not counted. `order` are the words of the mail that say so."""

    evidence: Evidence
    why: SetAside
    name: str = ""
    price: Price | None = None
    order: Evidence | None = None
    client: NamedClient | None = None


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A line that the same rep sent before on the same day, word for word, and that is booked already."""

    evidence: Evidence
    entry: EntryCard


@dataclass(frozen=True, slots=True)
class Numbers:
    """A rep's mail of numbers. `week` is None where the mail has no date; then nothing in it is clear."""

    week: Week | None
    said_on: date | None
    lines: tuple[ClearLine, ...]
    unclear: tuple[UnclearLine, ...]
    repeated: tuple[RepeatedLine, ...]
    zero: bool
    expected: tuple[ForecastLine, ...] = ()
    asides: tuple[Aside, ...] = ()

    def totals(self) -> tuple[Price, ...]:
        """What the clear lines add up to, in each currency, in the order of the mail."""
        return sums(line.price for line in self.lines)
