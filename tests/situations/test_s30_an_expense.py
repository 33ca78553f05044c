"""S30, the other half: "also lunch w/ blue ridge 86.40 attached": an expense with its photo, and never a sale."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

import pytest
from sqlalchemy import select

from mailbot.cli.demo.told import Told
from mailbot.duties.expenses.listing import listed
from mailbot.duties.expenses.tables import Expense, ExpenseReceipt
from mailbot.duties.sales.tables import SalesEntry, SalesPending
from mailbot.records.stored_files import StoredFile
from mailbot.records.tables import Client, QuestionRow, QuestionState
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, PlayedDesk

TOM = "tom@harbourpine.example"
BY_TOM = f"Tom Okafor <{TOM}>"
FRIDAY = datetime(2025, 11, 7, 15, 0, tzinfo=UTC)
PHOTO = b"\xff\xd8\xff\xe0" + b"a photo of a receipt " * 50
S30 = "why is my oct commission 412? should be ~500. also lunch w/ blue ridge 86.40 attached"


def with_photo(words: str, subject: str = "commission", content: bytes = PHOTO) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = BY_TOM, DESK, subject
    mail["Date"] = format_datetime(FRIDAY)
    mail["Message-ID"] = f"<{sha256(words.encode() + content).hexdigest()[:20]}@tom.example>"
    mail["Authentication-Results"] = "mx.harbourpine.example; dmarc=pass header.from=harbourpine.example"
    mail.set_content(words)
    mail.add_attachment(content, maintype="image", subtype="jpeg", filename="IMG_0815.jpg")
    return mail.as_bytes()


@pytest.fixture(scope="module")
def sent(open_desk: Opener) -> tuple[PlayedDesk, Told]:
    """Tom's mail with both has come in. Only looked at."""
    desk = open_desk()
    return desk, desk.receives(with_photo(S30))


def test_the_expense_is_kept_with_amount_client_and_photo(sent: tuple[PlayedDesk, Told]) -> None:
    desk, _ = sent
    (expense,) = desk.all_of(Expense)
    blue_ridge = next(client.id for client in desk.all_of(Client) if client.code == "C09")
    assert (expense.amount, expense.currency, expense.client_id) == (Decimal("86.40"), "USD", blue_ridge)
    (receipt,) = desk.all_of(ExpenseReceipt)
    assert (receipt.filename, receipt.sha256) == ("IMG_0815.jpg", sha256(PHOTO).hexdigest())
    with desk.database.reading() as session:
        assert session.scalars(select(StoredFile.content)).all() == [PHOTO]


def test_it_stands_in_the_list_of_its_month_and_in_no_other(sent: tuple[PlayedDesk, Told]) -> None:
    desk, told = sent
    with desk.database.reading() as session:
        (line,) = listed(session, date(2025, 11, 1), date(2025, 11, 30))
        assert list(listed(session, date(2025, 12, 1))) == []
    assert (line.person, line.client, line.amount) == ("Tom Okafor", "Blue Ridge Dental", Decimal("86.40"))
    assert (line.receipts, line.ref) == (("IMG_0815.jpg",), told.story.ref)


def test_it_is_no_sale_and_no_negative_sale(sent: tuple[PlayedDesk, Told]) -> None:
    desk, _ = sent
    assert desk.all_of(SalesEntry) == []
    assert desk.all_of(SalesPending) == []


def test_both_halves_of_the_mail_are_answered_each_by_its_duty(sent: tuple[PlayedDesk, Told]) -> None:
    desk, _ = sent
    subjects = [letter.subject for letter in desk.letters_to(TOM)]
    assert len(subjects) == 2
    assert any("your commission: Priya Nair has the question" in subject for subject in subjects)
    expense = next(letter for letter in desk.letters_to(TOM) if "expense noted: 86.40 USD" in letter.subject)
    assert "not as a sale" in expense.text
    assert "1 receipt is kept with it." in expense.text


def test_a_photo_without_words_asks_for_the_amount(desk: PlayedDesk) -> None:
    desk.receives(with_photo("", "receipt"))
    (letter,) = desk.letters_to(TOM)
    assert "how much was it?" in letter.subject
    assert [each.amount for each in desk.all_of(Expense)] == [None]

    desk.is_answered(letter, "86.40", by=BY_TOM)
    assert [(each.amount, each.currency) for each in desk.all_of(Expense)] == [(Decimal("86.40"), "USD")]
    assert [each.state for each in desk.all_of(QuestionRow)] == [QuestionState.ANSWERED]
    desk.is_answered(desk.letters_to(TOM)[-1], "UNDO", by=BY_TOM)
    assert [each.amount for each in desk.all_of(Expense)] == [None]
    assert desk.all_of(SalesEntry) == []


def test_the_same_photo_is_kept_once(desk: PlayedDesk) -> None:
    desk.receives(with_photo("taxi 20.00 USD", "taxi"))
    desk.receives(with_photo("parking 8.50 USD", "parking"))
    with desk.database.reading() as session:
        assert len(session.scalars(select(StoredFile.sha256)).all()) == 1
    assert len(desk.all_of(ExpenseReceipt)) == 2
    assert desk.all_of(SalesPending) == []


def amounts(desk: PlayedDesk) -> list[Decimal | None]:
    return [each.amount for each in desk.all_of(Expense)]


@pytest.mark.parametrize("words", ["it was 68.40", "sorry, 68.40 not 86.40", "the lunch was not 86.40 but 68.40"])
def test_the_answer_to_what_was_noted_corrects_it_and_undo_gives_it_back(desk: PlayedDesk, words: str) -> None:
    desk.receives(with_photo("lunch w/ blue ridge 86.40", "lunch"))
    (noted,) = desk.letters_to(TOM)

    desk.is_answered(noted, words, by=BY_TOM)
    assert amounts(desk) == [Decimal("68.40")]
    corrected = desk.letters_to(TOM)[-1]
    assert "expense corrected: 68.40 USD" in corrected.subject
    assert "was 86.40 USD and is now 68.40 USD" in corrected.text
    desk.is_answered(corrected, "UNDO", by=BY_TOM)
    assert amounts(desk) == [Decimal("86.40")]
    assert desk.all_of(SalesEntry) == []
    assert desk.all_of(SalesPending) == []


def test_a_mail_of_its_own_corrects_the_expense_that_had_the_old_amount(desk: PlayedDesk) -> None:
    desk.receives(with_photo("taxi 20.00 USD", "taxi"))
    desk.receives(with_photo("lunch w/ blue ridge 86.40", "lunch"))
    desk.receives(from_tom("the taxi was 22.50, not 20.00"))

    assert amounts(desk) == [Decimal("22.50"), Decimal("86.40")]
    assert desk.all_of(SalesPending) == []


def test_what_names_no_expense_changes_none_and_waits_for_a_person(desk: PlayedDesk) -> None:
    desk.receives(with_photo("taxi 20.00 USD", "taxi"))
    told = desk.receives(from_tom("the taxi was 22.50, not 30.00"))

    assert amounts(desk) == [Decimal("20.00")]
    assert told.story.kind == "correction"
    assert desk.all_of(SalesEntry) == []


def test_a_correction_of_a_sale_is_none_of_an_expense(desk: PlayedDesk) -> None:
    desk.receives(with_photo("taxi 20.00 USD", "taxi"))
    desk.receives(from_tom("blue ridge 20.00"))
    desk.receives(from_tom("blue ridge is 22.50, not 20.00"))

    assert amounts(desk) == [Decimal("20.00")]


def from_tom(words: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = BY_TOM, DESK, "hi", format_datetime(FRIDAY)
    mail["Message-ID"] = f"<{sha256(words.encode()).hexdigest()[:20]}@tom.example>"
    mail["Authentication-Results"] = "mx.harbourpine.example; dmarc=pass header.from=harbourpine.example"
    mail.set_content(words)
    return mail.as_bytes()
