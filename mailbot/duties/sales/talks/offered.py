"""A sale that another duty has found and offers: the answer BOOK books it, NO leaves it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import Book, told
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.numbers.periods import Week
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.message.model import Evidence, Message
from mailbot.records.decision import Send
from mailbot.records.known import PersonCard, QuestionCard
from mailbot.records.offered_sales import OfferedSale, offered
from mailbot.records.questions import CloseQuestion
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, NotMine
from mailbot.sorting.one_word import Chosen, Option, choice

OFFER: Final = "offer-answer"  # the kind of the mail
_OPTIONS: Final = (Option("book", ("buchen", "buche", "yes", "ja", "ok"), numbered=False), Option("no", numbered=False))
_LONGEST_WORDS: Final = 120


@dataclass(frozen=True, slots=True)
class OfferAnswer:
    """The answer to "also book it?": `said` is book or no, and "" where it is neither."""

    question_id: int
    sale: OfferedSale
    said: str
    evidence: Evidence


def offer_answer(message: Message, question: QuestionCard) -> Finding | NotMine:
    """What a colleague says to a sale that was offered."""
    words = message.body.for_people
    order = commanded(words.text)
    if order and order.is_to_the_desk:
        return NotMine(f"it says {order.does.upper()}")
    sale = offered(question.context)
    if sale is None:
        return NotMine(f"the question of {question.letter_ref} holds no sale")
    chosen = choice(words.text, _OPTIONS)
    said = chosen.key if isinstance(chosen, Chosen) and not chosen.besides else ""
    evidence = words.evidence(0, min(len(words.text), _LONGEST_WORDS))
    return Finding(
        NAME, OFFER, OfferAnswer(question.id, sale, said, evidence), (evidence,), f"it says {said or 'neither'}"
    )


def book_offered(s: Situation, _how: NoParameters) -> Plan:
    """Books what was offered, for the week in which it was signed."""
    answer, person = _answer(s), _sender(s)
    sale, price = answer.sale, Price(answer.sale.amount, answer.sale.currency)
    week = Week.of(sale.said_on)
    words = one_line(f"{sale.source}: {sale.words}", _LONGEST_WORDS)
    book = Book(
        rep_id=sale.rep_id,
        client_id=sale.client_id,
        client_name=sale.client_name,
        price=price,
        week=week,
        said_on=sale.said_on,
        line=1,
        words=words,
        place=sale.source,
    )
    facts: dict[str, Plain] = {
        "week": {"number": week.number, "first": week.first, "last": week.last},
        "lines": ({"client": sale.client_name, "amount": sale.amount, "currency": sale.currency, "words": words},),
        "is_new": False,
        "learned": None,
    }
    return Plan(
        f"{person.name}: {told(price)} for {sale.client_name} booked, from {sale.source}.",
        (
            CloseQuestion(answer.question_id, answer.evidence.words),
            book,
            Send(Draft(person.recipient, "sales/placed", facts, "sales-placed", s.ref, answers=s.thread)),
        ),
    )


def leave_offered(s: Situation, _how: NoParameters) -> Plan:
    """What was offered is not booked, and not asked about again."""
    answer = _answer(s)
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    return Plan(f"{answer.sale.source} is not booked as a sale.", (closing,))


def _answer(s: Situation) -> OfferAnswer:
    if not isinstance(s.finding.facts, OfferAnswer):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for an offered sale")
    return s.finding.facts


def _sender(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("an answer about a sale has no colleague as its sender")
    return person
