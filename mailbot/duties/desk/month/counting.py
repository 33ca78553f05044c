"""The figures of a month, of every duty and of the desk itself, and how much it did by itself in the months before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.records.decision import DUPLICATE, Folder
from mailbot.records.in_words import Words
from mailbot.records.known import DeskCard
from mailbot.records.month_figures import Counted, CountingMonth, Figure, Month, Unit, share
from mailbot.records.tables import DecisionRow

_MONTHS_OF_THE_CHART: Final = 12
_NOT_WORK: Final = (Folder.LEAVE.value, Folder.QUARANTINE.value)
_HEADS: Final = (
    Words("kind of mail", "Art der Mail"),
    Words("duty", "Aufgabe"),
    Words("settled by me", "von mir erledigt"),
    Words("left to a person", "einem Menschen überlassen"),
)


@dataclass(frozen=True, slots=True)
class MonthInFigures:
    """A month, the same figures of the month before, and the share of mail that needed nobody, month by month."""

    month: Month
    counted: tuple[Counted, ...]
    before: tuple[Counted, ...]
    by_itself: tuple[tuple[Month, Decimal], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell: no mail, and nothing that was due, ended, opened or decided."""
        return not any(each.rows or any(figure.value for figure in each.figures) for each in self.counted)


def count(session: Session, desk: DeskCard, month: Month, duties: Sequence[CountingMonth]) -> MonthInFigures:
    """All figures of a month."""
    return MonthInFigures(
        month=month,
        counted=_counted(session, desk, month, duties),
        before=_counted(session, desk, month.before, duties),
        by_itself=tuple(reversed(tuple(_months_before(session, month)))),
    )


def _counted(session: Session, desk: DeskCard, month: Month, duties: Sequence[CountingMonth]) -> tuple[Counted, ...]:
    return (*(each for duty in duties for each in duty(session, desk, month)), _handled(session, month))


def _handled(session: Session, month: Month) -> Counted:
    """The mails that were work, by what they were, and how many of them were left to a person."""
    rows = _work(session, month)
    settled = sum(row.mails for row in rows if not _is_left(row))
    whole = sum(row.mails for row in rows)
    kinds = sorted({(row.duty, row.kind) for row in rows})
    figures = (
        Figure(Words("mails that were work", "Mails mit Arbeit"), whole),
        Figure(Words("of these settled by me", "davon von mir erledigt"), settled),
        Figure(Words("hand-work avoided", "Handarbeit gespart"), share(settled, whole), Unit.PERCENT),
    )
    listed = tuple(
        (
            kind,
            duty,
            sum(row.mails for row in rows if (row.duty, row.kind) == (duty, kind) and not _is_left(row)),
            sum(row.mails for row in rows if (row.duty, row.kind) == (duty, kind) and _is_left(row)),
        )
        for duty, kind in kinds
    )
    return Counted(Words("Mail", "Post"), figures, _HEADS, listed)


def _months_before(session: Session, month: Month) -> Sequence[tuple[Month, Decimal]]:
    """This month and those before it in which there was any work, the newest first."""
    found: list[tuple[Month, Decimal]] = []
    for _ in range(_MONTHS_OF_THE_CHART):
        rows = _work(session, month)
        whole = sum(row.mails for row in rows)
        percent = share(sum(row.mails for row in rows if not _is_left(row)), whole)
        if percent is not None:
            found.append((month, percent))
        month = month.before
    return found


def _work(session: Session, month: Month) -> Sequence[Any]:
    """How many mails there were of each duty and kind; what was left alone, forged or a copy was no work."""
    query = (
        select(
            DecisionRow.duty,
            DecisionRow.kind,
            DecisionRow.folder,
            DecisionRow.carried_out,
            func.count().label("mails"),
        )
        .where(
            DecisionRow.decided_at >= month.begins,
            DecisionRow.decided_at < month.ends,
            DecisionRow.origin == "mail",
            DecisionRow.folder.not_in(_NOT_WORK),
            DecisionRow.kind != DUPLICATE,
            DecisionRow.undone_by.is_(None),
        )
        .group_by(DecisionRow.duty, DecisionRow.kind, DecisionRow.folder, DecisionRow.carried_out)
    )
    return session.execute(query).all()


def _is_left(row: Any) -> bool:
    return row.folder == Folder.HELD.value or not row.carried_out
