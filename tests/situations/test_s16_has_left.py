"""S16: Anja Schmidt's mailbox says that she has left and names Peter Vogel. Jonas says "ja", and all that was open with
her is his; UNDO gives it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.cli.demo.told import Told
from mailbot.duties.bounces.tables import Whereabouts
from mailbot.duties.issues.tables import Issue
from mailbot.records.tables import Address, Client, Contact, LetterRow, LetterState, QuestionRow, QuestionState, TaskRow
from tests.situations.conftest import Opener
from tests.situations.desk import MAILS, Count, PlayedDesk

ANJA = "a.schmidt@muellerbau.example"
PETER = "p.vogel@muellerbau.example"
JONAS = "jonas@harbourpine.example"
NOTE = "S16-in-1.eml"
PLANNED = ("Ihr Messerabatt BuildExpo", "Copy deadline January")
TUESDAY = datetime(2025, 11, 4, 10, 30, 2, tzinfo=UTC)
PROBLEM = f"""\
From: "Schmidt, Anja" <{ANJA}>
To: desk@harbourpine.example
Subject: Banner
Date: Mon, 27 Oct 2025 11:30:02 +0100
Message-ID: <as-1@muellerbau.example>
Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=muellerbau.example
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Guten Tag, der Link in unserem Banner ist kaputt. Bitte reparieren.
"""


def has_history(desk: PlayedDesk) -> None:
    """One issue is open with Anja, and two letters to her are planned."""
    desk.receives(PROBLEM.encode(), at=TUESDAY - timedelta(days=1))
    for days, subject in enumerate(PLANNED, start=3):
        desk.has_planned(subject, ANJA, TUESDAY + timedelta(days=days))


@dataclass(frozen=True)
class Told16:
    """The note has come."""

    desk: PlayedDesk
    told: Told
    before: Count


@pytest.fixture(scope="module")
def told(open_desk: Opener) -> Told16:
    """Only looked at: no test brings this desk another mail."""
    desk = open_desk()
    has_history(desk)
    before = desk.count()
    return Told16(desk, desk.receives(NOTE), before)


def contacts(desk: PlayedDesk) -> dict[str, int]:
    (client,) = (each for each in desk.all_of(Client) if each.code == "C05")
    return {each.name: each.rank for each in desk.all_of(Contact) if each.client_id == client.id}


def planned(desk: PlayedDesk) -> list[str]:
    return [letter.state.value for letter in desk.all_of(LetterRow) if letter.duty == "reminders"]


def to_peter(desk: PlayedDesk) -> list[LetterRow]:
    """What he is written besides the letters that waited for Anja."""
    return [letter for letter in desk.all_of(LetterRow) if letter.recipient == PETER and letter.purpose != "passed-on"]


def passed_on(desk: PlayedDesk) -> list[LetterRow]:
    return [letter for letter in desk.all_of(LetterRow) if letter.purpose == "passed-on"]


def jonas_says(desk: PlayedDesk, words: str) -> Told:
    return desk.is_answered(desk.letters_to(JONAS)[-1], words, by=f"Jonas Weber <{JONAS}>")


def test_anja_has_left_by_her_mailbox_and_is_neither_deleted_nor_undeliverable(told: Told16) -> None:
    desk = told.desk
    assert told.told.story.rule == "bounces.left"
    assert desk.addresses_that_are_not_ok() == {ANJA: "left"}
    (said,) = desk.all_of(Whereabouts)
    assert (said.kind, str(said.since)) == ("left", "2025-10-31")
    assert (said.stand_in, said.stand_in_address, said.stand_in_phone) == ("Peter Vogel", PETER, "+49 40 555 7731")
    assert contacts(desk) == {"Anja Schmidt": 1}
    assert planned(desk) == ["on hold"] * 2


def test_jonas_is_asked_in_german_and_nobody_else_is_written_to(told: Told16) -> None:
    desk = told.desk
    assert [letter.recipient for letter in told.told.letters] == [JONAS]
    text = " ".join(desk.letters_to(JONAS)[-1].text.split())
    (issue,) = desk.all_of(Issue)
    for words in (
        "nicht mehr bei Müller Bau GmbH (seit 31.10.)",
        f"Genannt wird Peter Vogel, {PETER}, +49 40 555 7731",
        f"Offen bei Anja Schmidt: Vertrag K-2199, Vorgang {issue.ref}",
        "2 Mails warten",
        "JA = Peter Vogel wird Hauptkontakt",
        "NEIN = alles bleibt",
    ):
        assert words in text
    assert "Vorsicht" not in text
    assert PETER not in [address.key for address in desk.all_of(Address)]
    assert desk.letters_to(ANJA)[1:] == ()


def test_ja_moves_contact_issue_and_letters_and_introduces_us(desk: PlayedDesk) -> None:
    has_history(desk)
    desk.receives(NOTE)
    told = jonas_says(desk, "ja")

    assert told.story.rule == "bounces.answered-who-follows"
    assert contacts(desk) == {"Peter Vogel": 1, "Anja Schmidt": 2}
    (peter,) = (each for each in desk.all_of(Contact) if each.name == "Peter Vogel")
    assert peter.phone == "+49 40 555 7731"
    (issue,) = desk.all_of(Issue)
    assert (issue.name, issue.address_key) == ("Peter Vogel", PETER)
    assert {letter.recipient for letter in told.letters} == {PETER, JONAS}
    (introduction,) = to_peter(desk)
    assert "Guten Tag Peter Vogel" in introduction.text
    assert "Jonas Weber" in introduction.text
    assert desk.letters_to(ANJA)[1:] == ()


def test_ja_sends_what_waited_to_peter_on_its_day_and_says_whom_it_was_written_to(desk: PlayedDesk) -> None:
    has_history(desk)
    desk.receives(NOTE)
    jonas_says(desk, "ja")

    assert planned(desk) == ["withdrawn"] * 2
    assert [(letter.recipient, letter.subject) for letter in passed_on(desk)] == [(PETER, each) for each in PLANNED]
    assert [letter.state for letter in passed_on(desk)] == [LetterState.WAITING] * 2
    assert [letter.try_after for letter in passed_on(desk)] == [TUESDAY + timedelta(days=days) for days in (3, 4)]
    assert "hatten wir an Anja Schmidt geschrieben" in passed_on(desk)[0].text
    assert "gehen jetzt an Peter Vogel" in " ".join(desk.letters_to(JONAS)[-1].text.split())
    assert [task for task in desk.all_of(TaskRow) if task.kind == "withdrawn-letters"] == []

    desk.waits(timedelta(days=5))
    assert [letter.state for letter in passed_on(desk)] == [LetterState.SENT] * 2
    assert desk.letters_to(ANJA)[1:] == ()


@pytest.mark.parametrize("words", ["mir erst zeigen", "Zeigen", "ja, aber zeig mir erst den Brief", "show me first"])
def test_jonas_may_read_first_what_peter_would_be_written(desk: PlayedDesk, words: str) -> None:
    has_history(desk)
    desk.receives(NOTE)
    shown = jonas_says(desk, words)

    assert shown.story.rule == "bounces.answered-show-me-first"
    assert ([letter.recipient for letter in shown.letters], contacts(desk)) == ([JONAS], {"Anja Schmidt": 1})
    assert planned(desk) == ["on hold"] * 2
    preview = desk.letters_to(JONAS)[-1]

    jonas_says(desk, "ja")
    (introduction,) = to_peter(desk)
    assert introduction.text.split("Ref")[0].strip() in preview.text
    assert contacts(desk) == {"Peter Vogel": 1, "Anja Schmidt": 2}


def test_jonas_may_read_first_and_then_say_no(desk: PlayedDesk) -> None:
    desk.receives(NOTE)
    jonas_says(desk, "Zeigen")
    told = jonas_says(desk, "nein")

    assert told.story.rule == "bounces.answered-nobody-follows"
    assert (contacts(desk), to_peter(desk)) == ({"Anja Schmidt": 1}, [])


def test_undo_moves_all_of_it_back(desk: PlayedDesk) -> None:
    has_history(desk)
    desk.receives(NOTE)
    jonas_says(desk, "JA")
    undone = jonas_says(desk, "undo")

    assert undone.story.kind == "undo"
    assert contacts(desk) == {"Anja Schmidt": 1}
    (issue,) = desk.all_of(Issue)
    assert (issue.name, issue.address_key) == ("Anja Schmidt", ANJA)
    assert planned(desk) == ["on hold"] * 2
    assert [letter.state for letter in passed_on(desk)] == [LetterState.WITHDRAWN] * 2
    assert desk.addresses_that_are_not_ok() == {ANJA: "left"}
    asked = [each.state for each in desk.all_of(QuestionRow) if each.duty == "bounces"]
    assert asked == [QuestionState.OPEN]
    assert "stellen" not in desk.letters_to(JONAS)[-1].text


def test_nein_leaves_all_as_it_is(desk: PlayedDesk) -> None:
    has_history(desk)
    desk.receives(NOTE)
    told = jonas_says(desk, "Nein, danke")

    assert told.story.rule == "bounces.answered-nobody-follows"
    assert contacts(desk) == {"Anja Schmidt": 1}
    assert [letter.recipient for letter in told.letters] == [JONAS]
    assert planned(desk) == ["on hold"] * 2


def test_somebody_else_can_be_named(desk: PlayedDesk) -> None:
    desk.receives(NOTE)
    jonas_says(desk, "Nimm bitte Frau Petra Kurz, p.kurz@muellerbau.example, 040 555 7732")

    assert contacts(desk) == {"Petra Kurz": 1, "Anja Schmidt": 2}
    (petra,) = (each for each in desk.all_of(Contact) if each.name == "Petra Kurz")
    assert petra.phone == "040 555 7732"


@pytest.mark.parametrize("words", ["vielleicht", "ja oder nein?", "frag mal Priya, die weiß das besser als ich gerade"])
def test_what_is_no_clear_answer_moves_nothing(desk: PlayedDesk, words: str) -> None:
    desk.receives(NOTE)
    told = jonas_says(desk, words)

    assert told.story.folder == "Held"
    assert contacts(desk) == {"Anja Schmidt": 1}


def test_a_successor_at_a_strange_domain_is_marked_as_such(desk: PlayedDesk) -> None:
    note = (MAILS / NOTE).read_text(encoding="utf-8").replace(PETER, "peter.vogel77@freemail.example")
    desk.receives(note.encode())

    assert "Vorsicht: Die Adresse gehört nicht zur Domain" in desk.letters_to(JONAS)[-1].text


def test_the_note_once_more_asks_nobody_again(desk: PlayedDesk) -> None:
    desk.receives(NOTE)
    again = (MAILS / NOTE).read_bytes().replace(b"autoreply-88@", b"autoreply-89@")
    told = desk.receives(again, at=TUESDAY + timedelta(hours=1))

    assert (told.story.rule, told.letters, told.records) == ("bounces.left-as-we-knew", (), {})


def test_a_note_that_is_not_proven_changes_nothing(desk: PlayedDesk) -> None:
    forged = (MAILS / NOTE).read_bytes().replace(b"dmarc=pass", b"dmarc=fail")
    told = desk.receives(forged)

    assert told.records == {}
    assert desk.addresses_that_are_not_ok() == {}
