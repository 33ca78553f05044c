"""Rows become people, in one decision that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.importing.cells import BadRowError
from mailbot.records.importing.register import Register
from mailbot.records.importing.rehearsing import Writer
from mailbot.records.importing.rows import Mail, PersonRow
from mailbot.records.pen import Pen
from mailbot.records.tables import Address, Person, Role


@dataclass(frozen=True, slots=True)
class ImportPeople(Action):
    """Writes people that a file names: new ones are added, known ones brought up to date, none twice."""

    name: ClassVar[str] = "desk.import_people"
    file: str
    rows: tuple[PersonRow, ...]

    def carry_out(self, pen: Pen) -> None:
        register = Register.load(pen.session)
        for row in self.rows:
            try:
                write_person(pen, register, row)
            except BadRowError as moved_on:
                raise TryAgain(f"{self.file}, line {row.line}: {moved_on}; the records changed meanwhile") from moved_on

    def __str__(self) -> str:
        return f"import {len(self.rows)} people from {self.file}"


def write_person(pen: Writer, register: Register, row: PersonRow) -> None:
    """Writes one person. Raises BadRowError, before anything of it is written, where the row cannot be taken."""
    person = register.person(row)
    said = {
        name: value
        for name, value in (
            ("name", row.name),
            ("role", row.role),
            ("language", row.language),
            ("locale", row.locale or _locale(person, row)),
            ("currency", row.currency),
            ("active", row.active),
            ("holidays", row.holidays),
        )
        if value is not None
    }
    if person is not None:
        pen.update(person, **said, undone_by=None)
    elif row.role is None:
        raise BadRowError(f"{row.name!r} is new and has no role: write {', '.join(Role)}")
    else:
        person = pen.insert(Person(**said))
        register.add_person(person)
    for mail in row.mails:
        _write_address(pen, register, person, mail)


def _locale(person: Person | None, row: PersonRow) -> str | None:
    """A new person who reads German writes numbers as Germans do, unless the file says otherwise."""
    return "de_DE" if person is None and row.language == "de" else None


def _write_address(pen: Writer, register: Register, person: Person, mail: Mail) -> None:
    known = register.addresses.get(mail.key)
    if known is None:
        register.addresses[mail.key] = pen.insert(Address(key=mail.key, written=mail.written, person_id=person.id))
    else:
        pen.update(known, written=mail.written, undone_by=None)  # its status stays: stopped is stopped
