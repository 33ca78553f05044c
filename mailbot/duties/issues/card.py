"""What a client's card tells of issues: those that are open, and how many were solved lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.duties.issues.tables import Issue, IssueState
from mailbot.duties.issues.tables_in_words import ISSUE
from mailbot.letters.cleaning import one_line
from mailbot.records.client_card import CardPart
from mailbot.records.in_words import Teller
from mailbot.records.tables import Person

_MOST: Final = 5
_LONGEST_SUBJECT: Final = 80
_LATELY: Final = timedelta(days=365)


def card(session: Session, client_id: int, teller: Teller, now: datetime) -> CardPart | None:
    """The issues of a client; None where there were none in the last year."""
    its = (Issue.client_id == client_id, Issue.undone_by.is_(None))
    still_open = (
        select(Issue, Person.name)
        .join(Person, Person.id == Issue.owner_id, isouter=True)
        .where(*its, Issue.state != IssueState.SOLVED)
        .order_by(Issue.id.desc())
        .limit(_MOST)
    )
    lines = [_line(issue, owner or "", teller) for issue, owner in session.execute(still_open)]
    solved = session.scalar(
        select(func.count()).where(*its, Issue.state == IssueState.SOLVED, Issue.solved_at >= now - _LATELY)
    )
    if solved:
        lines.append(teller.say(f"solved in the last year: {solved}", f"im letzten Jahr gelöst: {solved}"))
    return CardPart(teller.say("Issues", "Vorgänge"), tuple(lines)) if lines else None


def _line(issue: Issue, owner: str, teller: Teller) -> str:
    severity = ISSUE["severity"].values[issue.severity].to(teller.language)
    since = teller.wording.day(issue.opened_at.astimezone(teller.zone))
    subject = one_line(issue.subject, _LONGEST_SUBJECT)
    head = teller.say(f"{issue.ref} since {since}", f"{issue.ref} seit {since}")
    return ", ".join(filter(None, (f"{head}: {teller.wording.quoted(subject)}", severity, owner)))
