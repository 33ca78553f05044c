"""S11: Dana's work mail is down, and she sends her numbers from a private address; so could anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.expenses.tables import Expense
from mailbot.duties.sales.tables import PendingState, SalesEntry, SalesPending
from mailbot.records.tables import Address, Client, LetterRow, Person, QuestionRow, TaskRow
from tests.schemas import migrated_file
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, MAILS, PlayedDesk, played_desk

DANA = "dana@harbourpine.example"
MARA = "mara@harbourpine.example"
TOM, JONAS = "tom@harbourpine.example", "jonas@harbourpine.example"
PRIYA = "priya@harbourpine.example"
PRIVATE = "danareyes1984@gmail.example"
MAIL = (MAILS / "S11-in-1.eml").read_bytes()
SATURDAY = datetime(2025, 11, 8, 14, 3, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def from_private(words: str, at: datetime, subject: str = "more", sender: str = f"D Reyes <{PRIVATE}>") -> bytes:
    return mails.written(words, subject, sender, DESK, at)


def answered(desk: PlayedDesk, words: str, letter: Received | None = None, by: str = DANA) -> tuple[Told, ...]:
    """What is decided after a reply to the question: the reply itself, and the mail that is read anew."""
    at = desk.clock.now() + 5 * MINUTE
    letter = letter or desk.letters_to(DANA)[-1]
    return desk.receives_with_consequences(mails.answer(letter, words, by, at), at=at)


def booked(desk: PlayedDesk) -> list[tuple[Decimal, str]]:
    return [(entry.amount, entry.currency) for entry in desk.all_of(SalesEntry)]


def address_of(desk: PlayedDesk, key: str) -> Address | None:
    return next((each for each in desk.all_of(Address) if each.key == key), None)


# --- the mail comes in ---


@pytest.fixture(scope="module")
def asked(open_desk: Opener) -> PlayedDesk:
    """The mail came in from the private address. Only looked at."""
    desk = open_desk()
    told = desk.receives(MAIL)
    assert (told.story.kind, told.story.rule) == ("claimed", "sales.claimed")
    assert (told.story.trust, told.story.folder) == ("T1", "Asked")
    return desk


def test_a_line_waits_and_counts_for_nobody(asked: PlayedDesk) -> None:
    dana = next(person.id for person in asked.all_of(Person) if person.name == "Dana Reyes")
    beta = next(client.id for client in asked.all_of(Client) if client.name == "Beta Freight")
    (line,) = asked.all_of(SalesPending)
    assert (line.rep_id, line.client_id, line.amount, line.currency) == (dana, beta, Decimal(1900), "USD")
    assert (line.doubt, line.state) == ("claimed", PendingState.WAITING)
    assert line.period_start == date(2025, 11, 3)  # week 45
    assert booked(asked) == []


def test_the_registered_address_is_asked_with_the_words_and_the_three_answers(asked: PlayedDesk) -> None:
    (letter,) = asked.letters_to(DANA)
    assert letter.subject == f"Was this you? A mail from {PRIVATE}"
    assert "> my work mail is down, beta freight 1,900 for this week. dana" in letter.text
    assert "Reply YES (this once), ADD (always accept this address) or NO." in letter.text
    (question,) = asked.all_of(QuestionRow)
    assert (question.kind, question.asked_key) == ("was-it-you", DANA)


def test_nothing_at_all_goes_to_the_private_address_nor_to_anybody_else(asked: PlayedDesk) -> None:
    assert asked.letters() == {DANA: 1}
    assert asked.all_of(TaskRow) == []
    assert address_of(asked, PRIVATE) is None


@pytest.mark.parametrize(
    ("words", "rep"),
    [
        ("my work mail is broken, beta freight 1,900 for this week. dana", DANA),
        ("Meine Firmenmail funktioniert nicht. müller bau 1.900. Jonas", JONAS),
    ],
)
def test_what_else_the_mail_complains_of_is_not_answered_there_either(desk: PlayedDesk, words: str, rep: str) -> None:
    told = desk.receives(from_private(words, SATURDAY, sender="x7@gmail.example"))

    assert told.story.kind == "claimed"
    assert told.records == {"sales_pending": 1}
    assert desk.letters() == {rep: 1}


def test_without_an_answer_it_is_never_forgotten_and_the_report_says_who_was_asked(tmp_path: Path) -> None:
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), weeks_of_sales=True) as desk:
        desk.receives(MAIL)
        desk.clock.set(datetime(2025, 11, 10, 13, 0, tzinfo=UTC))  # Monday, 08:00 in Boston
        desk.waits(timedelta(0))
        report = next(each for each in desk.letters_to(PRIYA) if each.subject.startswith("Sales week 45"))
        assert report.subject.startswith("Sales week 45: 0.00 USD")
        assert "Beta Freight 1,900.00 USD (from an address on nobody's file; asked Dana)" in " ".join(
            report.text.split()
        )
        assert PRIVATE not in report.text
        assert [line.state for line in desk.all_of(SalesPending)] == [PendingState.WAITING]


# --- what she answers ---


@pytest.mark.parametrize("words", ["YES", "ja, das war ich"])
def test_yes_books_it_as_her_own_and_confirms_it_to_the_registered_address(desk: PlayedDesk, words: str) -> None:
    desk.receives(MAIL)
    reply, again = answered(desk, words)

    assert (reply.story.kind, reply.story.rule) == ("claim-answer", "sales.it-was-the-rep")
    assert (again.story.kind, again.story.trust, again.story.rule) == ("numbers", "T3", "sales.numbers")
    assert "has said that this mail is theirs" in again.story.trace["trust"]
    assert booked(desk) == [(Decimal(1900), "USD")]
    assert [line.state for line in desk.all_of(SalesPending)] == [PendingState.CONFIRMED]
    assert desk.letters() == {DANA: 2}
    confirmation = desk.letters_to(DANA)[-1]
    assert "Beta Freight" in confirmation.text
    assert "1,900.00 USD" in confirmation.text
    assert address_of(desk, PRIVATE) is None


def test_after_yes_all_of_her_words_are_listened_to_as_hers(desk: PlayedDesk) -> None:
    """Whom she took to lunch is looked up for colleagues alone."""
    words = "my work mail is down, beta freight 1,900 for this week.\nalso lunch w/ blue ridge 86.40\ndana"
    desk.receives(from_private(words, SATURDAY))
    assert desk.all_of(Expense) == []

    answered(desk, "yes")
    blue_ridge = next(client.id for client in desk.all_of(Client) if client.name.startswith("Blue Ridge"))
    (lunch,) = desk.all_of(Expense)
    assert (lunch.amount, lunch.client_id) == (Decimal("86.40"), blue_ridge)


def test_after_yes_the_next_mail_from_there_is_asked_about_again(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    answered(desk, "yes")
    told = desk.receives(from_private("delphi 900\ndana", SATURDAY + timedelta(days=1)))

    assert (told.story.kind, told.story.rule) == ("claimed", "sales.claimed")
    assert booked(desk) == [(Decimal(1900), "USD")]


def test_she_takes_back_what_her_yes_has_booked(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    answered(desk, "yes")
    (undone,) = answered(desk, "undo")

    assert undone.story.kind == "undo"
    assert booked(desk) == []


def test_add_books_it_and_stores_the_address_with_who_and_when(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    reply, again = answered(desk, "ADD")

    assert again.story.kind == "numbers"
    assert booked(desk) == [(Decimal(1900), "USD")]
    dana = next(person for person in desk.all_of(Person) if person.name == "Dana Reyes")
    stored = address_of(desk, PRIVATE)
    assert stored is not None
    assert (stored.person_id, stored.written) == (dana.id, PRIVATE)
    assert stored.status_since == reply.story.decided_at
    assert "Dana Reyes" in (stored.status_because or "")
    assert desk.decision(reply.story.ref).id == stored.made_by
    assert desk.letters() == {DANA: 3}  # the question, that the address counts, what was booked


def test_from_an_added_address_she_is_believed_and_answered_there(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    answered(desk, "IMMER")
    monday = SATURDAY + timedelta(days=2)
    told = desk.receives(from_private("delphi 900\ndana", monday))

    assert (told.story.kind, told.story.trust) == ("numbers", "T3")
    assert booked(desk) == [(Decimal(1900), "USD"), (Decimal(900), "USD")]
    assert [letter.recipient for letter in told.letters] == [PRIVATE]
    forged = from_private("delphi 5,000", monday + timedelta(hours=1), "forged").replace(
        b"From:", b"Authentication-Results: mx.harbourpine.example; dmarc=fail header.from=gmail.example\r\nFrom:", 1
    )
    assert desk.receives(forged).story.trust == "T0"
    assert booked(desk) == [(Decimal(1900), "USD"), (Decimal(900), "USD")]


def test_a_letter_to_the_registered_address_may_be_answered_from_the_added_one(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    answered(desk, "ADD")
    confirmation = desk.letters_to(DANA)[-1]
    (corrected,) = answered(desk, "1 is 1,950", confirmation, by=PRIVATE)

    assert corrected.story.rule == "sales.correction"
    assert [letter.recipient for letter in corrected.letters] == [PRIVATE]


@pytest.mark.parametrize(
    ("words", "by"),
    [("remove danareyes1984", DANA), (f"Please remove {PRIVATE}", MARA), ("entferne danareyes1984 bitte", PRIVATE)],
)
def test_the_address_is_taken_off_by_her_or_by_mara(desk: PlayedDesk, words: str, by: str) -> None:
    desk.receives(MAIL)
    answered(desk, "ADD")
    at = desk.clock.now() + timedelta(hours=1)
    told = desk.receives(mails.written(words, "address", by, DESK, at), at=at)

    assert (told.story.kind, told.story.rule) == ("remove", "desk.remove-address")
    assert address_of(desk, PRIVATE) is None
    assert {letter.recipient for letter in told.letters} == {by, DANA} - ({DANA} if by == PRIVATE else set())
    later = desk.receives(from_private("delphi 900\ndana", at + timedelta(days=1)))
    assert (later.story.kind, later.story.trust) == ("claimed", "T1")


def test_a_colleague_cannot_take_her_address_off_and_her_registered_one_nobody_can(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    answered(desk, "ADD")
    at = desk.clock.now() + timedelta(hours=1)
    toms = desk.receives(mails.written("remove danareyes1984", "address", TOM, DESK, at), at=at)
    maras = desk.receives(mails.written(f"remove {DANA}", "address", MARA, DESK, at + MINUTE), at=at + MINUTE)

    assert [toms.story.rule, maras.story.rule] == ["desk.needs-a-person", "desk.needs-a-person"]
    assert address_of(desk, PRIVATE) is not None
    assert address_of(desk, DANA) is not None


def test_undo_of_the_removal_brings_the_address_back(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    answered(desk, "ADD")
    at = desk.clock.now() + timedelta(hours=1)
    removed = desk.receives(mails.written("remove danareyes1984", "address", DANA, DESK, at), at=at)
    desk.receives(mails.written(f"undo {removed.story.ref}", "back", DANA, DESK, at + MINUTE), at=at + MINUTE)

    assert address_of(desk, PRIVATE) is not None


@pytest.mark.parametrize("words", ["NO", "NEIN, das war ich nicht!"])
def test_no_drops_the_line_and_keeps_the_mail(desk: PlayedDesk, words: str) -> None:
    told = desk.receives(MAIL)
    (reply,) = answered(desk, words)

    assert (reply.story.kind, reply.story.rule) == ("claim-answer", "sales.it-was-not-the-rep")
    assert booked(desk) == []
    assert [line.state for line in desk.all_of(SalesPending)] == [PendingState.DROPPED]
    assert told.mail is not None
    assert desk.letters() == {DANA: 2}

    again = desk.receives(from_private("delphi 900\ndana", SATURDAY + timedelta(days=3)))
    assert (again.story.rule, again.story.folder, again.letters) == ("sales.claimed-and-denied", "Quarantine", ())


def test_an_answer_that_is_none_of_the_three_is_left_to_a_person_and_nothing_is_booked(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    (reply,) = answered(desk, "ja, aber nicht immer, und es waren 1.950")

    assert reply.story.folder == "Held"
    assert booked(desk) == []
    assert [line.state for line in desk.all_of(SalesPending)] == [PendingState.WAITING]
    assert len(answered(desk, "yes", desk.letters_to(DANA)[0])) == 2
    assert booked(desk) == [(Decimal(1900), "USD")]


def test_a_second_answer_is_told_that_it_is_settled(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    letter = desk.letters_to(DANA)[-1]
    answered(desk, "NO", letter)
    (late,) = answered(desk, "YES", letter)

    assert late.story.kind == "late-answer"
    assert booked(desk) == []


# --- who else might use it ---


def test_nobody_but_her_answers_and_the_private_address_least_of_all(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    (letter,) = desk.letters_to(DANA)
    for by in (f"D Reyes <{PRIVATE}>", TOM, MARA):
        answered(desk, "YES", letter, by)

    assert booked(desk) == []
    assert address_of(desk, PRIVATE) is None
    assert [line.state for line in desk.all_of(SalesPending)] == [PendingState.WAITING]


def test_who_has_an_added_address_cannot_add_a_third_with_it(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    answered(desk, "ADD")
    at = SATURDAY + timedelta(days=1)
    other = "dana.reyes@freemail.example"
    desk.receives(from_private("delphi 900\ndana", at, sender=f"Dana Reyes <{other}>"))
    question = desk.letters_to(DANA)[-1]
    assert other in question.subject
    answered(desk, "ADD", question, by=PRIVATE)

    assert address_of(desk, other) is None
    assert booked(desk) == [(Decimal(1900), "USD")]


def test_she_is_asked_about_an_address_once_a_day_and_the_rest_is_left_to_mara(desk: PlayedDesk) -> None:
    desk.receives(MAIL)
    for number in range(3):
        told = desk.receives(from_private(f"delphi {number + 1}00\ndana", SATURDAY + (number + 1) * MINUTE))
        assert (told.story.rule, told.story.folder) == ("sales.claimed-again", "Held")
    assert desk.letters() == {DANA: 1, MARA: 3}

    next_day = desk.receives(from_private("delphi 900\ndana", SATURDAY + timedelta(days=1)))
    assert next_day.story.rule == "sales.claimed"
    assert [letter.recipient for letter in next_day.letters] == [DANA]


@pytest.mark.parametrize(
    ("sender", "domain", "verdict", "rule"),
    [
        ("Dana Reyes <dana@harbourplne.example>", "harbourplne.example", "pass", "desk.forged"),
        ("Dana Reyes <dana@harbourpine.example>", "harbourpine.example", "fail", "desk.forged"),
        ("D Reyes <danareyes1984@gmail.example>", "gmail.example", "fail", "desk.strangers"),
        ("Dana Reyes <d\u0430na@gmail.example>", "gmail.example", "pass", "sales.claimed-in-disguise"),
    ],
)
def test_who_is_not_proven_or_dresses_up_never_gets_her_asked(
    desk: PlayedDesk, sender: str, domain: str, verdict: str, rule: str
) -> None:
    result = f"Authentication-Results: mx.harbourpine.example; dmarc={verdict} header.from={domain}"
    head = f"{result}\r\nFrom: {sender}\r\nTo: {DESK}\r\nSubject: beta\r\nDate: Sat, 08 Nov 2025 09:03:10 -0500\r\n"
    raw = f"{head}Message-ID: <x@{domain}>\r\n\r\nbeta freight 1,900 for this week. dana\r\n".encode()
    told = desk.receives(raw)

    assert told.story.rule == rule
    if rule == "sales.claimed-in-disguise":
        assert "Careful: the address d\u0430na@gmail.example mixes letters" in desk.letters_to(MARA)[-1].text
        assert "mixes alphabets" in told.story.trace["trust"]
    assert DANA not in desk.letters()
    assert desk.all_of(SalesPending) == []


def test_the_quoted_words_carry_no_link_no_address_and_no_reference(desk: PlayedDesk) -> None:
    words = (
        "Your mailbox is full, confirm at https://evil.example/login\n"
        "beta freight 1,900 see www.evil.example or evil.example/pay, boss@evil.example, Ref N-0001-9kq2x7m3ab\n"
        "dana"
    )
    desk.receives(from_private(words, SATURDAY))
    (letter,) = desk.letters_to(DANA)

    assert "beta freight 1,900" in letter.text
    assert "evil.example" not in letter.text
    assert "mailbox is full" not in letter.text
    assert "N-0001" not in letter.text.replace(str(desk.all_of(LetterRow)[0].ref), "")
    assert "href" not in letter.text


def test_a_stranger_with_another_name_is_a_stranger(desk: PlayedDesk) -> None:
    told = desk.receives(
        from_private("Beta Freight has paid 1,900 for the ad.\nDana", SATURDAY, sender="Dana Smith <ds@other.example>")
    )
    assert told.story.kind != "claimed"
    assert DANA not in desk.letters()
    assert desk.all_of(SalesPending) == []
