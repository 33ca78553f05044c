"""What the records say about the expenses of a mail: the clients that are named with them, and what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.duties.expenses.facts import HOW_MUCH, NAME, ExpenseCard, ExpensesKnown
from mailbot.duties.expenses.heard import Heard, Spending, heard_in
from mailbot.duties.expenses.sentences import in_cents
from mailbot.duties.expenses.tables import Expense
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.records.about_client import clients_named
from mailbot.records.known import Known, QuestionCard
from mailbot.records.tables import Client, DecisionRow

_DAYS_BACK: Final = 62  # an older expense is corrected in the answer to its letter
_MOST: Final = 200


def load(session: Session, cover: Cover, clues: Clues, known: Known) -> ExpensesKnown | None:
    """Looks up what a colleague's mail of expenses needs; None for every other mail."""
    if known.sender is None or known.sender.person is None:
        return None
    heard = heard_in(clues)
    clients = tuple(_clients_beside(session, heard.spending))
    asked = [each for each in known.questions if each.duty == NAME and each.kind == HOW_MUCH]
    waiting = tuple((each.id, key) for each in asked if (key := _waiting(session, each)) is not None)
    noted = _noted(session, heard, cover, known, known.sender.person.id)
    return ExpensesKnown(clients, waiting, noted) if clients or waiting or noted else None


def _clients_beside(session: Session, spending: Sequence[Spending]) -> Iterator[tuple[str, int, str]]:
    """For each sentence that names one client, that client."""
    for each in spending:
        found = clients_named(session, each.words)
        if len(found) == 1:
            yield each.sentence, found[0].id, found[0].name


def _noted(session: Session, heard: Heard, cover: Cover, known: Known, person_id: int) -> tuple[ExpenseCard, ...]:
    """The expenses of the letters that the mail names; of the last weeks, where it says that an amount was wrong."""
    refs = sorted({letter.decision_ref for letter in known.letters if letter.duty == NAME})
    day = day_of(cover, known) if heard.corrects else None
    if not refs and day is None:
        return ()
    late = Expense.said_on >= day - timedelta(days=_DAYS_BACK) if day is not None else false()
    query = (
        select(Expense, DecisionRow.ref, Client.name.label("client"))
        .join(DecisionRow, DecisionRow.id == Expense.made_by)
        .join(Client, Client.id == Expense.client_id, isouter=True)
        .where(
            Expense.person_id == person_id,
            Expense.amount.is_not(None),
            Expense.undone_by.is_(None),
            or_(DecisionRow.ref.in_(refs), late),
        )
        .order_by(Expense.id.desc())
        .limit(_MOST)
    )
    return tuple(
        ExpenseCard(
            row.Expense.id,
            in_cents(row.Expense.amount),
            row.Expense.currency,
            row.Expense.words,
            row.ref,
            row.client or "",
        )
        for row in session.execute(query)
    )


def day_of(cover: Cover, known: Known) -> date | None:
    """The day on which the mail was written, in the desk's zone."""
    return local_date(cover.date, known.desk.zone) if cover.date is not None else None


def _waiting(session: Session, question: QuestionCard) -> int | None:
    found = (
        select(Expense.id)
        .join(DecisionRow, DecisionRow.id == Expense.made_by)
        .where(
            DecisionRow.ref == question.decision_ref,
            Expense.position == question.context.get("position"),
            Expense.amount.is_(None),
            Expense.undone_by.is_(None),
        )
    )
    return session.scalar(found)
