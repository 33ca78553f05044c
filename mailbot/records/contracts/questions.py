"""Questions about contracts that one duty asks and another understands: whether a client has used a benefit, how a
contract goes on, whether one that is lost was cancelled, and what a department says to a change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mailbot.records.decision import Question
from mailbot.records.known import QuestionCard

BENEFIT_USED: Final = "benefit-used"  # the kind of the question
BENEFITS: Final = (
    "benefits"  # in its context: the keys of the deliverables, in the order in which the letter names them
)

HOW_IT_STANDS: Final = "how-it-stands"  # asked before a contract has to be decided on
HOW_RENEWED: Final = "how-renewed"  # asked of who has said that a contract goes on: for how long, and for how much
WAS_CANCELLED: Final = "was-cancelled"  # asked of who has said that a contract is lost
CONTRACT: Final = "ref"  # in the context of these three: the number of the contract

PART_CHANGED: Final = "part-changed"  # told to a department: what it has to deliver is something else from now on
ITEMS: Final = "items"  # in its context, as in all that departments are asked: the keys of the deliverables
ORDERED_BY: Final = "ordered_by"  # the person who hears what the department says to it


def part_changed(duty: str, words: str, deliverable_ids: Iterable[int], ordered_by: int) -> Question:
    """No answer is needed; what comes is read by the duty that looks after departments."""
    context = {ITEMS: list(deliverable_ids), ORDERED_BY: ordered_by}
    return Question(duty, PART_CHANGED, words, context, followed=True)


def benefit_question(duty: str, words: str, client_id: int, deliverable_ids: Iterable[int]) -> Question:
    """Has the client used these?"""
    return Question(duty, BENEFIT_USED, words, {"client_id": client_id, BENEFITS: list(deliverable_ids)})


def benefits_asked(question: QuestionCard | None) -> tuple[int, ...]:
    """The deliverables that a question is about, in the order of its letter; () where it is about none."""
    named = question.context.get(BENEFITS) if question is not None else None
    if not isinstance(named, list | tuple):
        return ()
    return tuple(int(each) for each in named if isinstance(each, int))
