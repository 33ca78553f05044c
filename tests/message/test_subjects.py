"""Subjects are taken apart: what programs wrote in front, and what a person wrote."""

from __future__ import annotations

import pytest

from mailbot.message.subjects import taken_apart


@pytest.mark.parametrize(
    ("subject", "prefixes", "base"),
    [
        ("Re: Numbers", ("re",), "Numbers"),
        ("AW: WG: Umsätze  KW44", ("aw", "wg"), "Umsätze KW44"),
        ("RE[2]: Fwd: Acme", ("re", "fwd"), "Acme"),
        ("回复：报价：第44周", ("回复",), "报价：第44周"),
        ("Acme: wrong banner", (), "Acme: wrong banner"),
        ("12:30", (), "12:30"),
        (": x", (), ": x"),
        ("Re:", ("re",), ""),
    ],
)
def test_prefixes_come_off_and_the_words_stay_as_written(subject: str, prefixes: tuple[str, ...], base: str) -> None:
    found = taken_apart(subject)
    assert (found.prefixes, found.base) == (prefixes, base)


@pytest.mark.parametrize(
    ("subject", "reply", "repeated"),
    [("Re: x", True, True), ("WG: x", False, True), ("Fwd: AW: x", True, True), ("x", False, False)],
)
def test_an_answer_is_told_from_a_forwarded_mail(subject: str, *, reply: bool, repeated: bool) -> None:
    found = taken_apart(subject)
    assert (found.is_reply, found.is_repeated) == (reply, repeated)
