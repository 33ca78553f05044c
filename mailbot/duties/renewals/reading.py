"""What a mail is to this duty: the answer of a colleague to how it stands with a contract. Pure."""

from __future__ import annotations

from typing import Final

from mailbot.duties.renewals.facts import ANSWER, NAME, UNCLEAR, Answer, RenewalsKnown, Standing
from mailbot.message.model import Message
from mailbot.records.contracts.questions import HOW_IT_STANDS
from mailbot.records.known import Known
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice

KINDS: Final = (ANSWER, UNCLEAR)
_OPTIONS: Final = (
    Option(
        Standing.RENEW, ("renewed", "renewing", "renews", "verlängert", "verlängern", "verlängerung"), numbered=False
    ),
    Option(Standing.TALKING, ("talks", "negotiating", "gespräch", "gespräche", "verhandlung"), numbered=False),
    Option(Standing.LOST, ("verloren", "gekündigt", "cancelled", "gone", "weg"), numbered=False),
)


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """Only the one word of a colleague who was asked is read."""
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is None or question.duty != NAME or question.kind != HOW_IT_STANDS:
        return NotMine("it answers no question about a renewal")
    if sorted_as.automatic is not None:
        return NotMine(f"a machine wrote it: {sorted_as.automatic.why}")
    if sorted_as.trust.trust < Trust.T3:
        return NotMine(f"only colleagues say how a renewal stands: {sorted_as.trust.why}")
    body = message.body.for_people
    order = commanded(body.text)
    if order is not None and order.is_to_the_desk:
        return NotMine(f"it says {order.does.upper()}")
    recalled = known.recalled.get(NAME)
    renewal = recalled.about(question.id) if isinstance(recalled, RenewalsKnown) else None
    if renewal is None:
        return NotMine(f"it answers {question.letter_ref}, but that contract was cancelled, or goes on already")
    said = choice(body.text, _OPTIONS)
    if not isinstance(said, Chosen):
        return Finding(NAME, UNCLEAR, None, (), f"it answers {question.letter_ref}, but not with one of its words")
    evidence = body.evidence(said.start, said.end)
    answer = Answer(question.id, renewal.contract_id, Standing(said.key), said.besides, evidence)
    return Finding(NAME, ANSWER, answer, (evidence,), f'it says "{evidence.words}" of {renewal.ref}')
