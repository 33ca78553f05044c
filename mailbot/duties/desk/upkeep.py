"""The morning letter to the coordinator: what waits for a person, and what duties that only watch would have done."""

from __future__ import annotations

from datetime import datetime

from mailbot.clock import local_date
from mailbot.config import Level
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.desk.waiting import MORNING_AT, Task, Waiting, load
from mailbot.duties.duty import Upkeep
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Role


def due(waiting: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """The morning letter, on working days on which there is something to write about."""
    today = local_date(now, known.desk.zone)
    if not isinstance(waiting, Waiting) or waiting.is_empty or not known.desk.works_on(today):
        return ()
    letters = tuple(
        Send(
            Draft(
                to=person.recipient,
                template="desk/morning",
                facts={"day": today, **_facts(waiting, person)},
                purpose="morning",
                object=str(person.id),
                period=today.isoformat(),
            )
        )
        for person in known.in_role(Role.COORDINATOR)
    )
    plan = Plan("The morning letter.", letters, acts_from=Level.WATCH)  # it is how watching is told
    return (Due("morning", "something waits for a person", plan),) if letters else ()


def _facts(waiting: Waiting, reader: PersonCard) -> dict[str, Plain]:
    """What the letter says; whose a task is, it says of those that are not the reader's."""
    of = {each: "" if each.person == reader.name else each.person for each in waiting.tasks}
    return {
        "tasks": tuple({"ref": each.ref, "of": of[each], "words": _words(each)} for each in waiting.tasks),
        "tasks_in_all": waiting.tasks_in_all,
        "questions": tuple(
            {"ref": each.ref, "asked": each.of, "since": each.at, "subject": each.subject} for each in waiting.questions
        ),
        "questions_in_all": waiting.questions_in_all,
        "on_hold": waiting.on_hold,
        "would_have": tuple({"ref": each.ref, "summary": each.told(reader.language)} for each in waiting.would_have),
        "would_have_in_all": waiting.would_have_in_all,
    }


def _words(task: Task) -> str:
    """The words of a task without the reference that many of them begin with: it stands before them anyway."""
    return task.words.removeprefix(f"{task.ref}: ")


MORNING = Upkeep(job="morning", at=MORNING_AT, recall=load, due=due)
