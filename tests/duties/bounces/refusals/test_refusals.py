"""A domain refuses us for what we are: nobody is marked, the domain is paused, the admin is asked once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from mailbot.duties.bounces.regular_letters.refused import load_refusals, refusals_due
from mailbot.records.decision import Decision, Folder
from mailbot.records.recall import known_by_the_clock
from mailbot.records.tables import LetterRow, LetterState, Pause, QuestionState
from tests.duties.bounces.road import BOUNCED_AT, Road
from tests.duties.bounces.sample_reports import GIL, REMINDER, About, Sent, report
from tests.duties.road import SECRET

VIKTOR, MARA = "viktor@harbourpine.example", "mara@harbourpine.example"
SPF = "smtp; 550-5.7.26 This mail has been blocked because the sender is unauthenticated"
A_MINUTE = timedelta(minutes=1)


def to(number: int, domain: str = "gmail.example") -> Sent:
    return Sent(number, recipient=f"c{number}@{domain}")


def refused(road: Road, letter: Sent, at: datetime = BOUNCED_AT, message_id: str = "") -> Decision:
    about = About(final=f"rfc822; {letter.recipient}", status="5.7.26", diagnostic=SPF)
    raw = report(
        about,
        to=letter.reply_address,
        returned=letter.headers(),
        message_id=message_id or f"{letter.ref}.{at:%d%H%M}@mx.example",
    )
    return road.arrives(raw, at)


def burst(road: Road, count: int, domain: str = "gmail.example", first: int = 300) -> list[Decision]:
    """So many letters, sent a few minutes before, come back a minute apart."""
    letters = [to(first + number, domain) for number in range(count)]
    road.has_written(*letters)
    sent_at(road, BOUNCED_AT - timedelta(minutes=7), letters)
    return [refused(road, letter, BOUNCED_AT + number * A_MINUTE) for number, letter in enumerate(letters)]


def sent_at(road: Road, at: datetime, letters: list[Sent]) -> None:
    with road.database.writing() as session:
        session.execute(
            update(LetterRow).where(LetterRow.ref.in_([letter.ref for letter in letters])).values(sent_at=at, tries=1)
        )


def answered(road: Road, asked: Decision, words: str, at: datetime, by: str = f"Viktor Sand <{VIKTOR}>") -> Decision:
    letter = road.written_by(asked)[VIKTOR]
    raw = f"""\
Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example
From: {by}
To: {letter.envelope_sender}
Subject: Re: {letter.subject}
Date: Tue, 4 Nov 2025 10:30:07 -0500
Message-ID: <{abs(hash(words))}@hp-viktor>
In-Reply-To: <{letter.message_id}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{words}

> Fixed? Reply RESUME: I send what waits.
"""
    return road.arrives(raw.encode(), at)


def pauses(road: Road) -> dict[str, bool]:
    """The domains that are or were paused, and whether they are."""
    return {pause.scope: pause.until is None for pause in road.all_of(Pause)}


def test_fourteen_refusals_mark_nobody_pause_the_domain_and_write_one_letter(either_road: Road) -> None:
    road = either_road
    decisions = burst(road, 14)

    assert {(decision.kind, decision.rule) for decision in decisions} == {("policy", "bounces.our-own-fault")}
    assert road.addresses_that_are_not_ok() == {}
    assert pauses(road) == {"gmail.example": True}
    written = [letter for decision in decisions for letter in road.letters_of(decision)]
    assert [letter.recipient for letter in written] == [VIKTOR, MARA]
    assert "gmail.example refuses our mail" in written[0].subject
    assert "letters to gmail.example since 4 Nov 08:53 have come back so far" in written[0].text
    assert "No address was marked bad" in written[0].text
    assert len(road.bounces()) == 14


def test_two_of_many_are_no_burst_and_two_of_two_are(road: Road) -> None:
    letters = [to(300 + number) for number in range(10)]
    road.has_written(*letters)
    sent_at(road, BOUNCED_AT - timedelta(minutes=7), letters)
    assert [refused(road, letter).actions[1:] for letter in letters[:2]] == [(), ()]
    assert pauses(road) == {}

    burst(road, 2, "small.example", first=400)
    assert pauses(road) == {"small.example": True}


def test_one_recipient_alone_never_stops_a_domain(road: Road) -> None:
    letters = [Sent(300 + number, recipient="one@gmail.example") for number in range(8)]
    road.has_written(*letters)
    for number, letter in enumerate(letters):
        refused(road, letter, BOUNCED_AT + number * A_MINUTE)

    assert len(road.bounces()) == 8
    assert pauses(road) == {}


def test_refusals_that_are_hours_apart_are_no_burst(road: Road) -> None:
    letters = [to(300 + number) for number in range(4)]
    road.has_written(*letters)
    for number, letter in enumerate(letters):
        refused(road, letter, BOUNCED_AT + number * timedelta(hours=2))

    assert pauses(road) == {}


def test_resume_lets_the_domain_go_on_and_sends_the_refused_letters_again(either_road: Road) -> None:
    road = either_road
    waiting = Sent(290, recipient="later@gmail.example")
    road.has_written(waiting, state=LetterState.WAITING)
    decisions = burst(road, 5)
    asked = decisions[2]
    decision = answered(road, asked, "RESUME", BOUNCED_AT + timedelta(hours=3))

    assert (decision.rule, decision.folder) == ("bounces.domain-works-again", Folder.DONE)
    assert pauses(road) == {"gmail.example": False}
    assert road.states(*(to(300 + number) for number in range(5)), waiting) == ["waiting"] * 6
    assert "The 5 refused letters are sent once more" in road.written_by(decision)[VIKTOR].text
    assert [question.state for question in road.questions()] == [QuestionState.ANSWERED]


def test_what_is_refused_again_after_resume_counts_again_and_asks_again(road: Road) -> None:
    asked = burst(road, 3)[1]
    answered(road, asked, "resume please", BOUNCED_AT + timedelta(hours=3))
    later = BOUNCED_AT + timedelta(hours=4)
    letters = [to(300 + number) for number in range(3)]
    with road.database.writing() as session:
        values = {"state": LetterState.SENT, "sent_at": later, "tries": 2}
        session.execute(update(LetterRow).where(LetterRow.ref.in_([each.ref for each in letters])).values(**values))

    again = [refused(road, letter, later + A_MINUTE) for letter in letters]

    assert len(road.bounces()) == 6
    assert pauses(road)["gmail.example"]
    assert [each.recipient for decision in again for each in road.letters_of(decision)] == [VIKTOR, MARA]


def test_undoing_resume_pauses_the_domain_again(road: Road) -> None:
    asked = burst(road, 3)[1]
    decision = answered(road, asked, "RESUME", BOUNCED_AT + timedelta(hours=3))
    road.take_back(decision, BOUNCED_AT + timedelta(hours=4))

    assert pauses(road) == {"gmail.example": True}
    assert road.states(*(to(300 + number) for number in range(3))) == ["sent"] * 3
    assert [question.state for question in road.questions()] == [QuestionState.OPEN]


@pytest.mark.parametrize("words", ["not yet, the DNS is still wrong", "do not resume", "resume tomorrow"])
def test_what_is_not_resume_leaves_the_domain_paused_and_a_person_looks_at_it(road: Road, words: str) -> None:
    asked = burst(road, 3)[1]
    decision = answered(road, asked, words, BOUNCED_AT + timedelta(hours=3))

    assert decision.folder is Folder.HELD
    assert pauses(road) == {"gmail.example": True}


def test_nobody_else_can_resume(road: Road) -> None:
    asked = burst(road, 3)[1]
    answered(road, asked, "RESUME", BOUNCED_AT + timedelta(hours=3), by="Tom Okafor <tom@harbourpine.example>")

    assert pauses(road) == {"gmail.example": True}


def test_a_single_refusal_is_told_the_next_morning_and_one_of_a_paused_domain_is_not_told_again(road: Road) -> None:
    road.has_written(REMINDER)
    refused(road, REMINDER)
    morning = BOUNCED_AT + timedelta(hours=22)

    def due() -> list[str]:
        with road.database.reading() as session:
            known = known_by_the_clock(session, road.desk, SECRET, 999)
            found = refusals_due(load_refusals(session, known, morning), known, morning)
        return [str(action) for each in found for action in each.plan.actions]

    assert due() == [f"write to {VIKTOR}: bounces/refusals"]
    other = Sent(232, recipient=GIL)
    road.has_written(other)
    refused(road, other, BOUNCED_AT + A_MINUTE)
    assert pauses(road) == {"southstar.example": True}
    assert due() == []
