"""Changes in words for people: what the row is, what it held before, and what it holds after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.records.base import Base, Kept
from mailbot.records.codec import column_value
from mailbot.records.in_words import Teller
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


def told(teller: Teller, change: Change) -> ChangeTold | None:
    """A change in the words of its reader.

    None for letters, questions and decisions, and for a change that means nothing to a person.
    """
    record = record_of(teller.session, change)
    if isinstance(record, LetterRow | QuestionRow | DecisionRow):
        return None
    what = one_line(record.title(teller), _LONGEST)
    if change.before is None:
        return ChangeTold(what, None, one_line(record.as_new(teller, _typed(record, change.after)), _LONGEST))
    if set(change.after) == {"undone_by"}:
        both = ChangeTold(what, teller.say("in force", "gültig"), teller.say("taken back", "zurückgenommen"))
        return both if change.after["undone_by"] else both.backwards()
    if not record.told.keys() & change.after.keys():
        return None
    before, after = (
        one_line(teller.columns(type(record), record.told, _typed(record, values)), _LONGEST)
        for values in (change.before, change.after)
    )
    return ChangeTold(what, before, after)


def record_of(session: Session, change: Change, *, lock: bool = False) -> Kept | DecisionRow:
    """The row that a change is about, as it is now; locked, if it is wanted, until the transaction ends."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is not None and getattr(mapper.local_table, "name", None) == change.table_name:
            record = session.get(mapper.class_, change.row_id, populate_existing=True, with_for_update=lock)
            if isinstance(record, Kept | DecisionRow):
                return record
    raise OurBug(f"change {change.id} names {change.table_name} {change.row_id}, which is nowhere to be found")


def _typed(record: Kept, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a change has kept, as the columns hold it; a column that is no longer there is left out."""
    columns = inspect(type(record)).columns
    return {name: column_value(columns[name], kept) for name, kept in values.items() if name in columns}
