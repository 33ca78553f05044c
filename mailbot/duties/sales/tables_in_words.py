"""The words in which people are told of the tables of sales, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

PENDING: Final[Mapping[str, Column]] = {
    "rep_id": Column(Words("of", "von")),
    "client_id": Column(Words("about", "zu")),
    "state": Column(
        values={
            "waiting": Words("not booked yet", "noch nicht gebucht"),
            "booked": Words("booked", "gebucht"),
            "confirmed": Words("confirmed by the rep", "vom Vertrieb bestätigt"),
            "dropped": Words("not the rep's, dropped", "nicht vom Vertrieb, verworfen"),
        }
    ),
}
