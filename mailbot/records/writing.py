"""Carries a decision out: the decision with its reasons, every change, the letters, and the state of the mail, in the
transaction of the caller. All of it is there after the commit, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, insert, update
from sqlalchemy.orm import Session

from mailbot.message.model import Message
from mailbot.records import snapshot
from mailbot.records.codec import kept_text, plain
from mailbot.records.decision import Action, Decision
from mailbot.records.known import Known
from mailbot.records.pen import Pen
from mailbot.records.rows import table_of
from mailbot.records.tables import Arrival, ArrivalState, DecisionRow


def write(
    session: Session, decision: Decision, known: Known, arrival_id: int | None = None, message: Message | None = None
) -> int:
    """Writes one decision and does what it says. Returns the key of its row.

    Raises TryAgain where the records have moved on since they were known: the caller rolls back and decides anew.
    """
    session.connection().execute(_DECIDE, _row(session, decision, known, arrival_id))
    pen = Pen(session, known.number, decision.duty, decision.decided_at, arrival_id)
    for action in decision.actions:
        action.carry_out(pen)
    pen.put_down()
    if arrival_id is not None:
        _settle(session, arrival_id, decision, message)
    return known.number


@dataclass(frozen=True, slots=True)
class Quiet:
    """A decision about a mail that does nothing to the records."""

    decision: Decision
    known: Known
    arrival_id: int
    message: Message


def write_quiet(session: Session, mails: Sequence[Quiet]) -> None:
    """Writes decisions that do nothing, all at once: most mails of an inbox are none of the desk's business."""
    if not mails:
        return
    rows = [_row(session, mail.decision, mail.known, mail.arrival_id) for mail in mails]
    session.connection().execute(_DECIDE, rows)
    settled = [_settled(mail.arrival_id, mail.decision, mail.message) for mail in mails]
    session.connection().execute(_SETTLE, settled)


def _row(session: Session, decision: Decision, known: Known, arrival_id: int | None) -> dict[str, Any]:
    return {
        "id": known.number,
        "ref": decision.ref,
        "origin": decision.origin,
        "arrival_id": arrival_id,
        "job": decision.job,
        "decided_at": decision.decided_at,
        "kind": decision.kind,
        "duty": decision.duty,
        "rule": decision.rule,
        "level": decision.level,
        "trust": decision.trust,
        "folder": decision.folder.value,
        "carried_out": decision.carried_out,
        "summary": plain(decision.summary),
        "evidence": plain(decision.evidence),
        "trace": plain(decision.trace),
        "actions": [_told(action) for action in (*decision.actions, *decision.planned)],
        "known": snapshot.pack(known),
        "circumstances_id": snapshot.circumstances_of(session, known),
    }


def _told(action: Action) -> dict[str, str]:
    return {"name": action.name, "words": plain(str(action))}


_DECIDE = insert(table_of(DecisionRow))

# A mail is moved once: one that is decided anew, after a person's word, stays where the first decision put it.
_WANTED = case(
    (table_of(Arrival).c.filed_at.is_(None), bindparam("new_folder_wanted")), else_=table_of(Arrival).c.folder_wanted
)
_SETTLE = (
    update(table_of(Arrival))
    .where(table_of(Arrival).c.id == bindparam("arrival"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("state", "message_id", "content_hash", "sender_key", "subject")}
        | {"folder_wanted": _WANTED, "lease_of": None, "lease_until": None}
    )
)


def _settle(session: Session, arrival_id: int, decision: Decision, message: Message | None) -> None:
    """Marks the mail as decided, and says where it is wanted. The move itself comes after the commit."""
    session.connection().execute(_SETTLE, _settled(arrival_id, decision, message))


def _settled(arrival_id: int, decision: Decision, message: Message | None) -> dict[str, Any]:
    return {
        "arrival": arrival_id,
        "new_state": _state(decision),
        "new_folder_wanted": decision.folder.value,
        "new_message_id": _cut(message.message_id, 998) if message else None,
        "new_content_hash": message.content_hash if message else None,
        "new_sender_key": _cut(message.sender.key, 320) if message and message.sender else None,
        "new_subject": _cut(message.subject, 300) if message else None,
    }


def _state(decision: Decision) -> ArrivalState:
    undecided = (ArrivalState.SET_ASIDE, ArrivalState.TOO_BIG)
    return next((state for state in undecided if state.value == decision.kind), ArrivalState.DECIDED)


def _cut(value: str | None, length: int) -> str | None:
    return None if value is None else kept_text(value, length)
