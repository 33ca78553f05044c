"""The words in which people are told of the tables of contracts, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

CONTRACT: Final[Mapping[str, Column]] = {
    "client_id": Column(Words("with", "mit")),
    "rep_id": Column(Words("looked after by", "betreut von")),
    "contact_id": Column(Words("contact", "Kontakt")),
    "signed_on": Column(Words("signed on", "unterschrieben am")),
    "starts_on": Column(Words("from", "vom")),
    "ends_on": Column(Words("until", "bis")),
    "value": Column(Words("value", "Wert")),
    "currency": Column(),
    "renews": Column(
        values={
            "True": Words("renews by itself", "verlängert sich von selbst"),
            "False": Words("ends by itself", "läuft von selbst aus"),
        }
    ),
    "notice_days": Column(Words("days of notice", "Kündigungsfrist in Tagen")),
    "notice_on": Column(Words("notice by", "zu kündigen bis")),
    "state": Column(
        values={
            "running": Words("running", "läuft"),
            "ended": Words("ended", "ausgelaufen"),
            "cancelled": Words("cancelled", "gekündigt"),
        }
    ),
    "follows_id": Column(Words("follows", "folgt auf")),
}

DELIVERABLE: Final[Mapping[str, Column]] = {
    "client_id": Column(Words("for", "für")),
    "issue": Column(Words("issue", "Ausgabe")),
    "quantity": Column(Words("quantity", "Menge")),
    "percent": Column(Words("percent", "Prozent")),
    "list_price": Column(Words("list price", "Listenpreis")),
    "worth": Column(Words("worth", "Wert")),
    "currency": Column(),
    "department_id": Column(Words("done by", "Aufgabe von")),
    "contact_id": Column(Words("contact", "Kontakt")),
    "starts_on": Column(Words("from", "ab")),
    "due_on": Column(Words("due", "fällig")),
    "ends_on": Column(Words("until", "bis")),
    "state": Column(
        values={
            "planned": Words("planned", "geplant"),
            "ordered": Words("ordered", "beauftragt"),
            "claimed": Words("said to be done", "als erledigt gemeldet"),
            "delivered": Words("delivered", "erbracht"),
            "problem": Words("held up by a problem", "durch ein Problem aufgehalten"),
            "dropped": Words("dropped", "entfallen"),
        }
    ),
    "proof": Column(Words("proof", "Beleg")),
    "link": Column(Words("at", "unter")),
    "target": Column(Words("leads to", "führt zu")),
    "is_benefit": Column(
        values={"True": Words("a benefit", "eine Zusatzleistung"), "False": Words("no benefit", "keine Zusatzleistung")}
    ),
    "use": Column(
        values={
            "unused": Words("not used yet", "noch nicht genutzt"),
            "used": Words("used", "genutzt"),
            "lapsed": Words("lapsed", "verfallen"),
        }
    ),
}

FILE: Final[Mapping[str, Column]] = {"filename": Column(in_title=True)}

EVENT: Final[Mapping[str, Column]] = {
    "kind": Column(
        values={
            "signed": Words("signed", "unterschrieben"),
            "amended": Words("amended", "geändert"),
            "renewed": Words("renewed", "verlängert"),
            "ended": Words("ended", "ausgelaufen"),
            "cancelled": Words("cancelled", "gekündigt"),
            "refunded": Words("refunded in part", "teilweise erstattet"),
        }
    ),
    "since": Column(),
    "amount": Column(),
    "currency": Column(),
}

TRAFFIC: Final[Mapping[str, Column]] = {
    "month": Column(Words("month from", "Monat ab")),
    "views": Column(Words("views", "Einblendungen")),
    "clicks": Column(Words("clicks", "Klicks")),
}
