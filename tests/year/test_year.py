"""Six weeks, and a whole year, of a company with its clients: what happened at the doors of the desk is looked through
for what must never happen. The year is left out unless it is asked for: ./start test -m year
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import pytest

from tests.year import watching
from tests.year.diary import Means
from tests.year.playing import Played, played


@dataclass(frozen=True, slots=True)
class Span:
    """How much is played."""

    days: int
    clients: int
    contracts: int


_SEED: Final = 7
_FIRST_DAY: Final = date(2025, 10, 1)
_SIX_WEEKS: Final = Span(days=45, clients=40, contracts=80)  # the turn of a month is in it
_YEAR: Final = Span(days=365, clients=200, contracts=400)
_SHOWN: Final = 12

Watcher = Callable[[Played], Iterator[str]]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(_SIX_WEEKS, id="six weeks", marks=pytest.mark.xdist_group("six weeks")),
        pytest.param(_YEAR, id="a year", marks=[pytest.mark.year, pytest.mark.xdist_group("a year")]),
    ],
)
def days(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Days that are over, the same for the same seed."""
    span: Span = request.param
    folder = tmp_path_factory.mktemp("year")
    with played(folder, _SEED, _FIRST_DAY, span.days, span.clients, span.contracts) as made:
        yield made


@pytest.mark.parametrize(
    "faults",
    [
        watching.reminders_after_a_stop,
        watching.more_than_the_ladder,
        watching.letters_on_free_days,
        watching.answers_to_machines,
        watching.questions_that_nobody_has,
        watching.mixed_threads,
        watching.words_of_another_client,
        watching.overdue_that_was_not_told_once,
        watching.months_that_were_not_told,
        watching.figures_that_differ,
    ],
    ids=lambda faults: faults.__name__,
)
def test_it_never_happens(days: Played, faults: Watcher) -> None:
    found = list(faults(days))
    assert not found, f"{len(found)} times: " + "\n".join(found[:_SHOWN])


def test_there_was_enough_to_go_wrong(days: Played) -> None:
    """Everything that is watched for had its occasions."""
    had = {mail.means for mail in days.diary.mails}
    missing = {
        Means.PROBLEM,
        Means.QUESTION,
        Means.THANKS,
        Means.STOP,
        Means.NUMBERS,
        Means.STANDING,
        Means.DELIVERED,
        Means.YES,
        Means.SCORE,
        Means.ANSWER,
        Means.DONE,
        Means.AUTOMATIC,
        Means.LIST,
    } - had
    assert not missing, f"nobody ever wrote: {sorted(means.value for means in missing)}"
    assert len(days.diary.letters) > days.last_day.toordinal() - days.first_day.toordinal()
