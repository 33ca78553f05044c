"""Law 7: a crash at any point loses no mail, books nothing twice, answers nothing twice.

One chain of desks for each database: each is killed at one passage of one place, with new mail coming in; the next
begins where it was left. What must be true is asked of the mail server and of the records when all is done.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash import company, poison
from tests.crash.desk import LARGEST_MAIL
from tests.crash.stand import KILLED, Stand, assert_all_is_right, standing
from tests.schemas import migrated_file

ROUNDS = 3
PLACES = (
    "fetched",
    "stored",
    "accepted",
    "claimed",
    "read",
    "judged",
    "written",
    "committed",
    "moved",
    "filed",
    "parked",
    "letters claimed",
    "hand-over begun",
    "handed over",
    "noted",
)
RARE_PLACES = ("put back", "incident written", "incident committed")
JOB_PLACES = ("job written", "job committed")


def test_a_desk_on_sqlite_that_is_killed_at_any_place_loses_nothing_and_does_nothing_twice(
    tmp_path: Path,
) -> None:
    with standing(migrated_file(tmp_path / "desk.sqlite"), tmp_path) as stand:
        _kill_at_every_place(stand, (1, 3))


@pytest.mark.postgresql
def test_a_desk_on_postgresql_that_is_killed_at_any_place_loses_nothing_and_does_nothing_twice(
    tmp_path: Path, postgresql_url: str
) -> None:
    with standing(postgresql_url, tmp_path) as stand:
        _kill_at_every_place(stand, (2,))


def _kill_at_every_place(stand: Stand, passages: tuple[int, ...]) -> None:
    _killed(stand, "marked", 1)
    for place in PLACES:
        for passage in passages:
            _killed(stand, place, passage)
    for number, place in enumerate(RARE_PLACES):
        heavy = company.heavy(number, LARGEST_MAIL)
        _killed(stand, place, 1, [company.poisoned(poison.UNWRITABLE, number), heavy])
    for place in JOB_PLACES:
        stand.until_tomorrow_morning()
        _killed(stand, place, 1)
    for _ in range(4):  # three tries of what cannot be written, and one more to set it aside
        assert stand.desk() == 0
    assert_all_is_right(stand)


def _killed(stand: Stand, place: str, passage: int, more: list[bytes] | None = None) -> None:
    rounds = stand.new_mails(ROUNDS)
    rounds[0] += more or []
    assert stand.desk(place, passage, rounds) == KILLED, f"{place} was not passed {passage} times"
