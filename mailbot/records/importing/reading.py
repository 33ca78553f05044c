"""What a file comes to, before anything is written: its columns, its good rows, and every bad one with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal, Protocol

from sqlalchemy.orm import Session

from mailbot.errors import OurBug
from mailbot.records.contact_points import phone_key
from mailbot.records.decision import Action
from mailbot.records.importing.cells import BadRowError
from mailbot.records.importing.clients import ImportClients, write_client
from mailbot.records.importing.columns import Columns, Kind, guess_columns
from mailbot.records.importing.contract_register import ContractRegister
from mailbot.records.importing.contract_rows import ContractRow, TrafficRow, contract_row, traffic_row
from mailbot.records.importing.contracts import ImportContracts, ImportTraffic, write_contract, write_traffic
from mailbot.records.importing.people import ImportPeople, write_person
from mailbot.records.importing.register import Register
from mailbot.records.importing.rehearsing import Rehearsal
from mailbot.records.importing.rows import ClientRow, PersonRow, client_row, person_row
from mailbot.records.importing.sheet import Line, Rejected, Sheet, read_sheet, write_sheet
from mailbot.records.tables import AddressStatus, PointStatus


class Row(Protocol):
    """What a line says."""

    @property
    def line(self) -> int:
        """The line, from 1."""


Effect = Literal["new", "changed", "as it was"]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A good row, and what it will do to the records."""

    row: Row
    effect: Effect


class RowReader(Protocol):
    """Reads one kind of lines, in their order, as the records will be after those so far."""

    def read(self, line: Line, columns: Columns) -> Foreseen:
        """One line, and what it will do. Raises BadRowError."""

    def action(self, file: str, rows: Sequence[Row]) -> Action:
        """What writes the good lines."""


class DutyReader(RowReader, Protocol):
    """Reads a kind of lines that is a duty's own."""

    def line_by_line(self, sheet: Sheet) -> Sheet:
        """The file with a line for each row, where it is of this kind and was written in another form."""


@dataclass(frozen=True, slots=True)
class Off:
    """An address of a good row to which nothing is sent: dead, or its owner left or asked us to stop; or a number or a
    postal address that reaches nobody. It stays so."""

    line: int
    written: str
    status: AddressStatus | PointStatus
    because: str


@dataclass(frozen=True, slots=True)
class Import:
    """What a file comes to."""

    file: str
    sheet: Sheet
    columns: Columns
    good: tuple[Foreseen, ...]
    bad: tuple[Rejected, ...]  # in the order of their lines
    writes: Action  # what writes the good rows
    off: tuple[Off, ...] = ()

    def rejected_csv(self) -> str:
        """The bad rows as they were, each with its line and why: to be mended and imported again."""
        return write_sheet((*self.sheet.headers, "line", "why"), self._rejected_rows(), self.sheet.separator)

    def _rejected_rows(self) -> Iterator[tuple[str, ...]]:
        width = len(self.sheet.headers)
        for bad in self.bad:
            cells = (*bad.line.cells[:width], *([""] * (width - len(bad.line.cells))))
            yield (*cells, str(bad.line.number), bad.why)


def read_import(
    raw: bytes,
    file: str,
    session: Session,
    kind: Kind | None = None,
    said: Mapping[str, str] | None = None,
    others: Mapping[Kind, DutyReader] | None = None,
) -> Import:
    """What these bytes come to, seen with the records as they are. `others` read the kinds that are a duty's own.

    Never where it is no such file.
    """
    sheet = read_sheet(raw)
    for each in (others or {}).values():
        sheet = each.line_by_line(sheet)
    columns = guess_columns(sheet.headers, kind, said or {})
    reader: RowReader = (others or {}).get(columns.kind) or _reader(columns.kind, session)
    bad = list(sheet.rejected)
    good: list[Foreseen] = []
    for line in sheet.lines:
        if not any(line.cells):
            continue
        try:
            good.append(reader.read(line, columns))
        except BadRowError as refusal:
            bad.append(Rejected(line, str(refusal)))
    in_order = tuple(sorted(bad, key=lambda each: each.line.number))
    off = tuple(_off(reader.register, good)) if isinstance(reader, _Rehearsed) else ()
    writes = reader.action(file, [each.row for each in good])
    return Import(file, sheet, columns, tuple(good), in_order, writes, off)


def _reader(kind: Kind, session: Session) -> RowReader:
    match kind:
        case "people" | "clients":
            return _Rehearsed(session, kind)
        case "contracts" | "traffic":
            return _RehearsedContracts(session, kind)
    raise OurBug(f"nobody reads a file of the kind {kind!r}")


def _off(register: Register, good: Sequence[Foreseen]) -> Iterator[Off]:
    for each in good:
        if isinstance(each.row, ClientRow):
            yield from _mails_off(register, each.row)
            yield from _points_off(register, each.row)


def _mails_off(register: Register, row: ClientRow) -> Iterator[Off]:
    for mail in row.contact.mails if row.contact else ():
        known = register.addresses.get(mail.key)
        if known is not None and known.status is not None and known.status is not AddressStatus.OK:
            yield Off(row.line, mail.written, known.status, known.status_because or "")


def _points_off(register: Register, row: ClientRow) -> Iterator[Off]:
    client = register.client(row)
    if client is None:
        return
    phone = row.contact.phone if row.contact else None
    number = register.dead_numbers.get((client.id, phone_key(phone))) if phone else None
    if phone and number is not None:
        yield Off(row.line, phone, number.status, number.status_because)
    post = register.posts.get(client.id) if row.post else None
    if row.post and post is not None and post.status is PointStatus.DEAD:
        yield Off(row.line, row.post, post.status, post.status_because)


class _Rehearsed:
    """The people and clients as they will be after the rows so far."""

    def __init__(self, session: Session, kind: Kind) -> None:
        self._kind = kind
        self.register = Register.load(session)
        self._given: dict[str, PersonRow] = {}

    def read(self, line: Line, columns: Columns) -> Foreseen:
        return self.person(line, columns) if self._kind == "people" else self.client(line, columns)

    def action(self, file: str, rows: Sequence[Row]) -> Action:
        if self._kind == "people":
            return ImportPeople(file, tuple(row for row in rows if isinstance(row, PersonRow)))
        return ImportClients(file, tuple(row for row in rows if isinstance(row, ClientRow)))

    def person(self, line: Line, columns: Columns) -> Foreseen:
        row = person_row(line, columns)
        for mail in row.mails:
            first = self._given.get(mail.key, row)
            if first.name != row.name:
                raise BadRowError(f"line {first.line} gives {mail.written} to {first.name!r} already")
        pen = Rehearsal()
        write_person(pen, self.register, row)
        self._given.update({mail.key: row for mail in row.mails})
        return Foreseen(row, _effect(pen))

    def client(self, line: Line, columns: Columns) -> Foreseen:
        row = client_row(line, columns)
        pen = Rehearsal()
        write_client(pen, self.register, row)
        return Foreseen(row, _effect(pen))


class _RehearsedContracts:
    """The contracts as they will be after the rows so far."""

    def __init__(self, session: Session, kind: Kind) -> None:
        self._kind = kind
        self._contracts = ContractRegister.load(session)
        self.register = self._contracts.parties
        self._said: dict[str, ContractRow] = {}
        self._lines: dict[str, int] = {}

    def read(self, line: Line, columns: Columns) -> Foreseen:
        return self.contract(line, columns) if self._kind == "contracts" else self.traffic(line, columns)

    def action(self, file: str, rows: Sequence[Row]) -> Action:
        if self._kind == "contracts":
            return ImportContracts(file, tuple(row for row in rows if isinstance(row, ContractRow)))
        return ImportTraffic(file, tuple(row for row in rows if isinstance(row, TrafficRow)))

    def contract(self, line: Line, columns: Columns) -> Foreseen:
        row = self._numbered(contract_row(line, columns))
        self._refuse_contradiction(row)
        pen = Rehearsal()
        write_contract(pen, self._contracts, row)
        self._said.setdefault(row.ref, row)
        if row.deliverable is not None:
            self._lines[row.ref] = row.deliverable.position or 0
        return Foreseen(row, _effect(pen))

    def traffic(self, line: Line, columns: Columns) -> Foreseen:
        row = traffic_row(line, columns)
        pen = Rehearsal()
        write_traffic(pen, self._contracts, row)
        return Foreseen(row, _effect(pen))

    def _numbered(self, row: ContractRow) -> ContractRow:
        """What the file does not number is numbered in its order, so that the same file numbers it in the same way."""
        if row.deliverable is None or row.deliverable.position is not None:
            return row
        return replace(row, deliverable=replace(row.deliverable, position=self._lines.get(row.ref, 0) + 1))

    def _refuse_contradiction(self, row: ContractRow) -> None:
        """A contract stands in as many lines as it promises things, and each may say the same of it."""
        first = self._said.get(row.ref)
        for field in fields(row) if first is not None else ():
            before, now = getattr(first, field.name), getattr(row, field.name)
            if field.name not in ("line", "deliverable") and None not in (before, now) and before != now:
                raise BadRowError(f"{row.ref}: {now} is its {field.name.replace('_', ' ')} here, and {before} above")


def _effect(pen: Rehearsal) -> Effect:
    if pen.inserted:
        return "new"
    return "changed" if pen.updated else "as it was"
