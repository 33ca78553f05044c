"""Slips of the finger in the domain of a dead address."""

from __future__ import annotations

import pytest

from mailbot.duties.bounces.returned.slip import slip_in


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("Kim@gmial.com", "Kim@gmail.com"),
        ("kim@gmail.co", "kim@gmail.com"),
        ("kim@hotmial.com", "kim@hotmail.com"),
        ("karen@southstra.example", "karen@southstar.example"),
        ("karen@SouthStarr.example", "karen@southstar.example"),
    ],
)
def test_one_slip_from_a_known_domain_is_told(address: str, meant: str) -> None:
    assert slip_in(address, ["southstar.example"]) == meant


@pytest.mark.parametrize(
    "address",
    [
        "kim@gmail.com",
        "karen@southstar.example",
        "karen@northstar.example",
        "kim@gmx.dt",
        "no address",
        "@gmial.com",
        "",
    ],
)
def test_right_domains_others_and_those_with_two_readings_are_left_alone(address: str) -> None:
    assert slip_in(address, ["southstar.example"]) is None
