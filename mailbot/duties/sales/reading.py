"""What a rep's mail is to this duty: numbers, a correction of booked lines, or the answer to "which client?". Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mailbot.deciding.late import LateAnswer
from mailbot.duties.sales.commission.facts import COMMISSION, CommissionQuestion
from mailbot.duties.sales.facts import kinds
from mailbot.duties.sales.facts.answers import Claim, InHalves, NewClient
from mailbot.duties.sales.facts.kinds import (
    CLIENT_ANSWER,
    CORRECTION,
    HALVES,
    LATE_ANSWER,
    NAME,
    NEWCOMER,
    NUMBERS,
    RESEND_ANSWER,
    TOTAL_ANSWER,
)
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.grids import plan_sheets
from mailbot.duties.sales.grids.totals import total_answer
from mailbot.duties.sales.numbers.forecast_changes import corrects_forecasts_alone
from mailbot.duties.sales.numbers.periods import day_of
from mailbot.duties.sales.numbers.phrases import NO_SALE, said
from mailbot.duties.sales.numbers.reading import numbers
from mailbot.duties.sales.reports import asking as reports
from mailbot.duties.sales.reports.facts import REPORT
from mailbot.duties.sales.talks.answers import corrections
from mailbot.duties.sales.talks.claim_answers import CLAIM_ANSWER, claim_answer
from mailbot.duties.sales.talks.claims import CLAIMED, claimed, may_be_asked_about
from mailbot.duties.sales.talks.client_answers import answer_about_client, late_answer, owner_of, placeable
from mailbot.duties.sales.talks.line_orders import Sheet
from mailbot.duties.sales.talks.offered import OFFER, offer_answer
from mailbot.duties.sales.talks.resend_answers import resend_answer
from mailbot.duties.sales.targets.facts import TARGETS
from mailbot.duties.sales.weeks.answers import NOTED, asked_week, of_a_rep, rep_note
from mailbot.duties.sales.weeks.facts import MONTH_ANSWER, MONTH_ORDER, WEEK_SAID
from mailbot.duties.sales.weeks.managers import of_a_decider
from mailbot.message.model import Message
from mailbot.money.numerals import habit_of
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.offered_sales import OFFERED_SALE
from mailbot.records.tables import Role
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Answers, Finding, NotMine, Sorted, Trust
from mailbot.sorting.removals import removal_in

KINDS: Final = (
    *(NUMBERS, CORRECTION, CLIENT_ANSWER, NEWCOMER, HALVES, RESEND_ANSWER, TOTAL_ANSWER, COMMISSION, LATE_ANSWER),
    *(CLAIMED, CLAIM_ANSWER, WEEK_SAID, MONTH_ANSWER, MONTH_ORDER, TARGETS, plan_sheets.PLAN_ANSWER, OFFER),
    *reports.KINDS,
)


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """Only a rep's own mail, proven and written by a person, is read; or one that may be a rep's, to ask about it; and
    what colleagues say about reports."""
    if found := reports.asked_or_answered(message, known, sorted_as):
        return found
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is not None and question.kind == OFFERED_SALE and sorted_as.trust.trust >= Trust.T3:
        return offer_answer(message, question)
    recalled = known.recalled.get(NAME)
    if isinstance(recalled, SalesKnown) and recalled.claim is not None and may_be_asked_about(sorted_as):
        return claimed(message, known, recalled, _in_the_name_of(recalled.claim, message, known, recalled))
    if isinstance(recalled, SalesKnown) and (found := _beside_numbers(message, known, recalled, sorted_as)):
        return found
    rep = _rep(known, sorted_as)
    if isinstance(rep, NotMine):
        return rep
    if not isinstance(recalled, SalesKnown):
        return NotMine("the records were not asked about this sender's sales")
    if recalled.commission is not None:
        return _commission(recalled.commission, numbers(message, known, recalled, rep))
    return _of_a_rep(message, known, recalled, rep, sorted_as.answers)


def _of_a_rep(
    message: Message, known: Known, recalled: SalesKnown, rep: PersonCard, answers: Answers | None
) -> Finding | NotMine:
    """A rep's own mail, by the letter that it answers; a report that it answers, and quotes, is nobody's word."""
    letter = answers.letter if answers else None
    asked = asked_week(letter, known)
    if asked or (letter and letter.purpose == NOTED):
        return of_a_rep(message, known, recalled, rep, asked)
    if answers and answers.question and answers.question.duty == NAME:
        return _client_answer(message, answers.question, recalled, rep, known)
    if letter is None or (letter.duty == NAME and letter.purpose == REPORT):
        return of_a_rep(message, known, recalled, rep, None)
    if letter.duty == NAME and known.is_senders(letter.recipient_key):
        return (
            _late_answer(message, letter.ref, recalled)
            or _of_forecasts(message, known, recalled, rep)
            or _correction(message, letter.decision_ref, recalled, rep, known)
        )
    if letter.duty != NAME:
        return NotMine(f"it answers {letter.ref}, which was not about numbers")
    return of_a_rep(message, known, recalled, rep, None)


def _commission(question: CommissionQuestion, besides: Finding | NotMine) -> Finding:
    """The question about the own commission; whether the mail tells of sales besides, which a person must not miss."""
    lines = besides.facts if isinstance(besides, Finding) and isinstance(besides.facts, Numbers) else None
    unclear = [each.evidence for each in lines.unclear if not said(each.evidence.words, NO_SALE)] if lines else []
    others = [*(each.evidence for each in lines.lines), *unclear] if lines else []
    says_more = any(each.words.strip() not in question.evidence.words for each in others)
    facts = replace(question, says_more=says_more)
    return Finding(NAME, COMMISSION, facts, (question.evidence,), "it asks about the sender's own commission")


def _beside_numbers(
    message: Message, known: Known, recalled: SalesKnown, sorted_as: Sorted
) -> Finding | NotMine | None:
    """The word of who decides about months, and the note of a rep who is away."""
    return of_a_decider(message, known, recalled, sorted_as) or rep_note(message, known, recalled, sorted_as)


def _rep(known: Known, sorted_as: Sorted) -> PersonCard | NotMine:
    if sorted_as.automatic is not None:
        return NotMine(f"a machine wrote it: {sorted_as.automatic.why}")
    person = known.sender.person if known.sender else None
    if person is None or person.role is not Role.REP:
        return NotMine("its sender is not one of the reps")
    if sorted_as.trust.trust < Trust.T3:
        return NotMine(f"it names a rep as its sender but is not believed: {sorted_as.trust.why}")
    return person


def _client_answer(
    message: Message, question: QuestionCard, recalled: SalesKnown, rep: PersonCard, known: Known
) -> Finding | NotMine:
    said = commanded(message.body.for_people.text)
    if said and said.is_to_the_desk:
        return NotMine(f"it says {said.does.upper()}")
    words = message.body.for_people
    match question.kind:
        case kinds.WAS_IT_YOU:
            return claim_answer(message, question, recalled, rep, known)
        case kinds.RESENT:
            return _resend_answer(message, question, recalled)
        case kinds.SHEET_TOTAL:
            return _total_answer(message, question, recalled, rep, known)
        case plan_sheets.PLAN_SHEET:
            return plan_sheets.plan_answer(words, question)
    return _answer_about_client(message, question, recalled, rep, known)


def _total_answer(
    message: Message, question: QuestionCard, recalled: SalesKnown, rep: PersonCard, known: Known
) -> Finding | NotMine:
    """The word that a total is wrong, else, perhaps, the line that was missing."""
    total = total_answer(message.body.for_people, question, recalled)
    if total is None:
        return numbers(message, known, recalled, rep)
    return Finding(NAME, TOTAL_ANSWER, total, (total.evidence,), "it says that the total was wrong")


def _answer_about_client(
    message: Message, question: QuestionCard, recalled: SalesKnown, rep: PersonCard, known: Known
) -> Finding | NotMine:
    answer = answer_about_client(message.body.for_people, question, recalled, rep, known)
    if answer is None:
        return NotMine(f"it answers {question.letter_ref}, but that line is no longer waiting")
    why = f"it answers which client the line of {question.decision_ref} belongs to"
    if isinstance(answer, NewClient):
        return Finding(NAME, NEWCOMER, answer, (answer.evidence,), f"{why}: a new one")
    if isinstance(answer, InHalves):
        return Finding(NAME, HALVES, answer, (answer.evidence,), f"{why}: half each")
    answer = replace(answer, can_be_asked=owner_of(answer.chosen, known) is not None)
    return Finding(NAME, CLIENT_ANSWER, answer, (answer.evidence,), why)


def _resend_answer(message: Message, question: QuestionCard, recalled: SalesKnown) -> Finding | NotMine:
    answer = resend_answer(message.body.for_people, question, recalled)
    if answer is None:
        return NotMine(f"it answers {question.letter_ref}, but that line is no longer waiting")
    why = f"it says which of two amounts holds: {answer.said or 'neither NEW, OLD nor BOTH'}"
    return Finding(NAME, RESEND_ANSWER, answer, (answer.evidence,), why)


def _late_answer(message: Message, letter_ref: str, recalled: SalesKnown) -> Finding | None:
    """The answer to a question of this duty that was closed before; None for everything else."""
    closed = next((each for each in recalled.closed if each.letter_ref == letter_ref), None)
    words = late_answer(message.body.for_people, closed) if closed else None
    if closed is None or words is None:
        return None
    return Finding(NAME, LATE_ANSWER, LateAnswer(closed, words), (words,), f"it answers {letter_ref}, which is settled")


def _of_forecasts(message: Message, known: Known, recalled: SalesKnown, rep: PersonCard) -> Finding | None:
    """A reply that says nothing but what became of what was expected; None for everything else."""
    found = numbers(message, known, recalled, rep) if recalled.forecasts else None
    is_it = isinstance(found, Finding) and isinstance(found.facts, Numbers) and corrects_forecasts_alone(found.facts)
    return found if isinstance(found, Finding) and is_it else None


def _correction(
    message: Message, decision_ref: str, recalled: SalesKnown, rep: PersonCard, known: Known
) -> Finding | NotMine:
    if removal_in(message, known):
        return NotMine("it takes an address off")
    book = recalled.book(rep.id)
    sheet = Sheet({}, habit_of(rep.locale), book, day_of(message.date, known.desk.zone), recalled.closings)
    found = corrections(message.body.for_people, decision_ref, recalled.entries, sheet)
    if not isinstance(found, str):
        found = placeable(found, rep.id, known)
    if isinstance(found, str):
        return NotMine(f"it answers {decision_ref}, but {found}")
    evidence = (*(change.evidence for change in found.changes), *found.unclear)
    return Finding(NAME, CORRECTION, found, evidence, f"it answers the confirmation of {decision_ref}")


def _in_the_name_of(claim: Claim, message: Message, known: Known, recalled: SalesKnown) -> Finding | NotMine:
    """The mail, read as numbers of the first of the reps whom it can be; of any rep, where it names none."""
    reps = known.in_role(Role.REP)
    rep = next((rep for rep in reps if rep.id in claim.fits), reps[0] if reps else None)
    return numbers(message, known, recalled, rep) if rep else NotMine("there are no reps")
