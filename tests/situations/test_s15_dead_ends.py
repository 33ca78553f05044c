"""S15: Tom passes a bounce of his own mail on, and says of two other dead ends: four facts in one mail, one
question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.cli.demo.told import Told
from mailbot.records.tables import Address, Contact, ContactPoint, LetterRow, LetterState, QuestionRow, TaskRow
from tests.situations.conftest import Opener
from tests.situations.desk import MAILS, PlayedDesk
from tests.situations.test_s13_hard_bounce import KAREN, letter_to_karen, report

MAIL = "S15-in-1.eml"
TOM, DANA = "tom@harbourpine.example", "dana@harbourpine.example"
ANN, PETE = "ann.lowe@globex.example", "pete@globex.example"
OFFICE = "office@blueridge.example"
WEDNESDAY = datetime(2025, 11, 5, 18, 47, tzinfo=UTC)


def says(words: str, *, by: str = f"Tom Okafor <{TOM}>", subject: str = "fyi", number: int = 1) -> bytes:
    """A short mail of a colleague."""
    return (
        f"From: {by}\nTo: desk@harbourpine.example\nSubject: {subject}\nDate: Wed, 5 Nov 2025 13:47:00 -0500\n"
        f"Message-ID: <says-{number}@hp>\nMIME-Version: 1.0\n"
        "Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{words}\n"
    ).encode()


def points(desk: PlayedDesk) -> dict[str, tuple[str, str]]:
    return {each.kind.value: (each.status.value, each.written) for each in desk.all_of(ContactPoint)}


@dataclass(frozen=True)
class Passed:
    """Tom's mail has come."""

    desk: PlayedDesk
    told: Told


@pytest.fixture(scope="module")
def passed(open_desk: Opener) -> Passed:
    """Only looked at: no test brings this desk another mail."""
    desk = open_desk()
    desk.has_worked(PETE, datetime(2025, 11, 3, 22, 51, tzinfo=UTC))
    desk.has_worked(OFFICE, datetime(2025, 10, 2, 14, 0, tzinfo=UTC))
    desk.has_planned("Media kit 2026", ANN, WEDNESDAY + timedelta(days=7))
    return Passed(desk, desk.receives(MAIL))


def test_ann_is_off_with_the_code_and_who_said_so_and_nobody_else_is(passed: Passed) -> None:
    desk = passed.desk
    assert (passed.told.story.kind, passed.told.story.rule) == ("dead-ends", "bounces.a-colleague-says-so")
    assert desk.addresses_that_are_not_ok() == {ANN: "undeliverable"}
    (ann,) = (each for each in desk.all_of(Address) if each.key == ANN)
    assert "5.1.10" in (ann.status_because or "")
    assert "reported by Tom Okafor" in (ann.status_because or "")
    assert [letter.state for letter in desk.all_of(LetterRow) if letter.duty == "reminders"] == [LetterState.ON_HOLD]


def test_the_post_and_the_phone_of_blue_ridge_are_marked(passed: Passed) -> None:
    assert points(passed.desk) == {"post": ("dead", ""), "phone": ("dead", "802 555 0177")}
    (post,) = (each for each in passed.desk.all_of(ContactPoint) if each.kind == "post")
    assert "returned: moved, left no address" in post.status_because
    assert post.first_seen == post.last_seen == passed.told.story.decided_at


def test_tom_gets_it_back_in_one_letter_with_one_question(passed: Passed) -> None:
    desk = passed.desk
    assert [letter.recipient for letter in passed.told.letters] == [TOM]
    text = " ".join(desk.letters_to(TOM)[-1].text.split())
    for words in (
        f"Ann Lowe (Globex Tools): {ANN} is off, 1 letter waits (5.1.10",
        "Blue Ridge Dental: post comes back (moved, left no address)",
        "Blue Ridge Dental: 802 555 0177 reaches nobody",
        f"Pete Grundy's address is {PETE} (worked on 3 Nov)",
        f"Mail to Front Office, {OFFICE}, last worked on 2 Oct. Shall I ask there",
    ):
        assert words in text
    assert desk.letters() == {TOM: 1}
    assert "pgrundy@globex.example" not in [each.key for each in desk.all_of(Address)]


def test_yes_asks_the_client_and_the_answer_fills_the_record(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    told = desk.is_answered(desk.letters_to(TOM)[-1], "yes", by=f"Tom Okafor <{TOM}>")
    assert told.story.rule == "bounces.answered-ask-the-client"
    (question,) = desk.letters_to(OFFICE)
    assert "Would you send us your current postal address and phone number?" in " ".join(question.text.split())

    told = desk.is_answered(
        question,
        "Hello, sure:\n\nBlue Ridge Dental\n12 Elm Street\nBurlington, VT 05401\n\nPhone: 802 555 0190\n\nBest, Jo",
        by=f"Front Office <{OFFICE}>",
    )

    assert told.story.rule == "bounces.client-gives-details"
    assert {(each.kind.value, each.status.value, each.written) for each in desk.all_of(ContactPoint)} >= {
        ("phone", "ok", "802 555 0190"),
        ("phone", "dead", "802 555 0177"),
    }
    (post,) = (each for each in desk.all_of(ContactPoint) if each.kind == "post")
    assert (post.status.value, post.written) == ("ok", "12 Elm Street, Burlington, VT 05401")
    (office,) = (each for each in desk.all_of(Contact) if each.name == "Front Office")
    assert office.phone == "802 555 0190"
    assert "12 Elm Street" in desk.letters_to(TOM)[-1].text


def test_the_card_of_the_client_says_what_reaches_nobody(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    desk.receives(says("card blue ridge dental", subject="card", number=2), at=WEDNESDAY + timedelta(hours=1))

    card = " ".join(desk.letters_to(TOM)[-1].text.split())
    assert "802 555 0177 (reaches nobody)" in card
    assert "post comes back since 5 Nov 2025" in card


def test_no_asks_nobody(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    told = desk.is_answered(desk.letters_to(TOM)[-1], "no thanks", by=f"Tom Okafor <{TOM}>")

    assert (told.story.rule, told.letters) == ("bounces.answered-do-not-ask", ())
    assert desk.letters_to(OFFICE) == ()


def test_undo_takes_all_four_facts_back(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    desk.is_answered(desk.letters_to(TOM)[-1], "undo", by=f"Tom Okafor <{TOM}>")

    assert desk.addresses_that_are_not_ok() == {}
    assert desk.all_of(ContactPoint) == []
    assert [each.state.value for each in desk.all_of(QuestionRow) if each.duty == "bounces"] == []


def test_a_bounce_that_is_attached_or_pasted_is_read_as_well(desk: PlayedDesk) -> None:
    bounce = (MAILS / "S13-in-1.eml").read_bytes()
    head, _, body = says("see attached").partition(b"\n\n")
    head = head.replace(
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit",
        b"Content-Type: multipart/mixed; boundary=q",
    )
    attached = (
        head
        + b"\n\n--q\nContent-Type: text/plain\n\n"
        + body
        + b"\n--q\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n"
        + bounce
        + b"\n--q--\n"
    )
    desk.receives(attached)
    assert desk.addresses_that_are_not_ok() == {"karen.holt@southstar.example": "undeliverable"}

    said = "<gil@southstar.example>: host mx.southstar.example said:\n550 5.1.1 User unknown in local recipient table"
    desk.receives(says(f"got this:\n\n{said}", number=2))
    assert desk.addresses_that_are_not_ok()["gil@southstar.example"] == "undeliverable"


@pytest.mark.parametrize("by", [f"Dana Reyes <{DANA}>", "Jonas Weber <jonas@harbourpine.example>"])
def test_only_of_ones_own_clients(desk: PlayedDesk, by: str) -> None:
    mail = (
        (MAILS / MAIL)
        .read_text(encoding="utf-8")
        .replace("From: Tom Okafor <tom@harbourpine.example>\nTo: desk", f"From: {by}\nTo: desk")
    )
    desk.receives(mail.encode())

    assert desk.addresses_that_are_not_ok() == {}
    assert desk.all_of(ContactPoint) == []


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Karen Holt has left South Star, no idea who follows.", "left"),
        ("karen.holt@southstar.example bounces, I tried twice", "undeliverable"),
        ("Karen arbeitet dort nicht mehr.", "left"),
        ("Karen Holt is now at k.holt@southstar.example", "undeliverable"),
    ],
)
def test_one_sentence_about_a_contact_is_enough(desk: PlayedDesk, words: str, status: str) -> None:
    desk.receives(says(words))

    assert desk.addresses_that_are_not_ok() == {"karen.holt@southstar.example": status}


def test_who_left_by_a_colleagues_word_is_followed_by_whom_he_names(desk: PlayedDesk) -> None:
    desk.has_planned("Media kit 2026", KAREN, WEDNESDAY + timedelta(days=7))
    desk.receives(says("Karen Holt has left South Star."))
    asked = desk.letters_to(TOM)[-1]
    words = " ".join(asked.text.split())
    assert f"nothing goes to {KAREN} any more, 1 letter waits" in words
    assert "Who follows Karen Holt?" in words

    told = desk.is_answered(asked, "Jane Roe, jane.roe@southstar.example", by=f"Tom Okafor <{TOM}>")

    assert told.story.rule == "bounces.answered-who-follows"
    ranks = {each.name: each.rank for each in desk.all_of(Contact)}
    assert (ranks["Jane Roe"], ranks["Karen Holt"]) == (1, 2)
    passed_on = [each.recipient for each in desk.all_of(LetterRow) if each.purpose == "passed-on"]
    assert passed_on == ["jane.roe@southstar.example"]


def test_she_left_answers_the_question_about_a_dead_address(desk: PlayedDesk) -> None:
    desk.receives(report(letter_to_karen(desk)))
    told = desk.is_answered(desk.letters_to(TOM)[-1], "she left in October", by=f"Tom Okafor <{TOM}>")

    assert told.story.rule == "bounces.a-colleague-says-so"
    assert desk.addresses_that_are_not_ok() == {KAREN: "left"}
    states = [(each.kind, each.state.value) for each in desk.all_of(QuestionRow) if each.duty == "bounces"]
    assert states == [("dead-address", "answered"), ("successor", "open")]


def test_a_corrected_address_is_the_contacts_now_starts_at_zero_and_gets_what_waited(desk: PlayedDesk) -> None:
    next_week = WEDNESDAY + timedelta(days=7)
    desk.has_planned("Media kit 2026", KAREN, next_week)
    told = desk.receives(says("new address for Karen Holt: k.holt@southstar.example"))

    (new,) = (each for each in desk.all_of(Address) if each.key == "k.holt@southstar.example")
    (karen,) = (each for each in desk.all_of(Contact) if each.name == "Karen Holt")
    assert (new.contact_id, new.status.value) == (karen.id, "ok")
    words = " ".join(desk.letters_to(TOM)[-1].text.split())
    assert "has the address k.holt@southstar.example now" in words
    assert "1 letter goes there on its day" in words
    planned = {each.recipient: (each.state, each.try_after) for each in desk.all_of(LetterRow) if each.recipient != TOM}
    assert planned[KAREN][0] is LetterState.WITHDRAWN
    assert planned["k.holt@southstar.example"] == (LetterState.WAITING, next_week)
    assert {letter.recipient for letter in told.letters} == {TOM, "k.holt@southstar.example"}


def test_who_passes_one_bounce_on_is_asked_what_now_and_answers_as_to_a_bounce_of_ours(desk: PlayedDesk) -> None:
    desk.has_planned("Media kit 2026", KAREN, WEDNESDAY + timedelta(days=7))
    desk.receives(says(f"{KAREN} bounces, I tried twice"))
    asked = desk.letters_to(TOM)[-1]
    words = " ".join(asked.text.split())
    assert f"{KAREN} is off, 1 letter waits" in words
    assert "What now for Karen Holt? Reply with one digit: - 1 = Gil Fox is the main contact from now on" in words

    told = desk.is_answered(asked, "2 k.holt@southstar.example", by=f"Tom Okafor <{TOM}>")

    assert told.story.rule == "bounces.answered-new-address"
    (new,) = (each for each in desk.all_of(Address) if each.key == "k.holt@southstar.example")
    assert new.status.value == "ok"
    passed_on = [each for each in desk.all_of(LetterRow) if each.purpose == "passed-on"]
    assert [(each.recipient, each.subject) for each in passed_on] == [(new.key, "Media kit 2026")]


def test_a_number_that_reaches_nobody_is_not_given_to_who_is_to_call(desk: PlayedDesk) -> None:
    desk.receives(says("Karen Holt's number 802 555 0123 is disconnected"))
    assert points(desk) == {"phone": ("dead", "802 555 0123")}
    desk.receives(report(letter_to_karen(desk)), at=WEDNESDAY + timedelta(hours=1))

    desk.is_answered(desk.letters_to(TOM)[-1], "3", by=f"Tom Okafor <{TOM}>")

    (task,) = desk.all_of(TaskRow)
    assert "Call Karen Holt, South Star Logistics, (no number that works is on file)" in task.words
    assert "802 555 0123" not in task.words
    assert "no number that works is on file" in " ".join(desk.letters_to(TOM)[-1].text.split())


@pytest.mark.parametrize(
    "words",
    [
        "acme media 12k, blue ridge 3,000 and south star is new business now",
        "Karen Holt asks when the banner is back",
        "their phone is great, and the post office is next door to Blue Ridge",
        "please call 802 555 0177 tomorrow",
        "Gil Fox is now the one to ask about the new banner",
        "Rosa Diaz has left Beta Freight",
    ],
)
def test_what_says_nothing_of_the_kind_marks_nobody(desk: PlayedDesk, words: str) -> None:
    desk.receives(says(words))

    assert desk.addresses_that_are_not_ok() == {}
    assert desk.all_of(ContactPoint) == []
