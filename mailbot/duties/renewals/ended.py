"""Of a contract that has ended, and that none follows, whoever looks after it hears once: a renewal that comes late is
one word away. Pure but for `load`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.renewals.asking import who_is_asked
from mailbot.duties.renewals.facts import NAME, OVER, Renewal, Standing, asked_about
from mailbot.duties.renewals.letters import renewal_told
from mailbot.duties.renewals.recalling import ended
from mailbot.letters.model import Draft
from mailbot.records.contracts.questions import CONTRACT, HOW_RENEWED
from mailbot.records.decision import Question, Send
from mailbot.records.known import Known
from mailbot.records.questions import CloseQuestion
from mailbot.working_days import is_working_day

_AT: Final = time(9, 0)
_TOLD_WITHIN: Final = timedelta(days=14)  # after its end: of what was imported long afterwards nobody is told


def load(session: Session, known: Known, now: datetime) -> tuple[Renewal, ...]:
    """The contracts that have ended lately."""
    today = local_date(now, known.desk.zone)
    return ended(session, known.desk, today - _TOLD_WITHIN, today - timedelta(days=1))


def due(found: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision for each contract, on a working day of whoever looks after it; none where it is known to be lost."""
    today = local_date(now, known.desk.zone)
    contracts = found if isinstance(found, tuple) else ()
    told = (_told(each, known, today) for each in contracts if each.renews or each.said is not Standing.LOST)
    return tuple(each for each in told if each is not None)


def _told(renewal: Renewal, known: Known, today: date) -> Due | None:
    person = who_is_asked(renewal, known)
    if person is None or not is_working_day(today, person.holidays or known.desk.holidays):
        return None
    about = asked_about(renewal.ref, renewal.ends_on)
    draft = Draft(person.recipient, "renewals/ended", renewal_told(renewal, today), OVER, about)
    question = Question(NAME, HOW_RENEWED, f"Does {renewal.ref} of {renewal.client} go on?", {CONTRACT: renewal.ref})
    before = (CloseQuestion(renewal.question_id, "it has ended"),) if renewal.question_id is not None else ()
    summary = f"{person.name} hears that {renewal.ref} has ended, and that none follows it."
    return Due(
        "ended", f"its last day was {renewal.ends_on.isoformat()}", Plan(summary, (*before, Send(draft, question)))
    )


ENDED: Final = Upkeep(job="ended", at=_AT, recall=load, due=due)
