"""The words in which people are told of the table of bounces, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

BOUNCE: Final[Mapping[str, Column]] = {
    "outcome": Column(
        values={
            "failed": Words("came back", "kam zurück"),
            "delayed": Words("is delayed", "verzögert sich"),
            "delivered": Words("arrived", "kam an"),
        }
    ),
    "reason": Column(
        values={
            "no_such_mailbox": Words("there is no such mailbox", "das Postfach gibt es nicht"),
            "no_such_host": Words("there is no such domain", "die Domain gibt es nicht"),
            "moved": Words("the mailbox has moved", "das Postfach ist umgezogen"),
            "mailbox_full": Words("the mailbox is full", "das Postfach ist voll"),
            "disabled": Words("the mailbox is disabled", "das Postfach ist gesperrt"),
            "blocked": Words("refused for the way we send", "wegen unseres Versands abgewiesen"),
            "content": Words("refused for its content or size", "wegen Inhalt oder Größe abgewiesen"),
            "temporary": Words("a passing trouble", "vorübergehend gestört"),
            "delivered": Words("delivered", "zugestellt"),
            "complaint": Words("called spam by its reader", "als Spam gemeldet"),
            "unknown": Words("the reason is not known", "der Grund ist unbekannt"),
        }
    ),
    "status_code": Column(Words("code", "Code")),
}

WHEREABOUTS: Final[Mapping[str, Column]] = {
    "kind": Column(values={"away": Words("away", "abwesend"), "left": Words("has left", "nicht mehr da")}),
    "since": Column(Words("since", "seit")),
    "until": Column(Words("until", "bis")),
    "stand_in": Column(Words("in their place", "an ihrer Stelle")),
    "stand_in_address": Column(),
    "stand_in_phone": Column(Words("phone", "Telefon")),
}
