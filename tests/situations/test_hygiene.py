"""Once a month each owner hears how the addresses of the own clients stand, and the manager how all of them do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailbot.records.tables import LetterRow
from tests.situations.desk import PlayedDesk
from tests.situations.test_s13_hard_bounce import KAREN, TOM, letter_to_karen, report

PRIYA = "priya@harbourpine.example"
FIRST_OF_DECEMBER = datetime(2025, 12, 1, 14, 0, tzinfo=UTC)


@pytest.fixture
def desk(desk: PlayedDesk) -> PlayedDesk:
    """A desk that was at work on the first working day of November."""
    desk.clock.set(datetime(2025, 11, 3, 14, 0, tzinfo=UTC))
    desk.waits(timedelta())
    return desk


def hygiene(desk: PlayedDesk) -> dict[str, str]:
    """The letters of the report, by whom they went to."""
    return {each.recipient: " ".join(each.text.split()) for each in desk.all_of(LetterRow) if each.purpose == "hygiene"}


def test_owner_and_manager_are_told_once_on_the_first_working_day(desk: PlayedDesk) -> None:
    desk.receives(report(letter_to_karen(desk)))
    desk.clock.set(FIRST_OF_DECEMBER - timedelta(days=1))
    desk.waits(timedelta())
    assert hygiene(desk) == {}

    desk.clock.set(FIRST_OF_DECEMBER)
    desk.waits(timedelta())
    told = hygiene(desk)

    assert set(told) == {TOM, PRIYA}
    assert "found off: 1" in told[TOM]
    assert f"Karen Holt (South Star Logistics), {KAREN}, since 4 Nov" in told[TOM]
    assert "Tom Okafor: 1 found off, 0 well again or replaced, 1 waiting, the oldest since 4 Nov" in told[PRIYA]
    for _ in range(3):
        desk.waits(timedelta(days=1))
    assert sum(each.purpose == "hygiene" for each in desk.all_of(LetterRow)) == 2


def test_what_was_answered_is_told_as_well_again(desk: PlayedDesk) -> None:
    desk.receives(report(letter_to_karen(desk)))
    desk.is_answered(desk.letters_to(TOM)[-1], "2 k.holt@southstar.example", by=f"Tom Okafor <{TOM}>")
    desk.clock.set(FIRST_OF_DECEMBER)
    desk.waits(timedelta())

    assert "found off: 1 - well again or replaced: 1 - waiting for you now: 0" in hygiene(desk)[TOM]


def test_a_month_in_which_nothing_was_wrong_is_not_told(desk: PlayedDesk) -> None:
    desk.clock.set(FIRST_OF_DECEMBER)
    desk.waits(timedelta())

    assert hygiene(desk) == {}
