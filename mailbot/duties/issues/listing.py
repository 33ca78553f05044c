"""Issues for the command line: all that wait, and one with everything that was said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.issues.cards import cards_by_ref
from mailbot.duties.issues.facts import IssueCard
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState, Severity, Voice
from mailbot.errors import Never
from mailbot.records.tables import Client, Person


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """One issue as a line. `works` is the department that has it, else who answers for it."""

    ref: str
    state: IssueState
    severity: Severity
    client: str
    writer: str
    subject: str
    works: str
    opened_at: datetime
    solve_by: datetime | None
    promised_on: date | None
    snoozed_until: date | None


@dataclass(frozen=True, slots=True)
class SaidAboutIt:
    """One mail about an issue."""

    at: datetime
    voice: Voice
    sender: str
    words: str
    passed_on: bool


def listed(session: Session, *, everything: bool = False, ref: str = "", most: int = 200) -> tuple[ListedIssue, ...]:
    """Those that wait, the most pressing promise first; with `everything`, the solved and merged ones too, or the one
    with that number."""
    owner, department = aliased(Person), aliased(Person)
    query = (
        select(Issue, Client.name, owner.name, department.name)
        .join(Client, Client.id == Issue.client_id, isouter=True)
        .join(owner, owner.id == Issue.owner_id, isouter=True)
        .join(department, department.id == Issue.department_id, isouter=True)
        .where(Issue.undone_by.is_(None))
        .order_by(Issue.solve_by.is_(None), Issue.solve_by, Issue.id)
        .limit(most)
    )
    if ref:
        query = query.where(Issue.ref == ref)
    elif not everything:
        query = query.where(Issue.state.in_((IssueState.OPEN, IssueState.CLAIMED)))
    return tuple(
        ListedIssue(
            ref=issue.ref,
            state=issue.state,
            severity=issue.severity,
            client=client or "",
            writer=issue.name or issue.address,
            subject=issue.subject,
            works=works or answers or "",
            opened_at=issue.opened_at,
            solve_by=issue.solve_by,
            promised_on=issue.promised_on,
            snoozed_until=issue.snoozed_until,
        )
        for issue, client, answers, works in session.execute(query)
    )


def said_about(session: Session, issue_id: int) -> tuple[SaidAboutIt, ...]:
    """Every mail that is kept with an issue, the oldest first."""
    rows = session.scalars(
        select(IssueMessage)
        .where(IssueMessage.issue_id == issue_id, IssueMessage.undone_by.is_(None))
        .order_by(IssueMessage.id)
    )
    return tuple(SaidAboutIt(row.at, row.voice, row.sender, row.words, row.passed_on) for row in rows)


def the_card(session: Session, written: str) -> IssueCard:
    """The issue with this number, or the one in which it goes on. Never where there is none."""
    ref = written.strip().upper()
    card = next(iter(cards_by_ref(session, [ref])), None)
    if card is None:
        raise Never(f"there is no issue {ref}: `mailbot issue list` names those that wait")
    return card
