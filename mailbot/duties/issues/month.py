"""What is counted of issues each month: how soon they were answered and solved, and which promises were broken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mailbot.duties.issues.tables import Issue, IssueState
from mailbot.letters.workbooks import Cell
from mailbot.records.in_words import Words
from mailbot.records.known import DeskCard
from mailbot.records.month_figures import Counted, Figure, Month, Unit, hours_between, median, percentile
from mailbot.records.tables import Client, Person

_HEADS: Final = (
    Words("issue", "Vorgang"),
    Words("client", "Kunde"),
    Words("looked after by", "betreut von"),
    Words("opened", "geöffnet"),
    Words("hours to the first answer", "Stunden bis zur ersten Antwort"),
    Words("hours to the solution", "Stunden bis zur Lösung"),
    Words("promise broken", "Zusage gebrochen"),
)


def count(session: Session, _desk: DeskCard, month: Month) -> tuple[Counted, ...]:
    """One list of all issues that were opened, answered, solved or late in the month.

    A time to an answer counts in the month of the answer. A promise is broken in the month in which its time ran out.
    """
    rows = _issues(session, month)
    answers = [hours_between(row.opened_at, row.answered_at) for row in rows if _within(row.answered_at, month)]
    solutions = [hours_between(row.opened_at, row.solved_at) for row in rows if _is_solved_in(row, month)]
    broken = [row for row in rows if _broken(row, month)]
    figures = (
        Figure(Words("issues opened", "Vorgänge geöffnet"), sum(_within(row.opened_at, month) for row in rows)),
        Figure(Words("issues solved", "Vorgänge gelöst"), len(solutions)),
        Figure(Words("first answer, median", "erste Antwort, Median"), median(answers), Unit.HOURS),
        Figure(Words("first answer, 90 of 100", "erste Antwort, 90 von 100"), percentile(answers, 90), Unit.HOURS),
        Figure(Words("solution, median", "Lösung, Median"), median(solutions), Unit.HOURS),
        Figure(Words("solution, 90 of 100", "Lösung, 90 von 100"), percentile(solutions, 90), Unit.HOURS),
        Figure(Words("promises broken", "Zusagen gebrochen"), len(broken)),
    )
    name = Words("Issues", "Vorgänge")
    return (Counted(name, figures, _HEADS, tuple(_told(row, month) for row in rows)),)


def _issues(session: Session, month: Month) -> Sequence[Any]:
    moments = (Issue.opened_at, Issue.answered_at, Issue.solved_at, Issue.answer_by, Issue.solve_by)
    touched = or_(*((moment >= month.begins) & (moment < month.ends) for moment in moments))
    query = (
        select(
            Issue.ref,
            Client.name.label("client"),
            Person.name.label("owner"),
            Issue.state,
            Issue.opened_at,
            Issue.answered_at,
            Issue.solved_at,
            Issue.answer_by,
            Issue.solve_by,
        )
        .join(Client, Client.id == Issue.client_id, isouter=True)
        .join(Person, Person.id == Issue.owner_id, isouter=True)
        .where(touched, Issue.undone_by.is_(None), Issue.state != IssueState.MERGED)
        .order_by(Issue.id)
    )
    return session.execute(query).all()


def _within(moment: datetime | None, month: Month) -> bool:
    return moment is not None and month.begins <= moment < month.ends


def _is_solved_in(row: Any, month: Month) -> bool:
    return row.state is IssueState.SOLVED and _within(row.solved_at, month)


def _broken(row: Any, month: Month) -> bool:
    """Whether the time of one of the two promises ran out in the month before what it promised was done."""
    solved_at = row.solved_at if row.state is IssueState.SOLVED else None
    promises = ((row.answer_by, row.answered_at or solved_at), (row.solve_by, solved_at))
    return any(_within(by, month) and (kept_at is None or kept_at > by) for by, kept_at in promises)


def _told(row: Any, month: Month) -> tuple[Cell, ...]:
    answered = hours_between(row.opened_at, row.answered_at) if _within(row.answered_at, month) else None
    solved = hours_between(row.opened_at, row.solved_at) if _is_solved_in(row, month) else None
    return (
        row.ref,
        row.client or "",
        row.owner or "",
        month.day(row.opened_at),
        None if answered is None else round(answered, 1),
        None if solved is None else round(solved, 1),
        1 if _broken(row, month) else None,
    )
