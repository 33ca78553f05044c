"""Ticket systems: the number that they give to our letter."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailbot.duties.issues.sieve import Sieve
from mailbot.message.model import Evidence, Place, Words

_LONGEST_TEXT = 5_000  # characters: a ticket system says at the top what it is
_LONGEST_NUMBER = 40
_OURS = re.compile(r"I-\d{3,9}(?:-[0-9a-z]{10})?", re.IGNORECASE)  # many systems repeat the number of the sender

_KEEPS_NUMBERS = r"(?:request|ticket|case|incident|inquiry|enquiry|reference|anfrage|vorgang|vorgangs|fall)"
_NUMBER_WORD = r"(?:id|number|no\.?|num|nummer|nr\.?)"
_NUMBER = re.compile(
    rf"(?<!\w){_KEEPS_NUMBERS}[-\s]?{_NUMBER_WORD}?(?:\s(?:is|lautet|ist))?\s?[:#]{{0,2}}\s?\[?#?"
    rf"(?P<number>(?=[A-Z/_-]{{0,12}}\d)[A-Z0-9][A-Z0-9/_-]{{1,{_LONGEST_NUMBER - 1}}})(?![\w])"
    r"|[\[(]\s?(?:ticket|case)?\s?#(?P<bracketed>[A-Z0-9-]{2,40})\s?[\])]",
    re.IGNORECASE,
)
# One of these stands in every number, and in few mails.
_SIEVE = Sieve([[re.compile(rf"{_KEEPS_NUMBERS}|#")]])


def ticket_number(subject: str, words: Words) -> tuple[str, Evidence] | None:
    """The number that a ticket system names, and where it stands: in the text, else in the subject."""
    text = words.text[:_LONGEST_TEXT]
    return _number(text, words.evidence) or _number(
        subject[:_LONGEST_TEXT], lambda start, end: Evidence(subject[start:end], Place("subject", start, end))
    )


def _number(text: str, evidence: Callable[[int, int], Evidence]) -> tuple[str, Evidence] | None:
    for match in _NUMBER.finditer(text) if _SIEVE.passing(text) else ():
        number = match["number"] or match["bracketed"]
        if any(sign.isdigit() for sign in number) and not _OURS.fullmatch(number):
            return number.rstrip("-/_"), evidence(match.start(), match.end())
    return None
