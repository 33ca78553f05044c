"""What the clock says about issues: a promise is about to break, it has broken, a rest is over. Each once.

What is due is found by an index on the moment of the next ring: it costs what rings, and not what is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.issues.cards import ISSUE, cards_of
from mailbot.duties.issues.facts import IssueCard
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.orders.actions import Wake
from mailbot.duties.issues.promises import times
from mailbot.duties.issues.promises.actions import SetRing
from mailbot.duties.issues.tables import Issue, IssueState, Ring
from mailbot.letters.model import Draft, Plain
from mailbot.records.base import UtcDateTime
from mailbot.records.decision import Action, Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Role

PROMISED: Final = "issue-promised"
_MOST: Final = 200  # at one ring of the clock; the next one takes the rest
_RINGING = (
    ISSUE.add_columns(Issue.rings_for, Issue.rings_at)
    .where(Issue.rings_at <= bindparam("now", type_=UtcDateTime()), Issue.state == IssueState.OPEN)
    .order_by(Issue.rings_at, Issue.id)
    .limit(_MOST)
)
_NEAR = {Ring.ANSWER_NEAR: Ring.ANSWER_LATE, Ring.SOLUTION_NEAR: Ring.SOLUTION_LATE}
_OF_THE_ANSWER = frozenset({Ring.ANSWER_NEAR, Ring.ANSWER_LATE})

Ringing = tuple[tuple[IssueCard, Ring], ...]


def load(session: Session, _known: Known, now: datetime) -> Ringing:
    """The open issues for which the clock rings, and why."""
    rows = session.connection().execute(_RINGING, {"now": now}).all()
    rings = {row.id: row.rings_for for row in rows}
    cards = cards_of(session, [("moment", row) for row in rows])
    return tuple((card, rings[card.id]) for card in cards if rings[card.id] is not None)


def due(ringing: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision for each ring."""
    found = ringing if isinstance(ringing, tuple) else ()
    return tuple(_rung(issue, ring, known, now) for issue, ring in found)


def _rung(issue: IssueCard, ring: Ring, known: Known, now: datetime) -> Due:
    """A desk that slept through the warning says what is so now."""
    late = _NEAR.get(ring)
    by = issue.answer_by if ring in _OF_THE_ANSWER else issue.solve_by
    ring = late if late is not None and by is not None and now >= by else ring
    is_answered = issue.answered_at is not None
    following = SetRing(issue.id, issue.ref, times.after(issue, now, known.desk, is_answered=is_answered))
    actions: list[Action] = [following]
    if ring is Ring.WAKES:
        actions = [Wake(issue.id, issue.ref), following]
    is_moot = ring in _OF_THE_ANSWER and is_answered
    written = () if is_moot else tuple(_letters(issue, ring, known))
    said = {
        Ring.ANSWER_NEAR: "has to have its first answer soon",
        Ring.ANSWER_LATE: "has had no answer in time",
        Ring.SOLUTION_NEAR: "has to be solved soon",
        Ring.SOLUTION_LATE: "is not solved in time",
        Ring.WAKES: "rests no more",
    }[ring]
    kind, said = ("answered", "was answered meanwhile") if is_moot else (ring.value, said)
    plan = Plan(f"{issue.ref} {said}.", (*actions, *written))
    return Due(kind, f"{issue.ref} {said}", plan, once=f"{issue.ref} {ring.value} {by or now:%d%H%M}")


def _letters(issue: IssueCard, ring: Ring, known: Known) -> Iterator[Send]:
    """A warning goes to whoever works on it; what is late, to the coordinator, and to managers where it presses or the
    coordinator is the one who is late."""
    worker = known.person(issue.department_id) or known.person(issue.owner_id)
    is_late = ring in (Ring.ANSWER_LATE, Ring.SOLUTION_LATE)
    above = [*known.in_role(Role.COORDINATOR)]
    if not above or issue.severity.value == "high" or (worker and worker in above):
        above += known.in_role(Role.MANAGER)
    readers = above if is_late or worker is None else [worker]
    for reader in {each.id: each for each in readers}.values():
        yield _letter(issue, ring, reader, worker)


def _letter(issue: IssueCard, ring: Ring, reader: PersonCard, worker: PersonCard | None) -> Send:
    by = issue.answer_by if ring in _OF_THE_ANSWER else issue.solve_by
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "ring": ring.value,
        "writer": issue.who,
        "subject": issue.subject or None,
        "said": issue.first_words or None,
        "worker": worker.name if worker and worker.id != reader.id else None,
        "by": by,
        "promised": issue.promised_on if ring not in _OF_THE_ANSWER else None,
    }
    period = f"{ring.value} {by:%m-%d %H%M} {reader.id}" if by else f"{ring.value} {reader.id}"
    draft = Draft(
        reader.recipient, f"{NAME}/promise", facts, PROMISED, issue.ref, period[:32], about_client=issue.client_id
    )
    return Send(draft)


RINGS: Final = Upkeep(job="rings", at=None, recall=load, due=due)
