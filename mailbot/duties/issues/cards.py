"""The cards of issues, from the records: what is said of each, in one query for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Executable, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.issues.facts import IssueCard, Naming
from mailbot.duties.issues.kinds import TOLD_MORE
from mailbot.duties.issues.tables import Issue, IssueMessage, Voice
from mailbot.records.known import Known
from mailbot.records.tables import Arrival, LetterRow, LetterState
from mailbot.records.together import found_for_each

Found = list[tuple[Naming, Any]]  # how it was found, and the row

_LONGEST_QUOTED: Final = 600
_EACH = aliased(IssueMessage)

# The queries stand ready-made: to build them anew for every mail would cost more than to ask them.
ISSUE = select(
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
    Issue.language,
    Issue.department_id,
    Issue.promised_on,
    Issue.answered_at,
    Issue.solved_at,
    Issue.snoozed_until,
    Issue.contract_id,
    Issue.deliverable_id,
    Issue.link,
    Issue.asks_month,
    Issue.answer_by,
    Issue.solve_by,
    Issue.merged_into_id,
).where(Issue.undone_by.is_(None))
_BY_ID = ISSUE.where(Issue.id.in_(bindparam("ids", expanding=True)))
_BY_REF = ISSUE.where(Issue.ref.in_(bindparam("refs", expanding=True)))
_MERGED_INTO = (
    select(Issue.merged_into_id, Issue.ref)
    .where(Issue.merged_into_id.in_(bindparam("ids", expanding=True)), Issue.undone_by.is_(None))
    .order_by(Issue.id)
)
_OF_ISSUE = (IssueMessage.issue_id == Issue.id, IssueMessage.undone_by.is_(None))
_ANSWERS = select(func.count()).where(*_OF_ISSUE, IssueMessage.passed_on.is_(True)).scalar_subquery()
_LAST_ANSWER = select(func.max(IssueMessage.at)).where(*_OF_ISSUE, IssueMessage.passed_on.is_(True)).scalar_subquery()
_NEWEST = (
    select(func.max(_EACH.id))
    .where(_EACH.issue_id == Issue.id, _EACH.voice == Voice.CLIENT, _EACH.undone_by.is_(None))
    .correlate(Issue)
    .scalar_subquery()
)
_LAST_MAIL = (
    select(Arrival.message_id)
    .join(IssueMessage, IssueMessage.arrival_id == Arrival.id)
    .where(IssueMessage.id == _NEWEST)
    .correlate(Issue)
    .scalar_subquery()
)
_FIRST_WORDS = select(IssueMessage.words).where(*_OF_ISSUE).order_by(IssueMessage.id).limit(1).scalar_subquery()
_TOLD = (
    select(func.max(LetterRow.created_at))
    .where(
        LetterRow.purpose == TOLD_MORE,
        LetterRow.object == Issue.ref,
        LetterRow.state != LetterState.WITHDRAWN,
        LetterRow.undone_by.is_(None),
    )
    .scalar_subquery()
)
_SAID = select(
    Issue.id,
    _ANSWERS.label("answers"),
    _LAST_ANSWER.label("last_answer"),
    _LAST_MAIL.label("last_mail"),
    _FIRST_WORDS.label("first_words"),
    _TOLD.label("told"),
).where(Issue.id.in_(bindparam("ids", expanding=True)))


IdsOf = Callable[[Known], Iterable[int]]  # the issues that a mail is about


def cards_of(session: Session, found: Found, ids_of: IdsOf | None = None) -> tuple[IssueCard, ...]:
    """Each issue once, by the surest way it was found; one that was merged stands for the one in which it goes on.
    With them those are looked up that `ids_of` names for the other mails of the group."""
    if not found:
        return ()
    found, known_as = _gone_on(session, found, ids_of)
    said = found_for_each(session, _said, [issue.id for _, issue in found], ids_of)
    cards: dict[int, IssueCard] = {}
    for naming, issue in found:
        cards.setdefault(issue.id, _card(naming, issue, said[issue.id], known_as.get(issue.id, ())))
    return tuple(cards.values())


def cards_by_ref(session: Session, refs: Sequence[str]) -> tuple[IssueCard, ...]:
    """The cards of these issues; those that were taken back are left out."""
    found: Found = [("number", issue) for issue in issues_by_ref(session, refs).values()]
    return cards_of(session, found)


def issues_by_ref(session: Session, refs: Sequence[str]) -> dict[str, Any]:
    """The rows of these issues; those that were taken back are left out."""
    return {issue.ref: issue for issue in _rows(session, _BY_REF, refs=list(refs))}


def _gone_on(session: Session, found: Found, ids_of: IdsOf | None) -> tuple[Found, Mapping[int, tuple[str, ...]]]:
    """What was found, with the issues in the place of those that were merged into them; and the numbers of the latter,
    by the issue they went into."""
    merged = found_for_each(session, _merged, [issue.merged_into_id or issue.id for _, issue in found], ids_of)
    if not merged:
        return found, {}
    targets = {issue.id: issue for issue in _rows(session, _BY_ID, ids=sorted(merged))}
    return [(naming, targets.get(issue.merged_into_id, issue)) for naming, issue in found], merged


def _merged(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    merged: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for into, ref in _rows(session, _MERGED_INTO, ids=ids):
        merged[into] += (ref,)
    return merged


def _said(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    return {each.id: each for each in _rows(session, _SAID, ids=ids)}


def _rows(session: Session, query: Executable, **asked: Sequence[object]) -> Sequence[Any]:
    return session.connection().execute(query, asked).all()


def _card(naming: Naming, issue: Any, said: Any, known_as: tuple[str, ...]) -> IssueCard:
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
        told_more_at=said.told,
        deadline=issue.deadline,
        called_at=issue.called_at,
        language="de" if issue.language == "de" else "en",
        department_id=issue.department_id,
        promised_on=issue.promised_on,
        answered_at=issue.answered_at,
        solved_at=issue.solved_at,
        snoozed_until=issue.snoozed_until,
        contract_id=issue.contract_id,
        deliverable_id=issue.deliverable_id,
        link=issue.link,
        asks_month=issue.asks_month,
        answer_by=issue.answer_by,
        solve_by=issue.solve_by,
        known_as=known_as,
        answers_given=said.answers,
        last_answer_at=said.last_answer,
        their_mail=said.last_mail,
        first_words=(said.first_words or "")[:_LONGEST_QUOTED],
    )
