"""The words in which people are told of the kernel's own tables, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

_LANGUAGE: Final = Column(
    values={
        "en": Words("letters in English", "Mails auf Englisch"),
        "de": Words("letters in German", "Mails auf Deutsch"),
    }
)

PERSON: Final[Mapping[str, Column]] = {
    "name": Column(Words("name", "Name"), in_title=True),
    "role": Column(
        values={
            "rep": Words("sales rep", "Vertrieb"),
            "department": Words("department", "Abteilung"),
            "coordinator": Words("coordinator", "Koordination"),
            "manager": Words("manager", "Vertriebsleitung"),
            "admin": Words("administrator", "Technik"),
        }
    ),
    "language": _LANGUAGE,
    "currency": Column(Words("books in", "bucht in")),
    "holidays": Column(Words("holidays of", "Feiertage von")),
    "active": Column(values={"True": Words("active", "aktiv"), "False": Words("no longer active", "nicht mehr aktiv")}),
}

CLIENT: Final[Mapping[str, Column]] = {
    "name": Column(Words("name", "Name"), in_title=True),
    "code": Column(Words("number", "Nummer")),
    "owner_id": Column(Words("looked after by", "betreut von")),
    "language": _LANGUAGE,
    "holidays": Column(Words("holidays of", "Feiertage von")),
    "paused_because": Column(Words("automatic letters paused", "automatische Mails angehalten"), is_flag=True),
    "merged_into_id": Column(Words("is the same as", "ist dasselbe wie")),
}

CONTACT: Final[Mapping[str, Column]] = {
    "client_id": Column(Words("at", "bei")),
    "name": Column(Words("name", "Name"), in_title=True),
    "rank": Column(Words("contact no.", "Kontakt Nr."), {"1": Words("main contact", "Hauptkontakt")}),
    "role": Column(),
    "phone": Column(Words("phone", "Telefon")),
    "language": _LANGUAGE,
    "away_until": Column(Words("away; letters wait until", "abwesend; Mails warten bis")),
}

ADDRESS: Final[Mapping[str, Column]] = {
    "written": Column(in_title=True),
    "person_id": Column(Words("of", "von")),
    "contact_id": Column(Words("of", "von")),
    "status": Column(
        values={
            "ok": Words("in order", "in Ordnung"),
            "undeliverable": Words("mail does not arrive", "Mails kommen nicht an"),
            "stopped": Words("wants no more automatic letters", "will keine automatischen Mails mehr"),
            "left": Words("its owner has left the company", "hat die Firma verlassen"),
        }
    ),
}

CONTACT_POINT: Final[Mapping[str, Column]] = {
    "client_id": Column(Words("of", "von")),
    "contact_id": Column(),
    "kind": Column(values={"phone": Words("phone", "Telefon"), "post": Words("post", "Post")}),
    "written": Column(in_title=True),
    "status": Column(
        values={"ok": Words("in order", "in Ordnung"), "dead": Words("reaches nobody", "erreicht niemanden")}
    ),
}

TASK: Final[Mapping[str, Column]] = {
    "person_id": Column(Words("for", "für")),
    "client_id": Column(Words("about", "zu")),
    "state": Column(values={"open": Words("open", "offen"), "done": Words("done", "erledigt")}),
}

APPROVAL: Final[Mapping[str, Column]] = {
    "state": Column(
        values={
            "waiting": Words("given", "gegeben"),
            "done": Words("acted on", "umgesetzt"),
            "moot": Words("nothing was left to do", "hinfällig"),
        }
    ),
}

PAUSE: Final[Mapping[str, Column]] = {
    "since": Column(Words("stopped since", "angehalten seit")),
    "until": Column(Words("until", "bis")),
}

PAGE_LOOK: Final[Mapping[str, Column]] = {
    "url": Column(in_title=True),
    "verdict": Column(
        values={
            "found": Words("found", "gefunden"),
            "not found": Words("not found", "nicht gefunden"),
            "says not found": Words("the page says it is not found", "die Seite meldet, dass es sie nicht gibt"),
            "not shown": Words("not shown without a login", "ohne Anmeldung nicht zu sehen"),
            "no such host": Words("no such host", "Adresse existiert nicht"),
            "not public": Words("not public", "nicht öffentlich"),
            "too many redirects": Words("leads in a circle", "leitet im Kreis weiter"),
            "too slow": Words("too slow", "zu langsam"),
            "refused": Words("does not answer", "antwortet nicht"),
            "no trusted connection": Words("no trusted connection", "keine sichere Verbindung"),
            "server fault": Words("its server has a fault", "Fehler auf dem Server"),
            "no web address": Words("no web address", "keine Webadresse"),
        }
    ),
    "page_title": Column(Words("title", "Titel")),
}

LETTER_STOP: Final[Mapping[str, Column]] = {
    "contact_id": Column(Words("of", "von")),
    "kind": Column(
        values={
            "reminder": Words("wants no more reminders", "will keine Erinnerungen mehr"),
            "mailing": Words("wants no more mailings", "will keine Rundschreiben mehr"),
            "contract": Words("wants no more letters about contracts", "will keine Mails zu Verträgen mehr"),
            "invoice": Words("wants no more invoices", "will keine Rechnungen mehr"),
            "issue": Words("wants no more letters about issues", "will keine Mails zu Vorgängen mehr"),
            "proof": Words("wants no more proofs", "will keine Druckfreigaben mehr"),
        }
    ),
}
