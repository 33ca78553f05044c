"""What machines write: an automatic reply belongs to the issue that our letter was about, all others are nothing to
us."""

from __future__ import annotations

from mailbot.duties.issues.facts import RobotNote
from mailbot.duties.issues.kinds import NAME, ROBOT
from mailbot.duties.issues.robots import ticket_number
from mailbot.duties.issues.voices.belonging import first_of, may_continue, words
from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting.model import Automatic, AutomaticKind, Finding, NotMine

_ANSWERING = frozenset({AutomaticKind.AUTO_REPLY, AutomaticKind.CHALLENGE, AutomaticKind.MACHINE})


def read_machine(message: Message, known: Known, automatic: Automatic) -> Finding | NotMine:
    """An automatic reply to a letter of ours, with the number that it gives; a colleague's machine gives none."""
    if automatic.kind not in _ANSWERING:
        return NotMine(f"a machine wrote it: {automatic.why}")
    issue = first_of(known, lambda card: card.found_by == "moment" or may_continue(card, message, known))
    if issue is None:
        return NotMine("it is an automatic reply, and to no letter about an issue")
    number = None
    if known.sender is None or known.sender.person is None:
        number = ticket_number(message.subject, message.body.for_people)
    return Finding(
        duty=NAME,
        kind=ROBOT,
        facts=RobotNote(issue, words(message), number[0] if number else None),
        evidence=(number[1],) if number else (),
        why=f"an automatic reply to our letter about {issue.ref}: {automatic.why}",
    )
