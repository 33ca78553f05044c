"""`mailbot held`: what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.cli.commands import Exit
from mailbot.cli.opening import Records, records
from mailbot.cli.terminal import as_json, many, moment, say, table
from mailbot.duties.desk.tasks import tasks_left_by
from mailbot.errors import Never, TryAgain
from mailbot.letters.cleaning import one_line
from mailbot.letters.refs import decision_of
from mailbot.records.decision import Action
from mailbot.records.questions import CloseQuestion, CloseTask, NoteDone
from mailbot.records.tables import DecisionRow, Person, QuestionRow, QuestionState, TaskRow, TaskState
from mailbot.records.waiting_mails import WaitingMail, waiting_mail, waiting_mails

_LONGEST_KEY = 19  # digits of the highest number that the records can hold


@dataclass(frozen=True, slots=True)
class HeldTask:
    """A task that nobody has done yet."""

    task: int
    since: datetime
    who: str | None
    what: str
    decision: str | None


@click.command()
@click.option("--done", metavar="TASK|REF", help="This task is done, or all that this decision has left to people.")
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Mails to list.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each of them.")
@click.pass_context
def held(ctx: click.Context, done: str | None, most: int, in_json: bool) -> None:
    """What waits for a person: open tasks, and mails that nobody has settled, the newest first.

    A mail is settled when its task is done. One that left no task, such as a forged one, is settled by --done with the
    reference of its decision. Exit code 1 where something waits.

    \b
    mailbot held
    mailbot held --done 12
    mailbot held --done N-0412
    """
    with records(ctx) as opened:
        if done is not None:
            if done.isdecimal() and len(done) < _LONGEST_KEY:
                _close(opened, int(done))
            else:
                _settle(opened, decision_of(done.strip().upper()))
            return
        with opened.database.reading() as session:
            tasks = _tasks(session)
            mails = waiting_mails(session, most)
            questions = _open_questions(session)
        if in_json:
            for each in (*tasks, *mails):
                as_json(each)
        else:
            _show(opened, tasks, mails, questions)
    ctx.exit(Exit.LOOK if tasks or mails else Exit.OK)


def _close(opened: Records, task: int) -> None:
    try:
        ref = opened.by_hand().decide("task done", f"Task {task} is done.", [CloseTask(task)])
    except TryAgain as gone:
        raise Never(f"there is no open task {task}: `mailbot held` lists them") from gone
    say(f"Task {task} is done ({ref}).")


def _settle(opened: Records, ref: str) -> None:
    with opened.database.reading() as session:
        left, mail = tasks_left_by(session, ref), waiting_mail(session, ref)
    actions: list[Action] = [CloseTask(task.id) for task in left.tasks if task.is_open]
    actions += [CloseQuestion(each.id, "done") for each in left.questions if each.is_the_desks]
    if not actions and mail is not None:
        actions = [NoteDone(mail, ref)]
    if not actions:
        raise Never(f"nothing waits that {ref} has left: `mailbot held` lists what does")
    say(f"{ref} is done ({opened.by_hand().decide('done', f'{ref} is done.', actions)}).")


def _tasks(session: Session) -> tuple[HeldTask, ...]:
    query = (
        select(TaskRow.id, TaskRow.created_at, Person.name, TaskRow.words, DecisionRow.ref)
        .join(Person, Person.id == TaskRow.person_id, isouter=True)
        .join(DecisionRow, DecisionRow.id == TaskRow.made_by, isouter=True)
        .where(TaskRow.state == TaskState.OPEN, TaskRow.undone_by.is_(None))
        .order_by(TaskRow.id.desc())
    )
    return tuple(HeldTask(*row) for row in session.execute(query))


def _open_questions(session: Session) -> int:
    waiting = select(func.count(QuestionRow.id)).where(
        QuestionRow.state == QuestionState.OPEN, QuestionRow.undone_by.is_(None)
    )
    return session.scalar(waiting) or 0


def _show(opened: Records, tasks: Sequence[HeldTask], mails: Sequence[WaitingMail], questions: int) -> None:
    zone = opened.desk.zone
    if tasks:
        say(many(len(tasks), "open task", "open tasks"), style="bold")
        rows = [(each.task, moment(each.since, zone), each.who or "nobody", each.what, each.decision) for each in tasks]
        table(("task", "since", "for", "what", "decision"), rows, wide=("what",))
        say()
    if mails:
        say(f"{many(len(mails), 'mail', 'mails')} held, the newest first", style="bold")
        for mail in mails:
            say(
                f"{mail.decision}  {moment(mail.since, zone)}  {mail.folder or 'the inbox'}  {mail.sender or 'nobody'}",
                indent=2,
            )
            say(f'  "{one_line(mail.subject or "")}": {one_line(mail.why, 500)}')
        say()
    if not tasks and not mails:
        say("nothing is held")
    if questions:
        say(f"{many(questions, 'question waits', 'questions wait')} for an answer by mail")
