"""The words in which people are told of the tables of sales, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

# Why a line was not booked, as it stands in a task and in WHY. Letters to the rep have words of their own.
DOUBTS: Final[Mapping[str, Words]] = {
    each.en: each
    for each in (
        Words("two readings", "der Betrag lässt zwei Lesarten zu"),
        Words("a range", "eine Spanne"),
        Words("a percentage", "eine Prozentangabe"),
        Words("not readable as money", "als Betrag nicht lesbar"),
        Words("unknown currency", "unbekannte Währung"),
        Words("no currency", "ohne Währung"),
        Words("two amounts", "mehr als ein Betrag"),
        Words("no client", "kein Kunde genannt"),
        Words("unknown client", "unbekannter Kunde"),
        Words("several clients", "mehrere Kunden kommen in Frage"),
        Words("another's client", "Kunde von jemand anderem"),
        Words("expected", "erst erwartet"),
        Words("denied", "verneint oder zurückgenommen"),
        Words("corrects what is not booked", "korrigiert, was nicht gebucht ist"),
        Words("drops what is not booked", "streicht, was nicht gebucht ist"),
        Words("no sale", "kein Verkauf"),
        Words("a rate", "ein Preis je Stück oder Zeitraum"),
        Words("with tax", "mit Mehrwertsteuer"),
        Words("a question", "eine Frage"),
        Words("another period", "aus einem anderen Zeitraum"),
        Words("no date", "Mail ohne Datum"),
        Words("names a colleague", "nennt jemanden aus dem Team"),
        Words("below the signature", "unter der Signatur"),
        Words("differs from an earlier mail", "anderer Betrag als in einer früheren Mail"),
        Words("the total differs", "die Summe stimmt nicht"),
        Words("too long", "zu lang"),
        Words("the product differs", "Menge mal Preis ergibt einen anderen Betrag"),
        Words("too many rows", "zu viele Zeilen"),
        Words("a torn row", "Zeile mit zu vielen Feldern"),
        Words("no stored value", "Formel ohne gespeicherten Wert"),
        Words("two texts", "formatierte und reine Fassung der Mail weichen ab"),
        Words("two sources", "zwei Beträge in einer Mail"),
        Words("macros", "Datei mit Makros"),
        Words("a password", "Datei mit Kennwort"),
        Words("links to other files", "Datei mit Verweisen auf andere Dateien"),
        Words("too large", "Datei zu groß"),
        Words("not readable", "Datei nicht lesbar"),
        Words("left shut", "Datei nicht geöffnet"),
        Words("late", "für einen abgeschlossenen Monat"),
    )
} | {"claimed": Words("from an address on nobody's file", "von einer Adresse, die niemandem gehört")}

PENDING: Final[Mapping[str, Column]] = {
    "rep_id": Column(Words("of", "von")),
    "client_id": Column(Words("about", "zu")),
    "doubt": Column(values=DOUBTS),
    "state": Column(
        values={
            "waiting": Words("not booked yet", "noch nicht gebucht"),
            "booked": Words("booked", "gebucht"),
            "confirmed": Words("confirmed by the rep", "vom Vertrieb bestätigt"),
            "dropped": Words("not the rep's, dropped", "nicht vom Vertrieb, verworfen"),
            "parted": Words("parted between two clients", "auf zwei Kunden aufgeteilt"),
            "repeated": Words("not booked, the earlier line holds", "nicht gebucht, die frühere Zeile gilt"),
            "total wrong": Words("the total was wrong, the rows hold", "die Summe war falsch, die Zeilen gelten"),
            "total agrees": Words("the rows add up to it now", "die Zeilen ergeben sie jetzt"),
            "refused": Words("refused by the manager", "von der Vertriebsleitung abgelehnt"),
        }
    ),
}

ALIAS: Final[Mapping[str, Column]] = {
    "rep_id": Column(Words("of", "von")),
    "client_id": Column(Words("means", "meint")),
}

WEEK: Final[Mapping[str, Column]] = {
    "said": Column(
        values={
            "zero": Words("nothing sold", "nichts verkauft"),
            "away": Words("away", "abwesend"),
            "promised": Words("numbers promised", "Zahlen zugesagt"),
        }
    ),
    "until": Column(Words("until", "bis")),
    "deputy_id": Column(Words("deputy", "Vertretung")),
}

CLOSE: Final[Mapping[str, Column]] = {
    "is_closed": Column(
        values={"True": Words("closed", "abgeschlossen"), "False": Words("open again", "wieder offen")}
    ),
}
