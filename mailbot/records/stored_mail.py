"""Mails as they are stored: looked at by the doctor, read again by a replay, named to a person when in trouble."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.records.reading_only import ReadOnly
from mailbot.records.tables import Arrival, ArrivalState, CircumstancesRow, DecisionRow, RawMail

_NOT_DECIDED_BY_RULES: Final = (ArrivalState.SET_ASIDE.value, ArrivalState.TOO_BIG.value)


@dataclass(frozen=True, slots=True)
class DecidedMail:
    """A mail with the decision about it, as it was written. `actions` are pairs of name and words; `raw` is None where
    the bytes are no longer kept."""

    ref: str
    decided_at: datetime
    sender: str
    subject: str
    kind: str
    rule: str
    folder: str
    actions: tuple[tuple[str, str], ...]
    known: bytes
    circumstances: bytes
    raw: bytes | None


def newest(session: Session, mailbox: str, most: int) -> Sequence[bytes]:
    """The bytes of the newest mails that came from a mailbox."""
    query = (
        select(RawMail.content)
        .join(Arrival, Arrival.id == RawMail.arrival_id)
        .where(Arrival.mailbox == mailbox)
        .order_by(Arrival.id.desc())
        .limit(most)
    )
    return session.scalars(query).all()


def is_undecided(session: Session, arrival_id: int, worker: str) -> bool:
    """Whether this worker still has the mail, and nobody has decided it; nobody else can, until the session ends."""
    arrival = session.get_one(Arrival, arrival_id, with_for_update=True)
    return arrival.state is ArrivalState.ACCEPTED and arrival.lease_of == worker


def decided_between(records: ReadOnly, since: datetime, until: datetime) -> Iterator[DecidedMail]:
    """Every mail that the rules decided from `since` on and before `until`, in their order, a few at a time."""
    query = _DECIDED.where(DecisionRow.decided_at >= since, DecisionRow.decided_at < until)
    for row in records.rows(query):
        yield DecidedMail(
            ref=row.ref,
            decided_at=row.decided_at,
            sender=row.sender_key or "nobody",
            subject=row.subject or "",
            kind=row.kind,
            rule=row.rule,
            folder=row.folder,
            actions=tuple((action["name"], action["words"]) for action in row.actions),
            known=row.known or b"",
            circumstances=row.circumstances or b"",
            raw=row.content,
        )


_DECIDED: Final = (
    select(
        DecisionRow.ref,
        DecisionRow.decided_at,
        DecisionRow.kind,
        DecisionRow.rule,
        DecisionRow.folder,
        DecisionRow.actions,
        DecisionRow.known,
        CircumstancesRow.content.label("circumstances"),
        Arrival.sender_key,
        Arrival.subject,
        RawMail.content,
    )
    .join(Arrival, Arrival.id == DecisionRow.arrival_id)
    .join(RawMail, RawMail.arrival_id == Arrival.id, isouter=True)
    .join(CircumstancesRow, CircumstancesRow.id == DecisionRow.circumstances_id, isouter=True)
    .where(DecisionRow.kind.notin_(_NOT_DECIDED_BY_RULES))
    .order_by(DecisionRow.id)
    .execution_options(yield_per=100)
)
