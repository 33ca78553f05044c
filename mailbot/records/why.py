"""Why: what a decision stands on, what it changed, and what came of those records before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.records.tables import Arrival, Change, DecisionRow, LetterRow


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One change, as it is told: the row, and what it held before and after."""

    table: str
    row: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LetterTold:
    """A letter of a decision, and what has become of it."""

    ref: str
    recipient: str
    subject: str
    state: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Story:
    """A decision with its reasons: all that `why` tells."""

    ref: str
    decided_at: datetime
    origin: str
    sender: str | None
    kind: str
    rule: str
    trust: str
    level: str
    folder: str
    carried_out: bool
    summary: str
    evidence: tuple[str, ...]
    trace: Mapping[str, Any]
    actions: tuple[str, ...]
    changes: tuple[ChangeTold, ...]
    letters: tuple[LetterTold, ...]
    undone_by: str | None
    chain: tuple[str, ...]  # the other decisions that wrote the same records, in their order


def tell(session: Session, ref: str) -> Story | None:
    """The story of a decision, by its own reference or by that of one of its letters; None where there is none."""
    wanted = ref.strip().upper().partition(".")[0]
    row = session.scalar(select(DecisionRow).where(DecisionRow.ref == wanted))
    if row is None:
        return None
    changes = session.scalars(select(Change).where(Change.decision_id == row.id).order_by(Change.id)).all()
    letters = session.scalars(select(LetterRow).where(LetterRow.made_by == row.id).order_by(LetterRow.id)).all()
    arrival = session.get(Arrival, row.arrival_id) if row.arrival_id else None
    undone_by = session.get(DecisionRow, row.undone_by) if row.undone_by else None
    return Story(
        ref=row.ref,
        decided_at=row.decided_at,
        origin=row.origin,
        sender=arrival.sender_key if arrival else None,
        kind=row.kind,
        rule=row.rule,
        trust=row.trust,
        level=row.level,
        folder=row.folder,
        carried_out=row.carried_out,
        summary=row.summary,
        evidence=tuple(each["words"] for each in row.evidence),
        trace=row.trace,
        actions=tuple(each["words"] for each in row.actions),
        changes=tuple(ChangeTold(each.table_name, each.row_id, each.before, each.after) for each in changes),
        letters=tuple(
            LetterTold(each.ref, each.recipient, each.subject, each.state.value, each.sent_at) for each in letters
        ),
        undone_by=undone_by.ref if undone_by else None,
        chain=_chain(session, row.id, changes),
    )


def _chain(session: Session, decision_id: int, changes: Sequence[Change]) -> tuple[str, ...]:
    told: dict[int, str] = {}
    for change in changes:
        others = session.scalars(
            select(DecisionRow)
            .join(Change, Change.decision_id == DecisionRow.id)
            .where(
                Change.table_name == change.table_name, Change.row_id == change.row_id, DecisionRow.id != decision_id
            )
        )
        for other in others:
            told[other.id] = f"{other.decided_at:%d %b %Y %H:%M} UTC {other.ref}: {other.summary}"
    return tuple(told[key] for key in sorted(told))
