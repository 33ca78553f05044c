"""The letters that the kernel itself writes, all to the coordinator: a proposal, that one came too late, and that an
address is written to too often.

Their templates stand in the folder of the desk duty, and are given the facts that stand here.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.clock import local_date
from mailbot.deciding.matter import Course, Matter
from mailbot.deciding.to_a_person import DESK, about, coordinator
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.proposals import PROPOSAL, Approved, steps_key

APPROVE = "approve"  # the kind of the question that a proposal asks
_LONGEST_STEP = 80  # characters of the first step, in the subject of the letter


def proposal(matter: Matter, course: Course) -> Send | None:
    """Asks whether what is planned may be done. None where there is no coordinator.

    What falls due by the clock is found again every day until it is done: the same steps are asked about once.
    """
    to = coordinator(matter.known)
    german = to is not None and to.recipient.language == "de"
    steps = tuple(action.in_german() if german else str(action) for action in course.planned)
    mail = about(matter.message, matter.now)
    facts: dict[str, Plain] = {
        **mail,
        "subject": mail["subject"] if matter.message else one_line(steps[0], _LONGEST_STEP),
        "rule": matter.rule or matter.kind,
        "steps": steps,
    }
    question = Question(matter.orders.desk, APPROVE, course.summary, {"decision": matter.ref})
    key = matter.ref if matter.message else steps_key(course.planned)
    return _to_coordinator(matter, "proposal", PROPOSAL, key, facts, asks=question)


def not_as_proposed(approved: Approved, to: PersonCard) -> Send:
    """To whoever said yes to what had fallen due: it was not done, because it is no longer so."""
    facts: dict[str, Plain] = {"about": approved.ref, "asked": approved.subject}
    return Send(Draft(to.recipient, f"{DESK}/not_as_proposed", facts, "not-as-proposed", approved.yes))


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
