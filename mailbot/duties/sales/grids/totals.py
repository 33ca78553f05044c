"""The total of a table that is not what its rows add up to: the question, its answer, and what comes of it."""

from __future__ import annotations

import re
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.facts import NAME, SHEET_TOTAL, Doubt, Price, SalesKnown, TotalAnswer, UnclearLine
from mailbot.duties.sales.grids.actions import SettleTotal
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.letters.wording import Wording
from mailbot.message.model import Words
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard, QuestionCard
from mailbot.records.questions import CloseQuestion

_WRONG: Final = re.compile(
    r"\b(?:(?:the )?(?:total|sum)(?: is| was)? (?:wrong|incorrect|a typo|off)|wrong total"
    r"|(?:die )?(?:gesamt)?summe(?: ist| war)? (?:falsch|verkehrt)|falsche summe)\b",
    re.IGNORECASE,
)
_LONGEST_ANSWER: Final = 300


def can_be_asked(line: UnclearLine) -> bool:
    """Whether it is the total of a table or a file, with both amounts known; one in a text is left to a person."""
    is_total = line.doubt is Doubt.TOTAL_DIFFERS and line.price is not None and line.other is not None
    return is_total and line.evidence.place.part != "text"


def ask(s: Situation, rep: PersonCard, line: UnclearLine, position: int) -> Send:
    """Whether a row is missing, or the total is wrong."""
    if line.price is None or line.other is None:
        raise OurBug("a total that differs from nothing was about to be asked about")
    names: dict[str, Plain] = {
        "stated": line.price.amount,
        "added": line.other.amount,
        "difference": abs(line.other.amount - line.price.amount),
        "is_less": line.other.amount < line.price.amount,
        "currency": line.price.currency,
    }
    question = Question(
        duty=NAME,
        kind=SHEET_TOTAL,
        words=f"Is a row missing, or is the total of {_money(line.price)} wrong? The rows make {_money(line.other)}.",
        context={"position": position, "added": str(line.other.amount)},
    )
    draft = Draft(rep.recipient, "sales/total_differs", names, "sales-total", f"{s.ref}/{position}", answers=s.thread)
    return Send(draft, question)


def _money(price: Price) -> str:
    return Wording("en").money(price.amount, price.currency)


def total_answer(words: Words, question: QuestionCard, recalled: SalesKnown) -> TotalAnswer | None:
    """The word that the total is wrong; None for everything else, which may be the missing line."""
    position = question.context.get("position")
    pending = next(
        (card for card in recalled.pending if card.decision_ref == question.decision_ref and card.position == position),
        None,
    )
    said = _WRONG.search(words.text[:_LONGEST_ANSWER])
    if pending is None or said is None or any(map(str.isdigit, words.text)):
        return None
    return TotalAnswer(question.id, pending, words.evidence(*said.span()))


def settle(s: Situation, _how: NoParameters) -> Plan:
    """The total is wrong: it waits no more, and the rows stay as they are booked."""
    answer = s.finding.facts
    person = s.known.sender.person if s.known.sender else None
    if not isinstance(answer, TotalAnswer) or person is None:
        raise OurBug("a total was about to be settled by something else than a rep's word about it")
    stated = answer.pending.price
    names: dict[str, Plain] = {"stated": stated.amount, "currency": stated.currency}
    draft = Draft(person.recipient, "sales/total_settled", names, "sales-total-settled", s.ref, answers=s.thread)
    actions = (CloseQuestion(answer.question_id, answer.evidence.words), SettleTotal(answer.pending.id), Send(draft))
    return Plan(f"{person.name}: the total of {_money(stated)} was wrong, the rows hold.", actions)
