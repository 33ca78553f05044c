"""What the records say about a mail: copies, brakes, and the letters and questions it may be about."""

from __future__ import annotations

from datetime import timedelta

from mailbot.config import Level
from mailbot.records.tables import LetterState
from tests.clerk import DANA, JONAS, MONDAY, Desk, card, mail


def copy_of(desk: Desk, raw: bytes, arrived_at_minutes: int = 0) -> str | None:
    known = desk.known_about(raw, MONDAY + timedelta(minutes=arrived_at_minutes))
    return known.copy_of.decision_ref if known.copy_of else None


def test_a_mail_with_the_same_id_and_the_same_content_is_a_copy(desk: Desk) -> None:
    raw = mail("open Kestrel", message_id="a@hp")
    first = desk.arrives(raw)

    again = desk.arrives(raw)

    assert (again.kind, again.actions, again.folder) == ("duplicate", (), first.folder)
    assert copy_of(desk, raw, arrived_at_minutes=99) == first.ref
    assert desk.clients() == ["Kestrel"]


def test_the_same_id_alone_makes_no_copy(desk: Desk) -> None:
    desk.arrives(mail("open Kestrel", message_id="a@hp"))

    assert copy_of(desk, mail("open Osprey", message_id="a@hp")) is None


def test_the_same_content_alone_makes_no_copy(desk: Desk) -> None:
    desk.arrives(mail("open Kestrel", message_id="a@hp"))

    assert copy_of(desk, mail("open Kestrel", message_id="b@hp")) is None


def test_without_an_id_content_size_and_moment_of_arrival_make_a_copy(desk: Desk) -> None:
    raw = mail("open Kestrel", message_id=None)
    first = desk.arrives(raw, arrived_at=MONDAY)

    assert copy_of(desk, raw) == first.ref
    assert copy_of(desk, raw, arrived_at_minutes=1) is None
    assert copy_of(desk, mail("open Osprey", message_id=None)) is None


def test_a_mail_is_no_copy_of_one_that_waits_to_be_decided(desk: Desk) -> None:
    desk.card = card(clerk=Level.PROPOSE)
    raw = mail("open Kestrel", message_id="a@hp")
    proposed = desk.arrives(raw)
    desk.sends()
    assert copy_of(desk, raw) == proposed.ref

    desk.answers(desk.letter_of(proposed), "yes")
    assert copy_of(desk, raw) is None

    (done,) = desk.decides_what_waits()
    assert copy_of(desk, raw) == done.ref


def test_the_letters_of_the_last_day_are_counted_for_each_address(desk: Desk) -> None:
    for name in ("Kestrel", "Osprey", "Heron"):
        desk.says(f"open {name}", DANA)
    last = desk.now

    def answers(sender: str, hours: int = 0) -> int:
        desk.now = last + timedelta(hours=hours)
        return desk.known_about(mail("hello", sender)).brakes.answers_last_day

    assert answers(DANA) == 3
    assert answers(JONAS) == 0
    assert answers(DANA, hours=23) == 1
    assert answers(DANA, hours=24) == 0


def test_letters_that_never_went_out_are_not_counted(desk: Desk) -> None:
    desk.says("open Kestrel", DANA)
    assert desk.known_about(mail("hello", DANA)).brakes.answers_last_day == 1

    desk.sends(LetterState.REFUSED)

    assert desk.known_about(mail("hello", DANA)).brakes.answers_last_day == 0


def test_the_letters_of_open_questions_to_the_sender_are_known_though_the_mail_names_none(desk: Desk) -> None:
    opened = desk.says("open Kestrel?", DANA)

    known = desk.known_about(mail("1", DANA, subject="AW: Kestrel is open"))
    named = desk.known_about(mail("1", DANA, to=desk.letter_of(opened).envelope_sender))
    of_jonas = desk.known_about(mail("1", JONAS, subject="AW: Kestrel is open"))

    assert [letter.ref for letter in known.asked_letters] == [opened.ref]
    assert [letter.proven for letter in known.asked_letters] == [False]
    assert (known.letters, [question.letter_ref for question in known.questions]) == ((), [opened.ref])
    assert ([letter.ref for letter in named.letters], named.asked_letters) == ([opened.ref], ())
    assert (of_jonas.asked_letters, of_jonas.questions) == ((), ())


def test_the_letter_of_a_question_that_was_answered_is_known_no_longer(desk: Desk) -> None:
    opened = desk.says("open Kestrel?", DANA)
    desk.answers(desk.letter_of(opened), "1")

    assert desk.known_about(mail("1", DANA)).asked_letters == ()


def test_a_reply_proves_the_letter_only_with_its_signature(desk: Desk) -> None:
    opened = desk.says("open Kestrel?", DANA)
    letter = desk.letter_of(opened)

    signed = desk.known_about(mail("1", DANA, to=letter.envelope_sender))
    threaded = desk.known_about(mail("1", DANA, in_reply_to=letter.message_id))
    spoilt = desk.known_about(mail("1", DANA, to=f"desk+{opened.ref.lower()}-0000000000@harbourpine.example"))

    assert [letter.proven for letter in signed.letters] == [True]
    assert [letter.ref for letter in threaded.letters] == [opened.ref]
    assert spoilt.letters == ()


def test_a_copy_that_was_believed_comes_before_the_forged_one_that_was_there_first(desk: Desk) -> None:
    forged = desk.arrives(mail("open Kestrel", message_id="a@hp", dmarc="fail"))
    true = desk.arrives(mail("open Kestrel", message_id="a@hp"))
    again = desk.arrives(mail("open Kestrel", message_id="a@hp"))

    assert (forged.kind, true.kind, again.kind) == ("forged", "work", "duplicate")
    assert copy_of(desk, mail("open Kestrel", message_id="a@hp")) == true.ref
    assert desk.clients() == ["Kestrel"]


def test_mails_of_strangers_that_were_not_left_alone_are_counted_for_an_hour_by_duty(desk: Desk) -> None:
    def strangers() -> dict[str, int]:
        return dict(desk.known_about(mail("hello", "new@elsewhere.example")).brakes.strangers_last_hour)

    desk.arrives(mail("hello", "s1@elsewhere.example"))
    desk.arrives(mail("open Kestrel", DANA))
    assert strangers() == {}

    desk.arrives(mail("open Osprey", "mara@harbourpine.example", dmarc="fail"))
    assert strangers() == {"desk": 1}
    desk.now += timedelta(minutes=61)
    assert strangers() == {}
