"""Rule files become a rule book, and the tests inside them are run."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from mailbot.deciding.rulebook import RuleBook, TestResult
from mailbot.toml_source import read_source
from tests.deciding.parcels import RULES, VOCABULARIES, WORLD, rules_that_do


def test_the_tests_inside_the_rules_are_run_and_pass() -> None:
    results = RuleBook.load(RULES, VOCABULARIES).test()

    assert [(result.rule, result.place, result.passed) for result in results] == [
        ("parcels.heavy-parcel", "rules/parcels.toml:12", True),
        ("parcels.heavy-parcel", "rules/parcels.toml:16", True),
        ("parcels.parcel-is-here", "rules/parcels.toml:32", True),
        ("parcels.parcel-is-here", "rules/parcels.toml:36", True),
    ]


def test_a_test_that_fails_says_because_of_which_check(tmp_path: Path) -> None:
    folder = rules_that_do(tmp_path, 'jot = { text = "x" }')
    rule = '[[rule]]\nname = "a"\nwhen.trust.at_least = 3\ndo.jot = { text = "x" }\nthen = "stop"\n'
    test = "[[rule.test]]\ngiven = { trust = 2 }\napplies = true\n\n"
    path = folder / "parcels.toml"
    path.write_text(rule + test + path.read_text(encoding="utf-8"), encoding="utf-8")

    [result] = RuleBook.load(folder, VOCABULARIES).test()

    place = f"{folder.name}/parcels.toml:6"
    assert result == TestResult("parcels.a", place, True, False, "not when trust at_least 3: trust is 2")
    assert str(result) == f"{place}: rule parcels.a: FAILED, must apply (not when trust at_least 3: trust is 2)"


def test_a_field_that_a_test_does_not_name_holds_nothing(tmp_path: Path) -> None:
    folder = rules_that_do(tmp_path, 'jot = { text = "x" }')
    rule = (
        '[[rule]]\nname = "a"\nwhen.trust.exists = false\nwhen.forged.is = false\nwhen.subject.is = ""\n'
        'unless.tags.exists = true\ndo.jot = { text = "x" }\nthen = "stop"\n'
    )
    path = folder / "parcels.toml"
    tests = "[[rule.test]]\ngiven = {}\napplies = true\n[[rule.test]]\ngiven = { tags = ['x'] }\napplies = false\n"
    path.write_text(rule + tests + path.read_text(encoding="utf-8"), encoding="utf-8")

    assert [result.passed for result in RuleBook.load(folder, VOCABULARIES).test()] == [True, True]


def test_a_rule_book_is_a_value_that_travels_to_another_process() -> None:
    book = RuleBook.load(RULES, VOCABULARIES)

    assert pickle.loads(pickle.dumps(book)) == book  # noqa: S301


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_every_key_is_found_on_its_line(tmp_path: Path, line_end: bytes) -> None:
    path = tmp_path / "keys.toml"
    path.write_bytes((WORLD / "keys.toml").read_bytes().replace(b"\n", line_end))

    source = read_source(path)

    expected = {
        ("lists", "free", 1): 5,
        ("rule", 0): 8,
        ("rule", 0, "name"): 9,
        ("rule", 0, "when", "subject", "is"): 10,
        ("rule", 0, "any", 0, "a", "is"): 14,
        ("rule", 0, "any", 1, "c", "is"): 16,
        ("rule", 0, "test", 0): 19,
        ("rule", 0, "test", 1, "given", "x"): 22,
        ("rule", 0, "do", "jot", "text"): 24,
        ("rule", 1): 26,
        ("rule", 1, "name"): 27,
    }
    assert {key: source.line(*key) for key in expected} == expected
    assert source.line("rule", 1, "then") == 26, "what is not there is looked for in the table around it"
    assert source.line("nowhere") is None
