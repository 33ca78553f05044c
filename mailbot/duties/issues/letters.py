"""The letters of the issues duty to colleagues and departments; and who among them looks after an issue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailbot.deciding.verbs import Situation
from mailbot.duties.issues.facts import Called, IssueCard, IssueOrder, IssuesKnown, Report, StaffWord
from mailbot.duties.issues.kinds import DONE_QUESTION, HANDED, NAME, TOLD, TOLD_MORE
from mailbot.duties.issues.sold.facts import Sold
from mailbot.duties.issues.tables import Severity
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Language, Plain, Thread
from mailbot.letters.refs import unsigned
from mailbot.message.addresses import address_key
from mailbot.records.decision import Question, Send
from mailbot.records.known import ClientCard, Known, PersonCard
from mailbot.records.tables import AddressStatus, Role

CLOSED = "issue-closed"
NOT_PASSED_ON = "issue-not-passed-on"
PASSED_ON = "issue-passed-on"
PROMISE_NOTED = "issue-promise-noted"
_LONGEST_THING = 80


def looks_after(known: Known, client: ClientCard | None, owner_id: int | None = None) -> PersonCard | None:
    """Who answers for an issue: its owner, else the client's, else the coordinator, else a manager or the admin."""
    owner = next((person for person in known.staff if person.id == owner_id), None)
    if owner is None and client is not None:
        owner = client.owner
    return owner or next(
        (person for role in (Role.COORDINATOR, Role.MANAGER, Role.ADMIN) for person in known.in_role(role)), None
    )


def works_on(known: Known, issue: IssueCard, keeper: PersonCard | None) -> PersonCard | None:
    """Who works on an issue: the department that has it, else who answers for it."""
    return known.person(issue.department_id) or keeper


def is_out_of_reach(s: Situation, issue: IssueCard) -> bool:
    """Whether letters to the one who wrote do not arrive, as far as the records know."""
    client = s.known.client(issue.client_id)
    contacts = client.contacts if client else ()
    at = next((each for each in contacts if address_key(each.address) == issue.address_key), None)
    return at is not None and at.address_status is AddressStatus.UNDELIVERABLE


def sold(s: Situation) -> tuple[Sold, ...]:
    """What was sold to the sender's client."""
    recalled = s.known.recalled.get(NAME)
    return recalled.sold if isinstance(recalled, IssuesKnown) else ()


def language_of(s: Situation) -> Language:
    """The language in which the one who wrote is answered: as on file, else that of the mail."""
    contact = s.known.sender.contact if s.known.sender else None
    return (contact.language if contact else None) or s.sorted.language


def report(s: Situation, number: str, worker: PersonCard, mail: Report, *, client_hears: bool) -> Send:
    """The first mail of an issue, to the one who works on it; the answer DONE closes it. A department reads no
    address."""
    thing = mail.about.sold
    facts = about(s, number, mail.words) | {
        "client_hears": client_hears,
        "contract": mail.about.contract or None,
        "thing": one_line(thing.words, _LONGEST_THING) if thing else None,
    }
    if worker.role is Role.DEPARTMENT:
        facts |= {"address": None}
    return to_staff(s, worker, "issues/reported", facts, (TOLD, number, ""), asks_done=True)


def handed(issue: IssueCard, worker: PersonCard, by: str | None, order: str) -> Send:
    """To a colleague, or a department, who is given an issue. `order` names the order, and no other one, of that issue;
    `by` is the name of who gave it, where that is a colleague."""
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "writer": issue.who,
        "by": by,
        "subject": issue.subject or None,
        "said": unsigned(issue.first_words) or None,
    }
    key = (HANDED, issue.ref, order)
    return _to_staff(worker, "issues/handed", facts, key, issue.client_id, asks_done=True)


def more(s: Situation, issue: IssueCard, worker: PersonCard, words: str, *, reopened: bool, on_file: bool) -> Send:
    """A further mail about an issue; once an issue and day, and once more after each answer. A reply DONE is understood
    without being asked for anew."""
    facts = about(s, issue.ref, words) | {"reopened": reopened, "on_file": on_file}
    if worker.role is Role.DEPARTMENT:
        facts |= {"address": None}
    turn = f" {issue.answers_given}" if issue.answers_given else ""
    key = (TOLD_MORE, issue.ref, f"{s.today.isoformat()}{turn}")
    return to_staff(s, worker, "issues/more", facts, key, asks_done=reopened)


def promise_noted(s: Situation, issue: IssueCard, reader: PersonCard, day: date, *, told: bool) -> Send:
    """To the one who promised: the day is kept, and whether the client has heard of it."""
    facts: dict[str, Plain] = {"number": issue.ref, "writer": issue.who, "day": day, "told": told}
    key = (PROMISE_NOTED, issue.ref, s.ref)
    return to_staff(s, reader, "issues/promise_noted", facts, key, answers=s.thread)


def passed_on(s: Situation, issue: IssueCard, reader: PersonCard, words: str) -> Send:
    """To a colleague whose answer went to the client: how it went out."""
    facts: dict[str, Plain] = {"number": issue.ref, "writer": issue.who, "words": words}
    key = (PASSED_ON, issue.ref, s.ref)
    return to_staff(s, reader, "issues/passed_on", facts, key, answers=s.thread)


def closed(
    s: Situation, issue: IssueCard, reader: PersonCard, *, resumed: str | None, was_closed: bool, asked: bool
) -> Send:
    """To the one who said DONE. `resumed` is the client to whom automatic letters go again; `asked`: the client is
    asked whether all is good."""
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "writer": issue.who,
        "resumed": resumed,
        "was_closed": was_closed,
        "asked": asked,
    }
    key = (CLOSED, issue.ref, s.ref)
    return to_staff(s, reader, "issues/closed", facts, key, answers=s.thread)


def not_passed_on(s: Situation, word: StaffWord, reader: PersonCard) -> Send:
    """To a colleague whose words were kept and went no further; once an issue and day."""
    issue = word.issue
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "writer": issue.who,
        "may_speak": word.may_speak,
        "may_not_close": word.is_done and not word.may_speak,
        "by_phone": issue.severity is Severity.HIGH,
        "out_of_reach": is_out_of_reach(s, issue),
    }
    key = (NOT_PASSED_ON, issue.ref, s.today.isoformat())
    return to_staff(s, reader, "issues/not_passed_on", facts, key, answers=s.thread)


def to_staff(
    s: Situation,
    reader: PersonCard,
    template: str,
    facts: Mapping[str, Plain],
    key: tuple[str, str, str],
    *,
    asks_done: bool = False,
    answers: Thread | None = None,
) -> Send:
    """A letter to a colleague, or a department, about the mail that is being decided."""
    return _to_staff(reader, template, facts, key, client_of(s), asks_done=asks_done, answers=answers)


def _to_staff(
    reader: PersonCard,
    template: str,
    facts: Mapping[str, Plain],
    key: tuple[str, str, str],
    client_id: int | None,
    *,
    asks_done: bool = False,
    answers: Thread | None = None,
) -> Send:
    purpose, number, period = key
    draft = Draft(
        to=reader.recipient,
        template=template,
        facts=facts,
        purpose=purpose,
        object=number,
        period=period,
        answers=answers,
        about_client=client_id,
    )
    asks = Question(NAME, DONE_QUESTION, f"Is {number} done?", {"issue": number}) if asks_done else None
    return Send(draft, asks)


def client_of(s: Situation) -> int | None:
    """The client whose mail it is, else the one whose issue it is about."""
    client = s.known.sender.client if s.known.sender else None
    if client is not None:
        return client.id
    match s.finding.facts:
        case StaffWord(issue=issue) | Called(issue=issue) | IssueOrder(issue=IssueCard() as issue):
            return issue.client_id
    return None


def about(s: Situation, number: str, words: str) -> dict[str, Plain]:
    """Who wrote, what, and where to answer."""
    sender = s.message.sender
    contact = s.known.sender.contact if s.known.sender else None
    client = s.known.sender.client if s.known.sender else None
    address = sender.address if sender else ""
    return {
        "number": number,
        "writer": contact.name if contact else address,
        "client": client.name if client else None,
        "address": address,
        "subject": s.thread.subject or None,
        "words": unsigned(words),
        "received": s.message.date or s.now,
    }
