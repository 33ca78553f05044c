"""S12: a mail in Priya's name gives orders to the machine; and others that only seem to come from somebody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import SalesEntry, SalesPending
from mailbot.records.tables import Address, Client, Contact
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, MAILS, PlayedDesk

DANA, PRIYA = "dana@harbourpine.example", "priya@harbourpine.example"
MARA, VIKTOR = "mara@harbourpine.example", "viktor@harbourpine.example"
FREEMAIL = "priya.nair.ceo@freemail.example"
OCTOBER = datetime(2025, 10, 31, 20, 42, tzinfo=UTC)
NOVEMBER = datetime(2025, 11, 5, 22, 41, 55, tzinfo=UTC)
FORGED = (MAILS / "S12-in-1.eml").read_bytes()
VERDICT = (
    b"Authentication-Results: mx.harbourpine.example; spf=fail; dkim=none; dmarc=fail header.from=harbourpine.example"
)
PASSED = b"Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example"


def with_numbers(desk: PlayedDesk) -> PlayedDesk:
    """Dana's numbers of October are booked."""
    desk.receives(mails.written("acme corp 12k\n", "numbers", f"Dana Reyes <{DANA}>", DESK, OCTOBER))
    return desk


def nothing_happened(desk: PlayedDesk, told: Told) -> None:
    """No number, no address, no letter to anybody but those who are warned."""
    assert told.records == {}
    assert [entry.amount for entry in desk.all_of(SalesEntry)] == [Decimal(12000)]
    assert desk.all_of(SalesPending) == []
    assert {address.key for address in desk.all_of(Address)} & {FREEMAIL, "accounts@delphi-pay.example"} == set()
    assert {letter.recipient for letter in told.letters} <= {MARA, VIKTOR}


@pytest.fixture(scope="module")
def attacked(open_desk: Opener) -> tuple[PlayedDesk, Told]:
    """The forged mail came in. Only looked at."""
    desk = with_numbers(open_desk())
    return desk, desk.receives(FORGED)


def test_nothing_is_done_and_the_mail_lies_in_quarantine_with_the_reason(attacked: tuple[PlayedDesk, Told]) -> None:
    desk, told = attacked
    nothing_happened(desk, told)
    assert (told.story.kind, told.story.trust, told.story.folder) == ("forged", "T0", "Quarantine")
    assert "dmarc=fail" in told.story.trace["trust"]
    assert "it claims to be Priya Nair, manager" in told.story.trace["trust"]
    assert desk.folder("Quarantine") == 1
    assert told.mail is not None


def test_mara_and_viktor_are_told_once_what_it_wanted(attacked: tuple[PlayedDesk, Told]) -> None:
    desk, told = attacked
    assert [letter.recipient for letter in told.letters] == [MARA, VIKTOR]
    (letter,) = desk.letters_to(VIKTOR)
    assert "Priya Nair" in letter.subject
    for words in ("failed authentication", "October numbers to 0", "full client list", "Nothing was done"):
        assert words in letter.text
    assert desk.letters() == {DANA: 1, MARA: 1, VIKTOR: 1}


def test_it_cannot_be_talked_out_of_the_warning_nor_repeat_it_all_day(desk: PlayedDesk) -> None:
    with_numbers(desk)
    desk.receives(FORGED)
    for number in range(3):
        again = FORGED.replace(b"<zz91@", f"<zz9{number + 2}@".encode())
        told = desk.receives(again, at=NOVEMBER + timedelta(minutes=number + 1))
        nothing_happened(desk, told)
        assert told.story.folder == "Quarantine"
    assert desk.letters() == {DANA: 1, MARA: 1, VIKTOR: 1}


@pytest.mark.parametrize(
    "fields",
    [
        VERDICT + b"\n" + PASSED,
        b"Authentication-Results: mx.attacker.example; dmarc=pass header.from=harbourpine.example",
        b"ARC-Authentication-Results: i=1; mx.harbourpine.example; dmarc=pass header.from=harbourpine.example\n"
        + VERDICT,
        b"DKIM-Signature: v=1; a=rsa-sha256; d=harbourpine.example; s=x; h=from; bh=AA; b=AA\n" + VERDICT,
    ],
    ids=["a forged pass below", "a pass of another server", "a pass in ARC", "a signature"],
)
def test_a_pass_that_our_own_server_did_not_write_last_passes_nothing(desk: PlayedDesk, fields: bytes) -> None:
    with_numbers(desk)
    assert FORGED.count(VERDICT) == 1
    told = desk.receives(FORGED.replace(VERDICT, fields))
    nothing_happened(desk, told)
    assert told.story.trust == "T0"


def test_the_true_priya_gets_no_client_list_at_a_freemail_address(desk: PlayedDesk) -> None:
    with_numbers(desk)
    told = desk.receives(FORGED.replace(VERDICT, PASSED))

    assert told.story.trust == "T4"
    assert [entry.amount for entry in desk.all_of(SalesEntry)] == [Decimal(12000)]
    assert {letter.recipient for letter in told.letters} <= {MARA, PRIYA}
    names = {client.name for client in desk.all_of(Client)} - {"Delphi Windows"}
    for letter in told.letters:
        assert not any(name in letter.text for name in names)
        assert letter.recipient != FREEMAIL


def test_a_forged_bounce_changes_no_contact(desk: PlayedDesk) -> None:
    with_numbers(desk)
    contacts = len(desk.all_of(Contact))
    bounce = (
        "From: MAILER-DAEMON@freemail.example (Mail Delivery System)\n"
        f"To: {DESK}\nSubject: Undelivered Mail Returned to Sender\nDate: Wed, 05 Nov 2025 22:50:00 +0000\n"
        "Message-ID: <b1@freemail.example>\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\n\n'
        "--r\nContent-Type: text/plain\n\nuser unknown\n\n"
        "--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.delphiwindows.example\n\n"
        "Final-Recipient: rfc822; raj@delphiwindows.example\nAction: failed\nStatus: 5.1.1\n\n"
        "--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: <never-ours@harbourpine.example>\n"
        "To: raj@delphiwindows.example\nSubject: Your banner\n\n--r--\n"
    )
    told = desk.receives(bounce.encode())

    assert desk.addresses_that_are_not_ok() == {}
    assert len(desk.all_of(Contact)) == contacts
    assert {letter.recipient for letter in told.letters} <= {MARA, VIKTOR}
