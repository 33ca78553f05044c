"""Where a mail says that an expense was another amount: "the lunch was 68.40, not 86.40". Pure; linear in the text.

The old amount is the proof: exactly one expense of the writer has it. Only in the answer to a letter about one expense
may it be left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from mailbot.duties.expenses.facts import Correction, ExpenseCard, NotTheSame
from mailbot.duties.expenses.sentences import Writer, amounts_in, expenses_in
from mailbot.message.model import Words

_LONGEST: Final = 300  # characters of the words that say it
_CUT = re.compile(r"\n+")
# Between the amounts, the new one first ("68.40, not 86.40"), or the old one first ("not 86.40 but 68.40").
_NEW_FIRST = re.compile(
    r"(?<!\w)(?:not|instead of|rather than|and not|nicht|statt|anstatt|und nicht)(?!\w)", re.IGNORECASE
)
_OLD_FIRST = re.compile(
    r"(?<!\w)(?:not|nicht)(?!\w)(?P<old>[^\n]{1,40}?)(?<!\w)(?:but|sondern)(?!\w)(?P<new>[^\n]{1,40})", re.IGNORECASE
)
_ALONE: Final = frozenset(
    ("it", "was", "is", "should", "be", "sorry", "the", "amount", "actually", "make", "that", "correct", "correction",
     "expense", "read", "total", "of", "please", "es", "war", "waren", "sind", "ist", "der", "betrag", "eigentlich",
     "richtig", "korrektur", "korrekt", "bitte", "auslage", "die", "muss", "heißen", "eur", "usd", "chf", "gbp", "euro",
     "hi", "hallo", "thanks", "danke", "pardon")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def says_a_correction(text: str) -> bool:
    """Whether a text may correct an expense that it names by its amount: cheap, for what is looked up beforehand."""
    return any(_NEW_FIRST.search(line) for line in _CUT.split(text[:_LONGEST])) and any(map(str.isdigit, text))


def correction_in(
    words: Words, cards: Sequence[ExpenseCard], answered: Sequence[ExpenseCard], writer: Writer
) -> Correction | NotTheSame | None:
    """What the first line that corrects says; None where none does.

    `cards` are the writer's expenses of late, `answered` those that the letter was about which the mail answers.
    """
    at = 0
    for line in _CUT.split(words.text[:_LONGEST]):
        start = words.text.index(line, at)
        at = start + len(line)
        if not any(map(str.isdigit, line)):
            continue
        said = _old_and_new(line, writer)
        evidence = words.evidence(start, at)
        if said is not None:
            old, new, currency = said
            if not answered and not expenses_in(line):
                return None  # of something else: a sale
            meant = [each for each in (answered or cards) if each.amount == old]
            return Correction(meant[0], new, currency, evidence) if len(meant) == 1 else NotTheSame(old, evidence)
        if len(answered) == 1 and (alone := _alone(line, writer)) is not None:
            amount, currency = alone
            return Correction(answered[0], amount, currency, evidence)
        return None
    return None


def _old_and_new(line: str, writer: Writer) -> tuple[Decimal, Decimal, str | None] | None:
    """The amount that was wrong, the right one, and its currency where one is said."""
    if (both := _OLD_FIRST.search(line)) is not None:
        return _pair(both["old"], both["new"], writer)
    if (between := _NEW_FIRST.search(line)) is not None:
        return _pair(line[between.end() :], line[: between.start()], writer)
    return None


def _pair(old: str, new: str, writer: Writer) -> tuple[Decimal, Decimal, str | None] | None:
    was, will_be = amounts_in(old, writer, alone=True), amounts_in(new, writer, alone=True)
    if len(was) != 1 or len(will_be) != 1 or was[0] is None or will_be[0] is None or was[0][0] == will_be[0][0]:
        return None
    return was[0][0], will_be[0][0], will_be[0][1]


def _alone(line: str, writer: Writer) -> tuple[Decimal, str | None] | None:
    """The amount of a line that says nothing besides: "it was 68.40"."""
    found = amounts_in(line, writer, alone=True)
    if len(found) != 1 or found[0] is None or "?" in line:
        return None
    if any(word.casefold() not in _ALONE for word in _WORD.findall(line)):
        return None
    return found[0]
