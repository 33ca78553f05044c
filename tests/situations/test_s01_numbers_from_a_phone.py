"""S01: Dana leaves a client and types her numbers with one thumb, above a long signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesPending
from mailbot.message import read
from mailbot.records.tables import Client, Person, QuestionRow, TaskRow
from tests.situations.conftest import Opener
from tests.situations.desk import MAILS, Count, PlayedDesk, promised_letter, said

DANA = "dana@harbourpine.example"
SIGNATURE_FIGURES = (
    "617",
    "0142",
    "0199",
    "x15",
    "12 Wharf",
    "Suite 300",
    "02110",
    "48,000",
    "11 issues",
    "1 community",
)


@dataclass(frozen=True)
class Booked:
    """Her mail has come in: the desk, what it decided, and how much there was before."""

    desk: PlayedDesk
    told: Told
    before: Count


@pytest.fixture(scope="module")
def booked(open_desk: Opener) -> Booked:
    """Only looked at: no test brings this desk another mail."""
    desk = open_desk()
    before = desk.count()
    return Booked(desk, desk.receives("S01-in-1.eml"), before)


def test_three_lines_are_booked_to_the_cent_in_week_44(booked: Booked) -> None:
    desk, story = booked.desk, booked.told.story
    clients = {client.id: client.code for client in desk.all_of(Client)}
    dana = next(person.id for person in desk.all_of(Person) if person.name == "Dana Reyes")
    entries = desk.all_of(SalesEntry)
    assert [(clients[entry.client_id], entry.amount, entry.currency) for entry in entries] == [
        ("C01", Decimal("12000.00"), "USD"),
        ("C04", Decimal("1350.00"), "USD"),
        ("C07", Decimal("2350.50"), "USD"),
    ]
    assert sum(entry.amount for entry in entries) == Decimal("15700.50")
    assert [(entry.quantity, entry.unit_amount) for entry in entries] == [
        (None, None),
        (Decimal(3), Decimal(450)),
        (None, None),
    ]
    assert {(entry.rep_id, entry.kind) for entry in entries} == {(dana, EntryKind.BOOKED)}
    assert {(entry.period_start, entry.period_end) for entry in entries} == {(date(2025, 10, 27), date(2025, 11, 2))}
    assert (story.kind, story.trust, story.folder) == ("numbers", "T3", "Done")


def test_the_letter_to_dana_is_the_promised_one_and_nobody_else_is_written_to(booked: Booked) -> None:
    desk, story = booked.desk, booked.told.story
    assert desk.letters() == {DANA: 1}
    (letter,) = desk.letters_to(DANA)
    assert said(letter) == said(promised_letter("S01-out-1.eml"))
    raw = read(desk.box.messages(account=DANA)[0])
    assert raw.in_reply_to == ("5A1C77@iphone.dana",)
    assert raw.value("Auto-Submitted") == "auto-replied"
    assert letter.reply_to.startswith(f"desk+{story.ref.lower()}-")
    assert letter.reply_to.endswith("@harbourpine.example")


def test_nothing_of_the_signature_is_read_as_money(booked: Booked) -> None:
    desk = booked.desk
    original = read((MAILS / "S01-in-1.eml").read_bytes()).body.original
    signature = original.index("Dana Reyes")
    evidence = desk.decision(booked.told.story.ref).evidence
    assert [each["words"] for each in evidence] == ["acme corp 12k", "Beta freight 3 x 450", "North star 2,350.50"]
    assert [original[each["place"]["start"] : each["place"]["end"]] for each in evidence] == [
        each["words"] for each in evidence
    ]
    assert all(each["place"]["end"] <= signature for each in evidence)
    (letter,) = desk.letters_to(DANA)
    for figure in SIGNATURE_FIGURES:
        assert figure in original
        assert all(figure not in entry.words for entry in desk.all_of(SalesEntry))
        assert figure not in letter.text
    amounts = {entry.amount for entry in desk.all_of(SalesEntry)}
    assert amounts.isdisjoint(Decimal(figure) for figure in (617, 142, 15, 12, 300, 2110, 48_000, 11, 1, 3, 450))


def test_nothing_waits_nobody_is_asked_and_three_rows_are_all_that_is_written(booked: Booked) -> None:
    desk = booked.desk
    assert desk.all_of(SalesPending) == desk.all_of(QuestionRow) == desk.all_of(TaskRow) == []
    assert booked.told.records == {"sales_entries": 3}
    after = desk.count()
    assert after.decisions - booked.before.decisions == 1
    assert after.letters - booked.before.letters == 1
    assert (desk.folder("INBOX"), desk.folder("Done"), desk.folder("Held")) == (0, 1, 0)


def test_the_copy_that_comes_by_an_alias_changes_nothing_and_a_week_later_nothing_more_has_come(
    desk: PlayedDesk,
) -> None:
    first = desk.receives("S01-in-1.eml")
    before = desk.count()
    copy = desk.receives("S01-in-1.eml", to="numbers@harbourpine.example")

    assert (copy.story.kind, copy.story.folder) == ("duplicate", "Done")
    assert first.story.ref in copy.story.summary
    after = desk.count()
    assert after == Count(before.decisions + 1, before.changes, before.letters)
    for _ in range(7):
        desk.waits(timedelta(days=1))
    assert desk.count() == after
    assert desk.letters() == {DANA: 1}


def counting(desk: PlayedDesk) -> dict[str, Decimal]:
    """What counts in the ledger, by client."""
    codes = {client.id: str(client.code) for client in desk.all_of(Client)}
    entries = desk.all_of(SalesEntry)
    superseded = {entry.supersedes_id for entry in entries}
    live = [entry for entry in entries if entry.id not in superseded and entry.kind is not EntryKind.CANCELLED]
    return {codes[entry.client_id]: entry.amount for entry in live}


def test_one_short_line_above_the_quoted_letter_corrects_it_and_the_old_line_stays_in_the_ledger(
    desk: PlayedDesk,
) -> None:
    desk.receives("S01-in-1.eml")
    (letter,) = desk.letters_to(DANA)
    assert "drop 3" in letter.text  # so it stands in the quotation below every answer

    desk.is_answered(letter, "2 is 1,500", by=f"Dana Reyes <{DANA}>")
    assert counting(desk) == {"C01": Decimal(12_000), "C04": Decimal(1_500), "C07": Decimal("2350.50")}
    desk.is_answered(letter, "drop 3", by=f"Dana Reyes <{DANA}>")
    assert counting(desk) == {"C01": Decimal(12_000), "C04": Decimal(1_500)}

    assert len(desk.all_of(SalesEntry)) == 5
    assert desk.letters() == {DANA: 3}


def test_a_forged_copy_books_nothing_and_undo_takes_back_what_the_true_one_booked(desk: PlayedDesk) -> None:
    true = (MAILS / "S01-in-1.eml").read_bytes()
    told = desk.receives(true.replace(b"dmarc=pass", b"dmarc=fail").replace(b"5A1C77", b"5A1C78"))
    assert (told.story.kind, told.story.folder) == ("forged", "Quarantine")
    assert desk.all_of(SalesEntry) == []
    assert desk.letters() == {"mara@harbourpine.example": 1, "viktor@harbourpine.example": 1}

    desk.receives(true)
    assert len(counting(desk)) == 3
    desk.is_answered(desk.letters_to(DANA)[-1], "UNDO", by=f"Dana Reyes <{DANA}>")
    assert counting(desk) == {}
    assert desk.letters() == {DANA: 2, "mara@harbourpine.example": 1, "viktor@harbourpine.example": 1}
