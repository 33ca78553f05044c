"""Which issues a mail may be about, from the records: two queries, or three where it names any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from mailbot.duties.issues.anger.earlier import unanswered
from mailbot.duties.issues.facts import IssueCard, IssuesKnown, Naming
from mailbot.duties.issues.robots import ticket_number
from mailbot.duties.issues.tables import Issue, IssueMessage
from mailbot.message.model import Clues, Message
from mailbot.records.base import UtcDateTime
from mailbot.records.known import Known
from mailbot.records.tables import Arrival, LetterRow, LetterState

NAME: Final = "issues"
DONE_QUESTION: Final = "issue-done"
MAY_SEND: Final = "issue-may-send"  # may this answer go to the angry client?
TOLD_MORE: Final = "issue-more"

_NUMBER = re.compile(r"(?<![\w-])I-\d{3,9}(?![\w.-])", re.IGNORECASE)
_LONGEST_TEXT = 20_000  # characters in which numbers of issues are looked for
_MOST_NUMBERS = 10
_ROBOT_ANSWERS_WITHIN = timedelta(minutes=15)
_CLOCKS_DIFFER_BY = timedelta(minutes=2)
_FIRST_YEAR, _LAST_YEAR = 1970, 9000  # a Date beyond is nobody's clock, and cannot be reckoned with

Found = list[tuple[Naming, Any]]  # how it was found, and the row


def load(session: Session, message: Message, clues: Clues, known: Known) -> IssuesKnown | None:
    """The issues this mail may be about, and what the client wrote before; None where there is neither."""
    found = [
        *_named(session, _names(message, known)),
        *_threaded(session, clues.message_ids),
    ]
    if not found:
        found = _of_the_moment(session, message)
    earlier = unanswered(session, message, known)
    if not found and not earlier:
        return None
    told = _told_more(session, [issue.ref for _, issue in found])
    cards: dict[int, IssueCard] = {}
    for naming, issue in found:
        cards.setdefault(issue.id, _card(naming, issue, told.get(issue.ref)))
    return IssuesKnown(tuple(cards.values()), earlier)


def _names(message: Message, known: Known) -> dict[str, Naming]:
    """The references of issues that the mail names: by our letters, by our questions, by their number."""
    text = f"{message.subject}\n{message.body.for_people.text[:_LONGEST_TEXT]}"
    written = [match[0].upper() for match in islice(_numbers(text), _MOST_NUMBERS)]
    asked = (question for question in known.questions if question.duty == NAME)
    named: dict[str, Naming] = dict.fromkeys(written, "number")
    named |= {str(question.context.get("issue", "")): "question" for question in asked}
    named |= {letter.object: "letter" for letter in known.letters if letter.duty == NAME}
    return named


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers of issues in a text; most texts have none, which is seen at once."""
    return _NUMBER.finditer(text) if "I-" in text or "i-" in text else iter(())


# The queries stand ready-made: to build them anew for every mail would cost more than to ask them.
_ISSUE = select(
    Issue.id,
    Issue.ref,
    Issue.client_id,
    Issue.name,
    Issue.address,
    Issue.address_key,
    Issue.subject,
    Issue.severity,
    Issue.state,
    Issue.owner_id,
    Issue.their_number,
    Issue.deadline,
    Issue.called_at,
).where(Issue.undone_by.is_(None))
_NAMED = _ISSUE.where(Issue.ref.in_(bindparam("refs", expanding=True)))
_THREADED = (
    _ISSUE.join(IssueMessage, IssueMessage.issue_id == Issue.id)
    .join(Arrival, Arrival.id == IssueMessage.arrival_id)
    .where(Arrival.message_id.in_(bindparam("ids", expanding=True)), IssueMessage.undone_by.is_(None))
    .order_by(Issue.id.desc())
)
_OPENED = _ISSUE.where(
    Issue.opened_at.between(
        bindparam("first", type_=UtcDateTime()),
        bindparam("last", type_=UtcDateTime()),
    )
).order_by(Issue.id)
_TOLD = (
    select(LetterRow.object, func.max(LetterRow.created_at))
    .where(
        LetterRow.purpose == TOLD_MORE,
        LetterRow.object.in_(bindparam("refs", expanding=True)),
        LetterRow.state != LetterState.WITHDRAWN,
        LetterRow.undone_by.is_(None),
    )
    .group_by(LetterRow.object)
)


def _named(session: Session, names: dict[str, Naming]) -> Found:
    if not names:
        return []
    issues = session.connection().execute(_NAMED, {"refs": list(names)})
    order: tuple[Naming, ...] = ("letter", "number", "question")
    return sorted(((names[issue.ref], issue) for issue in issues), key=lambda each: (order.index(each[0]), -each[1].id))


def _threaded(session: Session, message_ids: Sequence[str]) -> Found:
    """Issues that keep one of the mails which this one answers, or continues."""
    if not message_ids:
        return []
    return [("thread", issue) for issue in session.connection().execute(_THREADED, {"ids": list(message_ids)})]


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
    first, last = written - _ROBOT_ANSWERS_WITHIN, written + _CLOCKS_DIFFER_BY
    recent = session.connection().execute(_OPENED, {"first": first, "last": last})
    found: Found = [("moment", issue) for issue in recent if issue.address_key.rpartition("@")[2] == domain]
    return found if len(found) == 1 else []


def _told_more(session: Session, refs: Sequence[str]) -> dict[str, datetime]:
    return dict(session.connection().execute(_TOLD, {"refs": list(refs)}).all())


def _card(naming: Naming, issue: Any, told_more_at: datetime | None) -> IssueCard:
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
        deadline=issue.deadline,
        called_at=issue.called_at,
    )
