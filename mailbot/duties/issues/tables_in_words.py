"""The words in which people are told of the tables of issues, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

ISSUE: Final[Mapping[str, Column]] = {
    "state": Column(values={"open": Words("open", "offen"), "solved": Words("solved", "gelöst")}),
    "severity": Column(
        values={
            "high": Words("pressing", "dringend"),
            "normal": Words("something is wrong", "etwas stimmt nicht"),
            "low": Words("a question", "eine Frage"),
        }
    ),
    "client_id": Column(Words("from", "von")),
    "name": Column(),
    "owner_id": Column(Words("looked after by", "betreut von")),
    "subject": Column(Words("about", "Betreff")),
    "their_number": Column(Words("their number", "Nummer beim Kunden")),
    "deadline": Column(Words("wanted by", "gewünscht bis")),
    "called_at": Column(Words("spoken with on", "gesprochen am")),
}

MESSAGE: Final[Mapping[str, Column]] = {
    "voice": Column(
        values={
            "client": Words("from the client", "vom Kunden"),
            "robot": Words("an automatic reply", "automatische Antwort"),
            "staff": Words("from a colleague", "aus dem Team"),
        }
    ),
    "words": Column(),
}
