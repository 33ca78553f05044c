"""A client with no working post or phone: the colleague says YES, the client is asked by mail, the answer is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.dead_ends import phrases
from mailbot.duties.bounces.dead_ends.actions import ChangePhone, MarkPoint
from mailbot.duties.bounces.recalling import ASK_DETAILS, CLIENT_DETAILS, NAME, recalled
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.message.model import Evidence, Message
from mailbot.records.contact_points import phone_key
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import ClientCard, ContactCard, Known, QuestionCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import PointKind, PointStatus
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, Sorted
from mailbot.sorting.one_word import Chosen, Option, choice

MAY_ASK: Final = "ask-answer"
DETAILS: Final = "details-answer"

_LONGEST_ANSWER = 2_000
_OPTIONS: Final = (Option("yes", numbered=False), Option("no", numbered=False))
_POSTCODE = re.compile(r"\b\d{4,5}(?:-\d{4})?\b")
_HOUSE = re.compile(r"[^\W\d_]{3,}.{0,60}\b\d{1,4}[a-z]?\b|\b\d{1,4}[a-z]? .{0,60}[^\W\d_]{3,}", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:(?:new|our|neue|unsere|die|the)\s+){0,3}(?:postal\s+)?(?:address|adresse|anschrift|post)\b[^:\n]{0,20}:?\s*",
    re.IGNORECASE,
)
_MOST_LINES_ABOVE = 2


@dataclass(frozen=True, slots=True)
class MayAsk:
    """Whether the client may be asked; None where the answer is unclear."""

    question: QuestionCard
    on_file: OnFile | None
    may: bool | None
    words: Evidence


@dataclass(frozen=True, slots=True)
class Details:
    """What the client answered: a number, a postal address, each None where none is given."""

    question: QuestionCard
    on_file: OnFile | None
    phone: str | None
    post: str | None
    words: Evidence


def read_details(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """The finding of an answer to either question; None for every other mail."""
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is None or question.duty != NAME or question.kind not in (ASK_DETAILS, CLIENT_DETAILS):
        return None
    body = message.body.for_people
    order = commanded(body.text)
    if order and order.is_to_the_desk:
        return None
    on_file = recalled(known).address(str(question.context.get("address_key")))
    evidence = body.evidence(0, min(len(body.text), _LONGEST_ANSWER))
    if question.kind == ASK_DETAILS:
        said = choice(body.text, _OPTIONS)
        may = said.key == "yes" if isinstance(said, Chosen) else None
        return Finding(
            NAME, MAY_ASK, MayAsk(question, on_file, may, evidence), (evidence,), "whether a client may be asked"
        )
    text = message.body.for_figures.text[:_LONGEST_ANSWER]
    facts = Details(question, on_file, _phone(text), _post(text), evidence)
    found = [word for word, value in (("a number", facts.phone), ("a postal address", facts.post)) if value]
    return Finding(
        NAME, DETAILS, facts, (evidence,), f"the client gives {' and '.join(found) or 'no details that I can read'}"
    )


def ask_client(situation: Situation, _: NoParameters) -> Plan:
    """Asks the client for the new postal address and number."""
    facts, contact, client = _may_ask(situation)
    written: dict[str, Plain] = {
        "client": client.name,
        "keeper": client.owner.name if client.owner else None,
    }
    to = Recipient(contact.address, contact.name, contact.language or client.language)
    draft = Draft(to, f"{NAME}/details", written, purpose=CLIENT_DETAILS, object=str(client.id), period=situation.ref)
    asks = Question(
        duty=NAME,
        kind=CLIENT_DETAILS,
        words=f"{client.name}: new postal address and number?",
        context={"address_key": facts.question.context.get("address_key")},
    )
    actions = (CloseQuestion(facts.question.id, facts.words.words), Send(replace(draft, about_client=client.id), asks))
    return Plan(f"{client.name} is asked for the new details.", actions)


def do_not_ask(situation: Situation, _: NoParameters) -> Plan:
    """The client is not asked; what was taken in stays."""
    facts, _contact, client = _may_ask(situation)
    return Plan(f"{client.name} is not asked.", (CloseQuestion(facts.question.id, facts.words.words),))


def keep_details(situation: Situation, _: NoParameters) -> Plan:
    """Keeps the number and the postal address that the client gives, and tells the owner."""
    facts = situation.finding.facts
    if not isinstance(facts, Details):
        raise OurBug(f"the verb 'keep_details' was used on a finding of kind {situation.finding.kind!r}")
    contact, client = _of_client(facts.on_file)
    because = f"written by {contact.name} ({situation.ref})"
    actions: list[Action] = [CloseQuestion(facts.question.id, facts.words.words)]
    if facts.phone:
        key = phone_key(facts.phone)
        actions.append(ChangePhone(contact.id, contact.name, facts.phone))
        actions.append(
            MarkPoint(client.id, client.name, contact.id, PointKind.PHONE, facts.phone, key, PointStatus.OK, because)
        )
    if facts.post:
        actions.append(MarkPoint(client.id, client.name, None, PointKind.POST, facts.post, "", PointStatus.OK, because))
    written: dict[str, Plain] = {
        "contact": contact.name,
        "client": client.name,
        "phone": facts.phone,
        "post": facts.post,
        "words": facts.words.words,
    }
    to = client.owner or letters.the_one_in_charge(situation.known)
    draft = Draft(to.recipient, f"{NAME}/details_kept", written, purpose="details-kept", object=situation.ref)
    actions.append(Send(replace(draft, about_client=client.id)))
    return Plan(f"{client.name} has given new details.", tuple(actions))


def _may_ask(situation: Situation) -> tuple[MayAsk, ContactCard, ClientCard]:
    facts = situation.finding.facts
    if not isinstance(facts, MayAsk):
        raise OurBug(f"a verb for client details was used on a finding of kind {situation.finding.kind!r}")
    return facts, *_of_client(facts.on_file)


def _of_client(on_file: OnFile | None) -> tuple[ContactCard, ClientCard]:
    if on_file is None or on_file.contact is None or on_file.client is None:
        raise OurBug("an answer about a client's details was acted upon, though its address is on no contact")
    return on_file.contact, on_file.client


def _phone(text: str) -> str | None:
    """The one number in the answer; a postcode is too short for one."""
    found = {phone_key(each[0]): one_line(each[0].strip(), 64) for each in phrases.NUMBER.finditer(text)}
    whole = [written for key, written in found.items() if len(key) == len(phone_key("0" * 20))]
    return whole[0] if len(whole) == 1 else None


def _post(text: str) -> str | None:
    """The postal address in the answer: the line with its postcode, and the street above it."""
    lines = [line.strip() for line in text.split("\n")]
    for at, line in enumerate(lines):
        without_numbers = phrases.NUMBER.sub(" ", line)
        if not _POSTCODE.search(without_numbers):
            continue
        above = [each for each in lines[max(at - _MOST_LINES_ABOVE, 0) : at] if _HOUSE.search(each) and len(each) <= 80]
        if _HOUSE.search(_POSTCODE.sub(" ", without_numbers)) or above:
            return one_line(", ".join(_LABEL.sub("", each) for each in (*above, without_numbers)).strip(" ,;."), 300)
    return None
