"""Which issues a mail may be about, from the records: a few queries, each by an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import bindparam, or_
from sqlalchemy.orm import Session

from mailbot.duties.issues.anger.earlier import unanswered
from mailbot.duties.issues.cards import ISSUE, Found, cards_of, issues_by_ref
from mailbot.duties.issues.facts import IssuesKnown, Naming
from mailbot.duties.issues.heard import Heard, heard_in
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.sold.recalling import sold_to
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.records.base import UtcDateTime
from mailbot.records.known import Known
from mailbot.records.tables import Arrival
from mailbot.records.together import found_for_each
from mailbot.sorting.subjects import fits, without_prefixes

_MOST_OF_ONE_PARTY = 200  # open issues whose subjects are compared
_ROBOT_ANSWERS_WITHIN = timedelta(minutes=15)
_CLOCKS_DIFFER_BY = timedelta(minutes=2)


def load(session: Session, cover: Cover, clues: Clues, known: Known) -> IssuesKnown | None:
    """The issues this mail may be about, and what the client wrote before, and has bought; None where there
    is none of it."""
    heard = heard_in(clues)
    found = _in_order([*_named(session, _names(heard, known)), *_threaded(session, clues.message_ids)])
    if not found:
        found = _of_subject(session, heard, cover, known) or _of_the_moment(session, heard, cover)
    earlier = unanswered(session, cover, known)
    sold = sold_to(session, known)
    if not found and not earlier and not sold:
        return None
    return IssuesKnown(cards_of(session, found, partial(_ids_by_our_letters, session)), earlier, sold)


def _names(heard: Heard, known: Known) -> dict[str, Naming]:
    """The references of issues that the mail names: by our letters, by our questions, by their number."""
    named: dict[str, Naming] = dict.fromkeys(heard.numbers, "number")
    return named | _named_by_our_letters(known)


def _named_by_our_letters(known: Known) -> dict[str, Naming]:
    asked = (question for question in known.questions if question.duty == NAME)
    named: dict[str, Naming] = {str(question.context.get("issue", "")): "question" for question in asked}
    return named | {letter.object: "letter" for letter in known.letters if letter.duty == NAME}


# The queries stand ready-made: to build them anew for every mail would cost more than to ask them.
_THREADED = (
    ISSUE.join(IssueMessage, IssueMessage.issue_id == Issue.id)
    .join(Arrival, Arrival.id == IssueMessage.arrival_id)
    .where(Arrival.message_id.in_(bindparam("ids", expanding=True)), IssueMessage.undone_by.is_(None))
    .order_by(Issue.id.desc())
)
_OPENED = ISSUE.where(
    Issue.opened_at.between(
        bindparam("first", type_=UtcDateTime()),
        bindparam("last", type_=UtcDateTime()),
    )
).order_by(Issue.id)
_WAITING = (
    ISSUE.where(
        or_(Issue.client_id == bindparam("client"), Issue.address_key == bindparam("key")),
        Issue.state.in_((IssueState.OPEN, IssueState.CLAIMED)),
    )
    .order_by(Issue.id.desc())
    .limit(_MOST_OF_ONE_PARTY)
)


def _named(session: Session, names: dict[str, Naming]) -> Found:
    issues = found_for_each(session, issues_by_ref, list(names), _named_by_our_letters)
    return [(names[ref], issue) for ref, issue in issues.items()]


def _ids_by_our_letters(session: Session, known: Known) -> Iterator[int]:
    return (issue.id for _, issue in _named(session, _named_by_our_letters(known)))


_SUREST_FIRST: Final[tuple[Naming, ...]] = ("letter", "thread", "number", "question")


def _in_order(found: Found) -> Found:
    """The surest way of finding first; of two that were found in the same way, the newer issue."""
    return sorted(found, key=lambda each: (_SUREST_FIRST.index(each[0]), -each[1].id))


def _threaded(session: Session, message_ids: Sequence[str]) -> Found:
    """Issues that keep one of the mails which this one answers, or continues."""
    if not message_ids:
        return []
    return [("thread", issue) for issue in session.connection().execute(_THREADED, {"ids": list(message_ids)})]


def _of_subject(session: Session, heard: Heard, cover: Cover, known: Known) -> Found:
    """The one open issue of the sender, or of the sender's client, whose subject a reply has that names no mail of
    ours: some mail programs lose everything else. Two such issues are one too many."""
    if cover.sender_key is None or not heard.repeats:
        return []
    client = known.sender.client if known.sender else None
    asked = {"client": client.id if client else -1, "key": cover.sender_key}
    found: Found = [
        ("subject", issue)
        for issue in session.connection().execute(_WAITING, asked)
        if fits(heard.repeats, without_prefixes(issue.subject), exactly=True)
    ]
    return found if len(found) == 1 else []


def _of_the_moment(session: Session, heard: Heard, cover: Cover) -> Found:
    """The one issue that was opened from this mail's domain moments before a ticket system there wrote to us.

    For ticket systems that answer from another address and repeat nothing of our letter. Two such issues are one too
    many: whose number it is would be a guess.
    """
    if cover.date is None or cover.sender_key is None or not heard.is_of_tickets:
        return []
    domain = cover.sender_key.rpartition("@")[2]
    first, last = cover.date - _ROBOT_ANSWERS_WITHIN, cover.date + _CLOCKS_DIFFER_BY
    recent = session.connection().execute(_OPENED, {"first": first, "last": last})
    found: Found = [("moment", issue) for issue in recent if issue.address_key.rpartition("@")[2] == domain]
    return found if len(found) == 1 else []
