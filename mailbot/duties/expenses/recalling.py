"""What the records say about the expenses of a mail: the clients that are named with them, and what waits."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.expenses.facts import HOW_MUCH, NAME, ExpensesKnown
from mailbot.duties.expenses.sentences import expenses_in
from mailbot.duties.expenses.tables import Expense
from mailbot.message.model import Clues, Message
from mailbot.records.about_client import clients_named
from mailbot.records.known import Known, QuestionCard
from mailbot.records.names import name_words
from mailbot.records.tables import DecisionRow


def load(session: Session, message: Message, _clues: Clues, known: Known) -> ExpensesKnown | None:
    """Looks up what a colleague's mail of expenses needs; None for every other mail."""
    if known.sender is None or known.sender.person is None:
        return None
    text = message.body.for_people.text
    clients: list[tuple[str, int, str]] = []
    for start, end in expenses_in(text):
        found = clients_named(session, name_words(text[start:end]))
        if len(found) == 1:
            clients.append((text[start:end], found[0].id, found[0].name))
    asked = [each for each in known.questions if each.duty == NAME and each.kind == HOW_MUCH]
    waiting = tuple((each.id, key) for each in asked if (key := _waiting(session, each)) is not None)
    return ExpensesKnown(tuple(clients), waiting) if clients or waiting else None


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
