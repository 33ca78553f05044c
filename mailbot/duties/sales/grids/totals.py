"""The total of a table that is not what its rows add up to: the question, its answer, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.facts.answers import Change, TotalAnswer
from mailbot.duties.sales.facts.cards import EntryCard, PendingCard, current_by_line
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME, SHEET_TOTAL
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import ClearLine, UnclearLine
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.grids.actions import ANSWERS_BEFORE, AddToTotal, SettleTotal
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.letters.wording import Wording
from mailbot.message.model import Words
from mailbot.records.decision import Action, Question, Send
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
    pending = _pending_of(question, recalled)
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


# --- rows that add up to it after all ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Checked:
    """A total that was asked about, beside what its rows come to with a mail that adds to them or changes them;
    `adds`: it brings some of those that were missing."""

    question_id: int
    pending_id: int
    stated: Price
    now: Decimal
    adds: bool = False

    @property
    def agrees(self) -> bool:
        return self.now == self.stated.amount

    def told(self) -> dict[str, Plain]:
        """What a letter says of it."""
        off = self.now - self.stated.amount
        return {
            "stated": self.stated.amount,
            "now": self.now,
            "currency": self.stated.currency,
            "agrees": self.agrees,
            "off": abs(off),
            "is_less": off < 0,
        }


def checked(s: Situation, added: Sequence[ClearLine], changes: Sequence[Change] = ()) -> Checked | None:
    """The total whose question this mail answers with `added` lines, or of whose rows it makes the sum by `changes`.

    None where it has to do with no open question about a total. Rows that a person has corrected meanwhile count as
    they are now.
    """
    recalled = s.known.recalled.get(NAME)
    answered = s.sorted.answers.question if s.sorted.answers else None
    if not isinstance(recalled, SalesKnown):
        return None
    for question in s.known.questions:
        pending = _pending_of(question, recalled)
        if question.duty != NAME or question.kind != SHEET_TOTAL or pending is None:
            continue
        rows = [
            row
            for ref in (question.decision_ref, *answers_before(question.context))
            for row in current_by_line(ref, recalled.entries).values()
        ]
        is_answered = answered is not None and answered.id == question.id
        if not is_answered and not {row.id for row in rows} & {change.entry.id for change in changes}:
            continue
        new = [line.price for line in added] if is_answered else []
        now = sum(
            (each.amount for each in (*_after(rows, changes), *new) if each.currency == pending.price.currency),
            Decimal(0),
        )
        return Checked(question.id, pending.id, pending.price, now, adds=bool(new))
    return None


def answers_before(context: Mapping[str, object]) -> tuple[str, ...]:
    """The decisions about mails that have answered a question about a total with some of its missing rows."""
    found = context.get(ANSWERS_BEFORE)
    return tuple(map(str, found)) if isinstance(found, list | tuple) else ()


def settled_by(found: Checked | None, words: str, ref: str) -> tuple[Action, ...]:
    """The question is closed, and the total waits no more, where the rows add up to it now; else the rows that this
    decision, `ref`, adds are kept with the question, for the next ones."""
    if found is None:
        return ()
    if not found.agrees:
        return (AddToTotal(found.question_id, ref),) if found.adds else ()
    return (CloseQuestion(found.question_id, words), SettleTotal(found.pending_id, agrees=True))


def _pending_of(question: QuestionCard, recalled: SalesKnown) -> PendingCard | None:
    at = (question.decision_ref, question.context.get("position"))
    return next((card for card in recalled.pending if (card.decision_ref, card.position) == at), None)


def _after(rows: Iterable[EntryCard], changes: Sequence[Change]) -> Iterator[Price]:
    by_entry = {change.entry.id: change.price for change in changes}
    for row in rows:
        price = by_entry.get(row.id, row.price)
        if price is not None:
            yield price
