"""What was known for a decision, as a replay reads it back."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.records.known import Known
from mailbot.records.snapshot import unpack
from mailbot.records.tables import CircumstancesRow, DecisionRow


def known_at(session: Session, ref: str, recalled: Mapping[str, type]) -> Known:
    """What the records said when this decision was made."""
    row = session.execute(
        select(DecisionRow.known, CircumstancesRow.content)
        .join(CircumstancesRow, CircumstancesRow.id == DecisionRow.circumstances_id)
        .where(DecisionRow.ref == ref)
    ).one()
    assert row.known is not None
    return unpack(row.known, row.content, recalled)
