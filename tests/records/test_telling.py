"""Changes in the words of people, in the language of each: no table and no column is told by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Enum, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mailbot import app
from mailbot.duties.issues.tables import Issue, Severity
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesPending
from mailbot.letters.model import Language
from mailbot.records import why, writing
from mailbot.records.base import Base, Kept
from mailbot.records.codec import plain
from mailbot.records.in_words import Column, Teller, Words
from mailbot.records.recall import known_by_the_clock
from mailbot.records.session import Database
from mailbot.records.tables import (
    Address,
    AddressStatus,
    Change,
    Client,
    Contact,
    DecisionRow,
    LetterRow,
    Pause,
    Person,
    QuestionRow,
    Role,
    TaskRow,
    words_of,
)
from mailbot.records.telling import ChangeTold, told
from tests.clerk import DANA, JONAS, PRIYA, SECRET, Desk, Open, Rename

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = datetime(2025, 11, 7, 21, 40, tzinfo=BERLIN)
_OF_EVERY_ROW = {"id", "made_by", "undone_by"}
_TOLD_BY_THEMSELVES = (LetterRow, QuestionRow, DecisionRow)


# --- nothing is forgotten ---


def unsaid(table: type[Kept]) -> Iterator[str]:
    """What people would be told of a table by its raw name, or not at all without anybody having wanted that."""
    if table.title is Kept.title:
        yield "has no title"
    columns = {column.key for column in inspect(table).columns} - _OF_EVERY_ROW
    yield from (f"{name} is neither told nor untold" for name in sorted(columns - set(table.told) - table.untold))
    yield from (f"{name} is no column" for name in sorted((set(table.told) | table.untold) - columns))
    yield from (f"{name} is told and untold" for name in sorted(set(table.told) & table.untold))
    for name in sorted(columns & set(table.told)):
        kind = inspect(table).columns[name].type
        if isinstance(kind, Enum):
            yield from (f"{name} {value} has no words" for value in kind.enums if value not in table.told[name].values)


def kept_tables() -> list[type[Any]]:
    assert app.DUTIES, "the duties bring their tables"
    classes = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Kept)]
    return sorted((each for each in classes if each.__module__.startswith("mailbot.")), key=lambda each: each.__name__)


@pytest.mark.parametrize("table", [each for each in kept_tables() if each not in _TOLD_BY_THEMSELVES])
def test_every_column_of_every_table_has_words_or_is_left_out_on_purpose(table: type[Kept]) -> None:
    assert list(unsaid(table)) == []


@pytest.mark.parametrize("table", kept_tables())
def test_words_are_there_in_both_languages_and_are_no_column_names(table: type[Kept]) -> None:
    every = [words for column in table.told.values() for words in (column.name, *column.values.values()) if words]
    assert all(words.en.strip() and words.de.strip() for words in every)
    assert not [words for words in every if "_" in words.en + words.de]


class _Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class _OtherBase(DeclarativeBase):
    """Apart, so that the made-up table is in no database."""


class _Parcel(_OtherBase):
    __tablename__ = "parcels_made_up"
    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[_Size] = mapped_column(words_of(_Size))
    carrier_code: Mapped[str]
    told: ClassVar = {"size": Column(values={"small": Words("small", "klein")}), "sender": Column()}
    untold: ClassVar = frozenset[str]()
    title = Kept.title


def test_a_table_whose_words_were_forgotten_is_found() -> None:
    assert list(unsaid(_Parcel)) == [  # type: ignore[arg-type]
        "has no title",
        "carrier_code is neither told nor untold",
        "sender is no column",
        "size large has no words",
    ]


# --- what is told ---


@dataclass(frozen=True, slots=True)
class World:
    """Rows as a decision writes them, told to one reader."""

    teller: Teller
    jonas: Person
    mueller: Client

    def new(self, row: Kept) -> ChangeTold:
        session = self.teller.session
        session.add(row)
        session.flush()
        columns = inspect(type(row)).columns
        values = {column.key: getattr(row, column.key) for column in columns if column.key not in _OF_EVERY_ROW}
        return self._told(row, None, values)

    def changed(self, row: Kept, **values: tuple[object, object]) -> ChangeTold | None:
        before, after = ({name: both[place] for name, both in values.items()} for place in (0, 1))
        return told(self.teller, self._change(row, before, after))

    def _told(self, row: Kept, before: dict[str, object] | None, after: dict[str, object]) -> ChangeTold:
        found = told(self.teller, self._change(row, before, after))
        assert found is not None
        return found

    def _change(self, row: Kept, before: dict[str, object] | None, after: dict[str, object]) -> Change:
        table = inspect(type(row)).local_table.name
        return Change(id=1, decision_id=1, table_name=table, row_id=row.id, before=plain(before), after=plain(after))

    def entry(self, amount: str, **others: Any) -> SalesEntry:
        return SalesEntry(
            client_id=self.mueller.id,
            rep_id=self.jonas.id,
            amount=Decimal(amount),
            currency="EUR",
            period_start=date(2025, 10, 27),
            period_end=date(2025, 11, 2),
            counts_on=date(2025, 10, 31),
            words="Müller 1.234,56",
            place="text",
            line=1,
            said_on=date(2025, 10, 31),
            **others,
        )


@pytest.fixture
def tells(database: Database) -> Iterator[Callable[[Language], World]]:
    with database.writing() as session:
        jonas = Person(name="Jonas Weber", role=Role.REP, language="de")
        session.add(jonas)
        session.flush()
        mueller = Client(name="Müller Bau GmbH", name_key="mueller bau", owner_id=jonas.id)
        session.add(mueller)
        session.flush()
        yield lambda language: World(Teller(session, language, BERLIN), jonas, mueller)


Tells = Callable[[Language], World]


def test_a_sale_is_told_with_its_client_its_week_and_its_amount(tells: Tells) -> None:
    assert tells("en").new(tells("en").entry("1234.56")) == ChangeTold("Müller Bau GmbH, week 44", None, "1,234.56 EUR")
    assert tells("de").new(tells("de").entry("1234.56")) == ChangeTold("Müller Bau GmbH, KW 44", None, "1.234,56 EUR")


def test_a_correction_is_told_with_what_it_corrects(tells: Tells) -> None:
    german = tells("de")
    first = german.entry("15200")
    german.new(first)
    second = german.entry("12500", kind=EntryKind.CORRECTED, supersedes_id=first.id)

    assert german.new(second).after == "12.500,00 EUR statt 15.200,00 EUR"
    dropped = german.entry("0", kind=EntryKind.CANCELLED, supersedes_id=second.id)
    assert german.new(dropped).after == "gestrichen, es waren 12.500,00 EUR"
    dropped_too = tells("en").entry("0", kind=EntryKind.CANCELLED, supersedes_id=second.id)
    assert tells("en").new(dropped_too).after == "dropped, it was 12,500.00 EUR"


def test_people_and_clients_are_told_by_name_and_moments_as_the_reader_writes_them(tells: Tells) -> None:
    german, english = tells("de"), tells("en")
    task = TaskRow(
        person_id=german.jonas.id, client_id=german.mueller.id, duty="sales", kind="call", words="x", created_at=MOMENT
    )
    assert german.new(task) == ChangeTold("Aufgabe", None, "für Jonas Weber, zu Müller Bau GmbH, offen")
    pause = Pause(scope="*", because="breaker", since=MOMENT)
    assert german.new(pause) == ChangeTold("Versand", None, "angehalten seit 7.11.2025 21:40")
    assert english.changed(pause, until=(None, MOMENT)) == ChangeTold("sending", "nothing", "until 7 Nov 2025 21:40")
    assert english.changed(german.mueller, owner_id=(None, german.jonas.id)) == ChangeTold(
        "client Müller Bau GmbH", "nothing", "looked after by Jonas Weber"
    )


def test_what_a_column_holds_is_told_in_words(tells: Tells) -> None:
    german, english = tells("de"), tells("en")
    contact = Contact(client_id=german.mueller.id, name="Eva Koch", rank=2, phone="030 1234")
    assert german.new(contact).after == "bei Müller Bau GmbH, Kontakt Nr. 2, Telefon 030 1234"
    assert german.changed(contact, rank=(2, 1)) == ChangeTold("Kontakt Eva Koch", "Kontakt Nr. 2", "Hauptkontakt")
    address = Address(key="e@m.example", written="e@m.example", contact_id=contact.id)
    assert english.new(address) == ChangeTold("address e@m.example", None, "of Eva Koch, in order")
    gone = english.changed(
        address,
        status=(AddressStatus.OK, AddressStatus.UNDELIVERABLE),
        status_since=(None, MOMENT),
        status_because=(None, "550"),
    )
    assert gone == ChangeTold("address e@m.example", "in order", "mail does not arrive")
    waiting = SalesPending(
        rep_id=german.jonas.id, position=1, words="Acme 4.800", place="text", doubt="several clients"
    )
    assert german.new(waiting) == ChangeTold(
        "Zeile „Acme 4.800“", None, "von Jonas Weber, mehrere Kunden kommen in Frage, noch nicht gebucht"
    )
    issue = Issue(
        ref="I-0091", client_id=german.mueller.id, address="e@m.example", address_key="e@m.example", subject="Banner",
        opened_at=MOMENT, severity=Severity.HIGH, severity_because="x",
    )  # fmt: skip
    assert german.new(issue) == ChangeTold(
        "Vorgang I-0091", None, "offen, dringend, von Müller Bau GmbH, Betreff Banner"
    )


def test_what_means_nothing_to_a_person_is_not_told(tells: Tells) -> None:
    world = tells("en")
    assert world.changed(world.mueller, name_key=("mueller bau", "mueller bau gmbh")) is None
    paused = world.changed(world.mueller, paused_because=(None, "I-0091: angry"))
    assert paused == ChangeTold("client Müller Bau GmbH", "nothing", "automatic letters paused")


def test_taking_back_is_told_in_the_language_of_the_reader(tells: Tells) -> None:
    german = tells("de")
    assert german.changed(german.mueller, undone_by=(None, 7)) == ChangeTold(
        "Kunde Müller Bau GmbH", "gültig", "zurückgenommen"
    )
    assert german.changed(german.mueller, undone_by=(7, None)) == ChangeTold(
        "Kunde Müller Bau GmbH", "zurückgenommen", "gültig"
    )


# --- in the letters ---

_RAW_NAME = re.compile(r"\b[a-z]+_[a-z_]+\b|name key|made by")


def test_why_is_told_to_a_german_in_german(desk: Desk) -> None:
    opened = desk.says("open Kestrel", JONAS)
    renamed = desk.says("rename Kestrel to Osprey", JONAS)

    letter = desk.letter_of(desk.says(f"warum {renamed.ref}", JONAS))

    assert "Mail von Jonas Weber" in letter.text
    assert "Geglaubt, weil unser Mailserver sagt: dmarc=pass" in letter.text
    assert f"{opened.ref}" in letter.text
    assert "- Kunde Osprey: Name Kestrel → Name Osprey" in letter.text
    assert not _RAW_NAME.search(letter.text)
    assert not re.search(r"client|nothing|language", letter.text.replace("Rule", ""))


def test_a_refused_undo_says_in_the_readers_language_what_stands_on_it_and_whose_mail_that_was(desk: Desk) -> None:
    opened = desk.says("open Kestrel", JONAS)
    renamed = desk.says("rename Kestrel to Osprey", DANA)

    german = desk.letter_of(desk.says(f"undo {opened.ref}", JONAS)).text
    english = desk.letter_of(desk.says(f"undo {opened.ref}", PRIYA)).text

    assert "Mail von Dana Reyes: Kunde Osprey: Name Kestrel → Name Osprey" in german
    assert "mail from Dana Reyes: client Osprey: name Kestrel → name Osprey" in english
    assert renamed.summary not in german
    assert not _RAW_NAME.search(german + english)


def test_a_refused_undo_names_the_question_that_was_answered(desk: Desk) -> None:
    opened = desk.says("open Kestrel?")
    desk.sends()
    desk.answers(desk.letter_of(opened), "1")

    refused = desk.letter_of(desk.says(f"undo {opened.ref}"))

    assert f"mail from Dana Reyes: answered the question in {opened.ref}" in refused.text


def test_of_another_decision_only_what_it_did_to_the_same_records_is_told(desk: Desk) -> None:
    opened = desk.says("open Kestrel?")
    desk.sends()
    desk.says("contact Ed at Kestrel")
    renamed = desk.says("rename Kestrel to Osprey")

    with desk.database.reading() as session:
        stories = {story.ref: story.changes for story in why.tell(session, renamed.ref)}
    assert [change.what for change in stories[opened.ref]] == ["client Osprey"]

    with desk.database.writing() as session:
        known = known_by_the_clock(session, desk.card, SECRET, 9000)
        many = tuple(Open(f"Client{number}") for number in range(40))
        imported = replace(
            renamed, ref="D-9000", origin="person", kind="import", actions=(*many, Rename("Osprey", "Kite"))
        )
        writing.write(session, imported, known)
    told_of_one = desk.letter_of(desk.says(f"why {renamed.ref}", PRIYA)).text
    told_of_all = desk.letter_of(desk.says("why D-9000", PRIYA)).text

    assert "Client39" not in told_of_one
    assert "client Kite: name Osprey → name Kite" in told_of_one
    assert "by hand, at the command line" in told_of_one
    assert told_of_all.count("- client Client") == 12
    assert "- 29 more like these" in told_of_all


def test_of_many_decisions_that_stand_in_the_way_the_newest_are_named(desk: Desk) -> None:
    opened = desk.says("open Aa")
    names = [f"{letter}a" for letter in "ABCDEFGHIJK"]
    renamed = [desk.says(f"rename {old} to {new}") for old, new in pairwise(names)]

    refused = desk.letter_of(desk.says(f"undo {opened.ref}")).text

    assert "- 2 more before these" in refused
    assert [each.ref in refused for each in renamed] == [False, False, *[True] * 8]
    assert f'reply "undo {renamed[-1].ref}"' in refused
