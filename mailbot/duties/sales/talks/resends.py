"""A line that a rep sends again with another amount on the same day: NEW (it replaces the earlier one), OLD, or BOTH.

Two amounts for one client on one day are a slip of the keyboard as often as two sales: the rep says which.
"""

from __future__ import annotations

from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import Place, Supersede, told
from mailbot.duties.sales.facts.answers import ResendAnswer
from mailbot.duties.sales.facts.cards import EntryCard, PendingCard
from mailbot.duties.sales.facts.kinds import NAME, RESENT
from mailbot.duties.sales.facts.lines import Numbers, UnclearLine
from mailbot.duties.sales.talks.actions import SettleResend
from mailbot.duties.sales.talks.resend_answers import BOTH, NEW, OLD
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion

_LONGEST_WORDS: Final = 120
_MOST_REPEATS: Final = 12  # told in one letter


# --- the question ---


def can_be_asked(line: UnclearLine) -> bool:
    """Whether a line only disagrees with one that is booked."""
    return line.earlier is not None and line.price is not None and line.client is not None


def ask(s: Situation, rep: PersonCard, facts: Numbers, line: UnclearLine, position: int, *, first: bool) -> Send:
    """Which of two amounts holds. The `first` letter of a mail says which of its lines were there already."""
    if line.earlier is None or line.price is None or line.client is None:
        raise OurBug("a line that disagrees with no other was about to be asked about")
    repeated = facts.repeated[:_MOST_REPEATS] if first else ()
    names: dict[str, Plain] = {
        "client": line.client.name,
        "words": one_line(line.evidence.words, _LONGEST_WORDS),
        "amount": line.price.amount,
        "currency": line.price.currency,
        "earlier": line.earlier.price.amount,
        "earlier_currency": line.earlier.price.currency,
        "earlier_at": line.earlier.booked_at,
        "repeated": tuple({"client": each.entry.client_name, "earlier": each.entry.booked_at} for each in repeated),
        "more": len(facts.repeated) - len(repeated) if first else 0,
    }
    question = Question(
        duty=NAME,
        kind=RESENT,
        words=f"{line.client.name}: {told(line.earlier.price)} or {told(line.price)}?",
        context={
            "position": position,
            "entry_id": line.earlier.id,
            "client_id": line.client.id,
            "client": line.client.name,
            "owner_id": line.client.owner_id,
        },
    )
    draft = Draft(rep.recipient, "sales/resent", names, "sales-resent", f"{s.ref}/{position}", answers=s.thread)
    return Send(draft, question)


# --- what comes of it ---


def settle(s: Situation, _how: NoParameters) -> Plan:
    """The rep's word: the new amount replaces the earlier one, or the earlier one stays, or both are sales."""
    answer, rep = _answer(s), _rep(s)
    actions = (CloseQuestion(answer.question_id, answer.evidence.words), *_deeds(answer), _told(s, rep, answer))
    price = told(answer.pending.price)
    said = {NEW: f"{price} holds", OLD: "the earlier amount holds", BOTH: f"{price} is another sale"}[answer.said]
    return Plan(f"{rep.name}, {answer.client.name}: {said}.", actions)


def _deeds(answer: ResendAnswer) -> tuple[Action, ...]:
    pending, client = answer.pending, answer.client
    if answer.said == OLD:
        return (SettleResend(pending.id, is_booked=False),)
    if answer.said == BOTH or answer.earlier is None:
        return (Place(pending.id, client.id, client.name, pending.price, pending.week),)
    return (SettleResend(pending.id, is_booked=True), _superseding(answer.earlier, pending, answer))


def _superseding(earlier: EntryCard, pending: PendingCard, answer: ResendAnswer) -> Supersede:
    return Supersede(
        entry_id=earlier.id,
        client_name=earlier.client_name,
        before=earlier.price,
        price=pending.price,
        line=earlier.line,
        words=pending.words,
        place=str(answer.evidence.place)[:64],
        said_on=pending.said_on,
    )


def _told(s: Situation, rep: PersonCard, answer: ResendAnswer) -> Send:
    price, earlier = answer.pending.price, answer.earlier
    names: dict[str, Plain] = {
        "said": BOTH if answer.said == NEW and earlier is None else answer.said,
        "client": answer.client.name,
        "week": answer.pending.week.number,
        "amount": price.amount,
        "currency": price.currency,
        "earlier": earlier.price.amount if earlier else None,
        "earlier_currency": earlier.price.currency if earlier else price.currency,
    }
    draft = Draft(rep.recipient, "sales/resend_settled", names, "sales-resend-settled", s.ref, answers=s.thread)
    return Send(draft)


def _answer(s: Situation) -> ResendAnswer:
    facts = s.finding.facts
    if not isinstance(facts, ResendAnswer) or facts.said not in (NEW, OLD, BOTH):
        raise OurBug('"which of the two?" was not answered with NEW, OLD or BOTH; the rules must hold it')
    return facts


def _rep(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("an answer of a rep has no rep as its sender")
    return person
