"""Rows become people, in one decision that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.importing.register import Register
from mailbot.records.importing.rows import BadRowError, Mail, PersonRow
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
                _write(pen, register, row)
            except BadRowError as moved_on:
                raise TryAgain(
                    f"{self.file}, line {row.line}: {moved_on} now: somebody changed it meanwhile"
                ) from moved_on

    def __str__(self) -> str:
        return f"import {len(self.rows)} people from {self.file}"


def refuse_person(register: Register, row: PersonRow) -> bool:
    """Whether this person is known already. BadRowError where the row cannot be taken."""
    known = register.person(row)
    if known is None and row.role is None:
        raise BadRowError(f"{row.name!r} is new and has no role: write {', '.join(Role)}")
    return known is not None


def _write(pen: Pen, register: Register, row: PersonRow) -> None:
    person = register.person(row)
    said = {
        key: value
        for key, value in (
            ("name", row.name),
            ("role", row.role),
            ("language", row.language),
            ("locale", row.locale or _locale(person, row)),
            ("currency", row.currency),
            ("active", row.active),
        )
        if value is not None
    }
    if person is None:
        person = pen.insert(Person(**said))
        register.add_person(person)
    else:
        pen.update(person, **said, undone_by=None)
    for mail in row.mails:
        _write_address(pen, register, person, mail)


def _locale(person: Person | None, row: PersonRow) -> str | None:
    """A new person who reads German writes numbers as Germans do, unless the file says otherwise."""
    return "de_DE" if person is None and row.language == "de" else None


def _write_address(pen: Pen, register: Register, person: Person, mail: Mail) -> None:
    known = register.addresses.get(mail.key)
    if known is None:
        register.addresses[mail.key] = pen.insert(Address(key=mail.key, written=mail.written, person_id=person.id))
    else:
        pen.update(known, written=mail.written, undone_by=None)  # its status stays: stopped is stopped
