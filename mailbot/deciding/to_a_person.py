"""What the desk does with a mail that it cannot settle: it leaves it to a person, with a task and a letter."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.message.addresses import address_key
from mailbot.message.model import Message
from mailbot.records.decision import Folder, Question, Send
from mailbot.records.known import Known
from mailbot.records.questions import OpenTask
from mailbot.records.tables import Role

DESK: Final = "desk"  # the one duty that is named here: it takes what no other does, and the answers to our letters
NEEDS_PERSON: Final = "needs-person"


def left_to_a_person(
    message: Message | None, known: Known, ref: str, now: datetime, why: str
) -> tuple[OpenTask | Send, ...]:
    """A task, and the letter that names it to the coordinator, who says DONE when it is done; no letter to nobody."""
    task = OpenTask(DESK, NEEDS_PERSON, f"{ref}: {why}")
    facts: dict[str, Plain] = {**about(message, now), "reason": why, "folder": Folder.HELD.value}
    question = Question(DESK, NEEDS_PERSON, why, {"decision": ref})
    to = coordinator(known)
    if to is None:
        return (task,)
    return task, Send(Draft(to, f"{DESK}/needs_person", facts, NEEDS_PERSON, ref), question)


def coordinator(known: Known) -> Recipient | None:
    """The person who is asked where the desk is at its end: the first coordinator who is not the desk itself."""
    for person in known.in_role(Role.COORDINATOR):
        if not known.desk.is_own(address_key(person.address)):
            return person.recipient
    return None


def about(message: Message | None, now: datetime) -> dict[str, Plain]:
    """The mail that a letter to the coordinator is about; what fell due by the clock has no sender (None)."""
    if message is None:
        return {"sender": None, "subject": "", "received": now, "words": ""}
    return {
        "sender": str(message.sender or ""),
        "subject": message.subject,
        "received": message.date or now,
        "words": message.body.for_people.text,
    }
