"""S13: a letter to Karen Holt comes back, because her mailbox is gone. Her mails wait, and Tom decides with one digit.

The letter is the answer to a mail of hers; the report is the one of the situation, about that letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.bounces.tables import Bounce
from mailbot.records.tables import (
    Address,
    Client,
    Contact,
    LetterRow,
    LetterState,
    QuestionRow,
    QuestionState,
    TaskRow,
    TaskState,
)
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, MAILS, Count, PlayedDesk

KAREN = "karen.holt@southstar.example"
GIL = "gil@southstar.example"
TOM = "tom@harbourpine.example"
MARA = "mara@harbourpine.example"
PLANNED = ("Your free banner on coastalbuilder.example", "Media kit 2026", "15% off a booth at BuildExpo")
TUESDAY = datetime(2025, 11, 4, 14, 0, 7, tzinfo=UTC)


def report(letter: Received, *changes: tuple[str, str]) -> bytes:
    """The report of the situation, about a real letter; `changes` are (old, new) words of it."""
    words = (MAILS / "S13-in-1.eml").read_text(encoding="utf-8")
    words = words.replace("desk+r-0231-p2vc@harbourpine.example", letter.envelope_sender)
    words = words.replace("<rem-0231@desk.harbourpine.example>", letter.message_id)
    for old, new in changes:
        assert old in words
        words = words.replace(old, new)
    return words.encode()


def letter_to_karen(desk: PlayedDesk) -> Received:
    """Karen's mail was answered a few minutes ago."""
    desk.receives("issue-in-1.eml", at=TUESDAY - timedelta(minutes=10))
    (letter,) = desk.letters_to(KAREN)
    return letter


@dataclass(frozen=True)
class Bounced:
    """The letter came back once: the desk, what it decided, and how much there was before."""

    desk: PlayedDesk
    letter: Received
    told: Told
    before: Count


@pytest.fixture(scope="module")
def bounced(open_desk: Opener) -> Bounced:
    """Only looked at: no test brings this desk another mail."""
    desk = open_desk()
    for days, subject in enumerate(PLANNED, start=7):
        desk.has_planned(subject, KAREN, TUESDAY + timedelta(days=days))
    letter = letter_to_karen(desk)
    desk.has_worked(KAREN, datetime(2025, 9, 12, 14, 0, tzinfo=UTC))
    before = desk.count()
    return Bounced(desk, letter, desk.receives(report(letter)), before)


def test_the_address_is_undeliverable_with_the_servers_words_and_nothing_else_is_marked(bounced: Bounced) -> None:
    desk = bounced.desk
    assert (bounced.told.story.kind, bounced.told.story.folder) == ("bounce", "Done")
    assert desk.addresses_that_are_not_ok() == {KAREN: "undeliverable"}
    (karen,) = (address for address in desk.all_of(Address) if address.key == KAREN)
    assert karen.status_since == TUESDAY
    assert karen.status_because is not None
    assert "User unknown in local recipient table" in karen.status_because
    (bounce,) = desk.all_of(Bounce)
    assert (bounce.address_key, bounce.status_code, bounce.is_dead) == (KAREN, "5.1.1", True)
    assert "5.1.1" in [each["words"] for each in desk.decision(bounced.told.story.ref).evidence]
    assert bounced.told.records["addresses"] == 1


def test_karen_and_her_company_stay_on_file_and_the_main_contact_is_not_switched(bounced: Bounced) -> None:
    desk = bounced.desk
    (south_star,) = (client for client in desk.all_of(Client) if client.code == "C08")
    contacts = {each.name: each.rank for each in desk.all_of(Contact) if each.client_id == south_star.id}
    assert contacts == {"Karen Holt": 1, "Gil Fox": 2}


def test_tom_alone_is_told_what_happened_and_asked_for_one_digit(bounced: Bounced) -> None:
    desk = bounced.desk
    assert [letter.recipient for letter in bounced.told.letters] == [TOM]
    letter = desk.letters_to(TOM)[-1]
    assert "Karen Holt" in letter.subject
    for words in (
        "no mailbox karen.holt@southstar.example",
        "4 Nov",
        "Last time it worked: 12 Sep",
        "On hold: 3 letters",
        *PLANNED,
        "1 = Gil Fox",
        "2 and the new address",
        "3 = I make you a call task",
    ):
        assert words in letter.text
    assert desk.letters() == {KAREN: 1, TOM: 2}


def test_her_three_planned_letters_wait(bounced: Bounced) -> None:
    planned = [letter for letter in bounced.desk.all_of(LetterRow) if letter.duty == "reminders"]
    assert [letter.subject for letter in planned] == list(PLANNED)
    assert {letter.state for letter in planned} == {LetterState.ON_HOLD}


def test_a_second_report_is_not_counted_and_in_a_month_nothing_is_sent_to_her_again(desk: PlayedDesk) -> None:
    desk.has_planned(PLANNED[0], KAREN, TUESDAY + timedelta(days=7))
    letter = letter_to_karen(desk)
    desk.receives(report(letter))
    before = desk.count()
    again = desk.receives(
        report(letter, ("20251104140007.7F1@", "20251104140507.7F2@")), at=TUESDAY + timedelta(minutes=5)
    )

    assert again.story.rule == "bounces.counted-before"
    assert (again.records, again.letters) == ({}, ())
    assert len(desk.all_of(Bounce)) == 1
    assert desk.count().changes == before.changes
    for _ in range(10):
        desk.waits(timedelta(days=3))
    assert len(desk.letters_to(KAREN)) == 1
    assert desk.letters_to(GIL) == ()
    regular = ("Your contacts", "Who of your clients")
    about_karen = [each for each in desk.letters_to(TOM) if not each.subject.startswith(regular)]
    assert len(about_karen) == 2
    assert len(desk.all_of(Bounce)) == 1


def test_an_address_that_merely_stands_in_the_report_is_not_marked(desk: PlayedDesk) -> None:
    letter = letter_to_karen(desk)
    words = "Your message could not be delivered to one or more recipients."
    told = desk.receives(report(letter, (words, f"{words}\nPlease write to {GIL} or to {TOM} instead.")))

    assert told.story.rule == "bounces.dead"
    assert desk.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


def test_reports_that_prove_nothing_and_full_mailboxes_mark_nobody(desk: PlayedDesk) -> None:
    letter = letter_to_karen(desk)
    disagrees = report(letter, (f"Final-Recipient: rfc822; {KAREN}", f"Final-Recipient: rfc822; {GIL}"))
    told = desk.receives(disagrees)
    assert (told.story.rule, told.story.folder) == ("bounces.contradicts-itself", "Held")

    forged = report(letter, (letter.envelope_sender, "desk@harbourpine.example"), (letter.message_id, "<x@y.example>"))
    told = desk.receives(forged.replace(b"7F1", b"7F3"), at=TUESDAY + timedelta(minutes=1))
    assert (told.story.kind, told.story.folder) == ("unplaced", "Held")

    full = report(
        letter, ("Status: 5.1.1", "Status: 4.2.2"), ("550 5.1.1", "452 4.2.2"), ("User unknown", "Mailbox full")
    )
    told = desk.receives(full.replace(b"7F1", b"7F4"), at=TUESDAY + timedelta(minutes=2))
    assert (told.story.kind, told.story.rule) == ("soft", "bounces.passing-again")

    assert desk.addresses_that_are_not_ok() == {}
    assert [(bounce.is_dead, bounce.status_code) for bounce in desk.all_of(Bounce)] == [(False, "4.2.2")]
    assert desk.letters() == {KAREN: 1, TOM: 1, "mara@harbourpine.example": 2}


def test_tom_answers_3_and_has_a_call_to_make(desk: PlayedDesk) -> None:
    desk.receives(report(letter_to_karen(desk)))
    question = desk.letters_to(TOM)[-1]
    told = desk.is_answered(question, "3", by=f"Tom Okafor <{TOM}>")

    assert told.story.rule == "bounces.answered-call"
    (task,) = desk.all_of(TaskRow)
    assert "802 555 0123" in task.words
    assert desk.letters_to(TOM)[-1].text.startswith("Tom, please call Karen Holt (South Star Logistics): 802 555 0123.")
    answered = [each for each in desk.all_of(QuestionRow) if each.duty == "bounces"]
    assert [each.state for each in answered] == [QuestionState.ANSWERED]
    assert desk.addresses_that_are_not_ok() == {KAREN: "undeliverable"}
    assert {each.name: each.rank for each in desk.all_of(Contact) if each.name in ("Karen Holt", "Gil Fox")} == {
        "Karen Holt": 1,
        "Gil Fox": 2,
    }
    assert desk.letters_to(KAREN)[1:] == desk.letters_to(GIL) == ()


def test_tom_has_called_says_done_and_hears_that_it_is_off_the_list(desk: PlayedDesk) -> None:
    desk.receives(report(letter_to_karen(desk)))
    desk.is_answered(desk.letters_to(TOM)[-1], "3", by=f"Tom Okafor <{TOM}>")
    call = desk.letters_to(TOM)[-1]
    assert "Called? Reply DONE." in call.text

    told = desk.is_answered(call, "Done, thanks", by=f"Tom Okafor <{TOM}>")

    assert (told.story.kind, told.story.rule, told.story.folder) == ("done", "desk.done", "Done")
    assert [(task.kind, task.state) for task in desk.all_of(TaskRow)] == [("call", TaskState.DONE)]
    assert [letter.recipient for letter in told.letters] == [TOM]
    assert "done and off the list" in desk.letters_to(TOM)[-1].text

    again = desk.is_answered(call, "DONE", by=f"Tom Okafor <{TOM}>")
    assert [letter.recipient for letter in again.letters] == [TOM]
    assert "is done already (Tom Okafor, 4 Nov)" in desk.letters_to(TOM)[-1].text
    assert again.records == {}


def test_mara_says_done_for_tom_in_reply_to_her_morning_letter(desk: PlayedDesk) -> None:
    desk.receives(report(letter_to_karen(desk)))
    settled = desk.is_answered(desk.letters_to(TOM)[-1], "3", by=f"Tom Okafor <{TOM}>")
    desk.waits(timedelta(days=1))
    (morning,) = [letter for letter in desk.letters_to(MARA) if letter.subject.startswith("Your desk, ")]
    assert f"- {settled.story.ref}: Call Karen Holt" in " ".join(morning.text.split())

    told = desk.is_answered(morning, f"done {settled.story.ref}", by=f"Mara Lindqvist <{MARA}>")

    assert [task.state for task in desk.all_of(TaskRow)] == [TaskState.DONE]
    assert [letter.recipient for letter in told.letters] == [MARA]


def test_dana_cannot_say_done_for_tom(desk: PlayedDesk) -> None:
    desk.receives(report(letter_to_karen(desk)))
    settled = desk.is_answered(desk.letters_to(TOM)[-1], "3", by=f"Tom Okafor <{TOM}>")
    call = desk.letters_to(TOM)[-1]

    told = desk.is_answered(call, f"done {settled.story.ref}", by="Dana Reyes <dana@harbourpine.example>")

    assert [task.state for task in desk.all_of(TaskRow)] == [TaskState.OPEN]
    assert [letter.recipient for letter in told.letters] == ["dana@harbourpine.example"]
    assert "it is with Tom Okafor" in desk.letters_to("dana@harbourpine.example")[-1].text


def test_the_card_of_her_company_says_since_when_and_when_she_was_last_reached(desk: PlayedDesk) -> None:
    letter = letter_to_karen(desk)
    desk.has_worked(KAREN, datetime(2025, 9, 12, 14, 0, tzinfo=UTC))
    desk.receives(report(letter))
    at = TUESDAY + timedelta(hours=1)
    desk.receives(mails.written("card south star", "card", f"Tom Okafor <{TOM}>", DESK, at))

    card = " ".join(desk.letters_to(TOM)[-1].text.split())
    assert f"Karen Holt <{KAREN}>, 802 555 0123, letters come back (4 Nov 2025), last reached 12 Sep 2025" in card


def test_somebody_else_cannot_answer_for_tom(desk: PlayedDesk) -> None:
    desk.receives(report(letter_to_karen(desk)))
    question = desk.letters_to(TOM)[-1]
    desk.is_answered(question, "1", by=f"Gil Fox <{GIL}>")

    assert {each.name: each.rank for each in desk.all_of(Contact) if each.name == "Gil Fox"} == {"Gil Fox": 2}
    assert [each.state for each in desk.all_of(QuestionRow) if each.duty == "bounces"] == [QuestionState.OPEN]


def test_karen_writes_after_all_is_answered_and_her_letters_go_out(desk: PlayedDesk) -> None:
    desk.has_planned(PLANNED[0], KAREN, TUESDAY + timedelta(hours=1))
    desk.receives(report(letter_to_karen(desk)))
    again = (MAILS / "issue-in-1.eml").read_bytes().replace(b"<kh-1@", b"<kh-2@").replace(b"our banner", b"our page")
    told = desk.receives(again, at=TUESDAY + timedelta(days=3))

    assert (told.story.kind, told.story.ref[0]) == ("issue", "I")
    assert desk.addresses_that_are_not_ok() == {}
    assert PLANNED[0] in [letter.subject for letter in desk.letters_to(KAREN)]
    assert len(desk.letters_to(KAREN)) == 3
    assert "can be reached again" in " ".join(letter.subject for letter in desk.letters_to(TOM))
