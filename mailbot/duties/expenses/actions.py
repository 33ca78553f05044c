"""What this duty does to the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from mailbot.duties.expenses.facts import Receipt
from mailbot.duties.expenses.tables import Expense, ExpenseReceipt
from mailbot.errors import TryAgain
from mailbot.letters.wording import Wording
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.stored_files import store


@dataclass(frozen=True, slots=True)
class NoteExpense(Action):
    """One expense goes to the list, with its receipts."""

    name: ClassVar[str] = "expenses.note"
    person_id: int
    client_id: int | None
    position: int
    amount: Decimal | None
    currency: str
    words: str
    said_on: date
    receipts: tuple[Receipt, ...] = ()

    def carry_out(self, pen: Pen) -> None:
        expense = pen.insert(
            Expense(
                person_id=self.person_id,
                client_id=self.client_id,
                position=self.position,
                amount=self.amount,
                currency=self.currency,
                words=self.words,
                said_on=self.said_on,
                arrival_id=pen.arrival_id,
            )
        )
        for receipt in self.receipts:
            key = store(pen.session, receipt.content, receipt.media_type, pen.now)
            pen.insert(ExpenseReceipt(expense_id=expense.id, sha256=key, filename=receipt.filename[:200]))

    def __str__(self) -> str:
        amount = "no amount yet" if self.amount is None else Wording("en").money(self.amount, self.currency)
        return f'note the expense "{self.words}": {amount}, {len(self.receipts)} receipts'

    def in_german(self) -> str:
        amount = "noch ohne Betrag" if self.amount is None else Wording("de").money(self.amount, self.currency)
        return f"die Auslage „{self.words}“ aufnehmen: {amount}, Belege: {len(self.receipts)}"


@dataclass(frozen=True, slots=True)
class SetAmount(Action):
    """An expense that waited for its amount has it."""

    name: ClassVar[str] = "expenses.set_amount"
    expense_id: int
    amount: Decimal
    currency: str

    def carry_out(self, pen: Pen) -> None:
        expense = pen.get(Expense, self.expense_id)
        if expense.amount is not None:
            raise TryAgain(f"expense {expense.id} got its amount meanwhile; the mail will be decided anew")
        pen.update(expense, amount=self.amount, currency=self.currency)

    def __str__(self) -> str:
        return f"the expense is {Wording('en').money(self.amount, self.currency)}"

    def in_german(self) -> str:
        return f"die Auslage beträgt {Wording('de').money(self.amount, self.currency)}"


@dataclass(frozen=True, slots=True)
class CorrectAmount(Action):
    """An expense was another amount than was noted: `before` is the proof that it is the one that is meant."""

    name: ClassVar[str] = "expenses.correct_amount"
    expense_id: int
    before: Decimal
    amount: Decimal
    currency: str

    def carry_out(self, pen: Pen) -> None:
        expense = pen.get(Expense, self.expense_id)
        if expense.amount != self.before:
            raise TryAgain(f"expense {expense.id} has another amount meanwhile; the mail will be decided anew")
        pen.update(expense, amount=self.amount, currency=self.currency)

    def __str__(self) -> str:
        return f"the expense of {self.before} is {Wording('en').money(self.amount, self.currency)}"

    def in_german(self) -> str:
        before = Wording("de").amount(self.before)
        return f"die Auslage über {before} beträgt {Wording('de').money(self.amount, self.currency)}"
