"""Who looks after a contract is asked how it stands, some days before it has to be decided on. Pure but for `load`.

Of a contract that renews by itself they hear on the heads-up day in any case: who has said that it goes on, or that it
is lost, is asked no more, and is told until when notice can be given.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.renewals.facts import ASKED, NAME, Renewal, Standing, asked_about
from mailbot.duties.renewals.letters import renewal_told
from mailbot.duties.renewals.recalling import not_asked
from mailbot.duties.renewals.settings import settings_of
from mailbot.letters.model import Draft
from mailbot.records.contracts.questions import HOW_IT_STANDS
from mailbot.records.decision import Question, Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import Role
from mailbot.working_days import is_working_day

_AT: Final = time(9, 0)


def load(session: Session, known: Known, now: datetime) -> tuple[Renewal, ...]:
    """The contracts that have come to a step at which nobody was asked about them."""
    today = local_date(now, known.desk.zone)
    return not_asked(session, known.desk, today, settings_of(known.desk).steps(renews=True))


def due(renewals: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision for each contract that somebody is asked about, on a working day of theirs."""
    today = local_date(now, known.desk.zone)
    if not isinstance(renewals, tuple):
        return ()
    found = (_asking(each, known, today) for each in renewals)
    return tuple(each for each in found if each is not None)


def step_of(renewal: Renewal, steps: tuple[int, ...], today: date) -> int | None:
    """At which of the steps a contract is, counted in days before; None where nobody is to be told."""
    reached = [step for step in steps if (renewal.decide_by - today).days <= step]
    if not reached:
        return None
    step = min(reached)
    return None if any(asked <= step for asked in renewal.asked) else step


def _asking(renewal: Renewal, known: Known, today: date) -> Due | None:
    settings = settings_of(known.desk)
    step = step_of(renewal, settings.steps(renews=renewal.renews), today)
    person = who_is_asked(renewal, known)
    if step is None or person is None or not is_working_day(today, person.holidays or known.desk.holidays):
        return None
    if renewal.said in (Standing.RENEW, Standing.LOST):
        is_the_day = renewal.renews and step <= settings.heads_up_days
        return _heads_up(renewal, person, step, today) if is_the_day else None
    return _question(renewal, person, step, today)


def _question(renewal: Renewal, person: PersonCard, step: int, today: date) -> Due:
    question = Question(
        duty=NAME,
        kind=HOW_IT_STANDS,
        words=f"How does it stand with {renewal.ref} of {renewal.client}?",
        context={"ref": renewal.ref, "decide_by": renewal.decide_by.isoformat(), "step": step},
    )
    about = asked_about(renewal.ref, renewal.decide_by)
    draft = Draft(person.recipient, "renewals/asked", renewal_told(renewal, today), ASKED, about, str(step))
    before = (CloseQuestion(renewal.question_id, "asked once more"),) if renewal.question_id is not None else ()
    why = f"{renewal.ref} has to be decided on by {renewal.decide_by.isoformat()}"
    return Due("ask", why, Plan(f"{person.name} is asked about {renewal.ref}.", (*before, Send(draft, question))))


def _heads_up(renewal: Renewal, person: PersonCard, step: int, today: date) -> Due:
    """Of a contract whose rep has said what comes of it: until when notice can be given."""
    about = asked_about(renewal.ref, renewal.decide_by)
    draft = Draft(person.recipient, "renewals/heads_up", renewal_told(renewal, today), ASKED, about, str(step))
    why = f"notice for {renewal.ref} can be given until {renewal.decide_by.isoformat()}"
    return Due(
        "heads-up", why, Plan(f"{person.name} is told of the last day of notice of {renewal.ref}.", (Send(draft),))
    )


def who_is_asked(renewal: Renewal, known: Known) -> PersonCard | None:
    """The rep, or whoever coordinates where the rep is no longer there."""
    return known.person(renewal.rep_id) or next(iter(known.in_role(Role.COORDINATOR)), None)


ASKING: Final = Upkeep(job="ask", at=_AT, recall=load, due=due)
