"""What the records say: booked lines, waiting lines, expectations, plans, each as a frozen card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.duties.sales.facts.particulars import Price, Stage
from mailbot.duties.sales.numbers.periods import Period, Week


@dataclass(frozen=True, slots=True)
class EntryCard:
    """A booked line that the records hold. `is_current`: nothing has superseded it, and it was not cancelled."""

    id: int
    decision_ref: str
    line: int
    client_id: int
    client_name: str
    price: Price
    week: Week
    words: str
    said_on: date
    booked_at: datetime
    supersedes_id: int | None
    is_current: bool
    counts_on: date | None = None


@dataclass(frozen=True, slots=True)
class ForecastCard:
    """An expectation that the records hold, and that no newer one has taken the place of."""

    id: int
    client_id: int
    product: str
    period: Period
    price: Price | None = None
    stage: Stage = Stage.OPEN
    closes_on: date | None = None
    certainty: str = ""

    def is_about(self, client_id: int, product: str, period: Period) -> bool:
        """Whether a line speaks of the same: client, product and period."""
        same_product = self.product.casefold() == product.casefold()
        return (self.client_id, self.period) == (client_id, period) and same_product


@dataclass(frozen=True, slots=True)
class PendingCard:
    """A line that waits in the records. `position` counts the waiting lines of one decision, `name` are the words that
    were taken for the client."""

    id: int
    decision_ref: str
    position: int
    price: Price
    week: Week
    said_on: date
    words: str
    name: str = ""
    counts_on: date | None = None


@dataclass(frozen=True, slots=True)
class LateChange:
    """What a correction of a closed month wants of a booked line: another amount, or that it is dropped (`price`
    None)."""

    entry: EntryCard
    price: Price | None
    line: int


@dataclass(frozen=True, slots=True)
class LateCard:
    """A line that waits because its month was closed when it came. `period` is the time it was meant for, `counts_on`
    the day of it that counts. Of a correction, `change` is what it wants, and `price` the difference that it makes."""

    id: int
    decision_ref: str
    position: int
    rep_id: int
    client_id: int
    client_name: str
    price: Price
    period: Period
    counts_on: date
    said_on: date
    words: str
    place: str = ""
    change: LateChange | None = None


@dataclass(frozen=True, slots=True)
class AskedMail:
    """The mail that an open "was that you?" is about, None where its bytes are no longer kept, and its lines that
    wait."""

    question_id: int
    mail: int | None
    waiting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A target that the records hold, and that nothing has taken the place of. `rep_id` is None for the team, `product`
    "" for all products."""

    id: int
    rep_id: int | None
    first: date
    last: date
    price: Price
    product: str = ""

    @property
    def is_for(self) -> tuple[int | None, str, date, date]:
        """Whose it is, for which product, folded, and when."""
        return self.rep_id, self.product.casefold(), self.first, self.last


def current_by_line(decision_ref: str, entries: Sequence[EntryCard]) -> dict[int, EntryCard]:
    """The entries of a letter by their line, each followed to the one that is current now."""
    after = {entry.supersedes_id: entry for entry in entries if entry.supersedes_id is not None}
    current: dict[int, EntryCard] = {}
    for entry in entries:
        if entry.decision_ref != decision_ref:
            continue
        last = entry
        while last.id in after:
            last = after[last.id]
        if last.is_current:
            current[entry.line] = last
    return current
