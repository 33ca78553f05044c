"""The letters about an angry client: to the one who calls, to those who must know, to the one who lets an answer go,
and that answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.clock import local_date
from mailbot.deciding.verbs import Situation
from mailbot.duties.issues import letters
from mailbot.duties.issues.facts import DAYS, EarlierMail, IssueCard, IssuesKnown
from mailbot.duties.issues.kinds import ALARMED, MAY_SEND, NAME
from mailbot.duties.issues.signals import Sign, Signal, anger_of
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.records.decision import Question, Send
from mailbot.records.known import ClientCard, ContactCard, PersonCard
from mailbot.records.tables import AddressStatus, Role

ANSWERED: Final = "issue-angry-answer"
MAY_I: Final = "issue-may-i"
CALL_NOTED: Final = "issue-call-noted"


@dataclass(frozen=True, slots=True)
class Angry:
    """An angry mail: the number of its issue, its client, its words and their signs, and by when it wants it done."""

    number: str
    client: ClientCard | None
    words: str
    signals: tuple[Signal, ...]
    deadline: date | None
    contract: str = ""


def alarm(s: Situation, mail: Angry, reader: PersonCard, keeper: PersonCard) -> Send:
    """An angry mail, to the one who answers it and to those who must know; only the first is asked."""
    anger = anger_of(mail.signals)
    signs = {signal.sign for signal in anger}
    facts = letters.about(s, mail.number, mail.words) | {
        "anger": tuple(" ".join(signal.evidence.words.split()) for signal in anger),
        "is_yours": reader.id == keeper.id,
        "keeper": keeper.name,
        "paused": mail.client.name if mail.client else None,
        "earlier": tuple({"on": day(s, each), "subject": each.subject} for each in earlier(s)),
        "wants_money": Sign.REFUND in signs,
        "may_leave": Sign.CANCEL in signs,
        "deadline": mail.deadline,
        "contract": mail.contract or None,
        "contract_ends": _ends(s, mail.contract),
        "days_left": _days_left(s, mail.contract),
    }
    key = (ALARMED, mail.number, f"to {reader.id}")
    return letters.to_staff(s, reader, "issues/angry", facts, key, asks_done=reader.id == keeper.id)


def _ends(s: Situation, contract: str) -> date | None:
    """The last day of the contract that the mail is about."""
    return next((each.contract_ends for each in letters.sold(s) if each.contract == contract), None)


def _days_left(s: Situation, contract: str) -> int | None:
    ends = _ends(s, contract)
    return (ends - s.today).days if ends is not None and ends >= s.today else None


def may_i(number: str, reader: PersonCard, answer: Send, days: tuple[date, ...]) -> Send:
    """The answer to the client, shown to the one whose word lets it go."""
    facts: dict[str, Plain] = {**answer.draft.facts, "to": answer.draft.to.name, "address": answer.draft.to.address}
    draft = Draft(reader.recipient, "issues/may_i", facts, MAY_I, number, about_client=answer.draft.about_client)
    context = {"issue": number, DAYS: [day.isoformat() for day in days]}
    return Send(draft, Question(NAME, MAY_SEND, f"May the answer about {number} go out?", context))


def answer(s: Situation, number: str, client: ClientCard, contact: ContactCard, days: tuple[date, ...]) -> Send:
    """To the client: that their mails are here, who has them, and that nothing automatic comes meanwhile."""
    keeper = letters.looks_after(s.known, client)
    managers = [person.name for person in s.known.in_role(Role.MANAGER) if keeper is None or person.id != keeper.id]
    facts: dict[str, Plain] = {
        "number": number,
        "days": days,
        "keeper": keeper.name if keeper else None,
        "manager": managers[0] if managers else None,
    }
    to = Recipient(contact.address, contact.name, contact.language or client.language)
    return Send(Draft(to, "issues/angry_answer", facts, ANSWERED, number, about_client=client.id))


def call_noted(s: Situation, issue: IssueCard, reader: PersonCard) -> Send:
    """To the one who called: it is kept, and the reminder is off."""
    facts: dict[str, Plain] = {"number": issue.ref, "writer": issue.name or issue.address}
    key = (CALL_NOTED, issue.ref, s.ref)
    return letters.to_staff(s, reader, "issues/call_noted", facts, key, answers=s.thread)


def writer_of(s: Situation) -> ContactCard | None:
    """The contact who wrote, where letters to them arrive."""
    contact = s.known.sender.contact if s.known.sender else None
    return contact if contact is not None and contact.address_status is AddressStatus.OK else None


def earlier(s: Situation) -> tuple[EarlierMail, ...]:
    """What the same client wrote before, and nobody has answered by way of the desk."""
    recalled = s.known.recalled.get(NAME)
    return recalled.earlier if isinstance(recalled, IssuesKnown) else ()


def day(s: Situation, mail: EarlierMail) -> date:
    """The day on which a mail came, in the desk's zone."""
    return local_date(mail.came_at, s.known.desk.zone)
