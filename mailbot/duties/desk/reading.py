"""What a mail says to the desk itself: a command, the answer to one of its own questions, or a forged name."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.deciding.late import LateAnswer
from mailbot.duties.desk.addresses import removal
from mailbot.duties.desk.recalling import recalled_of
from mailbot.duties.desk.stopping import stop_in
from mailbot.duties.desk.which_question import between_questions
from mailbot.duties.desk.words import (
    ANSWERS,
    NAME,
    Command,
    OwnAnswer,
    answer_in,
    answers_one_of,
    command_in,
    own_questions,
)
from mailbot.message.model import Evidence, Message, Place
from mailbot.records.known import Known, QuestionCard
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen


@dataclass(frozen=True, slots=True)
class Forged:
    """A mail in the name of somebody we know, which failed authentication."""

    claimed: str
    checks: str


def read(message: Message, known: Known, sorted_as: Sorted, /) -> Finding | NotMine:
    """Says whether a mail is for the desk itself."""
    if sorted_as.trust.forged:
        return _forged(message, sorted_as)
    if found := stop_in(message, known, sorted_as):
        return found
    if sorted_as.automatic:
        return NotMine("a machine wrote it, and the desk itself talks with people only")
    if sorted_as.trust.trust < Trust.T3:
        return NotMine("only colleagues give orders to the desk")
    command = command_in(message, known)
    if command is not None and not _is_for_another_duty(command, known):
        return Finding(NAME, command.does, command, (command.words,), f'it says "{command.words.words}"')
    if found := removal(message, known, sorted_as):
        return found
    if found := _in_words(message, known):
        return found
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is not None and question.duty == NAME and question.kind in ANSWERS:
        return _answer(message, known, question)
    return between_questions(message, known, sorted_as) or _late_answer(message, known, sorted_as)


def _in_words(message: Message, known: Known) -> Finding | None:
    """An order that names a client in words: its card, or WHY and UNDO in sentences; an answer is none."""
    recalled = recalled_of(known)
    if card := recalled.card:
        return Finding(NAME, "card", card, (card.order.evidence,), f'it asks for the card of "{card.order.name}"')
    kinds = [*(each.kind for each in own_questions(known)), *(each.kind for each in recalled.closed)]
    if not recalled.named or answers_one_of(message, kinds):
        return None
    evidence = tuple(each.order.evidence for each in recalled.named)
    asked = ", ".join(f"{each.order.does.upper()} {' or '.join(each.clients[:3])}" for each in recalled.named)
    return Finding(NAME, "in-words", recalled.named, evidence, f"it asks in words: {asked}", alone=True)


def _is_for_another_duty(command: Command, known: Known) -> bool:
    """A bare DONE to the letter of another duty that has left no task: that duty knows what it is about."""
    left = recalled_of(known).tasks
    named = command.ref is not None and command.ref in command.words.words.upper()
    of_another = bool(known.letters) and known.letters[0].duty != NAME
    return command.does == "done" and of_another and not named and not any(each.tasks for each in left)


def _answer(message: Message, known: Known, question: QuestionCard) -> Finding:
    said = answer_in(message, question.kind)
    if not isinstance(said, Chosen) or (said.key == "stop" and not _may_be_stopped(question, known)):
        return Finding(NAME, "unclear", None, (), f"it answers {question.letter_ref}, but not with one of its words")
    evidence = message.body.for_people.evidence(said.start, said.end)
    facts = OwnAnswer(question, said.key, evidence)
    return Finding(NAME, "answer", facts, (evidence,), f'it says "{evidence.words}" to {question.letter_ref}')


def _may_be_stopped(question: QuestionCard, known: Known) -> bool:
    """Whether it was asked about the mail of a contact: nobody else gets letters that could be stopped."""
    return any(each.question_id == question.id and each.writer is not None for each in recalled_of(known).matters)


def _late_answer(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    answered = sorted_as.answers.letter.ref if sorted_as.answers else None
    closed = next((each for each in recalled_of(known).closed if each.letter_ref == answered), None)
    said = answer_in(message, closed.kind) if closed and closed.kind in ANSWERS else None
    if closed is None or not isinstance(said, Chosen):
        return NotMine("it gives no order, and answers no question of the desk itself")
    evidence = message.body.for_people.evidence(said.start, said.end)
    why = f'it says "{evidence.words}" to {closed.letter_ref}, which is settled'
    return Finding(
        NAME, "late", LateAnswer(closed, evidence, said.key, str(closed.context.get("letter", ""))), (evidence,), why
    )


def _forged(message: Message, sorted_as: Sorted) -> Finding:
    claimed = str(message.sender) if message.sender else message.value("From") or "nobody"
    evidence = Evidence(claimed, Place("header From", 0, len(claimed)))
    return Finding(NAME, "forged", Forged(claimed, sorted_as.trust.why), (evidence,), sorted_as.trust.why)
