"""An undo is taken back by mail: what it undid counts again, unless that would count one sale twice or bring back what
stands on something that is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesForecast, SalesPlan
from mailbot.records.tables import Person
from tests.situations.desk import DESK, PlayedDesk, played_desk

DANA, PRIYA = "dana@harbourpine.example", "priya@harbourpine.example"
FRIDAY = datetime(2025, 11, 7, 15, 0, tzinfo=UTC)


@pytest.fixture
def desk(new_database: Callable[[], str], tmp_path: Path) -> Iterator[PlayedDesk]:
    """A desk over each kind of database."""
    with played_desk(tmp_path, new_database()) as opened:
        yield opened


def says(desk: PlayedDesk, words: str, by: str = DANA) -> str:
    """Somebody writes a mail; gives the reference of what was decided."""
    return heard(desk, words, by).story.ref


def heard(desk: PlayedDesk, words: str, by: str) -> Told:
    at = max(FRIDAY, desk.clock.now() + timedelta(minutes=5))
    return desk.receives(mails.written(words, "numbers", by, DESK, at), at=at)


def counting(desk: PlayedDesk) -> list[Decimal]:
    entries = desk.all_of(SalesEntry)
    superseded = {entry.supersedes_id for entry in entries}
    return sorted(each.amount for each in entries if each.id not in superseded and each.kind is not EntryKind.CANCELLED)


def last(desk: PlayedDesk, to: str = DANA) -> str:
    return " ".join(desk.letters_to(to)[-1].text.split())


def test_a_correction_does_not_come_back_beside_the_one_that_took_its_place(desk: PlayedDesk) -> None:
    says(desk, "Acme corp 12,500")
    undone = says(desk, f"undo {says(desk, 'sorry, Acme corp was 11,000 not 12,500')}")
    newer = says(desk, "sorry, Acme corp was 10,000 not 12,500")
    assert counting(desk) == [Decimal(10000)]

    refused = heard(desk, f"undo {undone}", DANA)

    assert refused.story.summary == f"Left {undone} as it is: overtaken."
    assert counting(desk) == [Decimal(10000)]
    assert f"I have left {undone} as it is. It was an undo itself" in last(desk)
    assert "Later entries stand in the way of that:" in last(desk)
    assert "10,000.00 USD instead of 12,500.00 USD" in last(desk)
    assert f'reply "undo {newer}"' in last(desk)

    says(desk, f"undo {newer}")
    says(desk, f"undo {undone}")
    assert counting(desk) == [Decimal(11000)], "what it says to undo first is not enough"


def test_a_correction_does_not_come_back_without_the_sale_it_corrects(desk: PlayedDesk) -> None:
    booked = says(desk, "Acme corp 12,500")
    first = says(desk, f"undo {says(desk, 'sorry, Acme corp was 11,000 not 12,500')}")
    second = says(desk, f"undo {booked}")
    assert counting(desk) == []

    says(desk, f"undo {first}")
    assert counting(desk) == []
    assert f'reply "undo {second}"' in last(desk)

    says(desk, f"undo {second}")
    assert counting(desk) == [Decimal(12500)]
    says(desk, f"undo {first}")
    assert counting(desk) == [Decimal(11000)]


def test_the_refusal_is_told_in_german_too(desk: PlayedDesk) -> None:
    with desk.database.writing() as session:
        session.query(Person).filter_by(name="Dana Reyes").one().language = "de"
    says(desk, "Acme corp 12,500")
    undone = says(desk, f"undo {says(desk, 'sorry, Acme corp was 11,000 not 12,500')}")
    newer = says(desk, "sorry, Acme corp was 10,000 not 12,500")
    says(desk, f"undo {undone}")

    assert counting(desk) == [Decimal(10000)]
    assert f"ich habe {undone} nicht zurückgenommen. Das war selbst eine Rücknahme" in last(desk)
    assert f"Dem stehen spätere Einträge entgegen: - {newer}" in last(desk)


def test_a_sale_that_was_sent_again_meanwhile_does_not_count_twice(desk: PlayedDesk) -> None:
    undone = says(desk, f"undo {says(desk, 'Acme corp 12,500')}")
    again = says(desk, "Acme corp 12,500, banner")
    assert counting(desk) == [Decimal(12500)]

    says(desk, f"undo {undone}")

    assert counting(desk) == [Decimal(12500)]
    assert f'reply "undo {again}"' in last(desk)


def test_a_correction_comes_back_though_other_mails_came_between(desk: PlayedDesk) -> None:
    says(desk, "Acme corp 12,500\nBeta freight 900")
    undone = says(desk, f"undo {says(desk, 'sorry, Acme corp was 11,000 not 12,500')}")
    says(desk, "North Star 2,350")
    desk.waits(timedelta(days=1))
    says(desk, "Acme corp 700")
    says(desk, "sorry, Beta freight was 950 not 900")
    says(desk, f"undo {says(desk, 'Beta freight 80')}")

    says(desk, f"undo {undone}")

    assert counting(desk) == [Decimal(each) for each in (700, 950, 2350, 11000)]


def test_a_sale_comes_back_beside_others_of_the_same_client(desk: PlayedDesk) -> None:
    undone = says(desk, f"undo {says(desk, 'Acme corp 12,500')}")
    desk.waits(timedelta(days=1))
    says(desk, "Acme corp 700")

    says(desk, f"undo {undone}")

    assert counting(desk) == [Decimal(700), Decimal(12500)]


def test_what_came_back_and_was_built_on_is_not_taken_away_beneath_it(desk: PlayedDesk) -> None:
    undone = says(desk, f"undo {says(desk, 'Acme corp 12,500')}")
    back = says(desk, f"undo {undone}")
    corrected = says(desk, "sorry, Acme corp was 11,000 not 12,500")

    says(desk, f"undo {back}")

    assert counting(desk) == [Decimal(11000)]
    assert f'reply "undo {corrected}"' in last(desk)


def test_a_target_does_not_come_back_beside_a_newer_one(desk: PlayedDesk) -> None:
    undone = says(desk, f"undo {says(desk, 'target Dana Q4 60k', PRIYA)}", PRIYA)
    newer = says(desk, "target Dana Q4 65k", PRIYA)

    says(desk, f"undo {undone}", PRIYA)

    assert [each.amount for each in desk.all_of(SalesPlan) if each.last.month == 12 and each.rep_id] == [Decimal(65000)]
    assert f'reply "undo {newer}"' in last(desk, PRIYA)


def test_an_expectation_does_not_come_back_beside_a_newer_one(desk: PlayedDesk) -> None:
    undone = says(desk, f"undo {says(desk, 'expecting 8,000 from Acme corp next week, not sure yet')}")
    newer = says(desk, "expecting 9,000 from Acme corp next week, not sure yet")
    assert [each.amount for each in desk.all_of(SalesForecast)] == [Decimal(9000)]

    says(desk, f"undo {undone}")

    assert [each.amount for each in desk.all_of(SalesForecast)] == [Decimal(9000)]
    assert f'reply "undo {newer}"' in last(desk)
