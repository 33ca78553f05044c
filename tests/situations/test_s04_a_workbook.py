"""S04: Lena sends a workbook with a hidden row and a sheet of plans, and a word about one of its rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.duties.sales.tables import SalesEntry, SalesForecast, SalesPending
from tests.situations.desk import PlayedDesk
from tests.workbooks import made

LENA = "lena@harbourpine.example"
FRIDAY = datetime(2025, 10, 31, 15, 31, 19, tzinfo=UTC)


def with_workbook(content: bytes, name: str = "KW44_Brandt.xlsx") -> bytes:
    """Her mail; the workbook goes through the real worker processes, and the child that opens it."""
    message = EmailMessage()
    message["From"] = f"Lena Brandt <{LENA}>"
    message["To"] = "desk@harbourpine.example"
    message["Subject"] = "KW44 Brandt"
    message["Date"] = "Fri, 31 Oct 2025 16:31:19 +0100"
    message["Message-ID"] = "<lena-kw44@hp.example>"
    message["Authentication-Results"] = "mx.harbourpine.example; dmarc=pass header.from=harbourpine.example"
    message.set_content("Anbei KW44. Zeile Hansen bitte ignorieren, kommt erst nächste Woche.\nLG Lena\n")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_one_line_is_booked_one_client_is_asked_about_and_the_rest_is_said(desk: PlayedDesk) -> None:
    desk.receives(with_workbook(made.of_lena()), at=FRIDAY)

    assert [(entry.amount, entry.currency) for entry in desk.all_of(SalesEntry)] == [(Decimal(8400), "EUR")]
    (waiting,) = desk.all_of(SalesPending)
    assert (waiting.name, waiting.amount) == ("Kröger Fenster", Decimal(2150))
    assert desk.all_of(SalesForecast) == []
    text = " ".join(" ".join(letter.text.split()) for letter in desk.letters_to(LENA))
    assert "Zeile 5 ist ausgeblendet (Acme Medical GmbH 9.999,00 EUR), die habe ich nicht gezählt." in text
    assert "Zeile Hansen bitte ignorieren" in text
    assert "Kröger Fenster" in text
    assert "25.549" not in text


def test_a_workbook_with_macros_is_not_opened_and_lena_is_told_what_helps(desk: PlayedDesk) -> None:
    desk.receives(with_workbook(made.with_macros(), "KW44_Brandt.xlsm"), at=FRIDAY)

    assert desk.all_of(SalesEntry) == []
    assert [waiting.doubt for waiting in desk.all_of(SalesPending)] == ["macros"]
    text = " ".join(desk.letters_to(LENA)[0].text.split())
    assert "bitte als .xlsx speichern oder die Tabelle in die Mail einfügen" in text


def test_the_same_from_nobody_in_particular_is_not_opened_and_books_nothing(desk: PlayedDesk) -> None:
    raw = with_workbook(made.of_lena()).replace(b"dmarc=pass", b"dmarc=fail")
    desk.receives(raw, at=FRIDAY)

    assert desk.all_of(SalesEntry) == []
    assert desk.all_of(SalesPending) == []
    assert not desk.letters_to(LENA)


def test_from_a_private_address_it_is_opened_once_she_has_said_that_it_is_hers(desk: PlayedDesk) -> None:
    raw = with_workbook(made.of_lena()).replace(LENA.encode(), b"lena.brandt@private.example")
    raw = raw.replace(b"header.from=harbourpine.example", b"header.from=private.example")
    told = desk.receives(raw, at=FRIDAY)
    assert (told.story.kind, [each.doubt for each in desk.all_of(SalesPending)]) == ("claimed", ["claimed"])

    at = FRIDAY + timedelta(minutes=5)
    desk.receives_with_consequences(mails.answer(desk.letters_to(LENA)[0], "JA", LENA, at), at=at)
    assert [(entry.amount, entry.currency) for entry in desk.all_of(SalesEntry)] == [(Decimal(8400), "EUR")]


def counting(desk: PlayedDesk) -> list[tuple[Decimal | None, str | None, date, date]]:
    return [(each.amount, each.currency, each.period_start, each.period_end) for each in desk.all_of(SalesForecast)]


def offered(desk: PlayedDesk) -> Received:
    """Her workbook came; the question about the sheet of plans."""
    desk.receives(with_workbook(made.of_lena()), at=FRIDAY)
    (letter,) = (each for each in desk.letters_to(LENA) if "Q4 2025" in each.subject)
    assert "Mueller Maschinenbau AG 40.000,00 EUR" in letter.text
    assert "Soll ich 40.000,00 EUR als Erwartung für Q4 2025 notieren? Antworte JA oder NEIN." in " ".join(
        letter.text.split()
    )
    return letter


@pytest.mark.parametrize(
    ("word", "noted"),
    [("ja", [(Decimal(40000), "EUR", date(2025, 10, 1), date(2025, 12, 31))]), ("nein", []), ("vielleicht", [])],
)
def test_the_plan_becomes_what_is_expected_of_the_quarter_by_one_word_of_hers(
    desk: PlayedDesk, word: str, noted: list[tuple[Decimal, str, date, date]]
) -> None:
    told = desk.is_answered(offered(desk), word, by=f"Lena Brandt <{LENA}>")
    assert counting(desk) == noted
    assert [(entry.amount, entry.currency) for entry in desk.all_of(SalesEntry)] == [(Decimal(8400), "EUR")]
    assert (told.story.folder == "Held") is (word == "vielleicht")
