"""The answers that a line is for a client whom the records do not know: "neu", "JA", or the name. Pure."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.sales.facts.answers import ClientAnswer, NewClient
from mailbot.duties.sales.facts.cards import PendingCard
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.naming.aliases import LONGEST_NAME
from mailbot.duties.sales.naming.clients import AnothersClient, Meant, Unknown, meaning_of
from mailbot.duties.sales.numbers.phrases import SIGN_OFFS, is_only, words_of
from mailbot.message.model import Evidence, Words
from mailbot.records.known import PersonCard, QuestionCard
from mailbot.records.names import LEGAL_FORMS, name_words
from mailbot.sorting.answer_words import COURTESY, DOUBTS, GREETINGS
from mailbot.sorting.one_word import Chosen, Option, choice

_LONGEST_EVIDENCE: Final = 200
_MOST_WORDS: Final = 8  # of a name
_NEW: Final = Option("new", numbered=False)
_CREATE: Final = (Option("yes", ("anlegen", "create"), numbered=False), _NEW)
# What people write before a name when they say what somebody is called.
_INTRODUCES = re.compile(
    r"(?:(?:new|neue?r?)(?:\s+(?:client|customer|kunde))?\s*(?:[:,\u2013\u2014-]|\s)\s*"
    r"|(?:it is|it's|its name is|the name is|called|der name ist|name ist|name|er heißt|sie heißt|heißt|das ist|es ist)"
    r"\s*:?\s+)+",
    re.IGNORECASE,
)
_SAYS_NEW = re.compile(r"\s*(?:new|neue?r?)\b", re.IGNORECASE)
_AROUND: Final = " \t\"'\u201e\u201c\u201d\u00ab\u00bb.,;:!*_-\u2013\u2014"


def says_new(words: Words, question: QuestionCard, pending: PendingCard) -> NewClient | None:
    """ "neu", said to "which client?", with the name where it stands beside; None for all else."""
    said = choice(words.text, (_NEW,))
    if isinstance(said, Chosen) and not said.besides:
        return NewClient(question.id, pending, "", words.evidence(said.start, said.end))
    if _SAYS_NEW.match(words.text) and (name := name_said(words.text)):
        return NewClient(question.id, pending, name, _evidence(words))
    return None


def name_answer(
    words: Words, question: QuestionCard, pending: PendingCard, recalled: SalesKnown, rep: PersonCard
) -> NewClient | ClientAnswer:
    """The answer to "may I create it, and under which name?".

    JA takes the name that was asked about. Another name is that of a client whom the records know, or, where the rep
    says that it is new or was asked for nothing but the name, that of a new one.
    """
    asked = str(question.context.get("name") or "")
    said = choice(words.text, _CREATE)
    if isinstance(said, Chosen) and not said.besides:
        return NewClient(question.id, pending, asked, words.evidence(said.start, said.end))
    name = name_said(words.text)
    meaning = meaning_of(name, recalled.book(rep.id)) if name else Unknown(())
    evidence = _evidence(words)
    if isinstance(meaning, Meant | AnothersClient):
        client, why = meaning.client, f"it names {meaning.client.name}"
        return ClientAnswer(question.id, pending, client, client.owner_id == rep.id, evidence, why, learned=asked)
    if name and isinstance(meaning, Unknown) and (not asked or _SAYS_NEW.match(words.text)):
        return NewClient(question.id, pending, name, evidence)
    return ClientAnswer(question.id, pending, None, False, evidence, "it names no client, and does not say yes")


def name_said(text: str) -> str:
    """The name that an answer consists of, "" where it is anything else: several lines, a question, a sentence."""
    lines = [line for line in text.splitlines() if line.strip() and not is_only(line, SIGN_OFFS)]
    if lines and all(word in GREETINGS for word in words_of(lines[0])[:1]) and len(lines) > 1:
        lines = lines[1:]
    if not lines or len(lines) > 2:  # below it, a name as a signature
        return ""
    name = _without_courtesy(_INTRODUCES.sub("", lines[0].strip(), count=1)).strip(_AROUND)
    return name if may_be_a_name(name) and all(len(line.split()) <= 3 for line in lines[1:]) else ""


def _without_courtesy(line: str) -> str:
    words = line.split()
    while words and all(word in _POLITE for word in words_of(words[-1])):
        words.pop()
    return " ".join(words)


_POLITE: Final = frozenset(("bitte", "danke", "dank", "please", "thanks", "thx", "thank", "you", "lg", "vg", "mfg"))


def may_be_a_name(name: str) -> bool:
    """Whether some words may be what a company is called: few, no sentence, and not only digits or a legal form."""
    words = name_words(name)
    telling = [word for word in words if word not in LEGAL_FORMS and not word.isdigit()]
    is_said = telling and not all(word in COURTESY | GREETINGS | DOUBTS for word in telling)
    return bool(
        is_said
        and len(words) <= _MOST_WORDS
        and len(name) <= LONGEST_NAME
        and not set(name) & set("?@<>/\\")
        and not set(words_of(name)) & _NO_PART_OF_A_NAME
    )


_NO_PART_OF_A_NAME: Final = frozenset(
    (
        *("not", "no", "don't", "know", "i", "we", "it's", "that's", "this", "is", "are", "was", "or", "maybe", "half"),
        *("nicht", "kein", "keine", "nein", "weiß", "weiss", "ahnung", "ich", "wir", "ist", "sind", "war", "oder"),
        *("vielleicht", "hälfte", "je", "frag", "ask"),
    )
)


def _evidence(words: Words) -> Evidence:
    return words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
