"""A line for a client whom nobody knows: its rep says JA, or what is meant, and nobody is taken for somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.tables import PendingState
from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import Client
from tests.duties.sales.mails import JONAS, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 15, 58, tzinfo=ZoneInfo("Europe/Berlin"))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def ask(road: Road, text: str = "Kröger Fenster 2.150,00 EUR") -> Decision:
    return road.arrives(mail(text, JONAS, at=FRIDAY, subject="KW44"), FRIDAY)


def says(road: Road, asked: Decision, words: str) -> Decision:
    letter = road.letters_of(asked)[-1]
    at = FRIDAY + 20 * MINUTE
    return road.arrives(mail(words, JONAS, at=at, subject=f"Re: {letter.subject}", to=letter.envelope_sender), at)


def writes(road: Road, text: str) -> None:
    """Another mail, after the weekend."""
    road.arrives(mail(text, JONAS, at=FRIDAY + 3 * DAY, subject="noch was"), FRIDAY + 3 * DAY)


def names(road: Road) -> set[str]:
    return {client.name for client in road.all_of(Client)}


def test_the_rep_is_asked_whether_to_create_it_and_nothing_is_booked(road: Road) -> None:
    asked = ask(road)

    (letter,) = road.letters_of(asked)
    assert letter.subject == "Kröger Fenster ist neu - anlegen? (2.150,00 EUR)"
    assert "Antworte JA, oder der richtige Name" in letter.text
    assert (road.ledger(), asked.folder, road.tasks()) == ([], Folder.ASKED, [])
    assert "Kröger Fenster" not in names(road)


@pytest.mark.parametrize("words", ["JA", "ja bitte, danke", "neu", "anlegen"])
def test_ja_creates_the_client_and_books_and_the_next_mail_knows_it(road: Road, words: str) -> None:
    created = says(road, ask(road), words)

    assert road.ledger() == [("Kröger Fenster", Decimal(2150), "EUR")]
    assert [line.state for line in road.pending()] == [PendingState.BOOKED]
    writes(road, "Kröger Fenster 300 EUR")
    assert len(road.ledger()) == 2
    assert created.folder is Folder.DONE


def test_what_ja_created_is_taken_back_with_the_booking(road: Road) -> None:
    created = says(road, ask(road), "JA")
    road.take_back(created, FRIDAY + 30 * MINUTE)

    assert road.ledger() == []
    assert "Kröger Fenster" not in names(road)
    assert [line.state for line in road.pending()] == [PendingState.WAITING]


def test_the_right_name_is_that_of_a_client_and_is_learned(road: Road) -> None:
    before = names(road)
    says(road, ask(road, "Bauleute 2.150,00 EUR"), "Müller Bau")

    assert road.ledger() == [("Müller Bau GmbH", Decimal(2150), "EUR")]
    assert names(road) == before
    writes(road, "Bauleute 99 EUR")
    assert road.ledger()[1:] == [("Müller Bau GmbH", Decimal(99), "EUR")]


@pytest.mark.parametrize("words", ["nein", "weiß nicht", "Kruger?", "frag mal Lena", "JA, aber 2.500"])
def test_anything_else_creates_nobody_and_goes_to_a_person(road: Road, words: str) -> None:
    before = names(road)
    decision = says(road, ask(road), words)

    assert (road.ledger(), names(road)) == ([], before)
    assert decision.folder is Folder.HELD


def test_a_line_that_names_nobody_creates_nobody(road: Road) -> None:
    asked = ask(road, "2.150,00 EUR")
    assert [letter.purpose for letter in road.letters_of(asked) if letter.purpose == "sales-new-client"] == []
