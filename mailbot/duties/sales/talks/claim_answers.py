"""The answer to "was that you?": YES (this once), ADD (always accept this address) or NO. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from mailbot.duties.sales.facts.answers import WasItYou
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.message.addresses import address_key
from mailbot.message.model import Evidence, Message, Words
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.sorting.answer_words import SYNONYMS
from mailbot.sorting.model import Finding, NotMine
from mailbot.sorting.one_word import Chosen, Option, Several, choice

CLAIM_ANSWER: Final = "claim-answer"
YES, ADD, NO = "yes", "add", "no"

_READ: Final = 2_000  # characters
_LONGEST_EVIDENCE: Final = 200
_MOST_BESIDES: Final = 4  # words beside YES or ADD, a name most of the time
_OPTIONS: Final = (
    Option(YES, numbered=False),
    Option(
        ADD,
        ("always", "immer", "hinzufügen", "aufnehmen", "dauerhaft", "künftig", "merken", "annehmen", "akzeptieren"),
        numbered=False,
    ),
    Option(NO, numbered=False),
)
# What people write around the word, or in its place. "Not me" has to be known as a whole: "not" alone turns any
# answer round, and would leave it unread.
_IN_OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    NO: (
        *("that was not me", "that wasn't me", "this was not me", "this wasn't me", "it was not me", "it wasn't me"),
        *("was not me", "wasn't me", "that's not me", "that is not me", "it's not me", "not me", "not mine"),
        *("das war ich nicht", "das bin ich nicht", "ich war das nicht", "war ich nicht", "bin ich nicht"),
        *("das ist nicht von mir", "ist nicht von mir", "kommt nicht von mir", "nicht von mir"),
    ),
    YES: (
        *("that was me", "this was me", "it was me", "was me", "that's me", "it's me", "that is me", "just this once"),
        *("only this once", "this once", "only this time", "just this time", "this time", "just once", "only once"),
        *("das war ich", "das bin ich", "ich war das", "war ich", "bin ich", "die ist von mir", "ist von mir"),
        *("nur dieses eine mal", "dieses eine mal", "nur dieses mal", "dieses mal", "nur diesmal", "diesmal"),
        *("nur einmal", "einmalig", "ausnahmsweise"),
    ),
    ADD: (
        *("always accept this address", "always accept it", "always accept", "add this address", "add the address"),
        *("add that address", "add my address", "diese adresse immer annehmen", "diese adresse immer akzeptieren"),
        *("immer annehmen", "immer akzeptieren", "diese adresse aufnehmen", "die adresse aufnehmen"),
        *("adresse aufnehmen", "diese adresse immer", "die adresse immer"),
    ),
}
_KEY_OF: Final = {phrase: key for key, phrases in _IN_OTHER_WORDS.items() for phrase in phrases}
_PHRASE = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(_KEY_OF, key=len, reverse=True))) + r")\b")
_SAYS_YES = re.compile(r"\b(?:" + "|".join(sorted(SYNONYMS["yes"] | {YES})) + r")\b")


def claim_answer(
    message: Message, question: QuestionCard, recalled: SalesKnown, rep: PersonCard, known: Known
) -> Finding | NotMine:
    """What the colleague says. Only the registered address is asked, and only it answers: who has got hold of another
    one could add a third with it."""
    asked = next((each for each in recalled.asked if each.question_id == question.id), None)
    registered = known.person(rep.id)
    if asked is None or registered is None:
        return NotMine(f"it answers {question.letter_ref}, but nobody looked up what that is about")
    words = message.body.for_people
    is_registered = message.sender is not None and message.sender.key == address_key(registered.address)
    key = said_of_claim(words.text) if is_registered else ""
    evidence = _evidence(words)
    answer = WasItYou(question.id, question.letter_ref, str(question.context.get("address", "")), asked, key, evidence)
    why = (
        f'it says {key.upper()} to "was that you?"' if key else "it says neither YES, ADD nor NO from the address asked"
    )
    return Finding(NAME, CLAIM_ANSWER, answer, (evidence,), why)


def late_claim_answer(words: Words) -> Evidence | None:
    """The words that would answer, if the question were still open."""
    return _evidence(words) if said_of_claim(words.text) else None


def said_of_claim(text: str) -> str:
    """YES, ADD or NO; "" where it is none of them, or more than one that do not go together.

    "Yes, always" is ADD. NO is taken whatever is said beside it; YES and ADD only where nothing is that a person would
    have to read.
    """
    plain = _PHRASE.sub(lambda found: _KEY_OF[found[0]], text[:_READ].casefold().replace("\u2019", "'"))
    answer = choice(plain, _OPTIONS)
    if isinstance(answer, Several) and set(answer.keys) == {YES, ADD}:
        answer = choice(_SAYS_YES.sub(" ", plain), _OPTIONS)
        if not (isinstance(answer, Chosen) and answer.key == ADD):
            return ""
    if not isinstance(answer, Chosen):
        return ""
    is_bare = len(answer.besides.split()) <= _MOST_BESIDES and not any(map(str.isdigit, answer.besides))
    return answer.key if is_bare or answer.key == NO else ""


def _evidence(words: Words) -> Evidence:
    return words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
