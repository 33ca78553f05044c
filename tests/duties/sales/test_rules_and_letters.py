"""The rules of the duty with the tests inside them, and its letters with their samples."""

from __future__ import annotations

import pytest

from mailbot.deciding.orders import StandingOrders
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.tables_in_words import DOUBTS
from mailbot.duties.sales.talks.was_it_you import CLAIMED
from mailbot.letters.model import Language

LETTERS = tuple(f"sales/{name}" for name in ("booked", "corrected", "handed_on", "placed", "which_client", "yours"))


def test_every_rule_says_what_its_own_tests_say(orders: StandingOrders) -> None:
    results = [result for result in orders.book.test() if result.rule.startswith("sales.")]
    assert len(results) >= 14
    assert [str(result) for result in results if not result.passed] == []


def test_the_letters_can_be_written_with_every_sample(orders: StandingOrders) -> None:
    faults = [fault for fault in orders.templates.check() if "sales" in fault.file]
    assert faults == []
    assert set(LETTERS) <= set(orders.templates.sources.names)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("doubt", list(Doubt))
def test_every_doubt_has_words_in_both_languages(orders: StandingOrders, doubt: Doubt, language: Language) -> None:
    line = {"words": "x", "doubt": doubt.value, "client": None, "owner": None, "other": None, "currency": None}
    line |= {"stated": None, "difference": None, "is_less": False}
    facts = {
        "week": None,
        "lines": (),
        "totals": (),
        "repeated": (),
        "handed": (),
        "asides": (),
        "expected": (),
        "elsewhere": (),
        "contracts": (),
        "again": (),
        "total": None,
        "unclear": (line,),
        "coordinator": None,
        "example_change": 1,
        "example_drop": 1,
        "answered": "numbers",
        "company": "Harbour & Pine Media",
        "desk": "Sales Desk",
        "recipient": {"name": "Dana Reyes", "first_name": "Dana", "address": "dana@harbourpine.example"},
        "ref": "N-0412",
        "signed_ref": "n-0412-9kq2x7m3ab",
    }
    written = orders.templates.write("sales/booked", language, facts)
    assert DOUBTS[doubt.value].to(language)
    quoted = {"en": '"x": ', "de": "\u201ex\u201c: "}[language]
    assert quoted in written.text
    assert len(written.text.split(quoted)[1].split("\n")[0]) > 5


def test_what_waits_because_of_where_it_came_from_has_words_too() -> None:
    assert {CLAIMED, *(doubt.value for doubt in Doubt)} == set(DOUBTS)


def test_the_confirmation_shows_each_amount_beside_the_words_it_came_from(orders: StandingOrders) -> None:
    written = orders.templates.preview("sales/booked", "en")
    assert '2,350.50 USD   "North star 2,350.50"' in written.text
    assert "total                  15,700.50 USD" in written.text
    assert len([line for line in written.text.splitlines() if line]) <= 15
