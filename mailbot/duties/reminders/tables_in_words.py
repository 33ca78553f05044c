"""The words in which people are told of the tables of reminders, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

REMINDER: Final[Mapping[str, Column]] = {
    "rung": Column(
        values={
            "first": Words("the first one", "die erste"),
            "second": Words("the second one", "die zweite"),
            "last": Words("the last one", "die letzte"),
            "call": Words("its owner is to call", "Anruf durch die Betreuung"),
            "lapsed": Words("it has lapsed", "verfallen"),
        }
    ),
    "contact_id": Column(Words("to", "an")),
    "reached_on": Column(Words("on", "am")),
}

ANSWER: Final[Mapping[str, Column]] = {
    "said": Column(
        values={
            "yes": Words("it is used", "wird genutzt"),
            "no": Words("not used", "nicht genutzt"),
            "help": Words("help is wanted", "Hilfe gewünscht"),
        }
    ),
    "contact_id": Column(Words("from", "von")),
    "words": Column(),
}

CHECK_IN: Final[Mapping[str, Column]] = {
    "contact_id": Column(Words("to", "an")),
    "asked_on": Column(Words("on", "am")),
    "score": Column(Words("score from 0 to 10:", "Zufriedenheit von 0 bis 10:")),
    "words": Column(),
}

WORD: Final[Mapping[str, Column]] = {
    "kind": Column(
        values={
            "remark": Words("a remark", "eine Bemerkung"),
            "praise": Words("praise", "Lob"),
            "price": Words("a question about a price", "eine Frage nach dem Preis"),
            "call": Words("what came of a call", "Ergebnis eines Anrufs"),
        }
    ),
    "contact_id": Column(Words("from", "von")),
    "contract_id": Column(Words("about", "zu")),
    "words": Column(in_title=True),
}

MEETING: Final[Mapping[str, Column]] = {
    "client_id": Column(Words("with", "mit")),
    "rep_id": Column(Words("of", "von")),
    "state": Column(
        values={"asked": Words("a time is wanted", "Termin gesucht"), "agreed": Words("agreed", "vereinbart")}
    ),
    "starts_at": Column(Words("at", "am")),
    "words": Column(),
}
