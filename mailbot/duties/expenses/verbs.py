"""What the rules about expenses may say and ask, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.expenses.actions import CorrectAmount, NoteExpense, SetAmount
from mailbot.duties.expenses.facts import HOW_MUCH, NAME, AmountAnswer, Correction, ExpenseClaim, NotTheSame, Spent
from mailbot.duties.expenses.reading import KINDS
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Folder, Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion

_LONGEST_WORDS: Final = 120


def note(s: Situation, _how: NoParameters) -> Plan:
    """Notes every expense with the receipts of the mail, and confirms it; asks for the amount of the first without."""
    claim, person = s.finding.facts, _person(s)
    if not isinstance(claim, ExpenseClaim):
        raise OurBug("the verb 'note_expenses' was asked about a mail that says no expense")
    pairs = len(claim.receipts) == len(claim.spent)
    notes: list[Action] = [
        NoteExpense(
            person_id=person.id,
            client_id=each.client_id,
            position=position,
            amount=each.amount,
            currency=each.currency,
            words=one_line(each.evidence.words, _LONGEST_WORDS),
            said_on=s.today,
            receipts=(claim.receipts[position - 1],) if pairs else claim.receipts if position == 1 else (),
        )
        for position, each in enumerate(claim.spent, start=1)
    ]
    known = [each for each in claim.spent if each.amount is not None]
    letters: list[Action] = [_noted(s, person, claim, known)] if known else []
    asking = [
        _how_much(s, person, each, position)
        for position, each in enumerate(claim.spent, start=1)
        if each.amount is None
    ]
    summary = f"{person.name}: {len(claim.spent)} expenses, {len(claim.receipts)} receipts."
    return Plan(summary, (*notes, *letters, *asking), Folder.ASKED if asking else Folder.DONE)


def set_amount(s: Situation, _how: NoParameters) -> Plan:
    """The expense that waited gets its amount."""
    answer, person = s.finding.facts, _person(s)
    if not isinstance(answer, AmountAnswer) or answer.amount is None:
        raise OurBug("an expense was about to get no amount; the rules must hold it")
    spent = Spent(answer.amount, answer.currency, answer.evidence)
    actions = (
        CloseQuestion(answer.question_id, answer.evidence.words),
        SetAmount(answer.expense_id, answer.amount, answer.currency),
        _noted(s, person, ExpenseClaim((spent,), ()), [spent], is_answer=True),
    )
    return Plan(f"{person.name}: an expense of {answer.amount} {answer.currency}.", actions)


def correct(s: Situation, _how: NoParameters) -> Plan:
    """The expense gets the amount that its colleague says now; the answer names both."""
    said, person = s.finding.facts, _person(s)
    if not isinstance(said, Correction):
        raise OurBug("an expense that nobody can name was about to be corrected; the rules must hold it")
    currency = said.currency or said.of.currency
    facts: dict[str, Plain] = {
        "words": one_line(said.of.words, _LONGEST_WORDS),
        "client": said.of.client or None,
        "before": said.of.amount,
        "before_currency": said.of.currency,
        "amount": said.amount,
        "currency": currency,
    }
    letter = Draft(person.recipient, "expenses/corrected", facts, "expenses-corrected", s.ref, answers=s.thread)
    actions = (CorrectAmount(said.of.id, said.of.amount, said.amount, currency), Send(letter))
    return Plan(f"{person.name}: the expense of {said.of.amount} was {said.amount} {currency}.", actions)


def _noted(
    s: Situation, person: PersonCard, claim: ExpenseClaim, spent: list[Spent], *, is_answer: bool = False
) -> Send:
    facts: dict[str, Plain] = {
        "lines": tuple(
            {
                "words": one_line(each.evidence.words, _LONGEST_WORDS),
                "amount": each.amount,
                "currency": each.currency,
                "client": each.client or None,
            }
            for each in spent
        ),
        "receipts": len(claim.receipts),
        "too_large": tuple(one_line(name, _LONGEST_WORDS) for name in claim.too_large),
        "is_answer": is_answer,
    }
    return Send(Draft(person.recipient, "expenses/noted", facts, "expenses-noted", s.ref, answers=s.thread))


def _how_much(s: Situation, person: PersonCard, spent: Spent, position: int) -> Send:
    words = one_line(spent.evidence.words, _LONGEST_WORDS)
    facts: dict[str, Plain] = {"words": words, "currency": spent.currency}
    question = Question(NAME, HOW_MUCH, f'How much was "{words}"?', {"position": position})
    about = f"{s.ref}/{position}"
    return Send(
        Draft(person.recipient, "expenses/how_much", facts, "expenses-how-much", about, answers=s.thread), question
    )


def _person(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("an expense has no colleague as its sender")
    return person


def _values(s: Situation) -> Mapping[str, object]:
    match s.finding.facts:
        case ExpenseClaim() as claim:
            return {"expenses": len(claim.spent), "receipts": len(claim.receipts)}
        case AmountAnswer() as answer:
            return {"said": answer.amount is not None}
        case Correction():
            return {"said": True}
        case NotTheSame():
            return {"said": False}
    raise OurBug(f"the facts of a finding of {NAME} are {type(s.finding.facts).__name__}")


VOCABULARY: Final = Vocabulary(
    duty=NAME,
    kinds=KINDS,
    fields={"expenses": int, "receipts": int, "said": bool},
    values=_values,
    verbs={
        verb.name: verb
        for verb in (
            Verb("note_expenses", NoParameters, note, "notes what was spent, with its receipts, and confirms it"),
            Verb("correct_expense", NoParameters, correct, "gives an expense another amount, and says both"),
            Verb("set_amount", NoParameters, set_amount, "gives an expense the amount that its colleague says"),
        )
    },
)
