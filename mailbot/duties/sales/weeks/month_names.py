"""The names of the months, as letters write them and as people answer with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from mailbot.letters.model import Language

_NAMES: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
}


def name_of(month: date, language: Language) -> str:
    """October, Oktober."""
    return _NAMES[language][month.month - 1]


def word_for(month: date, language: Language) -> str:
    """OCT, OKT: the one word with which a reply names the month."""
    return name_of(month, language)[:3].upper()
