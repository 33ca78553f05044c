"""The sieve never stands in the way of a pattern that matches."""

from __future__ import annotations

import re
import sys

import pytest

from mailbot.duties.issues import phrases
from mailbot.duties.issues.sieve import Sieve

LISTS = {name: value for name, value in vars(phrases).items() if isinstance(value, re.Pattern)}


@pytest.mark.parametrize("pattern", LISTS.values(), ids=LISTS)
def test_lets_every_letter_through_that_is_one_of_a_phrase_in_another_case(pattern: re.Pattern[str]) -> None:
    letters = "".join(sorted({sign for sign in pattern.pattern if sign.isalpha()}))
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))))
    each = re.compile(f"[{letters}]", re.IGNORECASE)
    found = each.findall(every)
    assert {"i", "I", "s", "ſ"} & set(found)
    assert all(Sieve([[each]]).passing(sign) == [0] for sign in found)


@pytest.mark.parametrize("blank", [sign for sign in map(chr, range(0x3001)) if sign.isspace()])
def test_lets_every_kind_of_blank_through(blank: str) -> None:
    assert phrases.REFUND.search(f"my money{blank}back")
    assert Sieve([[phrases.REFUND]]).passing(f"my money{blank}back") == [0]


def test_lets_a_match_through_that_begins_or_ends_with_the_text() -> None:
    for text in ("by 14\n", "\nbis 3.", "until noon", "by ١٤ "):
        assert phrases.BY_A_DAY.search(text), text
        assert Sieve([[phrases.BY_A_DAY]]).passing(text) == [0], text


def test_says_which_of_the_groups_may_match_and_holds_the_others_back() -> None:
    sieve = Sieve([[phrases.THANKS], [phrases.HARSH, phrases.REFUND], [phrases.CANCEL]])
    assert sieve.passing("Thanks, but I want my money back") == [0, 1]
    assert sieve.passing("The chairs come on Friday") == []
    assert sieve.passing("") == []


def test_reads_what_cannot_be_encoded() -> None:
    assert Sieve([[phrases.THANKS]]).passing("\ud800 thanks") == [0]
