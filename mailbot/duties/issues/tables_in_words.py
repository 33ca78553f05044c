"""The words in which people are told of the tables of issues, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

ISSUE: Final[Mapping[str, Column]] = {
    "state": Column(
        values={
            "open": Words("open", "offen"),
            "claimed": Words("done, says a colleague", "erledigt, sagt jemand im Team"),
            "solved": Words("solved", "gelöst"),
            "merged": Words("goes on in another", "läuft in einem anderen weiter"),
        }
    ),
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
    "department_id": Column(Words("worked on by", "in Arbeit bei")),
    "promised_on": Column(Words("promised by", "zugesagt bis")),
    "answer_by": Column(Words("to be answered by", "zu beantworten bis")),
    "solve_by": Column(Words("to be solved by", "zu lösen bis")),
    "snoozed_until": Column(Words("put off until", "zurückgestellt bis")),
    "contract_id": Column(Words("contract", "Vertrag")),
    "deliverable_id": Column(Words("what was sold", "Leistung")),
    "link": Column(Words("page", "Seite")),
    "merged_into_id": Column(Words("goes on in", "läuft weiter in")),
    "follows_id": Column(Words("takes up", "greift auf")),
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
