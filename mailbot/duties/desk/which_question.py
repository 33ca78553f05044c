"""A short answer that fits several open questions, and says of none of them that it is meant: its writer is asked back.

Nothing is guessed, and nothing is held in silence: the letter repeats what was said, and names the questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.desk.replies import reply
from mailbot.duties.desk.words import NAME
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Plain
from mailbot.message.model import Evidence, Message
from mailbot.records.decision import Folder
from mailbot.records.known import Known, LetterCard
from mailbot.sorting.answers import letters_by_subject
from mailbot.sorting.model import Finding, Sorted
from mailbot.sorting.subjects import is_reply

WHICH_QUESTION: Final = "which-question"
_LONGEST_ANSWER: Final = 80  # characters; whoever writes more gives a person something to read
_LONGEST_SUBJECT: Final = 100
_MOST: Final = 5  # questions that one letter names


@dataclass(frozen=True, slots=True)
class BetweenQuestions:
    """What was said, and the letters of ours that it may answer, the oldest first."""

    words: Evidence
    letters: tuple[LetterCard, ...]


def between_questions(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """A colleague's short reply that has lost every sign of what it answers but its subject, which fits several."""
    words = message.body.for_people
    said = words.text.strip()
    if sorted_as.answers is not None or not is_reply(message.subject) or not 0 < len(said) <= _LONGEST_ANSWER:
        return None
    letters = letters_by_subject(message, known)
    if len(letters) < 2:
        return None
    start = words.text.index(said)
    evidence = words.evidence(start, start + len(said))
    oldest_first = sorted(letters, key=lambda letter: (letter.sent_at is None, letter.sent_at, letter.ref))
    facts = BetweenQuestions(evidence, tuple(oldest_first))
    why = f"its subject is that of {' and of '.join(letter.ref for letter in oldest_first)}, and nothing says which"
    return Finding(NAME, WHICH_QUESTION, facts, (evidence,), why)


def ask_which(s: Situation, _how: NoParameters) -> Plan:
    """Names the questions, and says how each is answered."""
    between = s.finding.facts
    if not isinstance(between, BetweenQuestions):
        raise OurBug("the verb 'ask_which' was asked about a mail that fits no two questions")
    said = one_line(between.words.words, _LONGEST_ANSWER)
    facts: dict[str, Plain] = {
        "words": said,
        "letters": tuple(
            {"ref": letter.ref, "subject": one_line(letter.subject, _LONGEST_SUBJECT), "sent": letter.sent_at}
            for letter in between.letters[:_MOST]
        ),
        "more": max(0, len(between.letters) - _MOST),
    }
    refs = ", ".join(letter.ref for letter in between.letters[:_MOST])
    return Plan(f'"{said}" may answer {refs}; asked which.', (reply(s, "which_question", facts),), Folder.ASKED)
