"""The list of expenses: what was spent, by whom, with which client, and the receipts that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.expenses.tables import Expense, ExpenseReceipt
from mailbot.records.tables import Client, DecisionRow, Person


@dataclass(frozen=True, slots=True)
class Listed:
    """One expense; `amount` is None while its colleague has not said it, `receipts` are the names of its files and
    `hashes` their SHA-256 in hexadecimal."""

    day: date
    person: str
    client: str
    amount: Decimal | None
    currency: str
    words: str
    receipts: tuple[str, ...]
    hashes: tuple[str, ...]
    ref: str


def listed(session: Session, first: date | None = None, last: date | None = None) -> Iterator[Listed]:
    """The expenses from one day to another, by the day; those that were taken back are left out."""
    query = (
        select(Expense, Person.name.label("person"), Client.name.label("client"), DecisionRow.ref)
        .join(Person, Person.id == Expense.person_id)
        .join(Client, Client.id == Expense.client_id, isouter=True)
        .join(DecisionRow, DecisionRow.id == Expense.made_by)
        .where(
            Expense.undone_by.is_(None), Expense.said_on >= (first or date.min), Expense.said_on <= (last or date.max)
        )
        .order_by(Expense.said_on, Expense.id)
    )
    for row in session.execute(query):
        kept = select(ExpenseReceipt.filename, ExpenseReceipt.sha256).where(
            ExpenseReceipt.expense_id == row.Expense.id, ExpenseReceipt.undone_by.is_(None)
        )
        files = session.execute(kept.order_by(ExpenseReceipt.id)).all()
        yield Listed(
            day=row.Expense.said_on,
            person=row.person,
            client=row.client or "",
            amount=row.Expense.amount,
            currency=row.Expense.currency,
            words=row.Expense.words,
            receipts=tuple(file.filename for file in files),
            hashes=tuple(file.sha256 for file in files),
            ref=row.ref,
        )
