"""What came back before: how often lately, and whose letters those were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mailbot.duties.bounces.reports.failure import Outcome, Reason
from mailbot.duties.bounces.tables import Bounce
from mailbot.records.tables import Address, AddressStatus, Arrival, DecisionRow, LetterRow
from mailbot.records.together import contacts_address, first_of_each, found_for

_MOST_PASSING: Final = 100

PASSING: Final = (Reason.MAILBOX_FULL, Reason.TEMPORARY)  # what counts against an address only if it goes on


@dataclass(frozen=True, slots=True)
class Passed:
    """A trouble of an address that passes: its mailbox was full, its server was busy."""

    address_key: str
    at: datetime


_PASSED = first_of_each(
    select(Bounce.address_key, Bounce.seen_at, Address.last_ok, Address.status_since)
    .join(Address, Address.id == Bounce.address_id)
    .where(
        Bounce.address_key.in_(bindparam("keys", expanding=True)),
        Bounce.outcome == Outcome.FAILED,
        Bounce.reason.in_(PASSING),
        Bounce.undone_by.is_(None),
        Address.status == AddressStatus.OK,
    ),
    Bounce.address_key,
    Bounce.seen_at.desc(),
    _MOST_PASSING,
)


def passing(session: Session, keys: Collection[str]) -> tuple[Passed, ...]:
    """What passed at these addresses since they were last known to work; a delay is none, the letter may yet arrive."""
    found = (found_for(session, _passing, key, contacts_address) or () for key in sorted(keys))
    latest_first = sorted((each for passed in found for each in passed), key=lambda each: each.at, reverse=True)
    return tuple(latest_first[:_MOST_PASSING])


def _passing(session: Session, keys: Sequence[str]) -> dict[str, list[Passed]]:
    rows = session.connection().execute(_PASSED, {"keys": keys})
    found: dict[str, list[Passed]] = defaultdict(list)
    for key, at, *well in rows:
        if all(since is None or at > since for since in well):
            found[key].append(Passed(key, at))
    return found


def counted_before(session: Session, refs: Collection[str]) -> tuple[tuple[str, str, Outcome, bool], ...]:
    """Letter, address, outcome, and whether that was its death, of what counted of the last hand-over of these letters.

    Those that were taken back included: the same letter does not count a second time.
    """
    if not refs:
        return ()
    rows = session.execute(
        select(Bounce.letter_ref, Bounce.address_key, Bounce.outcome, Bounce.is_dead)
        .join(LetterRow, LetterRow.ref == Bounce.letter_ref)
        .where(Bounce.letter_ref.in_(refs), Bounce.hand_over == LetterRow.tries)
    )
    return tuple((row.letter_ref, row.address_key, row.outcome, row.is_dead) for row in rows)


def writers(session: Session, refs: Collection[str]) -> tuple[tuple[str, int], ...]:
    """For those of these letters that were written because of a colleague's mail: whose it was."""
    if not refs:
        return ()
    rows = session.execute(
        select(LetterRow.ref, Address.person_id)
        .join(DecisionRow, DecisionRow.id == LetterRow.made_by)
        .join(Arrival, Arrival.id == DecisionRow.arrival_id)
        .join(Address, Address.key == Arrival.sender_key)
        .where(LetterRow.ref.in_(refs), Address.person_id.is_not(None), Address.undone_by.is_(None))
    )
    return tuple((row.ref, row.person_id) for row in rows)
