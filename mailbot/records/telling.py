"""Changes in words for people: what the row is, what it held before, and what it holds after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.records.base import Base, Kept
from mailbot.records.tables import Change, DecisionRow, LetterRow, QuestionRow

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One change in words. `before` is None for a row that was new, `after` for one that was taken back."""

    what: str
    before: str | None
    after: str | None

    def backwards(self) -> ChangeTold:
        """The same change, as it looks when it is taken back."""
        return ChangeTold(self.what, self.after, self.before)


def told(session: Session, change: Change) -> ChangeTold | None:
    """A change in words; None for letters, questions and decisions, which are told by themselves."""
    record = record_of(session, change)
    if isinstance(record, LetterRow | QuestionRow | DecisionRow):
        return None
    what = record.title(session)
    if change.before is None:
        return ChangeTold(what, None, _values(change.after, record.told_by))
    if set(change.after) == {"undone_by"}:
        told = ChangeTold(what, "in force", "taken back")
        return told if change.after["undone_by"] else told.backwards()
    return ChangeTold(what, _values(change.before), _values(change.after))


def record_of(session: Session, change: Change, *, lock: bool = False) -> Kept | DecisionRow:
    """The row that a change is about, as it is now; locked, if it is wanted, until the transaction ends."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is not None and getattr(mapper.local_table, "name", None) == change.table_name:
            record = session.get(mapper.class_, change.row_id, populate_existing=True, with_for_update=lock)
            if isinstance(record, Kept | DecisionRow):
                return record
    raise OurBug(f"change {change.id} names {change.table_name} {change.row_id}, which is nowhere to be found")


def _values(values: Mapping[str, Any], names: tuple[str, ...] = ()) -> str:
    chosen = names or tuple(name for name in values if name != "id")
    words = [
        f"{name.replace('_', ' ')} {values[name]}" for name in chosen if values.get(name) not in (None, "", [], {})
    ]
    return one_line(", ".join(words), _LONGEST) or "nothing"
