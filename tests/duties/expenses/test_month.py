"""The list of a month goes once to whoever pays expenses back, with the hash of each receipt; and to nobody unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from mailbot.config import ExpensesSettings
from mailbot.duties.expenses.facts import NAME
from mailbot.duties.expenses.listing import Listed
from mailbot.duties.expenses.upkeep import Month, due, load
from mailbot.records.decision import Send
from mailbot.records.known import Known
from mailbot.records.numbers import begin_run
from mailbot.records.retention import forget_files
from mailbot.records.session import Database
from mailbot.records.stored_files import StoredFile, store
from tests.sorting.world import DESK, known

BILLING = "billing@harbourpine.example"
HASH = "ab" * 32
ON_THE_THIRD = datetime(2025, 11, 3, 14, 0, tzinfo=UTC)
LUNCH = Listed(
    day=date(2025, 10, 7), person="Tom Okafor", client="Blue Ridge Dental", amount=Decimal("86.40"), currency="USD",
    words='=HYPERLINK("x")', receipts=("IMG_0815.jpg",), hashes=(HASH,), ref="E-0101",
)  # fmt: skip
TAXI = replace(LUNCH, amount=None, client="", words="taxi", receipts=(), hashes=())


def of_billing(address: str | None = BILLING) -> Known:
    wanted = ExpensesSettings(list_to=address)
    return known(desk=replace(DESK, settings={NAME: wanted}))


def october(*spent: Listed) -> Month:
    return Month(date(2025, 10, 1), date(2025, 10, 31), spent)


def test_one_letter_goes_to_billing_with_every_expense_and_the_hash_of_its_receipt() -> None:
    (letter,) = due(october(LUNCH, TAXI), of_billing(), ON_THE_THIRD)
    (send,) = letter.plan.actions
    assert isinstance(send, Send)
    draft = send.draft
    assert (draft.to.address, draft.period, letter.once) == (BILLING, "2025-10", "2025-10")
    assert (draft.facts["count"], draft.facts["unsaid"], draft.facts["without_receipt"]) == (2, 1, 1)
    assert draft.facts["totals"] == ({"amount": Decimal("86.40"), "currency": "USD"},)
    (book,) = draft.enclosures
    assert book.name == "expenses-2025-10.xlsx"
    _, first, second = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert first[1:9] == [
        "Tom Okafor",
        "Blue Ridge Dental",
        86.4,
        "USD",
        '=HYPERLINK("x")',
        "IMG_0815.jpg",
        HASH,
        "E-0101",
    ]
    assert second[3] == ""


@pytest.mark.parametrize(("month", "address"), [(october(), BILLING), (october(LUNCH), None), (None, BILLING)])
def test_nothing_goes_out_about_nothing_nor_where_nobody_is_named(month: Month | None, address: str | None) -> None:
    assert due(month, of_billing(address), ON_THE_THIRD) == ()


def test_it_is_looked_for_from_its_day_and_hour_on_and_once(database: Database) -> None:
    with database.reading() as session:
        assert load(session, of_billing(), ON_THE_THIRD - timedelta(hours=10)) is None
        assert load(session, of_billing(None), ON_THE_THIRD) is None
        found = load(session, of_billing(), ON_THE_THIRD + timedelta(days=9))
        assert found is not None
        assert (found.first, found.last) == (date(2025, 10, 1), date(2025, 10, 31))
    with database.writing() as session:
        begin_run(session, f"{NAME}.list 2025-10", date(2025, 11, 3), ON_THE_THIRD)
    with database.reading() as session:
        assert load(session, of_billing(), ON_THE_THIRD) is None
        assert load(session, of_billing(), ON_THE_THIRD + timedelta(days=31)) is not None


def test_a_receipt_that_comes_again_is_kept_from_then_on(database: Database) -> None:
    """However the two came: an older mail that is read later makes nothing older."""
    with database.writing() as session:
        receipt = store(session, b"a receipt", "image/jpeg", ON_THE_THIRD - timedelta(days=40))
        store(session, b"a receipt", "image/jpeg", ON_THE_THIRD - timedelta(days=20))
        store(session, b"a receipt", "image/jpeg", ON_THE_THIRD - timedelta(days=35))
        store(session, b"another receipt", "image/jpeg", ON_THE_THIRD - timedelta(days=40))
        assert forget_files(session, ON_THE_THIRD, days=30) == 1
        assert session.get_one(StoredFile, receipt).content == b"a receipt"
        assert forget_files(session, ON_THE_THIRD + timedelta(days=11), days=30) == 1


def test_a_receipt_is_let_go_when_its_time_is_over_and_comes_back_with_the_same_bytes(database: Database) -> None:
    with database.writing() as session:
        old = store(session, b"an old receipt", "image/jpeg", ON_THE_THIRD - timedelta(days=31))
        new = store(session, b"a new receipt", "image/jpeg", ON_THE_THIRD)
        assert forget_files(session, ON_THE_THIRD, days=30) == 1
        assert forget_files(session, ON_THE_THIRD, days=30) == 0
    with database.reading() as session:
        kept = {key: session.get_one(StoredFile, key).content for key in (old, new)}
    assert kept == {old: None, new: b"a new receipt"}
    with database.writing() as session:
        assert store(session, b"an old receipt", "image/jpeg", ON_THE_THIRD) == old
        assert session.get_one(StoredFile, old).content == b"an old receipt"
        assert forget_files(session, ON_THE_THIRD, days=30) == 0
