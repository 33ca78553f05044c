"""The letters that the kernel itself writes, all of them to the coordinator: needs a person, a proposal, an alarm.

Their templates stand in the folder of the desk duty, and are given the facts that stand here.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.clock import local_date
from mailbot.deciding.matter import Course, Matter
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Folder, Question, Send

APPROVE = "approve"  # the kind of the question that a proposal asks


def left_to_a_person(
    message: Message | None, known: Known, ref: str, now: datetime, why: str, desk: str = DESK
) -> tuple[Action, ...]:
    """A task, and a letter that names it to the coordinator, who says DONE when it is done; no letter to nobody."""
    task = OpenTask(desk, NEEDS_PERSON, f"{ref}: {why}")
    facts: dict[str, Plain] = {**_about(message, known, now), "reason": why, "folder": Folder.HELD.value}
    question = Question(desk, NEEDS_PERSON, why, {"decision": ref})
    return task, *(
        Send(Draft(to, f"{desk}/needs_person", facts, NEEDS_PERSON, ref), question) for to in _coordinators(known)
    )


def proposal(matter: Matter, course: Course) -> Send | None:
    """Asks whether what is planned may be done. None where there is no coordinator."""
    steps = tuple(str(action) for action in course.planned)
    facts: dict[str, Plain] = {**_about(matter), "rule": matter.rule or matter.kind, "steps": steps}
    question = Question(matter.orders.desk, APPROVE, course.summary, {"decision": matter.ref})
    return _to_coordinator(matter, "proposal", "proposal", matter.ref, facts, asks=question)


def alarm(matter: Matter, address: str) -> Send | None:
    """Says that one address is no longer answered today. None where there is no coordinator."""
    facts: dict[str, Plain] = {
        "alarm": "breaker",
        "sender": address,
        "counted": matter.known.brakes.answers_last_day + 1,
        "limit": matter.known.desk.answers_per_address_and_day,
        "period": "day",
        "held": 0,
    }
    today = local_date(matter.now, matter.known.desk.zone).isoformat()
    return _to_coordinator(matter, "alarm", "brake", address, facts, period=today)


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
    to = matter.coordinator
    if to is None:
        return None
    draft = Draft(to, f"{matter.orders.desk}/{template}", facts, purpose, subject, period)
    return Send(draft, asks)


def _about(matter: Matter) -> dict[str, Plain]:
    """The mail that a notice is about; for what fell due by the clock, the desk itself and the matter."""
    message = matter.message
    if message is None:
        return {"sender": matter.known.desk.name, "subject": matter.kind, "received": matter.now, "words": ""}
    return {
        "sender": str(message.sender or ""),
        "subject": message.subject,
        "received": message.date or matter.now,
        "words": message.body.for_people.text,
    }
