"""The letters of the issues duty: to the client who wrote, and to the people who look after the client."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.deciding.verbs import Situation
from mailbot.duties.issues.facts import IssueCard
from mailbot.duties.issues.recalling import DONE_QUESTION, NAME, TOLD_MORE
from mailbot.letters.model import Draft, Plain, Recipient, Thread
from mailbot.message.addresses import address_key
from mailbot.records.decision import Question, Send
from mailbot.records.known import ClientCard, Known, PersonCard
from mailbot.records.tables import Role

ACKNOWLEDGED = "issue-ack"
CLOSED = "issue-closed"
NOT_PASSED_ON = "issue-not-passed-on"
TOLD = "issue-told"


def looks_after(known: Known, client: ClientCard | None, owner_id: int | None = None) -> PersonCard | None:
    """Who answers for an issue: its owner, else the client's, else the coordinator, else a manager or the admin."""
    owner = next((person for person in known.staff if person.id == owner_id), None)
    if owner is None and client is not None:
        owner = client.owner
    return owner or next(
        (person for role in (Role.COORDINATOR, Role.MANAGER, Role.ADMIN) for person in known.in_role(role)), None
    )


def acknowledgement(s: Situation, number: str, keeper: PersonCard | None, *, again: bool = False) -> Send | None:
    """To the one who wrote, at the address it came from; None where there is nobody to write to."""
    sender = s.message.sender
    if sender is None:
        return None
    contact = s.known.sender.contact if s.known.sender else None
    client = s.known.sender.client if s.known.sender else None
    language = (contact.language if contact else None) or s.sorted.language
    facts: dict[str, Plain] = {
        "number": number,
        "greeted": contact is not None,
        "keeper": keeper.name if keeper else None,
        "again": again,
    }
    return Send(
        Draft(
            to=Recipient(sender.address, contact.name if contact else "", language),
            template="issues/received",
            facts=facts,
            purpose=ACKNOWLEDGED,
            object=number,
            period=s.today.isoformat() if again else "",
            answers=s.thread,
            acknowledgement=True,
            about_client=client.id if client else None,
        )
    )


def report(s: Situation, number: str, keeper: PersonCard, words: str, *, client_hears: bool) -> Send:
    """The first mail of an issue, to the one who looks after it; the answer DONE closes it."""
    facts = about(s, number, words) | {"client_hears": client_hears}
    return to_staff(s, keeper, "issues/reported", facts, (TOLD, number, ""), asks_done=True)


def more(s: Situation, issue: IssueCard, keeper: PersonCard, words: str, *, reopened: bool, on_file: bool) -> Send:
    """A further mail about an issue; once an issue and day. A reply DONE is understood without being asked for anew."""
    facts = about(s, issue.ref, words) | {"reopened": reopened, "on_file": on_file}
    key = (TOLD_MORE, issue.ref, s.today.isoformat())
    return to_staff(s, keeper, "issues/more", facts, key, asks_done=reopened)


def closed(s: Situation, issue: IssueCard, reader: PersonCard, *, resumed: str | None, was_closed: bool) -> Send:
    """To the one who said DONE. `resumed` is the client to whom automatic letters go again."""
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "writer": issue.name or issue.address,
        "resumed": resumed,
        "was_closed": was_closed,
    }
    return to_staff(s, reader, "issues/closed", facts, (CLOSED, issue.ref, s.ref), answers=s.thread)


def not_passed_on(s: Situation, issue: IssueCard, reader: PersonCard, *, may_not_close: bool) -> Send:
    """To a colleague whose words were kept and went no further; once an issue and day."""
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "writer": issue.name or issue.address,
        "address": issue.address,
        "may_not_close": may_not_close,
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
    purpose, number, period = key
    client = s.known.sender.client if s.known.sender else None
    draft = Draft(
        to=reader.recipient,
        template=template,
        facts=facts,
        purpose=purpose,
        object=number,
        period=period,
        answers=answers,
        about_client=client.id if client else None,
    )
    asks = Question(NAME, DONE_QUESTION, f"Is {number} done?", {"issue": number}) if asks_done else None
    return Send(draft, asks)


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
        "words": words,
        "received": s.message.date if s.message.date and s.message.date.tzinfo else s.now,
    }


def is_heard(s: Situation, letter: Send | None) -> bool:
    """Whether an acknowledgement will go out, as far as the brakes let it: what colleagues are told must be true."""
    if letter is None:
        return False
    brakes = s.known.brakes
    if brakes.acknowledged_last_day or brakes.answers_last_day >= s.known.desk.answers_per_address_and_day:
        return False
    return not s.known.desk.is_own(address_key(letter.draft.to.address))
