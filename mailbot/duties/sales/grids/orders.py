"""What the words of a mail say about the rows of its tables: "Zeile Hansen bitte ignorieren", "please skip row 5"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.duties.sales.naming.clients import JOINING
from mailbot.duties.sales.numbers.phrases import said
from mailbot.message.model import Evidence, Words
from mailbot.records.names import LEGAL_FORMS, name_words, words_of_name

_MOST_LINES: Final = 100
_LONGEST: Final = 300
_LEAVE_OUT: Final = frozenset(
    ("ignore", "ignoring", "skip", "leave out", "disregard", "exclude", "don't count", "do not count", "not count",
     "drop", "remove", "without", "don't book", "do not book", "ignorieren", "ignoriere", "ignoriert", "weglassen",
     "lass weg", "auslassen", "nicht zählen", "nicht mitzählen", "nicht buchen", "nicht berücksichtigen",
     "nicht eintragen", "rauslassen", "raus lassen", "streichen", "überspringen", "ohne", "nicht übernehmen")
)  # fmt: skip
_SENTENCE = re.compile(r"[^.!?\n;]+(?:[.](?=\S)[^.!?\n;]*)*[.!?]?")
_ROW = re.compile(r"\b(?:row|line|zeile|reihe)n?s? ?(?:no\.?|nr\.?|#)? ?([0-9]{1,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """A sentence that wants rows left out: by the words of their client, or by their numbers."""

    words: frozenset[str]
    rows: frozenset[int]
    evidence: Evidence

    def is_about(self, name: str, number: int) -> bool:
        """Whether a row is meant: every telling word that the sentence could name it by is its client's first one."""
        telling = [word for word in words_of_name(name) if word not in LEGAL_FORMS and word not in JOINING]
        return number in self.rows or bool(telling and telling[0] in self.words)


def orders_in(words: Words) -> tuple[Order, ...]:
    """The sentences of a mail that leave rows out."""
    found: list[Order] = []
    at = 0
    for line in words.text.split("\n")[:_MOST_LINES]:
        for sentence in _SENTENCE.finditer(line[:_LONGEST]):
            text = sentence[0].strip()
            if said(text, _LEAVE_OUT):
                rows = frozenset(int(row[1]) for row in _ROW.finditer(text))
                start = at + sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
                evidence = words.evidence(start, start + len(text))
                found.append(Order(frozenset(name_words(text)), rows, evidence))
        at += len(line) + 1
    return tuple(found)


def order_about(orders: Sequence[Order], name: str, number: int) -> Order | None:
    """The sentence that leaves a row out; None where none does."""
    return next((order for order in orders if order.is_about(name, number)), None)
