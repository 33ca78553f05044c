"""What a mail is to this duty: a colleague says what was spent, sends a receipt, or answers how much it was. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mailbot.duties.expenses.corrections import correction_in
from mailbot.duties.expenses.facts import (
    AMOUNT,
    CLAIM,
    CORRECTION,
    HOW_MUCH,
    NAME,
    AmountAnswer,
    Correction,
    ExpenseClaim,
    ExpensesKnown,
    Receipt,
    Spent,
)
from mailbot.duties.expenses.sentences import Writer, amount_in, expenses_in, says_figures_elsewhere
from mailbot.message.model import Attachment, Message
from mailbot.money.numerals import habit_of
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.stored_files import LARGEST_FILE
from mailbot.records.tables import Role
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust

KINDS: Final = (CLAIM, AMOUNT, CORRECTION)
_OF_A_RECEIPT: Final = ("image/", "application/pdf")
_FEW_WORDS: Final = 4  # beside a photo that speaks for itself
_LONGEST_EVIDENCE: Final = 300


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """Only a colleague's own mail, proven and written by a person, is read."""
    person = _colleague(known, sorted_as)
    if isinstance(person, NotMine):
        return person
    recalled = known.recalled.get(NAME)
    recalled = recalled if isinstance(recalled, ExpensesKnown) else ExpensesKnown()
    writer = Writer(habit_of(person.locale), person.currency or known.desk.currency)
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is not None and question.duty == NAME and question.kind == HOW_MUCH:
        return _amount(message, question, recalled, writer)
    if sorted_as.answers is not None and question is not None:
        return NotMine("it answers a question of another duty")
    return _correction(message, known, recalled, writer) or _claim(message, recalled, writer)


def _colleague(known: Known, sorted_as: Sorted) -> PersonCard | NotMine:
    if sorted_as.automatic is not None:
        return NotMine(f"a machine wrote it: {sorted_as.automatic.why}")
    person = known.sender.person if known.sender else None
    if person is None or person.role is Role.DEPARTMENT:
        return NotMine("its sender is not a colleague with expenses")
    if sorted_as.trust.trust < Trust.T3:
        return NotMine(f"it names a colleague as its sender but is not believed: {sorted_as.trust.why}")
    return person


def _correction(message: Message, known: Known, recalled: ExpensesKnown, writer: Writer) -> Finding | None:
    answered = {letter.decision_ref for letter in known.letters if letter.duty == NAME}
    about = tuple(each for each in recalled.noted if each.decision_ref in answered)
    found = correction_in(message.body.for_people, recalled.noted, about, writer)
    if found is None:
        return None
    why = "it says that an expense was another amount"
    if not isinstance(found, Correction):
        why = f"it corrects an expense of {found.old}, and there is not exactly one of that amount"
    return Finding(NAME, CORRECTION, found, (found.evidence,), why, alone=True)


def _claim(message: Message, recalled: ExpensesKnown, writer: Writer) -> Finding | NotMine:
    words = message.body.for_people
    spans = expenses_in(words.text)
    files = [file for file in message.attachments if file.content_type.casefold().startswith(_OF_A_RECEIPT)]
    if not spans and _is_a_photo_alone(words.text, files):
        evidence = words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
        spent: tuple[Spent, ...] = (Spent(None, writer.currency, evidence),)
    else:
        spent = tuple(_spent(message, recalled, writer, spans, has_receipt=bool(files)))
    if not spent:
        return NotMine("it does not say that money was spent")
    kept = tuple(Receipt(x.filename, x.content_type, x.size, x.sha256, x.content) for x in files if _fits(x))
    too_large = tuple(file.filename for file in files if not _fits(file))
    alone = bool(spans) and not says_figures_elsewhere(words.text, spans)
    evidence_of_all = tuple(each.evidence for each in spent)
    why = f"it says what was spent: {len(spent)}, with {len(kept)} receipts"
    return Finding(NAME, CLAIM, ExpenseClaim(spent, kept, too_large), evidence_of_all, why, alone=alone)


def _spent(
    message: Message, recalled: ExpensesKnown, writer: Writer, spans: tuple[tuple[int, int], ...], *, has_receipt: bool
) -> Iterator[Spent]:
    """One for each sentence that says an amount; one that says none is an expense only where a receipt is there."""
    words = message.body.for_people
    clients = {said: (number, name) for said, number, name in recalled.clients}
    for start, end in spans:
        sentence = words.text[start:end]
        found = amount_in(sentence, writer)
        if found is None and not has_receipt:
            continue
        number, name = clients.get(sentence, (None, ""))
        amount, currency = found or (None, writer.currency)
        yield Spent(amount, currency, words.evidence(start, min(end, start + _LONGEST_EVIDENCE)), number, name)


def _is_a_photo_alone(text: str, files: list[Attachment]) -> bool:
    photos = [file for file in files if file.content_type.casefold().startswith("image/")]
    return bool(photos) and len(text.split()) <= _FEW_WORDS and not any(map(str.isdigit, text))


def _fits(file: Attachment) -> bool:
    return file.size <= LARGEST_FILE and len(file.content) == file.size


def _amount(message: Message, question: QuestionCard, recalled: ExpensesKnown, writer: Writer) -> Finding | NotMine:
    expense_id = dict(recalled.waiting).get(question.id)
    words = message.body.for_people
    said = commanded(words.text)
    if said and said.is_to_the_desk:
        return NotMine(f"it says {said.does.upper()}")
    if expense_id is None:
        return NotMine(f"it answers {question.letter_ref}, but that expense no longer waits")
    found = amount_in(words.text[:_LONGEST_EVIDENCE], writer, alone=True)
    evidence = words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
    amount, currency = found or (None, writer.currency)
    answer = AmountAnswer(question.id, expense_id, amount, currency, evidence)
    return Finding(NAME, AMOUNT, answer, (evidence,), f"it answers how much it was: {amount or 'not readable'}")
