"""What was read in a rep's mail: frozen facts, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mailbot.duties.sales.commission.facts import CommissionQuestion, SoldLine
from mailbot.duties.sales.naming.clients import Alias, Book, NamedClient
from mailbot.duties.sales.numbers.periods import Period, Week
from mailbot.duties.sales.reports.facts import SentReport
from mailbot.duties.sales.weeks.closings import NO_CLOSINGS, Closings
from mailbot.duties.sales.weeks.standing import NO_WEEKS, WeeksKnown
from mailbot.message.model import Evidence
from mailbot.records.known import PersonCard
from mailbot.records.settled import ClosedQuestion
from mailbot.records.tables import Role

NAME: Final = "sales"
# The kinds of mails that this duty reads.
NUMBERS, CORRECTION, CLIENT_ANSWER, LATE_ANSWER = "numbers", "correction", "client-answer", "late-answer"
RESEND_ANSWER: Final = "resend-answer"
TOTAL_ANSWER: Final = "total-answer"
NEWCOMER, HALVES = "new-client", "halves"  # answers to "which client?" that are none of the choices
# The kinds of the questions that letters of this duty ask.
WHICH_CLIENT: Final = "which-client"
NEW_CLIENT: Final = "new-client"  # may a client be created, and under which name
IN_HALVES: Final = "in-halves"  # is a line to be parted between two clients
YOURS: Final = "yours"  # asked of the owner of the client that a rep has named
SHEET_TOTAL: Final = "sheet-total"  # asked of a rep whose table has another total than its rows
RESENT: Final = "resent"  # asked of a rep who sends another amount for a client on the same day
WAS_IT_YOU: Final = "was-it-you"  # asked of the rep whose name a mail bears that came from elsewhere

DAYS_ALIKE: Final = 4  # so long after a sale, one of the same client and amount may be the same one, told again


class Doubt(StrEnum):
    """Why a line was not booked. The templates have words for each of them, and so has `tables_in_words`."""

    TWO_READINGS = "two readings"
    RANGE = "a range"
    PERCENTAGE = "a percentage"
    NOT_MONEY = "not readable as money"
    UNKNOWN_CURRENCY = "unknown currency"
    NO_CURRENCY = "no currency"
    TWO_AMOUNTS = "two amounts"
    NO_CLIENT = "no client"
    UNKNOWN_CLIENT = "unknown client"
    SEVERAL_CLIENTS = "several clients"
    ANOTHERS_CLIENT = "another's client"
    EXPECTED = "expected"
    DENIED = "denied"
    CORRECTS = "corrects what is not booked"
    DROPS = "drops what is not booked"
    NO_SALE = "no sale"
    RATE = "a rate"
    GROSS = "with tax"
    QUESTION = "a question"
    OTHER_PERIOD = "another period"
    NO_DATE = "no date"
    COLLEAGUE = "names a colleague"
    BELOW_SIGNATURE = "below the signature"
    DIFFERS = "differs from an earlier mail"
    TOTAL_DIFFERS = "the total differs"
    TOO_LONG = "too long"
    PRODUCT_DIFFERS = "the product differs"
    TOO_MANY_ROWS = "too many rows"
    NO_VALUE = "no stored value"
    TWO_TEXTS = "two texts"
    MACROS = "macros"
    PASSWORD = "a password"  # noqa: S105  (why a file is closed, not what opens it)
    LINKS = "links to other files"
    TOO_LARGE = "too large"
    BROKEN = "not readable"
    SHUT = "left shut"  # nobody who was believed had sent it
    LATE = "late"  # for a month that is closed


# Why a whole file was not read, whatever it holds.
OF_FILES: Final = frozenset(
    (Doubt.MACROS, Doubt.PASSWORD, Doubt.LINKS, Doubt.TOO_LARGE, Doubt.BROKEN, Doubt.SHUT, Doubt.TOO_MANY_ROWS)
)


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in a currency; `quantity` × `unit` where it was written so."""

    amount: Decimal
    currency: str
    quantity: Decimal | None = None
    unit: Decimal | None = None


class Stage(StrEnum):
    """The pipeline stage of a deal."""

    WON = "won"
    INVOICED = "invoiced"
    OPEN = "open"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a mail says of a deal beside its client and its price; "" and None where it says nothing.

    `quantity` are pieces sold where the amount is that of all of them. `day` is the day on which it was signed or
    ordered, of an open deal the day on which it is to close.
    """

    product: str = ""
    quantity: Decimal | None = None
    stage: Stage | None = None
    day: date | None = None
    period: Period | None = None


NOTHING_MORE: Final = Particulars()


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

    def is_about(self, line: ForecastLine, period: Period) -> bool:
        """Whether a line speaks of the same: client, product and period."""
        same_product = self.product.casefold() == line.said.product.casefold()
        return (self.client_id, self.period) == (line.client.id, period) and same_product


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


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a rep wants of line `line` of our letter: another amount, another client, another period; or it
    is dropped (`price` None). `day` is the day of that period that was named, where one was.
    """

    line: int
    entry: EntryCard
    price: Price | None
    evidence: Evidence
    client: NamedClient | None = None
    period: Period | None = None
    day: date | None = None

    @property
    def is_dropped(self) -> bool:
        return self.price is None


@dataclass(frozen=True, slots=True)
class Corrections:
    """A reply to one of our confirmations: the changes it asks for, and the lines that were not understood."""

    changes: tuple[Change, ...]
    unclear: tuple[Evidence, ...]
    agrees: bool


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
class ClientAnswer:
    """The answer to "which client?", or to "is it yours?". `chosen` is None where it is no, or could not be read: `why`
    says so in words.

    `is_own`: the chosen client is the rep's own, so that the line may be booked on this word. `can_be_asked`: it is a
    colleague's who can be asked. Of "is it yours?", `client` is the one it is about, `sent_by` the rep who sent the
    line, and `is_refused` says that the answer is no. `learned` are the words that mean the chosen client from now on.
    """

    question_id: int
    pending: PendingCard
    chosen: NamedClient | None
    is_own: bool
    evidence: Evidence
    why: str
    can_be_asked: bool = False
    client: NamedClient | None = None
    sent_by: int | None = None
    is_refused: bool = False
    learned: str = ""


@dataclass(frozen=True, slots=True)
class NewClient:
    """The answer that a line is for a client whom the records do not know. `name` is "" where it has to be asked."""

    question_id: int
    pending: PendingCard
    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Half:
    """A part of a line: for which client, whose ledger it goes into, and how much of it."""

    client: NamedClient
    owner: PersonCard
    price: Price


@dataclass(frozen=True, slots=True)
class InHalves:
    """The answer that a line is for two clients, half each. `agrees`: these halves were shown before, and are right."""

    question_id: int
    pending: PendingCard
    halves: tuple[Half, ...]
    agrees: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ResendAnswer:
    """The answer to "which of the two amounts?": `said` is new, old or both, and "" where it is none of them.

    `earlier` is the entry with the earlier amount as it stands now, None where it counts no longer.
    """

    question_id: int
    pending: PendingCard
    client: NamedClient
    earlier: EntryCard | None
    said: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Claim:
    """The colleagues whose name a mail bears that came from an address on nobody's file, by number.

    `asked_on` is the last day on which the one of them was asked about this address, "" for never (ISO 8601);
    `is_denied`: and has said before that a mail from it was not theirs.
    """

    fits: tuple[int, ...]
    asked_on: str = ""
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class ClaimedNumbers:
    """Numbers from an address on nobody's file, read as if the colleague had sent them whose name the mail bears.

    `quoted` are the lines they were read from, without anything that could be followed.
    """

    claim: Claim
    colleagues: tuple[PersonCard, ...]
    numbers: Numbers
    quoted: tuple[str, ...]

    @property
    def rep(self) -> PersonCard | None:
        """The one rep whom it can be; None where several fit, or nobody, or one who sells nothing."""
        only = self.colleagues[0] if len(self.colleagues) == 1 else None
        return only if only is not None and only.role is Role.REP else None


@dataclass(frozen=True, slots=True)
class AskedMail:
    """The mail that an open "was that you?" is about, None where its bytes are no longer kept, and its lines that
    wait."""

    question_id: int
    mail: int | None
    waiting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WasItYou:
    """The answer to "was that you?": `said` is yes, add or no, and "" where it is none of them."""

    question_id: int
    letter_ref: str
    address: str
    asked: AskedMail
    said: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TotalAnswer:
    """The rep says that the total of a table is wrong, and that its rows are right."""

    question_id: int
    pending: PendingCard
    evidence: Evidence


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


def sums(prices: Iterable[Price]) -> tuple[Price, ...]:
    """The prices added up, one sum for each currency, in the order in which the currencies came."""
    added: dict[str, Decimal] = {}
    for price in prices:
        added[price.currency] = added.get(price.currency, Decimal(0)) + price.amount
    return tuple(Price(amount, currency) for currency, amount in added.items())


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
