"""Who owes the numbers of a week is asked once before they are due and once after; never on a free day, never while
away. The clock says when, the records say whom. Pure but for `load`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.settings import settings_of
from mailbot.duties.sales.weeks.answers import PURPOSE, about_week
from mailbot.duties.sales.weeks.due import ASKED_AGAIN_AT, day_after, due_day, holidays_of, hour_of_asking, week_before
from mailbot.duties.sales.weeks.facts import WEEK_ASKED
from mailbot.duties.sales.weeks.recalling import weeks_known
from mailbot.duties.sales.weeks.standing import NO_WEEKS, Standing, WeeksKnown, standing
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Question, Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import QuestionRow, QuestionState, Role

CHASE: Final = "chase"  # the kind of these decisions


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question for the numbers of a week that nobody has answered."""

    id: int
    rep_id: int
    week: Week


@dataclass(frozen=True, slots=True)
class Owed:
    """What there is to know of who owes numbers: of this week and the one before, and what was asked."""

    weeks: WeeksKnown = NO_WEEKS
    questions: tuple[OpenQuestion, ...] = field(default=())


def load(session: Session, known: Known, now: datetime) -> Owed:
    """The last two weeks of all reps, and the questions that are open."""
    this = Week.of(local_date(now, known.desk.zone))
    asked = select(QuestionRow.id, QuestionRow.context).where(
        QuestionRow.duty == NAME,
        QuestionRow.kind == WEEK_ASKED,
        QuestionRow.state == QuestionState.OPEN,
        QuestionRow.undone_by.is_(None),
    )
    questions = tuple(
        OpenQuestion(row.id, int(row.context["rep_id"]), Week.of(date.fromisoformat(row.context["monday"])))
        for row in session.execute(asked.order_by(QuestionRow.id))
    )
    return Owed(weeks_known(session, week_before(this).first, this.last), questions)


def due_before(owed: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """The questions of the day on which numbers are due, to who has sent nothing for this week."""
    today = local_date(now, known.desk.zone)
    week = Week.of(today)
    if not isinstance(owed, Owed):
        return ()
    return tuple(
        due
        for rep in known.in_role(Role.REP)
        if due_day(week, settings_of(known.desk).numbers_due, holidays_of(rep, known.desk)) == today
        for due in _first(owed, rep, week, today, known)
    )


def due_after(owed: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """The one question more, on the first working day after the week, to who still has sent nothing."""
    today = local_date(now, known.desk.zone)
    week = week_before(Week.of(today))
    if not isinstance(owed, Owed):
        return ()
    return tuple(
        _asking(owed, rep, rep, week, known, again=True)
        for rep in known.in_role(Role.REP)
        if day_after(week, holidays_of(rep, known.desk)) == today
        and _stands(owed, rep, week, known) in (Standing.MISSING, Standing.PROMISED)
        and owed.weeks.absence(rep.id, today) is None
    )


def _first(owed: Owed, rep: PersonCard, week: Week, today: date, known: Known) -> Iterator[Due]:
    """The rep is asked; who stands in, where the rep is away."""
    stands = _stands(owed, rep, week, known)
    absence = owed.weeks.absence(rep.id, today)
    if stands is Standing.MISSING and absence is None:
        yield _asking(owed, rep, rep, week, known)
    elif stands in (Standing.MISSING, Standing.AWAY) and absence is not None:
        deputy = known.person(absence.deputy_id)
        if deputy is not None and owed.weeks.absence(deputy.id, today) is None and _works(deputy, today, known):
            yield _asking(owed, rep, deputy, week, known)


def _stands(owed: Owed, rep: PersonCard, week: Week, known: Known) -> Standing:
    return standing(owed.weeks, rep.id, week, settings_of(known.desk).numbers_due)


def _works(deputy: PersonCard, today: date, known: Known) -> bool:
    return due_day(Week.of(today), settings_of(known.desk).numbers_due, holidays_of(deputy, known.desk)) == today


def _asking(owed: Owed, rep: PersonCard, to: PersonCard, week: Week, known: Known, *, again: bool = False) -> Due:
    """One decision for each who is asked, so that each can be taken back. Questions of earlier weeks are let go: what
    is still sent for those is read all the same."""
    facts: dict[str, Plain] = {
        "week": {"number": week.number, "first": week.first, "last": week.last},
        "again": again,
        "promised": again and _stands(owed, rep, week, known) is Standing.PROMISED,
        "rep": None if rep.id == to.id else rep.name,
        "due_at": f"{settings_of(known.desk).numbers_due.at:%H:%M}",
    }
    question = Question(
        duty=NAME,
        kind=WEEK_ASKED,
        words=f"Week {week.number}: what did {rep.name} sell?",
        context={"rep_id": rep.id, "monday": week.first.isoformat()},
    )
    about = about_week(rep.id, week, "again" if again else "first")
    letter = Send(Draft(to.recipient, "sales/week_asked", facts, PURPOSE, about), question)
    old = [each for each in owed.questions if each.rep_id == rep.id and each.week.first < week.first]
    closing = tuple(CloseQuestion(each.id, "nothing came") for each in old)
    why = f"nothing came from {rep.name} for week {week.number}"
    summary = f"{to.name} is asked for week {week.number}{'' if rep.id == to.id else f' of {rep.name}'}."
    return Due(CHASE, why, Plan(summary, (letter, *closing)))


BEFORE: Final = Upkeep(job="chase", at=hour_of_asking, recall=load, due=due_before)
AFTER: Final = Upkeep(job="chase-again", at=ASKED_AGAIN_AT, recall=load, due=due_after)
