"""The words in which people are told of the tables of expenses, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

EXPENSE: Final[Mapping[str, Column]] = {
    "person_id": Column(Words("of", "von")),
    "client_id": Column(Words("with", "mit")),
    "amount": Column(),
    "currency": Column(),
}

RECEIPT: Final[Mapping[str, Column]] = {"filename": Column()}
