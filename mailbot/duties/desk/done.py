"""DONE: the tasks that decisions have left are done, or it is said why they are not, and what to reply instead."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.desk.recalling import recalled_of
from mailbot.duties.desk.replies import obeyed, reply
from mailbot.duties.desk.tasks import Question, TaskLeft, TasksLeft
from mailbot.duties.desk.words import Command
from mailbot.errors import OurBug
from mailbot.letters.model import Plain
from mailbot.records.decision import Action
from mailbot.records.questions import CloseQuestion, CloseTask
from mailbot.sorting.model import Trust


@dataclass(frozen=True, slots=True)
class _Closing:
    """What the sender may close of that which one decision has left."""

    left: TasksLeft
    tasks: tuple[TaskLeft, ...]
    questions: tuple[Question, ...]

    @property
    def is_done(self) -> bool:
        return bool(self.tasks or self.questions)

    def actions(self, words: str) -> tuple[Action, ...]:
        return (
            *(CloseQuestion(each.id, words) for each in self.questions),
            *(CloseTask(task.id) for task in self.tasks),
        )


def done(situation: Situation, _: NoParameters) -> Plan:
    """Closes what decisions left to the sender; a coordinator, a manager or an admin closes it for anybody."""
    command = situation.finding.facts
    closings = tuple(_closing(situation, left) for left in recalled_of(situation.known).tasks)
    if not isinstance(command, Command) or not closings:
        raise OurBug("the verb 'done' was asked about a mail that does not say DONE")
    if len(closings) > 1:
        return _several(situation, command, closings)
    (closing,) = closings
    if not closing.is_done:
        return _not_done(situation, command, closing.left)
    about, tasks = closing.left.ref, tuple(task.words for task in closing.tasks)
    confirmed = reply(situation, "noted", {"key": "done", "about": about, "tasks": tasks})
    return obeyed(f"{about}: done.", *closing.actions(command.words.words), confirmed)


def _several(situation: Situation, command: Command, closings: tuple[_Closing, ...]) -> Plan:
    """Each for itself, and all told in one letter."""
    closed = [each for each in closings if each.is_done]
    open_still = [each.left for each in closings if not each.is_done]
    actions = [action for each in closed for action in each.actions(command.words.words)]
    facts: dict[str, Plain] = {
        "done": tuple({"ref": each.left.ref, "tasks": tuple(task.words for task in each.tasks)} for each in closed),
        "not_done": tuple(_hindrance(left) for left in open_still),
    }
    said = [f"{', '.join(each.left.ref for each in closed)}: done."] if closed else []
    said += [f"{', '.join(left.ref for left in open_still)}: not closed."] if open_still else []
    return obeyed(" ".join(said), *actions, reply(situation, "done_several", facts))


def _not_done(situation: Situation, command: Command, left: TasksLeft) -> Plan:
    hindrance = _hindrance(left)
    facts: dict[str, Plain] = {"asked": command.written.upper(), **hindrance}
    return obeyed(
        f"{command.written} {left.ref}: nothing closed ({hindrance['reason']}).", reply(situation, "not_done", facts)
    )


def _hindrance(left: TasksLeft) -> dict[str, Plain]:
    """What stands in the way, for a letter; the first reason that fits."""
    keepers = dict.fromkeys(task.person or "" for task in left.tasks if task.is_open)
    asks = next((each.letter_ref for each in left.questions if not each.is_the_desks), "")
    settled = next((task.settled for task in reversed(left.tasks) if task.settled), left.answered)
    if keepers:
        reason = "another's"
    elif left.questions:
        reason = "asks" if asks else "another's"
    else:
        reason = "settled" if left.tasks or left.answered else "none"
    return {
        "about": left.ref,
        "reason": reason,
        "keepers": tuple(name for name in keepers if name),
        "letter": asks,
        "meanwhile": settled.ref if settled else "",
        "by": settled.by if settled else "",
        "on": settled.at if settled else None,
    }


def _closing(situation: Situation, left: TasksLeft) -> _Closing:
    return _Closing(
        left,
        tuple(task for task in left.tasks if task.is_open and _may_close(situation, task)),
        tuple(each for each in left.questions if each.is_the_desks and _may_answer(situation, each)),
    )


def _may_close(situation: Situation, task: TaskLeft) -> bool:
    sender = situation.known.sender
    person = sender.person if sender else None
    return situation.sorted.trust.trust >= Trust.T4 or (person is not None and person.id == task.person_id)


def _may_answer(situation: Situation, question: Question) -> bool:
    return situation.sorted.trust.trust >= Trust.T4 or situation.known.is_senders(question.asked_key)
