"""`mailbot held`: what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from mailbot.cli.commands import Exit
from mailbot.cli.opening import Records, records
from mailbot.cli.terminal import as_json, many, moment, say, table
from mailbot.errors import Never, TryAgain
from mailbot.letters.cleaning import one_line
from mailbot.records.decision import Folder
from mailbot.records.questions import CloseTask
from mailbot.records.tables import (
    Arrival,
    ArrivalState,
    DecisionRow,
    Person,
    QuestionRow,
    QuestionState,
    TaskRow,
    TaskState,
)


@dataclass(frozen=True, slots=True)
class HeldTask:
    """A task that nobody has done yet."""

    task: int
    since: datetime
    who: str | None
    what: str
    decision: str | None


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail that is held or in quarantine, by its last decision."""

    decision: str
    since: datetime
    sender: str | None
    subject: str | None
    why: str
    folder: str


@click.command()
@click.option("--done", type=int, metavar="TASK", help="The task with this number is done.")
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Mails to list.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each of them.")
@click.pass_context
def held(ctx: click.Context, done: int | None, most: int, in_json: bool) -> None:
    """What waits for a person: open tasks, and mails that are held, the newest first.

    Exit code 1 where something waits.

    \b
    mailbot held
    mailbot held --done 12
    """
    with records(ctx) as opened:
        if done is not None:
            _close(opened, done)
            return
        with opened.database.reading() as session:
            tasks = _tasks(session)
            mails = _mails(session, most)
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


def _tasks(session: Session) -> tuple[HeldTask, ...]:
    query = (
        select(TaskRow.id, TaskRow.created_at, Person.name, TaskRow.words, DecisionRow.ref)
        .join(Person, Person.id == TaskRow.person_id, isouter=True)
        .join(DecisionRow, DecisionRow.id == TaskRow.made_by, isouter=True)
        .where(TaskRow.state == TaskState.OPEN, TaskRow.undone_by.is_(None))
        .order_by(TaskRow.id.desc())
    )
    return tuple(HeldTask(*row) for row in session.execute(query))


def _mails(session: Session, most: int) -> tuple[HeldMail, ...]:
    of_arrival = aliased(DecisionRow)
    last = select(func.max(of_arrival.id)).where(of_arrival.arrival_id == Arrival.id).scalar_subquery()
    query = (
        select(
            DecisionRow.ref,
            Arrival.arrived_at,
            Arrival.sender_key,
            Arrival.subject,
            DecisionRow.summary,
            Arrival.folder_wanted,
        )
        .join(DecisionRow, DecisionRow.id == last)
        .where(
            Arrival.folder_wanted.in_((Folder.HELD.value, Folder.QUARANTINE.value)),
            Arrival.state != ArrivalState.ACCEPTED,
        )
        .order_by(Arrival.id.desc())
        .limit(most)
    )
    return tuple(HeldMail(*row) for row in session.execute(query))


def _open_questions(session: Session) -> int:
    waiting = select(func.count(QuestionRow.id)).where(
        QuestionRow.state == QuestionState.OPEN, QuestionRow.undone_by.is_(None)
    )
    return session.scalar(waiting) or 0


def _show(opened: Records, tasks: Sequence[HeldTask], mails: Sequence[HeldMail], questions: int) -> None:
    zone = opened.desk.zone
    if tasks:
        say(many(len(tasks), "open task", "open tasks"), style="bold")
        rows = [(each.task, moment(each.since, zone), each.who or "nobody", each.what, each.decision) for each in tasks]
        table(("task", "since", "for", "what", "decision"), rows, wide=("what",))
        say()
    if mails:
        say(f"{many(len(mails), 'mail', 'mails')} held, the newest first", style="bold")
        for mail in mails:
            say(f"{mail.decision}  {moment(mail.since, zone)}  {mail.folder}  {mail.sender or 'nobody'}", indent=2)
            say(f'  "{one_line(mail.subject or "")}": {one_line(mail.why, 500)}')
        say()
    if not tasks and not mails:
        say("nothing is held")
    if questions:
        say(f"{many(questions, 'question waits', 'questions wait')} for an answer by mail")
