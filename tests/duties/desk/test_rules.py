"""The rule file of the desk: without a fault, with tests of its own that hold."""

from __future__ import annotations

from tests.clerk import Desk


def test_every_test_in_the_rule_file_holds(desk: Desk) -> None:
    results = [result for result in desk.orders.book.test() if result.rule.startswith("desk.")]

    assert [str(result) for result in results if not result.passed] == []
    assert len(results) > 10


def test_every_rule_has_a_test_where_it_applies(desk: Desk) -> None:
    rules = desk.orders.book.sets["desk"].rules

    assert [rule.name for rule in rules if not any(test.applies for test in rule.tests)] == []
    assert rules[-1].applies_to_everything
