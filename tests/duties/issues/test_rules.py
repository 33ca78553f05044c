"""The rule file, and the letters: both without a fault, both with tests of their own that hold."""

from __future__ import annotations

from pathlib import Path

from tests.duties.issues.road import rule_book
from tests.duties.road import ROOT, templates


def test_every_test_in_the_rule_file_holds(tmp_path: Path) -> None:
    results = [result for result in rule_book(tmp_path).test() if result.rule.startswith("issues.")]

    assert [str(result) for result in results if not result.passed] == []
    assert len(results) > 15


def test_every_rule_has_a_test_where_it_applies(tmp_path: Path) -> None:
    rules = rule_book(tmp_path).sets["issues"].rules

    assert [rule.name for rule in rules if not any(test.applies for test in rule.tests)] == []
    assert rules[-1].applies_to_everything


def test_the_letters_of_the_duty_can_all_be_written_in_both_languages() -> None:
    ours = [
        fault
        for fault in (*templates().check(), *templates().advice())
        if "/issues/" in str(fault).replace(str(ROOT), "")
    ]

    assert ours == []
    assert {"issues/received", "issues/reported", "issues/angry", "issues/more"} <= set(templates().sources.names)
