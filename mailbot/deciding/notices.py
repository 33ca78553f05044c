"""The letters that the kernel itself writes, both to the coordinator: a proposal, and that an address is written to
too often.

Their templates stand in the folder of the desk duty, and are given the facts that stand here.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.clock import local_date
from mailbot.deciding.matter import Course, Matter
from mailbot.deciding.to_a_person import about, coordinator
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Question, Send

APPROVE = "approve"  # the kind of the question that a proposal asks


def proposal(matter: Matter, course: Course) -> Send | None:
    """Asks whether what is planned may be done. None where there is no coordinator.

    What fell due by the clock is only told: its day is over before a person answers, and nothing decides it anew.
    """
    to = coordinator(matter.known)
    german = to is not None and to.recipient.language == "de"
    steps = tuple(action.in_german() if german else str(action) for action in course.planned)
    facts: dict[str, Plain] = {
        **about(matter.message, matter.now),
        "rule": matter.rule or matter.kind,
        "steps": steps,
    }
    question = Question(matter.orders.desk, APPROVE, course.summary, {"decision": matter.ref})
    asks = question if matter.message else None
    return _to_coordinator(matter, "proposal", "proposal", matter.ref, facts, asks=asks)


def too_many_answers(matter: Matter, address: str, counted: int, limit: int) -> Send | None:
    """Says that one address is no longer answered today, after `counted` letters. None where nobody coordinates."""
    facts: dict[str, Plain] = {
        "sender": address,
        "counted": counted,
        "limit": limit,
    }
    today = local_date(matter.now, matter.known.desk.zone).isoformat()
    return _to_coordinator(matter, "too_many_answers", "brake", address, facts, period=today)


def _to_coordinator(
    matter: Matter,
    template: str,
    purpose: str,
    subject: str,
    facts: Mapping[str, Plain],
    *,
    period: str = "",
    asks: Question | None = None,
) -> Send | None:
    to = coordinator(matter.known)
    if to is None:
        return None
    draft = Draft(to.recipient, f"{matter.orders.desk}/{template}", facts, purpose, subject, period)
    return Send(draft, asks)
