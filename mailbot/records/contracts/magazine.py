"""The issues of the magazine, as people say them. Pure."""

from __future__ import annotations

from datetime import date

from mailbot.letters.model import Language
from mailbot.letters.wording import Wording


def issue_named(issue: str, language: Language) -> str:
    """ "January 2026 issue" or "Ausgabe Januar 2026" of one that is kept as 2026-01; any other as it is written."""
    try:
        month = Wording(language).month(date.fromisoformat(f"{issue}-01"))
    except ValueError:
        return issue
    return f"Ausgabe {month}" if language == "de" else f"{month} issue"
