"""What an order about issues comes to: it is done and confirmed in one letter, or the letter says why it is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.issues import letters
from mailbot.duties.issues.actions import Open
from mailbot.duties.issues.facts import IssueCard, IssueOrder
from mailbot.duties.issues.in_hand import facts_of, speaker_of
from mailbot.duties.issues.orders.actions import Assign, Merge, Snooze
from mailbot.duties.issues.tables import Severity
from mailbot.letters.model import Plain
from mailbot.records.decision import Action, Send
from mailbot.records.known import DeskCard, PersonCard
from mailbot.records.tables import Role

ORDERED: Final = "issue-ordered"
WAKES_AT: Final = time(8, 0)


def obey(s: Situation, _: NoParameters) -> Plan:
    """Does what a colleague ordered, who hears what became of it."""
    order, speaker = facts_of(s, IssueOrder), speaker_of(s)
    if order.refused is not None or order.issue is None:
        said = f"{speaker.name} ordered {order.evidence.words!r}; not done: {order.refused}."
        return Plan(said, (_confirmed(s, order, speaker),))
    actions = tuple(_carried_out(s, order, order.issue))
    return Plan(f"{speaker.name} ordered: {order.evidence.words}.", (*actions, _confirmed(s, order, speaker)))


def _carried_out(s: Situation, order: IssueOrder, issue: IssueCard) -> Iterator[Action]:
    if order.does == "merge" and order.other is not None:
        yield Merge(issue.id, issue.ref, order.other.id, order.other.ref)
    elif order.does == "split":
        yield split_off(s.ref, issue, order.words)
    elif order.does == "snooze" and order.day is not None:
        yield Snooze(issue.id, issue.ref, order.day, wakes_at(order.day, s.known.desk))
    elif order.does == "assign" and order.person is not None:
        yield from given_to(order.person, issue, speaker_of(s), s.ref)


def given_to(person: PersonCard, issue: IssueCard, by: PersonCard | None, order: str) -> Iterator[Action]:
    """The issue is theirs, and they read what it is about; who takes it for themselves knows. `order` names the order,
    and no other one, of that issue; `by` is None for an order at the command line, where no colleague is known."""
    yield Assign(issue.id, issue.ref, person.id, person.name, person.role is Role.DEPARTMENT)
    if by is None or person.id != by.id:
        yield letters.handed(issue, person, by.name if by else None, order)


def wakes_at(day: date, desk: DeskCard) -> datetime:
    """When an issue that rests until a day is taken up again."""
    return datetime.combine(day, WAKES_AT, tzinfo=desk.zone)


def split_off(ref: str, issue: IssueCard, words: str) -> Open:
    """A new issue of the same client, about what the words say."""
    return Open(
        ref=ref,
        client_id=issue.client_id,
        writer=issue.name,
        address=issue.address,
        address_key=issue.address_key,
        subject=words,
        words=words,
        severity=issue.severity if issue.severity is not Severity.HIGH else Severity.NORMAL,
        severity_because=f"split from {issue.ref}",
        owner_id=issue.owner_id,
        language=issue.language,
        department_id=issue.department_id,
        follows_id=issue.id,
    )


def _confirmed(s: Situation, order: IssueOrder, reader: PersonCard) -> Send:
    facts: dict[str, Plain] = {
        "does": order.does,
        "number": order.issue.ref if order.issue else order.ref,
        "writer": order.issue.who if order.issue else None,
        "other": order.other.ref if order.other else order.other_ref or None,
        "new": s.ref,
        "words": order.words or None,
        "person": order.person.name if order.person else None,
        "day": order.day,
        "refused": order.refused.value if order.refused else None,
        "about": order.about or order.ref,
    }
    number = order.issue.ref if order.issue else order.ref
    return letters.to_staff(s, reader, "issues/ordered", facts, (ORDERED, number, s.ref), answers=s.thread)
