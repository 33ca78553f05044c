"""Mails made to be slow: each is what its name says, and none takes the desk down."""

from __future__ import annotations

import pytest

from benchmarks.hostile import MAILS, TEXTS, growth_of, seconds_of
from mailbot.message import read


def test_there_are_at_least_fourteen_kinds_and_each_is_another_mail() -> None:
    assert len({made() for name, made in MAILS.items() if "MB" not in name}) == len(MAILS) - 4 >= 14


@pytest.mark.parametrize(
    ("name", "what_shows_it"),
    [
        ("20,000 encoded words", "longer than 2000 characters"),
        ("charset=punycode", "unknown charset"),
        ("100,000 divs in each other", "nested deeper than 200"),
        ("100 parts in each other", "nested deeper than 20"),
        ("50,000 parts", "more than 200 parts"),
        ("an address 20,000 times", "more than 100 addresses"),
        ("RTF packed into a winmail.dat", "RTF longer than 1000000 bytes"),
    ],
)
def test_a_cap_is_what_keeps_them_cheap(name: str, what_shows_it: str) -> None:
    assert any(what_shows_it in str(defect) for defect in read(MAILS[name]()).defects)


def test_a_hostile_mail_goes_the_whole_road_and_is_timed() -> None:
    assert seconds_of(MAILS["300 quote levels"]()) > 0


@pytest.mark.parametrize("name", TEXTS)
def test_growth_is_measured_at_every_size(name: str) -> None:
    grown = growth_of(name, (1_000, 10_000))

    assert set(grown.seconds_per_megabyte) == {1_000, 10_000}
    assert all(seconds > 0 for seconds in grown.seconds_per_megabyte.values())
