"""What a mail says was spent: frozen facts, each with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from mailbot.message.model import Evidence

NAME: Final = "expenses"
# The kinds of mails that this duty reads, and of the question that it asks.
CLAIM, AMOUNT, CORRECTION = "claim", "amount", "correction"
HOW_MUCH: Final = "how-much"


@dataclass(frozen=True, slots=True)
class Spent:
    """One expense: `amount` is None where the mail says none. `client` is named with it, None where none is."""

    amount: Decimal | None
    currency: str
    evidence: Evidence
    client_id: int | None = None
    client: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file that came with the mail; `sha256` of its bytes, in hexadecimal."""

    filename: str
    media_type: str
    size: int
    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExpenseClaim:
    """The expenses of a mail and their receipts. `too_large` are the names of files that are not kept apart."""

    spent: tuple[Spent, ...]
    receipts: tuple[Receipt, ...]
    too_large: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AmountAnswer:
    """The answer to "how much was it?"; `amount` is None where it could not be read."""

    question_id: int
    expense_id: int
    amount: Decimal | None
    currency: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ExpenseCard:
    """An expense that the records hold, with its amount."""

    id: int
    amount: Decimal
    currency: str
    words: str
    decision_ref: str
    client: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """An expense was another amount; `currency` is None where none is said: it stays."""

    of: ExpenseCard
    amount: Decimal
    currency: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NotTheSame:
    """The amount that is corrected is that of no expense of the writer, or of several."""

    old: Decimal
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ExpensesKnown:
    """What the records say: the clients that the mail names beside an expense, and the expenses that wait.

    `clients` are (number, name) by the words of the expense; `waiting` the expense of each question, by its number;
    `noted` the writer's expenses of late, where the mail may correct one.
    """

    clients: tuple[tuple[str, int, str], ...] = ()
    waiting: tuple[tuple[int, int], ...] = ()
    noted: tuple[ExpenseCard, ...] = ()
