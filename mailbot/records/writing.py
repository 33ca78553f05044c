"""Carries a decision out: the decision with its reasons, every change, the letters, and the state of the mail, in the
transaction of the caller. All of it is there after the commit, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, insert, update
from sqlalchemy.orm import Session

from mailbot.letters.model import Letter
from mailbot.message.sealing import SealedMail
from mailbot.records import last_ok, outbox, snapshot
from mailbot.records.codec import kept_text, plain
from mailbot.records.decision import Action, Decision, Send
from mailbot.records.known import Known
from mailbot.records.pen import Pen
from mailbot.records.rows import table_of
from mailbot.records.sheet import Sheet
from mailbot.records.tables import Arrival, ArrivalState, Change, DecisionRow


def write(
    session: Session, decision: Decision, known: Known, arrival_id: int | None = None, mail: SealedMail | None = None
) -> int:
    """Writes one decision and does what it says. Returns the key of its row.

    Raises TryAgain where the records have moved on since they were known: the caller rolls back and decides anew.
    """
    write_all(session, [Entry(decision, known, arrival_id, mail)])
    return known.number


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision that is to be written, with what it was made of: a mail, where there was one."""

    decision: Decision
    known: Known
    arrival_id: int | None
    mail: SealedMail | None


def write_all(session: Session, entries: Sequence[Entry]) -> None:
    """Writes decisions and does what they say, one after the other. What is the same for each of them, its row, its
    changes and the state of its mail, goes into the database for all of them at once.

    Raises TryAgain where the records have moved on since one of them was known.
    """
    if not entries:
        return
    connection = session.connection()
    connection.execute(_DECIDE, [_row(session, entry) for entry in entries])
    sheet = Sheet(session, _letters_of(entries), len(entries))
    changes = [change for entry in entries for change in _carried_out(session, entry, sheet)]
    sheet.rows.write()
    if changes:
        connection.execute(_CHANGED, changes)
    now = entries[-1].decision.decided_at
    outbox.prove_sent(session, _proven(entries), now)
    last_ok.note_senders(session, _believed(entries), now)
    mails = [_settled(entry.arrival_id, entry) for entry in entries if entry.arrival_id is not None]
    if mails:
        connection.execute(_SETTLE, mails)


def _letters_of(entries: Sequence[Entry]) -> list[Letter]:
    actions = (action for entry in entries for action in entry.decision.actions)
    return [each.letter for each in actions if isinstance(each, Send) and each.letter]


def _carried_out(session: Session, entry: Entry, sheet: Sheet) -> Sequence[Mapping[str, Any]]:
    decision = entry.decision
    pen = Pen(session, entry.known.number, decision.duty, decision.decided_at, entry.arrival_id, sheet)
    for action in decision.actions:
        action.carry_out(pen)
    return pen.changes


def _proven(entries: Sequence[Entry]) -> list[str]:
    """The letters that these mails answer, or return."""
    return [letter.ref for entry in entries for letter in entry.known.letters if letter.proven]


def _believed(entries: Sequence[Entry]) -> Iterator[str]:
    """The addresses that believed mails came from."""
    for entry in entries:
        sender_key = entry.mail.cover.sender_key if entry.mail else None
        if sender_key is not None and entry.decision.trust in _BELIEVED:
            yield sender_key


def _row(session: Session, entry: Entry) -> dict[str, Any]:
    decision, known = entry.decision, entry.known
    return {
        "id": known.number,
        "ref": decision.ref,
        "origin": decision.origin,
        "arrival_id": entry.arrival_id,
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
        "evidence": decision.evidence,
        "trace": decision.trace,
        "actions": [_told(action) for action in (*decision.actions, *decision.planned)],
        "known": snapshot.pack(known),
        "circumstances_id": snapshot.circumstances_of(session, known),
    }


def _told(action: Action) -> dict[str, str]:
    """An action in words; in German too, where that has words of its own."""
    words, german = plain(str(action)), plain(action.in_german())
    return {"name": action.name, "words": words} | ({"german": german} if german != words else {})


_DECIDE = insert(table_of(DecisionRow))
_CHANGED = insert(table_of(Change))
_BELIEVED = ("T2", "T3", "T4")  # as the trust of a decision is kept

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


def _settled(arrival_id: int, entry: Entry) -> dict[str, Any]:
    """The mail is decided, and wanted in a folder. The move itself comes after the commit."""
    decision, mail = entry.decision, entry.mail
    return {
        "arrival": arrival_id,
        "new_state": _state(decision),
        "new_folder_wanted": decision.folder.value,
        "new_message_id": _cut(mail.cover.message_id, 998) if mail else None,
        "new_content_hash": mail.cover.content_hash if mail else None,
        "new_sender_key": _cut(mail.cover.sender_key, 320) if mail else None,
        "new_subject": _cut(mail.subject, 300) if mail else None,
    }


def _state(decision: Decision) -> ArrivalState:
    undecided = (ArrivalState.SET_ASIDE, ArrivalState.TOO_BIG)
    return next((state for state in undecided if state.value == decision.kind), ArrivalState.DECIDED)


def _cut(value: str | None, length: int) -> str | None:
    return None if value is None else kept_text(value, length)
