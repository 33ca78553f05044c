"""The clock of an issue: a warning before a promise breaks, the coordinator after, each once, in working hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.told import Told
from mailbot.duties.issues.tables import Issue, IssueState, Ring
from tests.situations.desk import DESK, PlayedDesk, played_desk

KAREN, TOM, MARA = "karen.holt@southstar.example", "tom@harbourpine.example", "mara@harbourpine.example"
WEB = "web@harbourpine.example"
MONDAY = datetime(2025, 11, 3, 14, 20, tzinfo=UTC)  # 09:20 in Boston
NEAR, LATE = ("answer-near", [TOM]), ("answer-late", [MARA])


@pytest.fixture
def reported(tmp_path: Path) -> Iterator[PlayedDesk]:
    with played_desk(tmp_path, f"sqlite:///{tmp_path}/desk.sqlite") as desk:
        words = "The link of our banner is broken."
        desk.receives(mails.written(words, "banner", f"Karen Holt <{KAREN}>", DESK, MONDAY), at=MONDAY)
        yield desk


def issue(desk: PlayedDesk) -> Issue:
    (found,) = desk.all_of(Issue)
    return found


def until(desk: PlayedDesk, moment: datetime) -> list[tuple[str, list[str]]]:
    """Time passes by half hours. What the clock said about issues, and to whom."""
    found: list[Told] = []
    while desk.clock.now() < moment:
        found += desk.waits(timedelta(minutes=30))
    kinds = {ring.value for ring in Ring}
    return [(each.story.kind, [to.recipient for to in each.letters]) for each in found if each.story.kind in kinds]


def answered(desk: PlayedDesk, words: str) -> Told:
    return desk.is_answered(desk.letters_to(TOM)[-1], words, by=f"Tom Okafor <{TOM}>")


def ordered(desk: PlayedDesk, words: str) -> None:
    at = desk.clock.now() + timedelta(minutes=10)
    desk.receives(mails.written(words, "order", f"Mara Lindqvist <{MARA}>", DESK, at), at=at)


def test_what_is_promised_is_reckoned_in_working_hours(reported: PlayedDesk) -> None:
    assert issue(reported).answer_by == MONDAY + timedelta(hours=4)
    assert issue(reported).solve_by == datetime(2025, 11, 6, 14, 20, tzinfo=UTC)
    assert issue(reported).rings_at == MONDAY + timedelta(hours=3)


def test_the_owner_is_warned_before_and_the_coordinator_hears_after_each_once(reported: PlayedDesk) -> None:
    assert until(reported, MONDAY + timedelta(hours=9)) == [NEAR, LATE]
    assert "It is with Tom Okafor" in reported.letters_to(MARA)[-1].text
    assert until(reported, MONDAY + timedelta(days=4)) == [("solution-near", [TOM]), ("solution-late", [MARA])]
    assert issue(reported).rings_at is None
    assert len(reported.letters_to(KAREN)) == 1


def test_a_desk_that_slept_through_the_warning_says_once_what_is_so_now(reported: PlayedDesk) -> None:
    reported.clock.advance(timedelta(hours=6))
    assert until(reported, reported.clock.now() + timedelta(hours=1)) == [LATE]


def test_an_answer_ends_the_wait_for_one_and_done_ends_all(reported: PlayedDesk) -> None:
    answered(reported, "Hello Karen, which page should it lead to?")
    assert issue(reported).answered_at is not None
    assert until(reported, MONDAY + timedelta(hours=9)) == []
    answered(reported, "done")
    assert until(reported, MONDAY + timedelta(days=4)) == []


def test_a_reps_day_is_what_the_clock_goes_by_and_the_client_hears_nothing(reported: PlayedDesk) -> None:
    told = answered(reported, "I'll have it fixed by Wednesday.")
    assert (told.story.rule, issue(reported).promised_on) == ("issues.a-promise", date(2025, 11, 5))
    assert issue(reported).solve_by == datetime(2025, 11, 5, 22, 0, tzinfo=UTC)
    assert [letter.recipient for letter in told.letters] == [TOM]
    assert len(reported.letters_to(KAREN)) == 1
    assert until(reported, datetime(2025, 11, 6, 0, 0, tzinfo=UTC))[-2:] == [
        ("solution-near", [TOM]),
        ("solution-late", [MARA]),
    ]


def test_a_departments_day_is_told_to_the_client(reported: PlayedDesk) -> None:
    ordered(reported, f"{issue(reported).ref} to web")
    promise = "We'll have it fixed by Thursday."
    told = reported.is_answered(reported.letters_to(WEB)[-1], promise, by=f"Web Team <{WEB}>")
    assert told.story.rule == "issues.a-department-promises"
    assert {letter.recipient for letter in told.letters} == {KAREN, WEB}
    said = " ".join(reported.letters_to(KAREN)[-1].text.split())
    assert "our Web Team has promised to have" in said
    assert "done by Thursday, 6 Nov." in said


def test_what_rests_is_not_warned_of_and_wakes_on_its_day(reported: PlayedDesk) -> None:
    ordered(reported, f"snooze {issue(reported).ref} until 5 Nov")
    assert until(reported, datetime(2025, 11, 5, 12, 30, tzinfo=UTC)) == []
    assert until(reported, datetime(2025, 11, 5, 13, 30, tzinfo=UTC)) == [("wakes", [TOM])]
    assert issue(reported).snoozed_until is None


def test_a_mail_long_after_is_a_new_issue_that_takes_the_old_one_up(reported: PlayedDesk) -> None:
    answered(reported, "done")
    asked = reported.letters_to(KAREN)[-1]
    reported.clock.advance(timedelta(days=20))
    told = reported.is_answered(asked, "No, it is broken again.", by=f"Karen Holt <{KAREN}>")
    old, new = reported.all_of(Issue)
    assert (told.story.rule, old.state, new.state) == ("issues.long-solved", IssueState.SOLVED, IssueState.OPEN)
    assert new.follows_id == old.id
