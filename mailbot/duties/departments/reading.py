"""What a mail is to this duty: the answer of a department to a letter about its part, or of a person who looked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.duties.departments.answers import Clause, clauses_in
from mailbot.duties.departments.facts import (
    ANSWER,
    HEARD,
    IS_IT_THERE,
    NAME,
    ON_A_CHANGE,
    SEEN_BY_A_PERSON,
    UNCLEAR,
    DepartmentAnswer,
    DepartmentsKnown,
    Item,
    OnAChange,
    Order,
    Said,
    Says,
    SeenByAPerson,
    UnclearAnswer,
)
from mailbot.letters.cleaning import one_line
from mailbot.message.model import Message
from mailbot.records.contracts.questions import PART_CHANGED
from mailbot.records.contracts.tables import DeliverableState
from mailbot.records.known import Known
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice

_LONGEST_WORDS = 300
_LONGEST_HEARD = 80
_WORD = re.compile(r"[\w']+")
_HEARD = frozenset((
    "ok", "okay", "noted", "thanks", "thank", "thx", "cheers", "done", "understood", "fine", "perfect", "great", "got",
    "danke", "erledigt", "notiert", "verstanden", "klar", "passt", "gut", "super", "prima",
))  # fmt: skip
_BESIDE_IT = frozenset((
    "you", "u", "it", "will", "do", "we'll", "i'll", "us", "is", "all", "clear", "good", "very", "much", "many",
    "for", "letting", "know", "the", "alles", "dir", "euch", "ihnen", "vielen", "besten", "haben", "wir", "ist", "so",
    "für", "die", "info", "das", "hi", "hello", "hallo",
))  # fmt: skip
_YES_OR_NO = (Option("yes", numbered=False), Option("no", numbered=False))


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """What a colleague answers to a letter of this duty; everything else is none of its business."""
    order = _answered(known, sorted_as)
    if order is None:
        return NotMine("it answers no letter about what a department has to deliver")
    if sorted_as.automatic:
        return NotMine(f"a machine wrote it: {sorted_as.automatic.why}")
    if not _may_answer(known, sorted_as):
        return NotMine("it is not believed to come from the department that was asked, nor from who coordinates")
    words = message.body.for_people
    order_to_desk = commanded(words.text)
    if order_to_desk is not None and order_to_desk.is_to_the_desk and order_to_desk.does != "done":
        return NotMine(f"it says to the desk itself: {one_line(words.text, _LONGEST_WORDS)}")
    if order.kind == IS_IT_THERE:
        return _seen_by_a_person(message, order)
    clauses = clauses_in(words.text)
    if order.kind == PART_CHANGED and not _is_a_problem(clauses, order):
        return _on_a_change(message, order)
    said, why = _said(clauses, order.items)
    if why:
        unclear = UnclearAnswer(order, one_line(words.text, _LONGEST_WORDS), why)
        return Finding(NAME, UNCLEAR, unclear, (), f"it answers {order.letter_ref}, and {why}")
    evidence = tuple(words.evidence(clause.start, clause.end) for clause in clauses)
    return Finding(NAME, ANSWER, DepartmentAnswer(order, said), evidence, f"it answers {order.letter_ref}")


def _answered(known: Known, sorted_as: Sorted) -> Order | None:
    found = known.recalled.get(NAME)
    answers = sorted_as.answers
    if not isinstance(found, DepartmentsKnown) or answers is None:
        return None
    return next((order for order in found.orders if order.letter_ref == answers.letter.ref), None)


def _may_answer(known: Known, sorted_as: Sorted) -> bool:
    """Whether the sender was asked, or coordinates."""
    answers, sender = sorted_as.answers, known.sender
    if answers is None or sender is None or sorted_as.trust.trust < Trust.T3:
        return False
    return sorted_as.trust.trust is Trust.T4 or known.is_senders(answers.letter.recipient_key)


def _is_a_problem(clauses: tuple[Clause, ...], order: Order) -> bool:
    """Whether it says PROBLEM of what is still to be delivered. DONE to a change says that it was followed."""
    said, _ = _said(clauses, order.items)
    return bool(said) and all(each.says is Says.PROBLEM and not each.item.is_settled for each in said)


def _on_a_change(message: Message, order: Order) -> Finding:
    """That it was heard, in so many words; anything else is for who ordered it."""
    words = message.body.for_people
    signs = _WORD.findall(message.sender.name.casefold()) if message.sender else []
    said = one_line(words.text, _LONGEST_WORDS)
    evidence = words.evidence(0, min(len(words.text), _LONGEST_WORDS))
    facts = OnAChange(order, said, evidence)
    kind, what = (HEARD, "has heard") if _only_heard(words.text, signs) else (ON_A_CHANGE, "answers")
    return Finding(NAME, kind, facts, (evidence,), f"it {what} of the change in {order.letter_ref}")


def _only_heard(text: str, signs: list[str]) -> bool:
    said = {*_WORD.findall(text[:_LONGEST_WORDS].casefold())}
    is_short = len(text.strip()) < _LONGEST_HEARD and "?" not in text
    return is_short and bool(_HEARD & said) and said <= _HEARD | _BESIDE_IT | {*signs}


def _seen_by_a_person(message: Message, order: Order) -> Finding | NotMine:
    if order.items[0].state is DeliverableState.DROPPED:
        return NotMine(f"it answers {order.letter_ref}, but that is no longer to be delivered")
    words = message.body.for_people
    said = choice(words.text, _YES_OR_NO)
    if not isinstance(said, Chosen):
        unclear = UnclearAnswer(order, one_line(words.text, _LONGEST_WORDS), "it says neither yes nor no")
        return Finding(NAME, UNCLEAR, unclear, (), f"it answers {order.letter_ref} with neither yes nor no")
    evidence = words.evidence(said.start, said.end)
    facts = SeenByAPerson(order, said.key == "yes", evidence)
    return Finding(NAME, SEEN_BY_A_PERSON, facts, (evidence,), f"it answers {order.letter_ref}: {said.key}")


def _said(clauses: tuple[Clause, ...], items: tuple[Item, ...]) -> tuple[tuple[Said, ...], str]:
    """What is said of which thing; else why that is not clear. No thing has two answers."""
    if not clauses:
        return (), "it says neither DONE nor PROBLEM"
    said: dict[int, Said] = {}
    for clause in clauses:
        numbers = clause.numbers or tuple(_meant_without_numbers(clause, items))
        if not numbers:
            return (), "it does not say which of them"
        for number in numbers:
            if number > len(items):
                return (), f"there is no number {number} in it"
            if number in said and said[number].says is not clause.says:
                return (), f"it says two things of number {number}"
            item = items[number - 1]
            said[number] = Said(item, clause.says, clause.words, clause.link, clause.target, clause.page)
    return tuple(said[number] for number in sorted(said)), ""


def _meant_without_numbers(clause: Clause, items: tuple[Item, ...]) -> Iterator[int]:
    """The numbers of what a word without a number speaks of: all, where it says so; else the one thing that is open."""
    unsettled = [number for number, item in enumerate(items, start=1) if not item.is_settled]
    if clause.is_for_all:
        yield from unsettled or range(1, len(items) + 1)
    elif len(items) == 1:
        yield 1
    elif len(unsettled) == 1:
        yield from unsettled
