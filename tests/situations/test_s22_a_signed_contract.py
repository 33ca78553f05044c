"""S22, the first half: a signed contract comes in by mail, is read point by point, and runs only after the rep's OK."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256

import pytest
from sqlalchemy import select

from mailbot.duties.contracts.tables import ContractDraft, DraftState
from mailbot.duties.sales.tables import SalesEntry, SalesPending
from mailbot.records.contracts.tables import (
    Contract,
    ContractEvent,
    ContractFile,
    ContractState,
    Deliverable,
    DeliverableState,
    EventKind,
)
from mailbot.records.stored_files import StoredFile
from mailbot.records.tables import Client, Contact, DecisionRow, Person, QuestionRow, QuestionState
from tests.papers.made import pdf
from tests.situations.conftest import Opener
from tests.situations.desk import MAILS, PlayedDesk

DANA, TOM, LENA, MARA = (f"{name}@harbourpine.example" for name in ("dana", "tom", "lena", "mara"))
SIGNED = (MAILS / "S22-in-1.eml").read_bytes()


def signed_with(*lines: str) -> bytes:
    """Dana's mail, with these lines in the file that comes with it."""
    mail = message_from_bytes(SIGNED, policy=default)
    assert isinstance(mail, EmailMessage)
    words = mail.get_body()
    assert words is not None
    made = EmailMessage()
    for name in ("From", "To", "Subject", "Date", "Message-ID", "Authentication-Results"):
        made[name] = mail[name]
    made.set_content(words.get_content())
    made.add_attachment(pdf(*lines), maintype="application", subtype="pdf", filename="Delphi_2026_signed.pdf")
    return made.as_bytes()


def new_contracts(desk: PlayedDesk) -> list[Contract]:
    return [each for each in desk.all_of(Contract) if each.arrival_id is not None]


def rows_of(desk: PlayedDesk, contract: Contract) -> list[Deliverable]:
    return [each for each in desk.all_of(Deliverable) if each.contract_id == contract.id]


# --- the reading ---


@pytest.fixture(scope="module")
def came(open_desk: Opener) -> PlayedDesk:
    """Dana's mail has come in. Only looked at."""
    desk = open_desk()
    assert desk.receives("S22-in-1.eml").story.kind == "signed"
    return desk


def test_the_whole_reading_goes_back_to_dana_as_a_numbered_list(came: PlayedDesk) -> None:
    (letter,) = came.letters_to(DANA)
    lines = [" ".join(line.split()) for line in letter.text.splitlines()]

    assert "Delphi Windows" in letter.subject
    discounted = '"20% off a booth at BuildExpo (list 3,500)"'
    notice = "Renews by itself, 60 days' notice: by 1 Oct 2026 (you hear from me on 1 Sep 2026)"
    raj = "Raj Patel, raj@delphiwindows.example"
    assert [line for line in lines if line[:1].isdigit()] == [
        '1. 1 Dec 2025 - 30 Nov 2026 "12 months from 1 Dec"',
        '2. 18,600.00 USD "18,600 total"',
        '3. 6 x ad: Jan, Mar, May, Jul, Sep, Nov 2026 "6 full pages (every odd issue)"',
        '4. 1 x banner from 1 Dec 2025 "free banner on the site"',
        f"5. 1 x discount from 1 Dec 2025, 20% off (3,500.00 -> 2,800.00) {discounted}",
        f'6. {notice} "Auto renews, 60 days notice"',
        f'7. Artwork from {raj} "Artwork contact is {raj}"',
    ]
    assert 'Reply e.g. "3 is May-Oct"' in letter.text


def test_nothing_runs_and_nothing_is_sold_before_the_ok(came: PlayedDesk) -> None:
    assert new_contracts(came) == []
    assert came.all_of(SalesEntry) == []
    assert came.all_of(SalesPending) == []
    (draft,) = came.all_of(ContractDraft)
    assert draft.state is DraftState.WAITING
    assert came.letters() == {DANA: 1}


def test_the_file_is_kept_by_its_hash(came: PlayedDesk) -> None:
    with came.database.reading() as session:
        (kept,) = session.scalars(select(StoredFile)).all()
    assert (kept.sha256, kept.content) == (sha256(b"%PDF-1.4\n").hexdigest(), b"%PDF-1.4\n")
    (draft,) = came.all_of(ContractDraft)
    assert draft.files == [{"sha256": kept.sha256, "filename": "Delphi_2026_signed.pdf"}]


# --- OK ---


@pytest.fixture(scope="module")
def running(open_desk: Opener) -> PlayedDesk:
    """Dana has said OK. Only looked at."""
    desk = open_desk()
    desk.receives("S22-in-1.eml")
    assert desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA).story.kind == "right"
    return desk


def test_with_ok_the_contract_runs_with_its_days_and_its_value(running: PlayedDesk) -> None:
    (contract,) = new_contracts(running)
    delphi = next(each for each in running.all_of(Client) if each.code == "C11")

    assert (contract.client_id, contract.rep_id, contract.state) == (delphi.id, delphi.owner_id, ContractState.RUNNING)
    assert (contract.starts_on, contract.ends_on) == (date(2025, 12, 1), date(2026, 11, 30))
    assert (contract.value, contract.currency, contract.signed_on) == (Decimal(18600), "USD", date(2025, 11, 11))
    assert (contract.renews, contract.notice_days, contract.notice_on) == (True, 60, date(2026, 10, 1))
    (event,) = [each for each in running.all_of(ContractEvent) if each.contract_id == contract.id]
    assert (event.kind, event.amount) == (EventKind.SIGNED, Decimal(18600))
    (file,) = running.all_of(ContractFile)
    assert (file.contract_id, file.filename) == (contract.id, "Delphi_2026_signed.pdf")


def test_each_page_has_its_issue_its_copy_deadline_and_its_department(running: PlayedDesk) -> None:
    (contract,) = new_contracts(running)
    pages = [each for each in rows_of(running, contract) if each.kind == "ad"]
    people = {each.id: each.name for each in running.all_of(Person)}

    assert [(each.part, each.issue, each.due_on) for each in pages] == [
        (1, "2026-01", date(2025, 12, 1)),
        (2, "2026-03", date(2026, 2, 2)),
        (3, "2026-05", date(2026, 4, 2)),
        (4, "2026-07", date(2026, 6, 1)),
        (5, "2026-09", date(2026, 8, 3)),
        (6, "2026-11", date(2026, 10, 1)),
    ]
    assert {people[each.department_id or 0] for each in pages} == {"Design"}
    assert {each.state for each in pages} == {DeliverableState.ORDERED}  # the department has heard of them


def test_the_department_is_told_the_issues_by_their_names(running: PlayedDesk) -> None:
    (order,) = running.letters_to("design@harbourpine.example")

    assert all(month in order.text for month in ("January", "March", "November"))
    assert "2026-01" not in order.text


def test_the_banner_and_the_discount_are_benefits_with_what_they_are_worth(running: PlayedDesk) -> None:
    (contract,) = new_contracts(running)
    banner, discount = (each for each in rows_of(running, contract) if each.kind != "ad")

    assert (banner.kind, banner.starts_on, banner.is_benefit) == ("banner", date(2025, 12, 1), True)
    assert (discount.percent, discount.list_price, discount.worth) == (Decimal(20), Decimal(3500), Decimal(700))
    assert discount.is_benefit


def test_raj_is_asked_for_the_artwork_and_is_no_second_contact(running: PlayedDesk) -> None:
    (contract,) = new_contracts(running)
    (raj,) = [each for each in running.all_of(Contact) if each.name == "Raj Patel"]

    asked = {each.kind: each.contact_id for each in rows_of(running, contract)}
    assert asked == {"ad": raj.id, "banner": raj.id, "discount": None}


def test_billing_gets_the_contract_as_a_letter_with_csv_and_json(running: PlayedDesk) -> None:
    (letter,) = running.letters_to("billing@harbourpine.example")
    assert "18,600.00 USD for 1 Dec 2025 - 30 Nov 2026" in letter.text
    assert "Discount 20%: 3,500.00 USD becomes 2,800.00 USD" in letter.text
    raw = message_from_bytes(running.box.messages(account="billing@harbourpine.example")[0], policy=default)
    files = {each.get_filename() or "": each.get_content() for each in raw.iter_attachments()}
    contract = new_contracts(running)[0].ref
    (data,) = [json.loads(content) for name, content in files.items() if name == f"{contract}.json"]
    assert (data["format"], data["value"], data["currency"]) == ("mailbot.contract/1", "18600.00", "USD")
    assert [line["issue"] for line in data["lines"]][:2] == ["2026-01", "2026-03"]
    rows = list(csv.DictReader(io.StringIO(str(files[f"{contract}.csv"]))))
    assert [row["kind"] for row in rows] == ["ad"] * 6 + ["banner", "discount"]
    assert {row["contract"] for row in rows} == {contract}


def test_whether_to_book_it_is_asked_and_book_books_it_once(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    offer = desk.letters_to(DANA)[-1]
    assert "Also book 18,600.00 USD for week 46? Reply BOOK" in offer.text
    assert desk.all_of(SalesEntry) == []

    desk.is_answered(offer, "BOOK", by=DANA)
    desk.is_answered(offer, "BOOK", by=DANA)

    (entry,) = desk.all_of(SalesEntry)
    assert (entry.amount, entry.currency, entry.period_start) == (Decimal(18600), "USD", date(2025, 11, 10))


def test_no_to_the_offer_books_nothing(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    before = len(desk.letters_to(DANA))
    desk.is_answered(desk.letters_to(DANA)[-1], "no", by=DANA)

    assert desk.all_of(SalesEntry) == []
    assert len(desk.letters_to(DANA)) == before


def test_one_undo_takes_all_back_and_the_orders_to_the_departments_with_it(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    reading = desk.letters_to(DANA)[-1]
    desk.is_answered(reading, "ok", by=DANA)
    running = desk.letters_to(DANA)[-1]
    desk.is_answered(running, "UNDO", by=DANA)
    with desk.database.reading() as session:
        orders = session.scalars(select(DecisionRow).where(DecisionRow.kind == "order")).all()
    assert len(orders) == 3
    assert all(each.undone_by is not None for each in orders)
    assert new_contracts(desk) == []
    assert [each.state for each in desk.all_of(ContractDraft)] == [DraftState.WAITING]
    desk.is_answered(reading, "2 is 18,900", by=DANA)
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    (contract,) = new_contracts(desk)
    assert len(rows_of(desk, contract)) == 8
    first, taken_back, second = desk.letters_to("billing@harbourpine.example")
    assert "18,600.00" in first.text
    assert first.subject in taken_back.text, "billing was not told that its letter no longer holds"
    assert "18,900.00" in second.text, "billing has the value that was taken back"


# --- corrections ---


def test_a_correction_by_its_number_is_shown_again_and_changes_only_that(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    desk.is_answered(desk.letters_to(DANA)[-1], "3 is Apr-Oct\n2 is 18,900", by=DANA)

    letter = desk.letters_to(DANA)[-1]
    assert "3. 6 x ad: Apr, May, Jun, Jul, Sep, Oct 2026" in letter.text
    assert "2. 18,900.00 USD" in letter.text
    assert "1. 1 Dec 2025 - 30 Nov 2026" in letter.text
    assert new_contracts(desk) == []
    desk.is_answered(letter, "OK", by=DANA)
    (contract,) = new_contracts(desk)
    assert contract.value == Decimal(18900)
    assert [each.issue for each in rows_of(desk, contract)][:6] == [
        f"2026-{month}" for month in ("04", "05", "06", "07", "09", "10")
    ]


def test_issues_that_are_fewer_than_were_sold_are_said_and_the_rest_is_not_lost(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    desk.is_answered(desk.letters_to(DANA)[-1], "3 is May-Oct", by=DANA)

    letter = desk.letters_to(DANA)[-1]
    assert "sold are 6, these are 5" in letter.text
    desk.is_answered(letter, "OK", by=DANA)
    (contract,) = new_contracts(desk)
    pages = [each for each in rows_of(desk, contract) if each.kind == "ad"]
    assert sum(each.quantity for each in pages) == 6
    assert (pages[-1].issue, pages[-1].due_on) == (None, None)


def test_another_time_moves_the_issues_that_are_every_odd_one(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    desk.is_answered(desk.letters_to(DANA)[-1], "1 is 6 months from 1 Feb, drop 5", by=DANA)

    text = desk.letters_to(DANA)[-1].text
    assert "1. 1 Feb 2026 - 31 Jul 2026" in text
    assert "3. 6 x ad: Mar, May, Jul 2026" in text
    assert "4. 1 x banner from 1 Feb 2026" in text
    assert "discount" not in text


def test_an_answer_in_which_nothing_is_understood_is_left_to_a_person_and_the_contract_waits(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    told = desk.is_answered(desk.letters_to(DANA)[-1], "hm, let me call them first about the pages", by=DANA)

    assert told.story.kind == "changed"
    assert new_contracts(desk) == []
    assert [each.state for each in desk.all_of(ContractDraft)] == [DraftState.WAITING]


def test_no_drops_it(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    desk.is_answered(desk.letters_to(DANA)[-1], "NO", by=DANA)

    assert [each.state for each in desk.all_of(ContractDraft)] == [DraftState.DROPPED]
    assert new_contracts(desk) == []


# --- mail and file ---


def test_where_mail_and_file_differ_both_are_shown_and_dana_decides(desk: PlayedDesk) -> None:
    desk.receives(
        signed_with(
            "Agreement with Delphi Windows",
            "Term: 1 December 2025 to 30 November 2026",
            "Total value: 18,900.00 USD",
            "Notice period: 90 days",
        )
    )

    text = desk.letters_to(DANA)[-1].text
    assert '2. 18,600.00 USD "18,600 total" - the file says: 18,900.00 USD "Total value: 18,900.00 USD"' in text
    assert "60 days' notice: by 1 Oct 2026" in text
    assert "- the file says: Nothing said of a renewal, 90 days' notice" in text
    assert text.count("the file says") == 2
    desk.is_answered(desk.letters_to(DANA)[-1], "2 is 18,900", by=DANA)
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    assert new_contracts(desk)[0].value == Decimal(18900)


def test_ok_takes_what_the_mail_says_and_the_file_is_not_more_certain(desk: PlayedDesk) -> None:
    desk.receives(signed_with("Total value: 18,900.00 USD"))
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)

    assert new_contracts(desk)[0].value == Decimal(18600)


def test_what_only_the_file_says_is_read_from_it(desk: PlayedDesk) -> None:
    mail = signed_with("Delphi Windows, 12 months from 1 December 2025", "Total value: 18,900.00 USD", "1 newsletter")
    mail = mail.replace(b"12 months from 1 Dec, 18,600 total. ", b"")
    desk.receives(mail)

    text = desk.letters_to(DANA)[-1].text
    assert "1. 1 Dec 2025 - 30 Nov 2026" in text
    assert "2. 18,900.00 USD" in text
    assert "1 x newsletter" in text


# --- German ---


def test_a_german_rep_is_answered_in_german_and_nothing_is_read_from_her_signature(desk: PlayedDesk) -> None:
    desk.receives("S22-german.eml")

    (letter,) = desk.letters_to(LENA)
    assert "stimmt das so? Hansen & Söhne KG" in letter.subject
    for words in (
        "1. 1.1.2026 - 31.12.2026",
        "2. 9.600,00 EUR",
        "3. 4 x Anzeige: Feb, Apr, Jun, Okt 2026",
        "15 % Rabatt (3.500,00 -> 2.975,00)",
        "Verlängert sich von selbst, 92 Tage Kündigungsfrist: bis 30.9.2026",
        "Druckdaten von Uwe Hansen, uwe@hansen.example",
    ):
        assert words in letter.text
    assert "118 442" not in letter.text
    desk.is_answered(letter, "3 ist 3 halbe Seiten (April, Juni, Oktober)", by=LENA)
    assert "3. 3 x Anzeige: Apr, Jun, Okt 2026" in desk.letters_to(LENA)[-1].text
    desk.is_answered(desk.letters_to(LENA)[-1], "passt", by=LENA)
    desk.is_answered(desk.letters_to(LENA)[-1], "BUCHEN", by=LENA)
    (entry,) = desk.all_of(SalesEntry)
    assert (entry.amount, entry.currency) == (Decimal(9600), "EUR")


# --- what must not be ---


def test_two_readings_of_an_amount_are_a_question_and_ok_alone_starts_nothing(desk: PlayedDesk) -> None:
    desk.receives(SIGNED.replace(b"18,600 total", b"18.600 total"))
    letter = desk.letters_to(DANA)[-1]
    assert "2. Which amount: 18,600.00 USD or 18.60" in letter.text

    desk.is_answered(letter, "ok", by=DANA)
    assert new_contracts(desk) == []
    assert "I cannot start it yet" in desk.letters_to(DANA)[-1].text
    desk.is_answered(desk.letters_to(DANA)[-1], "2 is 18,600", by=DANA)
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    assert new_contracts(desk)[0].value == Decimal(18600)


def test_a_contract_of_anothers_client_is_confirmed_by_its_owner(desk: PlayedDesk) -> None:
    mail = SIGNED.replace(b"Delphi Windows!!", b"Globex Tools!!").replace(b"raj@delphiwindows", b"ann.lowe@globex")
    desk.receives(mail)

    assert "Globex Tools is Tom Okafor's client" in desk.letters_to(DANA)[-1].text
    asked = desk.letters_to(TOM)[-1]
    assert "Dana Reyes sent me a signed contract of your client" in asked.text
    desk.is_answered(asked, "OK", by=DANA)
    assert new_contracts(desk) == []
    desk.is_answered(asked, "OK", by=TOM)
    (contract,) = new_contracts(desk)
    tom = next(each for each in desk.all_of(Person) if each.name == "Tom Okafor")
    assert contract.rep_id == tom.id


def test_a_client_that_is_not_named_is_asked_for(desk: PlayedDesk) -> None:
    desk.receives(
        SIGNED.replace(b"Delphi Windows!!", b"the Acme deal").replace(b"raj@delphiwindows.example", b"r@a.example")
    )

    letter = desk.letters_to(DANA)[-1]
    assert "Which client is it? Acme Corp, Acme Medical GmbH, Acme Media?" in letter.text
    desk.is_answered(letter, "client is Acme Corp", by=DANA)
    assert "Client: Acme Corp" in desk.letters_to(DANA)[-1].text


@pytest.mark.parametrize(
    ("sender", "result"),
    [
        ("Dana Reyes <dana@harbourpine.example>", "dmarc=fail header.from=harbourpine.example"),
        ("Raj Patel <raj@delphiwindows.example>", "dmarc=pass header.from=delphiwindows.example"),
        ("Stranger <s@stranger.example>", "dmarc=pass header.from=stranger.example"),
        ("Web Team <web@harbourpine.example>", "dmarc=pass header.from=harbourpine.example"),
    ],
)
def test_nobody_but_a_colleague_who_is_believed_brings_a_contract(desk: PlayedDesk, sender: str, result: str) -> None:
    mail = SIGNED.replace(b"Dana Reyes <dana@harbourpine.example>", sender.encode())
    desk.receives(mail.replace(b"dmarc=pass header.from=harbourpine.example", result.encode()))

    assert desk.all_of(ContractDraft) == []
    assert new_contracts(desk) == []


@pytest.mark.parametrize(
    "words",
    [b"acme corp 12k signed today", b"Delphi is not signed yet, 12 months from 1 Dec, 18,600 total"],
)
def test_a_line_of_numbers_is_no_contract(desk: PlayedDesk, words: bytes) -> None:
    head, _, _ = SIGNED.partition(b"MIME-Version")
    subject = b"not signed yet" if b"not signed" in words else b"signed!"
    desk.receives(head.replace(b"SIGNED - Delphi Windows!!", subject) + b"\r\n" + words + b"\r\n")

    assert desk.all_of(ContractDraft) == []


def test_a_question_that_was_answered_is_closed(desk: PlayedDesk) -> None:
    desk.receives("S22-in-1.eml")
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)

    states = {each.kind: each.state for each in desk.all_of(QuestionRow) if each.duty != "departments"}
    assert states == {"is-it-right": QuestionState.ANSWERED, "offered-sale": QuestionState.OPEN}
