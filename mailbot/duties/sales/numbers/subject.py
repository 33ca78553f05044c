"""A mail that says its one line in the subject: "Kwik Print 2,400 GBP signed"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mailbot.message.model import Evidence, Place

_OF_ANOTHER: Final = re.compile(r"\s*(?:re|aw|fwd?|wg|antw|sv|vs|tr|rif|odp)\s*(?:\[[0-9]{1,3}\])?\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a mail as a text that can be quoted."""

    text: str

    @property
    def is_of_another(self) -> bool:
        """Whether it answers or forwards: then its words are those of an earlier mail."""
        return _OF_ANOTHER.match(self.text) is not None

    def evidence(self, start: int, end: int) -> Evidence:
        """Characters `start` to `end`, quoted."""
        return Evidence(self.text[start:end], Place("subject", start, end))
