"""The tables of expenses: what was spent, and the receipts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.expenses import tables_in_words
from mailbot.letters.cleaning import one_line
from mailbot.records.base import Base, Kept
from mailbot.records.in_words import Teller

_LONGEST_LINE = 60  # characters of the words that are told


class Expense(Kept, Base):
    """What a colleague spent. `amount` is None until the colleague says it; `position` counts those of one mail.

    `words` are those it was read from, `said_on` the day on which they were written, in the desk's zone.
    """

    __tablename__ = "expenses"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True, default=None)
    position: Mapped[int]
    amount: Mapped[Decimal | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(String(3))
    words: Mapped[str] = mapped_column(Text)
    said_on: Mapped[date] = mapped_column(index=True)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)

    told = tables_in_words.EXPENSE
    untold = frozenset({"position", "words", "said_on", "arrival_id"})

    def title(self, teller: Teller) -> str:
        line = one_line(self.words, _LONGEST_LINE)
        return teller.say(f'expense "{line}"', f"Auslage „{line}“")


class ExpenseReceipt(Kept, Base):
    """A receipt of an expense: a file that is kept by its hash, under the name it came with."""

    __tablename__ = "expense_receipts"
    expense_id: Mapped[int] = mapped_column(ForeignKey("expenses.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    filename: Mapped[str] = mapped_column(String(200))

    told = tables_in_words.RECEIPT
    untold = frozenset({"expense_id", "sha256"})

    def title(self, teller: Teller) -> str:
        return teller.say("receipt", "Beleg")
