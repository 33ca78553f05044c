"""A line for a client whom the records do not know: its rep is asked whether to create it, and under which name."""

from __future__ import annotations

from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import told
from mailbot.duties.sales.client_actions import PlaceWithNew
from mailbot.duties.sales.facts.answers import NewClient
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME, NEW_CLIENT
from mailbot.duties.sales.facts.lines import UnclearLine
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.talks.new_client_answers import may_be_a_name
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Folder, Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion

_LONGEST_WORDS: Final = 120


def can_be_asked(line: UnclearLine) -> bool:
    """Whether all that a line lacks is a client: what it names may be one, and no client of the records comes near."""
    is_alone = line.doubt is Doubt.UNKNOWN_CLIENT and not line.choices and line.price is not None
    return is_alone and may_be_a_name(line.name)


def ask(s: Situation, rep: PersonCard, name: str, words: str, price: Price, position: int) -> Send:
    """The question whether to create the client `name` for the waiting line with this position; with the name "", what
    the client is called. The reply JA, or a name, is the answer."""
    facts: dict[str, Plain] = {
        "name": one_line(name, _LONGEST_WORDS),
        "words": one_line(words, _LONGEST_WORDS),
        "amount": price.amount,
        "currency": price.currency,
    }
    question = Question(
        duty=NAME,
        kind=NEW_CLIENT,
        words=f'May the client "{name}" be created?' if name else "What is the new client called?",
        context={"position": position, "name": name},
    )
    draft = Draft(rep.recipient, "sales/new_client", facts, "sales-new-client", f"{s.ref}/{position}", answers=s.thread)
    return Send(draft, question)


def ask_its_name(s: Situation, _how: NoParameters) -> Plan:
    """Asks what the new client is called; the line goes on waiting."""
    answer, rep = _answer(s), _sender(s)
    waiting = answer.pending
    asking = ask(s, rep, "", waiting.words, waiting.price, waiting.position)
    question = asking.asks
    if question is None:
        raise OurBug("a question was made without one")
    about = Question(question.duty, question.kind, question.words, {"pending_id": waiting.id, "name": ""})
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    return Plan(
        f"{rep.name}: {told(waiting.price)} is for a new client; asked for its name.",
        (closing, Send(asking.draft, about)),
        Folder.ASKED,
    )


def create(s: Situation, _how: NoParameters) -> Plan:
    """Creates the client, the rep's own, and books the waiting line for it."""
    answer, rep = _answer(s), _sender(s)
    if not answer.name:
        raise OurBug("a client was about to be created without a name; the rules must ask for it")
    waiting = answer.pending
    facts: dict[str, Plain] = {
        "week": {"number": waiting.week.number, "first": waiting.week.first, "last": waiting.week.last},
        "lines": (
            {
                "client": answer.name,
                "amount": waiting.price.amount,
                "currency": waiting.price.currency,
                "words": one_line(waiting.words, _LONGEST_WORDS),
            },
        ),
        "is_new": True,
        "learned": None,
    }
    return Plan(
        f"{rep.name}: {answer.name} created, {told(waiting.price)} booked for it, week {waiting.week.number}.",
        (
            CloseQuestion(answer.question_id, answer.evidence.words),
            PlaceWithNew(waiting.id, rep.id, answer.name, rep.recipient.language, waiting.price, waiting.week),
            Send(Draft(rep.recipient, "sales/placed", facts, "sales-placed", s.ref, answers=s.thread)),
        ),
    )


def _answer(s: Situation) -> NewClient:
    if not isinstance(s.finding.facts, NewClient):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for a new client")
    return s.finding.facts


def _sender(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("an answer of a rep has no rep as its sender")
    return person
