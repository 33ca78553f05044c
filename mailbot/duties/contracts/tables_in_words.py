"""The words in which people are told of the tables of this duty, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.contracts.tables_in_words import EVENT
from mailbot.records.in_words import Column, Words

_STATE: Final = Column(
    values={
        "waiting": Words("waits for an OK", "wartet auf ein OK"),
        "confirmed": Words("confirmed", "bestätigt"),
        "dropped": Words("dropped", "verworfen"),
    }
)

DRAFT: Final[Mapping[str, Column]] = {
    "client_id": Column(Words("with", "mit")),
    "asked_id": Column(Words("to be confirmed by", "zu bestätigen von")),
    "signed_on": Column(Words("signed on", "unterschrieben am")),
    "follows_id": Column(Words("follows", "folgt auf")),
    "state": _STATE,
}

CHANGE: Final[Mapping[str, Column]] = {
    "kind": EVENT["kind"],
    "contract_id": Column(Words("of", "an")),
    "said_on": Column(Words("said on", "gemeldet am")),
    "state": _STATE,
}
