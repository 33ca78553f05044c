"""The answer to the question about a dead address: a digit, and a new address where there is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from email_validator import EmailNotValidError, validate_email

from mailbot.deciding.late import LateAnswer
from mailbot.duties.bounces.facts import AnswerFacts, Choice, Kind, next_contact
from mailbot.duties.bounces.recalling import DEAD_ADDRESS, NAME, recalled
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.message.addresses import address_key
from mailbot.message.model import Evidence, Message, Words
from mailbot.records.known import ContactCard, Known, QuestionCard
from mailbot.sorting import one_word
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, Sorted, Trust

_LONGEST_ANSWER = 500  # characters; a longer one is a letter, and a person reads it
_MOST_BESIDES = 4  # words beside the answer: a name, a greeting

# In the order of their digits in the letter: templates/*/bounces/dead.md.
_OPTIONS: Final = (
    one_word.Option(Choice.NEXT.value),
    one_word.Option(Choice.ADDRESS.value, ("adresse",)),
    one_word.Option(Choice.CALL.value, ("anruf", "anrufen")),
    one_word.Option("yes", numbered=False),  # the address that the letter proposed
)
WRITTEN_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>()\[\]\"',;:@]{1,64}@[^\s<>()\[\]\"',;:@]{1,255})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer comes to; `why` says what it was read from, or why it is not clear."""

    choice: Choice
    address: str | None
    why: str


def said_in(text: str, proposed: str = "") -> Said:
    """Reads "1", "2 karen@new.example", "3 please", a new address alone, and YES to the one that was proposed. Whatever
    says more than that is unclear.

    Pure, linear, never raises.
    """
    if len(text) > _LONGEST_ANSWER:
        return _unclear("the answer is longer than a few words")
    addresses = addresses_written(text)
    words = WRITTEN_ADDRESS.sub(" ", text)
    chosen = one_word.choice(words, _OPTIONS)
    match chosen:
        case one_word.Chosen() if len(chosen.besides.split()) > _MOST_BESIDES:
            return _unclear("there is more beside the answer")
        case one_word.Chosen(key="yes"):
            if proposed and not addresses:
                return Said(Choice.ADDRESS, proposed, f"yes: {proposed}")
            return _unclear("YES, but no address was proposed")
        case one_word.Chosen():
            return with_addresses(Choice(chosen.key), addresses)
        case one_word.NoAnswer() if len(addresses) == 1 and len(words.split()) <= _MOST_BESIDES:
            return with_addresses(Choice.ADDRESS, addresses)
        case one_word.NoAnswer():
            return _unclear("it is none of the answers")
        case one_word.Several():
            return _unclear(f"it names several answers: {', '.join(chosen.keys)}")
        case one_word.Unsure():
            return _unclear(chosen.why)


def addresses_written(text: str) -> list[str]:
    """The addresses in an answer, as they are written."""
    return [address.rstrip(".!?") for address in WRITTEN_ADDRESS.findall(text)]


def with_addresses(choice: Choice, addresses: list[str]) -> Said:
    """The choice, with the one address that stands beside it, where it needs one."""
    if choice is not Choice.ADDRESS:
        return (
            _unclear("an address stands beside an answer that needs none") if addresses else Said(choice, None, choice)
        )
    if len(addresses) != 1:
        return _unclear("2 needs one new address beside it")
    try:
        validate_email(addresses[0], check_deliverability=False)
    except EmailNotValidError as trouble:
        return _unclear(f"'{addresses[0]}' is no address: {trouble}")
    return Said(Choice.ADDRESS, addresses[0], f"a new address: {addresses[0]}")


def _unclear(why: str) -> Said:
    return Said(Choice.UNCLEAR, None, why)


def read_answer(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """The finding of an answer to this duty's own question, by the one who was asked; None for every other mail."""
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is None and sorted_as.answers and sorted_as.trust.trust >= Trust.T3 and not sorted_as.automatic:
        return _late_answer(message, known, sorted_as.answers.letter.ref)
    if question is None or question.duty != NAME or question.kind != DEAD_ADDRESS:
        return None
    words = message.body.for_people
    order = commanded(words.text)
    if order and order.is_to_the_desk:
        return None
    said = said_in(words.text, str(question.context.get("proposed") or ""))
    on_file = recalled(known).address(str(question.context.get("address_key")))
    following = _still_offered(question, on_file)
    said = against_the_records(said, known, on_file, following)
    evidence = _evidence(words)
    facts = AnswerFacts(
        question=question,
        choice=said.choice,
        address=said.address,
        on_file=on_file,
        next_contact=following,
        words=evidence,
        why=said.why,
    )
    return Finding(NAME, Kind.DEAD_ANSWER, facts, (evidence,), said.why)


def _late_answer(message: Message, known: Known, letter_ref: str) -> Finding | None:
    """The clear answer of a colleague to a question of this duty that was answered before."""
    words = message.body.for_people
    closed = next((each for each in recalled(known).closed if each.letter_ref == letter_ref), None)
    if closed is None or said_in(words.text).choice is Choice.UNCLEAR:
        return None
    evidence = _evidence(words)
    return Finding(NAME, Kind.LATE_ANSWER, LateAnswer(closed, evidence), (evidence,), f"{letter_ref} is settled")


def _evidence(words: Words) -> Evidence:
    return words.evidence(0, min(len(words.text), _LONGEST_ANSWER))


def _still_offered(question: QuestionCard, on_file: OnFile | None) -> ContactCard | None:
    """The contact that the question offered, if that is still the one who comes next."""
    following = next_contact(on_file)
    return following if following and following.id == question.context.get("next_contact_id") else None


def against_the_records(said: Said, known: Known, on_file: OnFile | None, following: ContactCard | None) -> Said:
    """An answer that the records do not bear out is unclear, and a person looks at it."""
    if on_file is None or on_file.contact is None or on_file.client is None:
        return _unclear("the dead address is no longer on file with a client")
    if said.choice is Choice.NEXT and following is None:
        return _unclear("the other contact was not offered, or has no working address any more")
    if said.address is None:
        return said
    key = address_key(said.address)
    party = known.party(key)
    if key == on_file.key:
        return _unclear(f"{said.address} is the address that is dead")
    if known.desk.is_own(key) or party is not None:
        return _unclear(f"{said.address} is on file already")
    return said
