"""S10: Tom corrects a line of his in a reply to all, above the report's table of four people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesPending
from mailbot.records.tables import Client, Person, TaskRow
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, PlayedDesk

DANA, TOM, PRIYA = "dana@harbourpine.example", "tom@harbourpine.example", "priya@harbourpine.example"
FRIDAY = datetime(2025, 10, 31, 20, 55, tzinfo=UTC)
NUMBERS = "blue ridge dental 1,800.00\nsouth star logistics 4,250.00\nglobex tools 975.50\n"


@pytest.fixture(scope="module")
def corrected(open_desk: Opener) -> tuple[PlayedDesk, Told]:
    """Tom's and Dana's numbers of week 44 are booked; on Monday his reply to all comes in. Only looked at."""
    desk = open_desk()
    desk.receives(mails.written(NUMBERS, "wk 44", f"Tom Okafor <{TOM}>", DESK, FRIDAY))
    later = FRIDAY + timedelta(minutes=3)
    desk.receives(mails.written("acme corp 12k\n", "numbers", f"Dana Reyes <{DANA}>", DESK, later))
    return desk, desk.receives("S10-in-1.eml")


def test_exactly_one_line_changes_and_it_is_toms_own(corrected: tuple[PlayedDesk, Told]) -> None:
    desk, told = corrected
    assert (told.story.kind, told.story.rule) == ("correction", "sales.correction")
    assert told.records == {"sales_entries": 1}

    entries = desk.all_of(SalesEntry)
    tom = next(person.id for person in desk.all_of(Person) if person.name == "Tom Okafor")
    globex = next(client.id for client in desk.all_of(Client) if client.name == "Globex Tools")
    new = entries[-1]
    old = next(entry for entry in entries if entry.id == new.supersedes_id)
    assert (new.rep_id, new.client_id, new.kind) == (tom, globex, EntryKind.CORRECTED)
    assert (old.amount, new.amount, new.period_start) == (Decimal("975.50"), Decimal("1975.50"), old.period_start)
    superseded = {entry.supersedes_id for entry in entries}
    assert sum(each.amount for each in entries if each.rep_id == tom and each.id not in superseded) == Decimal(
        "8025.50"
    )


def test_nothing_of_the_quoted_table_and_no_beer_is_booked(corrected: tuple[PlayedDesk, Told]) -> None:
    desk, told = corrected
    assert len(desk.all_of(SalesEntry)) == 5
    assert desk.all_of(SalesPending) == []
    assert desk.all_of(TaskRow) == []
    assert all("15,700.50" not in words and "Beers" not in words for words in told.story.evidence)


def test_tom_alone_is_answered(corrected: tuple[PlayedDesk, Told]) -> None:
    desk, told = corrected
    assert [letter.recipient for letter in told.letters] == [TOM]
    assert desk.letters() == {TOM: 2, DANA: 1}
    letter = desk.letters_to(TOM)[-1]
    assert "975.50" in letter.text
    assert "1,975.50 USD" in letter.text
    assert "Beers" not in letter.text


def test_a_reply_to_all_that_only_jokes_books_nothing(desk: PlayedDesk) -> None:
    at = FRIDAY + timedelta(days=3)
    quoted = "\n".join(f"> {line}" for line in (" Dana Reyes  15,700.50  15,000.00  105%", " Tom Okafor  7,025.50"))
    words = f"Nice one everybody!!! Beers on Dana ;-)\n\nOn Mon, 3 Nov 2025 at 8:00 AM, Sales Desk wrote:\n{quoted}\n"
    told = desk.receives(mails.written(words, "RE: Sales week 44 (r1)", f"Tom Okafor <{TOM}>", DESK, at))

    assert desk.all_of(SalesEntry) == []
    assert desk.all_of(SalesPending) == []
    assert DANA not in desk.letters()
    assert told.story.kind != "numbers"
