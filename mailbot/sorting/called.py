"""A colleague was to call somebody, and says what came of it: "called: he wants the ad again". Pure."""

from __future__ import annotations

import re

_CALLED = re.compile(
    r"\s*(?:called|called (?:him|her|them)|phoned|spoke (?:to|with) (?:him|her|them)"
    r"|angerufen|telefoniert|gesprochen|habe? (?:ihn|sie) angerufen)\s*[:,.\u2013-]",
    re.IGNORECASE,
)


def called_in(text: str) -> int | None:
    """Where the words begin that say what came of a call; None where the mail does not begin by saying so."""
    found = _CALLED.match(text)
    return found.end() if found else None
