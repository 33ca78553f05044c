"""What a file comes to, before anything is written: its columns, its good rows, and every bad one with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mailbot.records.importing.clients import ImportClients, refuse_client
from mailbot.records.importing.columns import Columns, Kind, guess_columns
from mailbot.records.importing.people import ImportPeople, refuse_person
from mailbot.records.importing.register import Register
from mailbot.records.importing.rows import BadRowError, ClientRow, PersonRow, client_row, person_row
from mailbot.records.importing.sheet import Rejected, Sheet, read_sheet, write_sheet


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A good row, and whether the records know it already."""

    row: PersonRow | ClientRow
    known: bool


@dataclass(frozen=True, slots=True)
class Import:
    """What a file comes to."""

    file: str
    sheet: Sheet
    columns: Columns
    good: tuple[Foreseen, ...]
    bad: tuple[Rejected, ...]  # in the order of their lines

    def action(self) -> ImportPeople | ImportClients:
        """What writes the good rows."""
        rows = [foreseen.row for foreseen in self.good]
        if self.columns.kind == "people":
            return ImportPeople(self.file, tuple(row for row in rows if isinstance(row, PersonRow)))
        return ImportClients(self.file, tuple(row for row in rows if isinstance(row, ClientRow)))

    def rejected_csv(self) -> str:
        """The bad rows as they were, each with its line and why: to be mended and imported again."""
        return write_sheet((*self.sheet.headers, "line", "why"), self._rejected_rows(), self.sheet.separator)

    def _rejected_rows(self) -> Iterator[tuple[str, ...]]:
        width = len(self.sheet.headers)
        for bad in self.bad:
            cells = (*bad.line.cells[:width], *([""] * (width - len(bad.line.cells))))
            yield (*cells, str(bad.line.number), bad.why)


def read_import(
    raw: bytes, file: str, session: Session, kind: Kind | None = None, said: Mapping[str, str] | None = None
) -> Import:
    """What these bytes come to, seen with the records as they are. Never where it is no such file."""
    sheet = read_sheet(raw)
    columns = guess_columns(sheet.headers, kind, said or {})
    register = Register.load(session)
    good: list[Foreseen] = []
    bad = list(sheet.rejected)
    names: dict[str, PersonRow] = {}
    for line in sheet.lines:
        if not any(line.cells):
            continue
        try:
            if columns.kind == "people":
                person = person_row(line, columns)
                _refuse_second_owner(person, names)
                good.append(Foreseen(person, refuse_person(register, person)))
            else:
                client = client_row(line, columns)
                good.append(Foreseen(client, refuse_client(register, client)))
        except BadRowError as refusal:
            bad.append(Rejected(line, str(refusal)))
    return Import(file, sheet, columns, tuple(good), tuple(sorted(bad, key=lambda each: each.line.number)))


def _refuse_second_owner(row: PersonRow, seen: dict[str, PersonRow]) -> None:
    """One address cannot be that of two people of the same file."""
    for mail in row.mails:
        first = seen.setdefault(mail.key, row)
        if first.name != row.name:
            raise BadRowError(f"line {first.line} gives {mail.written} to {first.name!r} already")
