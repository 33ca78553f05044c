"""S17: Ellen Marsh is away until 14 November and names a deputy for what is urgent. Nobody has left: letters wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailbot.duties.bounces.tables import Whereabouts
from mailbot.records.tables import Address, Contact, LetterRow, LetterState, QuestionRow
from tests.situations.desk import MAILS, PlayedDesk

ELLEN, SAM = "ellen@northstar.example", "sam@northstar.example"
DANA = "dana@harbourpine.example"
MONDAY = datetime(2025, 11, 3, 14, 5, 1, tzinfo=UTC)
BACK = datetime(2025, 11, 17, 13, 0, tzinfo=UTC)  # Monday 8:00 in Boston
WAIT = timedelta(minutes=1)
SAID = "until Friday, November 14 with no access\nto email"


def note(said: str = SAID, number: int = 55) -> bytes:
    words = (MAILS / "S17-in-1.eml").read_text(encoding="utf-8")
    assert SAID in words
    return words.replace(SAID, said).replace("ooo-55@", f"ooo-{number}@").encode()


def ellen(desk: PlayedDesk) -> Contact:
    (found,) = (each for each in desk.all_of(Contact) if each.name == "Ellen Marsh")
    return found


def reminder(desk: PlayedDesk) -> LetterRow:
    (found,) = (letter for letter in desk.all_of(LetterRow) if letter.duty == "reminders")
    return found


def test_letters_wait_until_the_monday_after_and_the_deputy_is_kept(desk: PlayedDesk) -> None:
    desk.has_planned("Your free banner", ELLEN, MONDAY + timedelta(days=2))
    told = desk.receives(note())

    assert (told.story.kind, told.story.rule) == ("away", "bounces.away")
    assert ellen(desk).away_until == BACK
    (said,) = desk.all_of(Whereabouts)
    assert (said.kind, str(said.until)) == ("away", "2025-11-14")
    assert (said.stand_in, said.stand_in_address) == ("Sam Whitlock", SAM)

    desk.waits(timedelta(days=13, hours=22))
    assert reminder(desk).state is LetterState.WAITING
    desk.waits(timedelta(hours=2))
    assert reminder(desk).state is LetterState.SENT
    assert len(desk.letters_to(ELLEN)) == 1


def test_nobody_is_written_to_nobody_has_left_and_the_main_contact_stays(desk: PlayedDesk) -> None:
    told = desk.receives(note())

    assert told.letters == ()
    assert desk.addresses_that_are_not_ok() == {}
    assert [each for each in desk.all_of(QuestionRow) if each.duty == "bounces"] == []
    assert SAM not in [address.key for address in desk.all_of(Address)]
    assert desk.letters() == {}


def test_the_same_note_once_more_changes_nothing(desk: PlayedDesk) -> None:
    desk.receives(note())
    told = desk.receives(note(number=56), at=MONDAY + timedelta(hours=3))

    assert (told.story.kind, told.records) == ("away", {})
    assert len(desk.all_of(Whereabouts)) == 1


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("until November 14", BACK),
        ("until further notice", datetime(2025, 11, 10, 13, 0, tzinfo=UTC)),
        ("and back on November 17", BACK),
        ("until November 16", BACK),
        ("until November 1", None),
        ("und am 17.11. zurück", BACK),
        ("bis einschließlich 14.11. nicht im Büro", BACK),
    ],
)
def test_the_days_that_notes_name(desk: PlayedDesk, said: str, back: datetime | None) -> None:
    desk.receives(note(said))

    assert ellen(desk).away_until == back


def test_a_long_absence_with_a_deputy_is_a_question_to_dana(desk: PlayedDesk) -> None:
    told = desk.receives(note("on parental leave until March 2, 2026"))

    assert [letter.recipient for letter in told.letters] == [DANA]
    assert "is away until 2 Mar" in desk.letters_to(DANA)[-1].subject
    assert desk.addresses_that_are_not_ok() == {}


@pytest.mark.parametrize("until", ["March 2, 2026", "December 31, 2049"])
def test_a_long_absence_without_a_deputy_silences_nobody_unseen(desk: PlayedDesk, until: str) -> None:
    raw = note(f"until {until}").decode()
    deputy = raw[raw.index("For anything urgent") : raw.index("I no longer work")]
    told = desk.receives(raw.replace(deputy, "").encode())

    assert [letter.recipient for letter in told.letters] == [DANA]
    (letter,) = desk.letters_to(DANA)
    assert "who stands in?" in letter.subject
    assert "It names nobody who could be written to." in letter.text


def test_what_she_asks_meanwhile_is_answered_at_once(desk: PlayedDesk) -> None:
    desk.receives(note())
    asked = (MAILS / "issue-in-1.eml").read_text(encoding="utf-8").replace("karen.holt@southstar", "ellen@northstar")
    asked = asked.replace("Karen Holt", "Ellen Marsh").replace("=southstar.", "=northstar.")
    desk.receives(asked.encode(), at=MONDAY + timedelta(days=1))

    assert len(desk.letters_to(ELLEN)) == 1


def test_undo_lets_the_letters_go_as_planned(desk: PlayedDesk) -> None:
    planned_for = MONDAY + timedelta(days=2)
    desk.has_planned("Your free banner", ELLEN, planned_for)
    told = desk.receives(note())
    assert reminder(desk).try_after == BACK
    undo = f"undo {told.story.ref}"
    mara = "Mara Lindqvist <mara@harbourpine.example>"
    desk.receives(
        f"From: {mara}\nTo: desk@harbourpine.example\nSubject: {undo}\nDate: Mon, 3 Nov 2025 09:20:00 -0500\n"
        "Message-ID: <undo@hp-mara>\n"
        "Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example\n"
        f"Content-Type: text/plain\n\n{undo}\n".encode()
    )

    assert reminder(desk).try_after == planned_for
    assert ellen(desk).away_until is None


# --- the line in the owner's letter of the week ---

NEXT_MONDAY = datetime(2025, 11, 10, 13, 5, tzinfo=UTC)  # 8:05 in Boston


def weeks(desk: PlayedDesk) -> list[tuple[str, str]]:
    """The letters of the week, and whom they went to."""
    sent = (letter for letter in desk.all_of(LetterRow) if letter.purpose == "week")
    return [(letter.recipient, " ".join(letter.text.split())) for letter in sent]


def comes(desk: PlayedDesk, at: datetime) -> None:
    desk.clock.set(at)
    desk.waits(timedelta())


def test_dana_reads_on_monday_that_ellen_is_away_and_nobody_else_hears_of_it(desk: PlayedDesk) -> None:
    desk.has_planned("Your free banner", ELLEN, MONDAY + timedelta(days=2))
    desk.receives(note())
    comes(desk, NEXT_MONDAY - timedelta(hours=1))
    assert weeks(desk) == []

    comes(desk, NEXT_MONDAY)

    ((to, words),) = weeks(desk)
    assert to == DANA
    assert "Ellen Marsh (North Star Logistics) is away; reminders start again on 17 Nov" in words
    assert f"In urgent cases: Sam Whitlock, {SAM}" in words
    assert "1 letter waits" in words
    for _ in range(4):
        desk.waits(timedelta(days=1))
    assert len(weeks(desk)) == 1


def test_once_ellen_is_back_there_is_nothing_to_tell(desk: PlayedDesk) -> None:
    desk.receives(note())
    comes(desk, BACK + timedelta(minutes=5))

    assert weeks(desk) == []


def test_a_desk_that_was_not_at_work_on_monday_tells_it_on_the_day_after_and_then_no_more(desk: PlayedDesk) -> None:
    desk.receives(note())
    for days in (1, 2):
        comes(desk, NEXT_MONDAY + timedelta(days=days))
        assert len(weeks(desk)) == 1


def test_who_has_left_is_told_with_what_waits_and_what_is_asked(desk: PlayedDesk) -> None:
    desk.has_planned("Your free banner", ELLEN, MONDAY + timedelta(days=30))
    gone = note().replace(b"I'm out of the office", b"Ellen Marsh has left the company. I'm out of the office")
    desk.receives(gone)
    comes(desk, NEXT_MONDAY)

    ((to, words),) = weeks(desk)
    assert to == DANA
    assert f"Ellen Marsh (North Star Logistics) has left, {ELLEN}: 1 letter waits" in words
    assert "One question of mine about this waits for your answer" in words
