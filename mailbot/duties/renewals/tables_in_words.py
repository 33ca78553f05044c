"""The words in which people are told of the table of renewals, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

WORD: Final[Mapping[str, Column]] = {
    "said": Column(
        values={
            "renew": Words("they go on", "sie verlängern"),
            "talking": Words("talks are on", "im Gespräch"),
            "lost": Words("lost", "verloren"),
        }
    ),
    "person_id": Column(Words("by", "von")),
    "because": Column(),
}
