"""The words in which people are told of the table of this duty, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

DRAFT: Final[Mapping[str, Column]] = {
    "client_id": Column(Words("with", "mit")),
    "asked_id": Column(Words("to be confirmed by", "zu bestätigen von")),
    "signed_on": Column(Words("signed on", "unterschrieben am")),
    "state": Column(
        values={
            "waiting": Words("waits for an OK", "wartet auf ein OK"),
            "confirmed": Words("confirmed", "bestätigt"),
            "dropped": Words("dropped", "verworfen"),
        }
    ),
}
