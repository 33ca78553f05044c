"""One line as the values of a person or of a client. None: the file does not say, and what is known stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from email_validator import EmailNotValidError, validate_email

from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Language
from mailbot.message.addresses import address_key
from mailbot.records.importing.cells import YES, BadRowError, one_of, shaped, short
from mailbot.records.importing.columns import Columns
from mailbot.records.importing.sheet import Line
from mailbot.records.names import name_key
from mailbot.records.tables import Role
from mailbot.working_days import knows_holidays_of


@dataclass(frozen=True, slots=True)
class Mail:
    """An address: as it is written, and as it is compared."""

    written: str
    key: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What a line says of a member of the staff."""

    line: int
    name: str
    mails: tuple[Mail, ...]  # at least one; the first is the one to write to
    role: Role | None
    language: Language | None
    locale: str | None
    currency: str | None
    active: bool | None
    holidays: str | None = None

    def __str__(self) -> str:
        return f"{self.name} <{self.mails[0].written}>"


@dataclass(frozen=True, slots=True)
class ContactPart:
    """What a line says of a person at a client."""

    name: str
    mails: tuple[Mail, ...]
    role: str | None
    phone: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class ClientRow:
    """What a line says of a client. `owner` is as it is written: an address or a name; `post` is the postal address, on
    one line."""

    line: int
    name: str
    key: str
    code: str | None
    owner: str | None
    language: Language | None
    contact: ContactPart | None
    post: str | None = None
    holidays: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" if self.code else self.name


_ROLES: Final[Mapping[str, Role]] = {
    **{role.value: role for role in Role},
    **dict.fromkeys(("sales rep", "sales", "vertrieb", "aussendienst", "verkauf", "verkaeufer"), Role.REP),
    **dict.fromkeys(("vertreter", "vertreterin", "verkaeuferin", "account executive"), Role.REP),
    **dict.fromkeys(("abteilung", "dept", "team"), Role.DEPARTMENT),
    **dict.fromkeys(("koordinator", "koordinatorin", "koordination", "sales coordinator"), Role.COORDINATOR),
    **dict.fromkeys(("leitung", "leiter", "leiterin", "vertriebsleiter", "vertriebsleiterin", "chef"), Role.MANAGER),
    **dict.fromkeys(("sales manager", "vertriebsleitung"), Role.MANAGER),
    **dict.fromkeys(("administrator", "administratorin", "it"), Role.ADMIN),
}
_LANGUAGES: Final[Mapping[str, Language]] = {
    **dict.fromkeys(("en", "english", "englisch", "en us", "en gb"), "en"),
    **dict.fromkeys(("de", "german", "deutsch", "de de", "de at", "de ch"), "de"),
}
_MOST_MAILS = 5


def person_row(line: Line, columns: Columns) -> PersonRow:
    """A person. Raises BadRowError."""
    name = _name(line, columns, "name")
    mails = _mails(columns.cell(line.cells, "email"))
    if not name:
        raise BadRowError("it has no name")
    if not mails:
        raise BadRowError(f"{name!r} has no e-mail address")
    return PersonRow(
        line=line.number,
        name=short(name, 200, "the name"),
        mails=mails,
        role=one_of(columns.cell(line.cells, "role"), _ROLES, "role", [role.value for role in Role]),
        language=_language(line, columns),
        locale=shaped(columns.cell(line.cells, "locale").replace("-", "_"), r"[a-z]{2}_[A-Z]{2}", "locale", "de_DE"),
        currency=shaped(columns.cell(line.cells, "currency").upper(), r"[A-Z]{3}", "currency", "EUR"),
        active=one_of(columns.cell(line.cells, "active"), YES, "word for active", ["yes", "no"]),
        holidays=_holidays(columns.cell(line.cells, "holidays").strip().upper()),
    )


def client_row(line: Line, columns: Columns) -> ClientRow:
    """A client, with its contact where the line has one. Raises BadRowError."""
    name = one_line(columns.cell(line.cells, "name"), 1_000)
    if not name:
        raise BadRowError("it has no name")
    key = name_key(name)
    if not key:
        raise BadRowError(f"the name {name!r} has neither letters nor digits")
    return ClientRow(
        line=line.number,
        name=short(name, 300, "the name"),
        key=key[:300],
        code=short(one_line(columns.cell(line.cells, "code"), 1_000), 64, "the code") or None,
        owner=one_line(columns.cell(line.cells, "owner")) or None,
        language=_language(line, columns),
        contact=_contact(line, columns),
        post=_post(line, columns),
        holidays=_holidays(columns.cell(line.cells, "holidays").strip().upper()),
    )


def _post(line: Line, columns: Columns) -> str | None:
    """The postal address: of its own column, else put together as it is written in most countries."""
    whole = one_line(columns.cell(line.cells, "post"), 1_000)
    street, postcode, city, state, country = (
        one_line(columns.cell(line.cells, field), 300) for field in ("street", "postcode", "city", "state", "country")
    )
    town = f"{city}, {state} {postcode}" if state else f"{postcode} {city}"
    parts = (street, town.strip(" ,"), country)
    return short(whole or ", ".join(part for part in parts if part), 300, "the postal address") or None


def _contact(line: Line, columns: Columns) -> ContactPart | None:
    name, mails = _name(line, columns, "contact"), _mails(columns.cell(line.cells, "email"))
    if not name and not mails:
        return None
    rank = columns.cell(line.cells, "rank")
    if rank and not (rank.isascii() and rank.isdigit() and 1 <= int(rank) <= 99):
        raise BadRowError(f"the rank {one_line(rank, 40)!r} is not a number from 1 (the main contact) to 99")
    return ContactPart(
        name=short(name or mails[0].written, 200, "the name of the contact"),
        mails=mails,
        role=short(one_line(columns.cell(line.cells, "contact_role"), 1_000), 100, "the role") or None,
        phone=short(one_line(columns.cell(line.cells, "phone"), 1_000), 64, "the phone number") or None,
        rank=int(rank) if rank else None,
    )


def _name(line: Line, columns: Columns, field: str) -> str:
    parts = (columns.cell(line.cells, "first_name"), columns.cell(line.cells, "last_name"))
    return one_line(columns.cell(line.cells, field) or " ".join(parts), 1_000)


def _mails(cell: str) -> tuple[Mail, ...]:
    found = [_mail(part, cell) for part in re.split(r"[;,\s]+", cell[:2_000]) if part]
    if len(found) > _MOST_MAILS:
        raise BadRowError(f"it has {len(found)} e-mail addresses, and {_MOST_MAILS} are the most")
    return tuple({mail.key: mail for mail in found}.values())


def _mail(written: str, cell: str) -> Mail:
    """One address of a cell; a refusal shows the whole cell, since "mara at firm" is one slip and not three."""
    bare = written.removeprefix("mailto:").strip("<>")
    try:
        address = validate_email(bare, check_deliverability=False, globally_deliverable=False).normalized
    except EmailNotValidError as refusal:
        whole = "" if cell.strip() == written else f"{one_line(cell, 100)!r}: "
        raise BadRowError(f"{whole}{one_line(bare, 100)!r} is not an e-mail address: {refusal}") from refusal
    return Mail(address, address_key(address))


def _holidays(country: str) -> str | None:
    if country and not knows_holidays_of(country):
        raise BadRowError(f'the holidays of {one_line(country, 40)!r} are not known: write "US", or "DE-HH"')
    return country or None


def _language(line: Line, columns: Columns) -> Language | None:
    return one_of(columns.cell(line.cells, "language"), _LANGUAGES, "language", ["en", "de"])
