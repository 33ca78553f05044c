"""S29: Ellen gives a 9, asks for a price and wants to talk. The score is kept, the price is Dana's to answer, and her
digit sends the invitation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from icalendar import Calendar

from mailbot.cli.demo.mails import Received
from mailbot.duties.reminders.tables import CheckIn, ClientWord, Meeting, MeetingState, WordKind
from mailbot.records.tables import TaskRow
from tests.situations.desk import PlayedDesk, played_desk
from tests.situations.reminding import DANA, ELLEN, comes, nine

WORDS = (
    "9 out of 10, love it. Before we renew: what would 12 months cost instead of 6, and can we talk Thu or Fri after 2?"
)


@pytest.fixture
def desk(tmp_path: Path, new_database: Callable[[], str]) -> Iterator[PlayedDesk]:
    with played_desk(tmp_path, new_database(), reminds=True) as opened:
        comes(opened, nine(17))
        comes(opened, nine(18))
        yield opened


def asked(desk: PlayedDesk) -> Received:
    return next(each for each in desk.letters_to(ELLEN) if each.subject == "How is it going so far?")


def test_she_is_asked_on_day_thirty_and_not_on_the_day_of_a_reminder(desk: PlayedDesk) -> None:
    assert [each.subject for each in desk.letters_to(ELLEN)] == [
        "Reminder: free banner on coastalbuilder.example",
        "How is it going so far?",
    ]
    comes(desk, nine(19))
    comes(desk, nine(20))
    assert len(desk.letters_to(ELLEN)) == 2, "asked once"


def test_score_price_and_talk_each_go_their_way_and_no_price_is_named(desk: PlayedDesk) -> None:
    told = desk.is_answered(asked(desk), WORDS, by=f"Ellen Marsh <{ELLEN}>")

    assert (told.story.kind, told.story.rule) == ("satisfaction", "reminders.satisfaction")
    assert told.records["sales_entries"] == 0
    (check_in,) = (each for each in desk.all_of(CheckIn) if each.score is not None)
    assert (check_in.score, check_in.words) == (9, "9 out of 10, love it.")
    (price,) = (each for each in desk.all_of(ClientWord) if each.kind is WordKind.PRICE)
    assert "what would 12 months cost instead of 6" in price.words
    assert [each.kind for each in desk.all_of(TaskRow)] == ["price"]
    answer, to_dana = desk.letters_to(ELLEN)[-1], desk.letters_to(DANA)[-1]
    assert "9 of 10 is noted" in answer.text
    assert "is with Dana Reyes, who answers you in person" in answer.text
    assert "USD" not in answer.text
    assert "14,200" not in answer.text
    assert "K-2207 runs" in to_dana.text
    assert "14,200.00 USD" in to_dana.text
    for line in ("1. Thursday 20 Nov 14:00", "2. Thursday 20 Nov 15:00", "3. Friday 21 Nov 14:00"):
        assert line in " ".join(to_dana.text.split("\n"))
    assert {each.recipient for each in told.letters} == {ELLEN, DANA}


def test_her_digit_sends_the_invitation_and_nothing_went_out_before(desk: PlayedDesk) -> None:
    desk.is_answered(asked(desk), WORDS, by=f"Ellen Marsh <{ELLEN}>")
    before = len(desk.letters_to(ELLEN))
    told = desk.is_answered(desk.letters_to(DANA)[-1], "3", by=f"Dana Reyes <{DANA}>")

    assert told.story.kind == "slot"
    assert len(desk.letters_to(ELLEN)) == before + 1
    raw = message_from_bytes(desk.box.messages(account=ELLEN)[-1])
    (file,) = (part for part in raw.walk() if part.get_content_type() == "text/calendar")
    assert file.get_param("method") == "REQUEST"
    (event,) = Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")
    assert f"{event.decoded('DTSTART').astimezone(desk.service.office.desk.zone):%a %d %b %H:%M}" == "Fri 21 Nov 14:00"
    (meeting,) = desk.all_of(Meeting)
    assert meeting.state is MeetingState.AGREED


def test_another_digit_after_undo_sends_another_invitation_in_place_of_the_first(desk: PlayedDesk) -> None:
    desk.is_answered(asked(desk), WORDS, by=f"Ellen Marsh <{ELLEN}>")
    question = desk.letters_to(DANA)[-1]
    first = desk.is_answered(question, "3", by=f"Dana Reyes <{DANA}>")
    desk.is_answered(desk.letters_to(DANA)[-1], f"undo {first.story.ref}", by=f"Dana Reyes <{DANA}>")
    before = len(desk.letters_to(ELLEN))
    second = desk.is_answered(question, "1", by=f"Dana Reyes <{DANA}>")

    assert second.story.kind == "slot"
    assert {each.recipient for each in second.letters} == {ELLEN, DANA}
    assert len(desk.letters_to(ELLEN)) == before + 1
    files = [
        part.get_payload(decode=True)
        for raw in desk.box.messages(account=ELLEN)
        for part in message_from_bytes(raw).walk()
        if part.get_content_type() == "text/calendar"
    ]
    old, new = (Calendar.from_ical(file).walk("VEVENT")[0] for file in files)
    assert old["UID"] == new["UID"]
    assert old.decoded("DTSTAMP") < new.decoded("DTSTAMP")
    assert old.decoded("DTSTART") > new.decoded("DTSTART")


def test_no_invites_nobody_and_leaves_it_to_dana(desk: PlayedDesk) -> None:
    desk.is_answered(asked(desk), WORDS, by=f"Ellen Marsh <{ELLEN}>")
    before = len(desk.letters_to(ELLEN))
    desk.is_answered(desk.letters_to(DANA)[-1], "no, I call her", by=f"Dana Reyes <{DANA}>")

    assert len(desk.letters_to(ELLEN)) == before
    assert [each.state for each in desk.all_of(Meeting)] == [MeetingState.ASKED]


def test_a_low_score_is_a_call_for_dana_at_once(desk: PlayedDesk) -> None:
    desk.is_answered(asked(desk), "4, nobody calls back", by=f"Ellen Marsh <{ELLEN}>")

    assert [each.kind for each in desk.all_of(TaskRow)] == ["call"]
    assert "That is low: please call." in desk.letters_to(DANA)[-1].text


def test_what_is_no_score_is_left_to_a_person_and_nothing_is_made_up(desk: PlayedDesk) -> None:
    desk.is_answered(asked(desk), "12 months were fine with us", by=f"Ellen Marsh <{ELLEN}>")

    assert [each.score for each in desk.all_of(CheckIn) if each.contract_id and each.score is not None] == []
