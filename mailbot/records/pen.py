"""The pen of one decision: the only way in which a record is written, and the reason why every change is known.

An action is handed the pen. What it inserts and updates is kept as a change with before and after, so that `why` can
tell it and `undo` can take it back, for every duty in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mailbot.errors import TryAgain
from mailbot.letters.model import Draft, Letter
from mailbot.message.addresses import address_key
from mailbot.records.base import Kept
from mailbot.records.codec import plain
from mailbot.records.name_index.changes import NAMING, name_written
from mailbot.records.rows import row_locked, table_of, update_row
from mailbot.records.sheet import Sheet
from mailbot.records.suppression import is_suppressed, stopped_kinds
from mailbot.records.tables import (
    AddressStatus,
    Client,
    DecisionRow,
    LetterRow,
    LetterState,
    QuestionRow,
)

Record = TypeVar("Record", bound=Kept)


class Pen:
    """Writes for one decision, in the transaction of `session`, at one moment, on a sheet that it may share.

    New rows go into the database when somebody looks for them; the last ones are written by whoever lent the sheet.
    """

    def __init__(
        self,
        session: Session,
        decision_id: int,
        duty: str,
        now: datetime,
        arrival_id: int | None,
        sheet: Sheet | None = None,
    ) -> None:
        self.decision_id = decision_id
        self.duty = duty
        self.now = now
        self.arrival_id = arrival_id
        self._session = session
        self._sheet = sheet or Sheet(session)
        self.changes: list[dict[str, Any]] = []  # rows of Change; whoever lent the pen writes them

    @property
    def session(self) -> Session:
        """The session, in which all is found that was written so far."""
        self._sheet.rows.write()
        return self._session

    def insert(self, record: Record) -> Record:
        """Adds a new row; it belongs to this decision, and its key is known afterwards."""
        record.made_by = self.decision_id
        self._note_new(record, self._sheet.rows.add(record))
        return record

    def update(self, record: Kept | DecisionRow, **values: Any) -> None:
        """Changes columns of a row. What is equal already is no change."""
        before = {name: getattr(record, name) for name in values}
        after = {name: value for name, value in values.items() if before[name] != value}
        if not after:
            return
        self._sheet.rows.write_before(type(record), record.id, after)
        update_row(self._session.connection(), record, after)
        self._note(record, before={name: before[name] for name in after}, after=after)

    def get(self, table: type[Record], key: int) -> Record:
        """A row by its key, locked until the transaction ends; a row that is gone was known wrongly: TryAgain."""
        self._sheet.rows.write_before(table, key)
        record = row_locked(self._session, table, key)
        if record is None or record.undone_by is not None:
            raise TryAgain(f"{table_of(table).name} {key} is no longer there; the mail will be decided anew")
        return record

    def post(self, letter: Letter, draft: Draft) -> LetterRow | None:
        """Puts a letter into the outbox, composed from this draft; None where the same letter was written before.

        A letter to an address that is dead is kept on hold; to one that asked us to stop, unless it answers a mail or
        is of a kind that outlives a stop. One of a kind that its reader has stopped is withdrawn. To a contact who is
        away it waits until they are back, unless it answers a mail.
        """
        if self._sheet.written.has(letter):
            return None
        state, not_before = self._way_to(draft, address_key(letter.recipient))
        not_before = max(not_before, draft.not_before or not_before)
        row = LetterRow(
            ref=letter.ref,
            duty=self.duty,
            purpose=letter.purpose,
            object=letter.object,
            period=letter.period,
            recipient=letter.recipient,
            recipient_key=address_key(letter.recipient),
            envelope_sender=letter.envelope_sender,
            message_id=letter.message_id,
            subject=letter.subject,
            text=letter.text,
            content=letter.content,
            acknowledgement=letter.acknowledgement,
            client_id=letter.about_client,
            kind=letter.kind,
            state=state,
            created_at=self.now,
            try_after=not_before,
            made_by=self.decision_id,
        )
        self._sheet.written.add(letter)
        self._note_new(row, self._sheet.rows.add(row))
        return row

    def letters_waiting_for(self, recipient_key: str) -> Sequence[LetterRow]:
        """The letters that wait to go to this address, locked until the transaction ends; the first ones first."""
        if any(row["recipient_key"] == recipient_key for row in self._sheet.rows.waiting(LetterRow)):
            self._sheet.rows.write()
        return self._session.scalars(_WAITING_FOR, {"key": recipient_key}).all()

    def ask(
        self, letter: LetterRow, duty: str, kind: str, words: str, context: Mapping[str, object], *, is_followed: bool
    ) -> QuestionRow:
        """Opens the question that a letter asks: from here on it waits for the answer of who gets the letter."""
        return self.insert(
            QuestionRow(
                letter_ref=letter.ref,
                duty=duty,
                kind=kind,
                asked_key=letter.recipient_key,
                words=words,
                context=plain(context),
                followed=is_followed,
                asked_at=self.now,
            )
        )

    def _way_to(self, draft: Draft, key: str) -> tuple[LetterState, datetime]:
        """Whether a letter to this address may go, and when at the earliest."""
        answers, kind = draft.answers is not None, draft.kind
        addressee = self._sheet.addressee(key)
        if addressee is None:
            forgotten = not answers and is_suppressed(self.session, key)
            return LetterState.ON_HOLD if forgotten else LetterState.WAITING, self.now
        if kind is not None and not answers and kind in stopped_kinds(self.session, key):
            return LetterState.WITHDRAWN, self.now
        outlives = answers or (kind is not None and kind.outlives_stop)
        may_go = addressee.status is AddressStatus.OK or (outlives and addressee.status is AddressStatus.STOPPED)
        back_at = None if answers else addressee.back_at(self.now)
        return LetterState.WAITING if may_go else LetterState.ON_HOLD, back_at or self.now

    def _note_new(self, record: Kept, written: Mapping[str, Any]) -> None:
        self._note(record, before=None, after={name: value for name, value in written.items() if name not in _NOT_TOLD})

    def _note(self, record: Kept | DecisionRow, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
        if isinstance(record, Client) and not NAMING.isdisjoint(after):
            name_written(self.session, record.id)
        self._sheet.note(record)
        self.changes.append(
            {
                "decision_id": self.decision_id,
                "table_name": table_of(type(record)).name,
                "row_id": record.id,
                "before": None if before is None else plain(before),
                "after": plain(after),
            }
        )


_WAITING_FOR = (
    select(LetterRow)
    .where(
        LetterRow.recipient_key == bindparam("key"),
        LetterRow.state == LetterState.WAITING,
        LetterRow.undone_by.is_(None),
    )
    .order_by(LetterRow.id)
    .with_for_update()
)
_NOT_TOLD = frozenset({"content", "made_by", "undone_by"})  # bytes of a letter, and what the change itself says
