"""Amounts in words, as programs write down what was spoken."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailbot.money.amounts import figures
from mailbot.money.numerals import habit_of

ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
EINS = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
        "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn")  # fmt: skip
ZEHNER = ("", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")


def english(number: int) -> str:
    if number >= 1_000:
        return f"{english(number // 1_000)} thousand {english(number % 1_000)}".strip()
    if number >= 100:
        return f"{ONES[number // 100]} hundred {english(number % 100)}".strip()
    return ONES[number] if number < 20 else f"{TENS[number // 10]} {ONES[number % 10]}".strip()


def german(number: int) -> str:
    if number >= 1_000:
        return f"{german(number // 1_000)}tausend{german(number % 1_000)}"
    if number >= 100:
        return f"{EINS[number // 100]}hundert{german(number % 100)}"
    if number < 20:
        return EINS[number]
    return f"{EINS[number % 10]}und{ZEHNER[number // 10]}" if number % 10 else ZEHNER[number // 10]


def amounts(line: str, locale: str = "en_US") -> list[Decimal | None]:
    return [figure.amount for figure in figures(line, habit_of(locale))]


@given(st.integers(min_value=1, max_value=999_999))
@example(727_727)  # the longest word of all
def test_every_number_below_a_million_is_read_in_both_languages(number: int) -> None:
    assert amounts(f"acme corp came in at {english(number)} dollars") == [Decimal(number)]
    assert amounts(f"Acme hat {german(number)} Euro bestellt", "de_DE") == [Decimal(number)]


@given(st.integers(min_value=1, max_value=999_999))
def test_without_a_currency_behind_it_a_spoken_number_is_no_amount(number: int) -> None:
    assert amounts(f"we met {english(number)} times at the show") == []
    assert amounts(f"wir haben {german(number)} Leute getroffen", "de_DE") == []


@pytest.mark.parametrize(
    "line",
    ["two five dollars", "hundred twenty twelve dollars", "thousand million pounds", "und euro", "tausendschön euro",
     "hunderthundert euro"],
)  # fmt: skip
def test_words_that_are_no_number_in_a_row_are_no_amount(line: str) -> None:
    assert amounts(line) == []


@given(st.lists(st.sampled_from([*ONES[1:], "hundred", "thousand", "and", "euro", "dollars"]), max_size=400))
def test_no_row_of_such_words_breaks_the_reading(words: list[str]) -> None:
    assert all(amount is not None and amount > 0 for amount in amounts(" ".join(words)))
