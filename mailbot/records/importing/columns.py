"""Which column holds what: guessed from the first line, in English and in German, and shown before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz

from mailbot.errors import Never
from mailbot.letters.cleaning import one_line
from mailbot.records.names import name_words
from mailbot.suggestions import unknown

Kind = Literal["people", "clients", "contracts", "traffic", "plan"]

# For every field the headers it is known by, in the form of `_folded`.
_PEOPLE: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "full name", "employee", "display name", "mitarbeiter", "mitarbeiterin", "person", "vollname"),
    "first_name": ("first name", "given name", "forename", "vorname"),
    "last_name": ("last name", "surname", "family name", "nachname", "familienname"),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "e mail adresse", "mailadresse", "address"),
    "role": ("role", "function", "rolle", "funktion"),
    "language": ("language", "lang", "sprache"),
    "locale": ("locale", "region", "gebietsschema", "number format", "zahlenformat"),
    "currency": ("currency", "waehrung"),
    "holidays": ("holidays", "holiday region", "public holidays", "feiertage", "feiertage von", "bundesland"),
    "active": ("active", "enabled", "aktiv"),
}
_CLIENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": (
        *("code", "id", "client code", "client id", "client no", "client number", "customer no", "customer number"),
        *("customer id", "account no", "kundennummer", "kundennr", "kunden nr", "kunden id", "debitor", "nummer"),
    ),
    "name": (
        *("name", "client", "client name", "customer", "customer name", "company", "company name", "account"),
        *("kunde", "kundenname", "firma", "firmenname", "unternehmen"),
    ),
    "owner": (
        *("owner", "rep", "sales rep", "salesperson", "account manager", "account owner", "sales", "betreuer"),
        *("betreuerin", "kundenbetreuer", "vertreter", "aussendienst", "verkaeufer", "zustaendig", "vertrieb"),
    ),
    "language": ("language", "lang", "sprache"),
    "holidays": ("holidays", "holiday region", "public holidays", "feiertage", "feiertage von", "bundesland"),
    "contact": (
        *("contact", "contact name", "contact person", "main contact", "ansprechpartner", "ansprechpartnerin"),
        *("ansprechperson", "kontakt", "kontaktperson"),
    ),
    "first_name": ("first name", "given name", "contact first name", "vorname"),
    "last_name": ("last name", "surname", "family name", "contact last name", "nachname", "familienname"),
    "email": (
        *("email", "e mail", "mail", "email address", "e mail address", "contact email", "e mail adresse"),
        *("mailadresse", "kontakt e mail"),
    ),
    "contact_role": ("contact role", "position", "job title", "title", "role", "function", "funktion", "rolle"),
    "phone": ("phone", "telephone", "phone number", "tel", "mobile", "telefon", "telefonnummer", "rufnummer", "handy"),
    "rank": ("rank", "contact rank", "priority", "rang", "reihenfolge"),
    "post": (
        *("postal address", "post address", "mailing address", "address", "post", "postanschrift", "anschrift"),
        *("adresse", "postadresse"),
    ),
    "street": ("street", "street address", "street and number", "address line 1", "strasse", "strasse und hausnummer"),
    "postcode": ("postcode", "post code", "postal code", "zip", "zip code", "plz", "postleitzahl"),
    "city": ("city", "town", "ort", "stadt", "wohnort"),
    "state": ("state", "province", "kanton"),
    "country": ("country", "land"),
}
_CONTRACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "contract": (
        *("contract", "contract no", "contract number", "contract id", "agreement", "agreement no"),
        *("vertrag", "vertragsnummer", "vertrags nr", "vertragsnr"),
    ),
    "client": ("client", "client name", "client code", "customer", "customer name", "company", "kunde", "kundenname"),
    "rep": ("rep", "owner", "sales rep", "salesperson", "account manager", "betreuer", "betreuerin", "vertrieb"),
    "contact": ("contact", "contact person", "contact email", "ansprechpartner", "ansprechpartnerin", "kontakt"),
    "signed": ("signed", "signed on", "date of signature", "unterschrieben", "unterschrieben am", "abschluss"),
    "starts": ("starts", "starts on", "start", "start date", "valid from", "beginn", "vertragsbeginn", "gueltig ab"),
    "ends": ("ends", "ends on", "end", "end date", "valid until", "ende", "vertragsende", "gueltig bis"),
    "value": ("value", "contract value", "total", "amount", "wert", "vertragswert", "summe", "auftragswert"),
    "currency": ("currency", "waehrung"),
    "renews": ("renews", "auto renewal", "auto renews", "renewal", "verlaengerung", "verlaengert sich"),
    "notice_days": ("notice days", "notice", "notice period", "kuendigungsfrist", "kuendigungsfrist in tagen"),
    "state": ("state", "status", "stand", "vertragsstatus"),
    "follows": ("follows", "renewal of", "folgt auf", "vorgaenger"),
    "line": ("line", "line no", "item no", "position", "pos", "zeile"),
    "part": ("part", "teil"),
    "kind": ("kind", "kind of deliverable", "type", "deliverable type", "art", "leistungsart"),
    "words": ("words", "deliverable", "item", "description", "product", "leistung", "beschreibung", "produkt"),
    "issue": ("issue", "ausgabe", "heft"),
    "quantity": ("quantity", "qty", "menge", "anzahl"),
    "percent": ("percent", "discount", "discount percent", "rabatt", "prozent"),
    "list_price": ("list price", "listenpreis"),
    "worth": ("worth", "item value", "leistungswert"),
    "department": ("department", "abteilung"),
    "asked": ("artwork contact", "asked", "druckdaten von"),
    "runs_from": ("runs from", "usable from", "laeuft ab", "nutzbar ab"),
    "due": ("due", "due on", "due date", "faellig", "faellig am"),
    "runs_until": ("runs until", "usable until", "laeuft bis", "nutzbar bis"),
    "done": ("done", "delivery", "delivery state", "erbracht", "leistungsstand"),
    "link": ("link", "url", "adresse im netz"),
    "target": ("target", "leads to", "target url", "ziel", "ziel des links"),
    "proof": ("proof", "beleg"),
    "benefit": ("benefit", "is benefit", "zusatzleistung"),
    "used": ("used", "genutzt"),
}
_TRAFFIC: Final[Mapping[str, tuple[str, ...]]] = {
    "contract": _CONTRACTS["contract"],
    "line": _CONTRACTS["line"],
    "part": _CONTRACTS["part"],
    "month": ("month", "monat"),
    "views": ("views", "impressions", "page impressions", "einblendungen", "aufrufe", "ansichten"),
    "clicks": ("clicks", "klicks"),
}
_PLAN: Final[Mapping[str, tuple[str, ...]]] = {
    "rep": (
        *("rep", "sales rep", "salesperson", "who", "name", "owner", "account manager", "rep or team", "team"),
        *("vertrieb", "vertreter", "mitarbeiter", "mitarbeiterin", "verkaeufer", "betreuer", "wer"),
    ),
    "product": ("product", "product group", "line of business", "produkt", "produktgruppe", "sparte"),
    "period": ("period", "quarter", "month", "year", "time", "zeitraum", "quartal", "monat", "jahr", "periode"),
    "first": ("first", "first day", "from", "start", "von", "ab", "beginn", "erster tag"),
    "last": ("last", "last day", "to", "until", "end", "bis", "ende", "letzter tag"),
    "target": (
        *("target", "plan", "goal", "budget", "quota", "target amount", "plan amount", "sales target", "sales plan"),
        *("ziel", "soll", "planwert", "umsatzziel", "planumsatz", "zielumsatz", "vorgabe"),
    ),
    "currency": ("currency", "waehrung"),
}
# Whoever lists colleagues may have these too, so they do not tell the one file from the other.
_OF_ANYBODY: Final = frozenset({"post", "street", "postcode", "city", "state", "country"})
FIELDS: Final[Mapping[Kind, Mapping[str, tuple[str, ...]]]] = {
    "people": _PEOPLE,
    "clients": _CLIENTS,
    "contracts": _CONTRACTS,
    "traffic": _TRAFFIC,
    "plan": _PLAN,
}
_TELLING: Final[Mapping[Kind, frozenset[str]]] = {  # what only one of them has
    "people": frozenset({"role", "locale", "currency", "active"}),
    "clients": frozenset({"code", "owner", "contact", "phone", "rank"}),
    "contracts": frozenset({"contract", "signed", "starts", "ends", "renews", "notice_days", "words", "due"}),
    "traffic": frozenset({"month", "views", "clicks"}),
    "plan": frozenset({"target", "period"}),
}
DEMANDED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "people": ("name", "email"),
    "clients": ("name",),
    "contracts": ("contract", "client"),
    "traffic": ("contract", "month", "views", "clicks"),
    "plan": ("target", "period"),
}
_NEAR: Final = 85
_LONGEST_SHOWN: Final = 40
_MOST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands: the places of columns from 0, by field. `unused` are the headers nobody asked for."""

    kind: Kind
    places: Mapping[str, int]
    unused: tuple[str, ...]

    def cell(self, cells: tuple[str, ...], field: str) -> str:
        """What a line has in this field; "" where there is no such column."""
        return cells[self.places[field]] if field in self.places else ""


def guess_columns(headers: tuple[str, ...], kind: Kind | None, said: Mapping[str, str]) -> Columns:
    """The columns of a file. `kind` and `said` (field → header) are a person's word and win over the guess.

    Never where it cannot be guessed; the message names what to say.
    """
    kind = kind or _guessed_kind(headers)
    places = _said(headers, kind, said)
    places |= _guessed(headers, FIELDS[kind], places)
    _demand(kind, places, headers)
    unused = tuple(header for place, header in enumerate(headers) if place not in places.values() and header)
    return Columns(kind, places, unused)


def _guessed_kind(headers: tuple[str, ...]) -> Kind:
    found = {kind: len(_guessed(headers, FIELDS[kind], {}).keys() & _TELLING[kind]) for kind in FIELDS}
    best = {kind: [_best(header, FIELDS[kind]) for header in headers] for kind in FIELDS}
    exact = {kind: sum(score == 100 and field not in _OF_ANYBODY for field, score in best[kind]) for kind in FIELDS}
    ranked = sorted(FIELDS, key=lambda kind: (found[kind], exact[kind]), reverse=True)
    first, second = ranked[:2]
    if all(score < _NEAR for scored in best.values() for _, score in scored):
        shown = ", ".join(repr(one_line(header, _LONGEST_SHOWN)) for header in headers[:_MOST_SHOWN])
        known = "; ".join(f"{kind}: {', '.join(DEMANDED[kind])}" for kind in FIELDS)
        raise Never(f"its first line names no column that is known here, but {shown}. Name the columns ({known})")
    if (found[first], exact[first]) == (found[second], exact[second]):
        shown, both = ", ".join(map(repr, headers)), " or ".join(sorted(ranked[:2], reverse=True))
        said = " or ".join(f"--as {kind}" for kind in sorted(ranked[:2], reverse=True))
        raise Never(f"it may hold {both}, its columns are {shown}: say which with {said}")
    return first


def _said(headers: tuple[str, ...], kind: Kind, said: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for field, header in said.items():
        if field not in FIELDS[kind]:
            raise Never(f"--column {field}={header}: {unknown('field', field, FIELDS[kind])}")
        if headers.count(header) != 1:
            what = "there are several of this name" if header in headers else unknown("column", header, headers)
            raise Never(f"--column {field}={header}: {what}")
        places[field] = headers.index(header)
    return places


def _guessed(
    headers: tuple[str, ...], fields: Mapping[str, tuple[str, ...]], taken: Mapping[str, int]
) -> dict[str, int]:
    """The best pairs of a column and a field first; each of them once, and of equal columns the first."""
    pairs = sorted(
        (-score, place, field)
        for place, header in enumerate(headers)
        if place not in taken.values()
        for field, score in [_best(header, fields)]
        if score >= _NEAR and field not in taken
    )
    places: dict[str, int] = {}
    for _, place, field in pairs:
        if field not in places:
            places[field] = place
    return places


def _best(header: str, fields: Mapping[str, tuple[str, ...]]) -> tuple[str, float]:
    folded = " ".join(name_words(header))
    scores = ((field, max(fuzz.ratio(folded, known) for known in names)) for field, names in fields.items())
    return max(scores, key=lambda scored: scored[1])


def _demand(kind: Kind, places: Mapping[str, int], headers: tuple[str, ...]) -> None:
    missing = [field for field in DEMANDED[kind] if not _is_there(field, kind, places)]
    if missing:
        shown = ", ".join(map(repr, headers))
        raise Never(
            f"no column holds the {' or the '.join(missing)} of {kind}; the first line has {shown}. "
            f"Say which one it is: --column {missing[0]}=HEADER"
        )


def _is_there(field: str, kind: Kind, places: Mapping[str, int]) -> bool:
    is_in_parts = {("people", "name"): ("last_name",), ("plan", "period"): ("first", "last")}.get((kind, field), ())
    return field in places or bool(is_in_parts and all(each in places for each in is_in_parts))
