"""Which issues a mail may be about, from the records: two queries, or three where it names any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.duties.issues.facts import IssueCard, IssuesKnown, Naming
from mailbot.duties.issues.robots import ticket_number
from mailbot.duties.issues.tables import Issue, IssueMessage
from mailbot.message.model import Clues, Message
from mailbot.records.known import Known
from mailbot.records.tables import Arrival, LetterRow, LetterState

NAME: Final = "issues"
DONE_QUESTION: Final = "issue-done"
TOLD_MORE: Final = "issue-more"

_NUMBER = re.compile(r"(?<![\w-])I-\d{3,9}(?![\w.-])", re.IGNORECASE)
_LONGEST_TEXT = 20_000  # characters in which numbers of issues are looked for
_MOST_NUMBERS = 10
_ROBOT_ANSWERS_WITHIN = timedelta(minutes=15)
_CLOCKS_DIFFER_BY = timedelta(minutes=2)
_FIRST_YEAR, _LAST_YEAR = 1970, 9000  # a Date beyond is nobody's clock, and cannot be reckoned with

Found = list[tuple[Naming, Issue]]


def load(session: Session, message: Message, clues: Clues, known: Known) -> IssuesKnown | None:
    """The issues this mail may be about; None where there is none."""
    found = [
        *_named(session, _names(message, known)),
        *_threaded(session, clues.message_ids),
    ]
    if not found:
        found = _of_the_moment(session, message)
    if not found:
        return None
    told = _told_more(session, [issue.ref for _, issue in found])
    cards: dict[int, IssueCard] = {}
    for naming, issue in found:
        cards.setdefault(issue.id, _card(naming, issue, told.get(issue.ref)))
    return IssuesKnown(tuple(cards.values()))


def _names(message: Message, known: Known) -> dict[str, Naming]:
    """The references of issues that the mail names: by our letters, by our questions, by their number."""
    text = f"{message.subject}\n{message.body.for_people.text[:_LONGEST_TEXT]}"
    written = [match[0].upper() for match in _NUMBER.finditer(text)][:_MOST_NUMBERS]
    asked = (question for question in known.questions if question.duty == NAME and question.kind == DONE_QUESTION)
    named: dict[str, Naming] = dict.fromkeys(written, "number")
    named |= {str(question.context.get("issue", "")): "question" for question in asked}
    named |= {letter.object: "letter" for letter in known.letters if letter.duty == NAME}
    return named


def _named(session: Session, names: dict[str, Naming]) -> Found:
    if not names:
        return []
    issues = session.scalars(select(Issue).where(Issue.ref.in_(names), Issue.undone_by.is_(None)))
    order: tuple[Naming, ...] = ("letter", "number", "question")
    return sorted(((names[issue.ref], issue) for issue in issues), key=lambda each: (order.index(each[0]), -each[1].id))


def _threaded(session: Session, message_ids: Sequence[str]) -> Found:
    """Issues that keep one of the mails which this one answers, or continues."""
    if not message_ids:
        return []
    query = (
        select(Issue)
        .join(IssueMessage, IssueMessage.issue_id == Issue.id)
        .join(Arrival, Arrival.id == IssueMessage.arrival_id)
        .where(Arrival.message_id.in_(message_ids), Issue.undone_by.is_(None), IssueMessage.undone_by.is_(None))
        .order_by(Issue.id.desc())
    )
    return [("thread", issue) for issue in session.scalars(query)]


def _of_the_moment(session: Session, message: Message) -> Found:
    """The one issue that was opened from this mail's domain moments before a ticket system there wrote to us.

    For ticket systems that answer from another address and repeat nothing of our letter. Two such issues are one too
    many: whose number it is would be a guess.
    """
    if message.date is None or message.sender is None:
        return []
    if ticket_number(message.subject, message.body.for_people) is None:
        return []
    if not _FIRST_YEAR <= message.date.year <= _LAST_YEAR:
        return []
    written = message.date if message.date.tzinfo else message.date.replace(tzinfo=UTC)
    domain = message.sender.key.rpartition("@")[2]
    recent = session.scalars(
        select(Issue)
        .where(
            Issue.opened_at.between(written - _ROBOT_ANSWERS_WITHIN, written + _CLOCKS_DIFFER_BY),
            Issue.undone_by.is_(None),
        )
        .order_by(Issue.id)
    )
    found: Found = [("moment", issue) for issue in recent if issue.address_key.rpartition("@")[2] == domain]
    return found if len(found) == 1 else []


def _told_more(session: Session, refs: Sequence[str]) -> dict[str, datetime]:
    query = (
        select(LetterRow.object, func.max(LetterRow.created_at))
        .where(
            LetterRow.purpose == TOLD_MORE,
            LetterRow.object.in_(refs),
            LetterRow.state != LetterState.WITHDRAWN,
            LetterRow.undone_by.is_(None),
        )
        .group_by(LetterRow.object)
    )
    return dict(session.execute(query).all())


def _card(naming: Naming, issue: Issue, told_more_at: datetime | None) -> IssueCard:
    return IssueCard(
        id=issue.id,
        ref=issue.ref,
        found_by=naming,
        client_id=issue.client_id,
        name=issue.name,
        address=issue.address,
        address_key=issue.address_key,
        subject=issue.subject,
        severity=issue.severity,
        state=issue.state,
        owner_id=issue.owner_id,
        their_number=issue.their_number,
        told_more_at=told_more_at,
    )
