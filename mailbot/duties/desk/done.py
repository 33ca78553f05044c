"""DONE: the tasks that a decision has left are done, or it is said why they are not, and what to reply instead."""

from __future__ import annotations

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.desk.recalling import recalled_of
from mailbot.duties.desk.replies import obeyed, reply
from mailbot.duties.desk.tasks import Question, TaskLeft, TasksLeft
from mailbot.duties.desk.words import Command
from mailbot.errors import OurBug
from mailbot.letters.model import Plain
from mailbot.records.questions import CloseQuestion, CloseTask
from mailbot.sorting.model import Trust


def done(situation: Situation, _: NoParameters) -> Plan:
    """Closes what a decision left to the sender; a coordinator, a manager or an admin closes it for anybody."""
    command, left = situation.finding.facts, recalled_of(situation.known).tasks
    if not isinstance(command, Command) or left is None:
        raise OurBug("the verb 'done' was asked about a mail that does not say DONE")
    tasks = tuple(task for task in left.tasks if task.is_open and _may_close(situation, task))
    questions = tuple(each for each in left.questions if each.is_the_desks and _may_answer(situation, each))
    if not (tasks or questions):
        return _not_done(situation, command, left)
    facts: dict[str, Plain] = {"key": "done", "about": left.ref, "tasks": tuple(task.words for task in tasks)}
    return obeyed(
        f"{left.ref}: done.",
        *(CloseQuestion(each.id, command.words.words) for each in questions),
        *(CloseTask(task.id) for task in tasks),
        reply(situation, "noted", facts),
    )


def _not_done(situation: Situation, command: Command, left: TasksLeft) -> Plan:
    """Says what stands in the way; the first reason that fits."""
    keepers = dict.fromkeys(task.person or "" for task in left.tasks if task.is_open)
    asks = next((each.letter_ref for each in left.questions if not each.is_the_desks), "")
    settled = next((task.settled for task in reversed(left.tasks) if task.settled), left.answered)
    if keepers:
        reason = "another's"
    elif left.questions:
        reason = "asks" if asks else "another's"
    else:
        reason = "settled" if left.tasks or left.answered else "none"
    facts: dict[str, Plain] = {
        "asked": command.written.upper(),
        "about": left.ref,
        "reason": reason,
        "keepers": tuple(name for name in keepers if name),
        "letter": asks,
        "meanwhile": settled.ref if settled else "",
        "by": settled.by if settled else "",
        "on": settled.at if settled else None,
    }
    return obeyed(f"{command.written} {left.ref}: nothing closed ({reason}).", reply(situation, "not_done", facts))


def _may_close(situation: Situation, task: TaskLeft) -> bool:
    sender = situation.known.sender
    person = sender.person if sender else None
    return situation.sorted.trust.trust >= Trust.T4 or (person is not None and person.id == task.person_id)


def _may_answer(situation: Situation, question: Question) -> bool:
    return situation.sorted.trust.trust >= Trust.T4 or situation.known.is_senders(question.asked_key)
