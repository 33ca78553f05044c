"""The rule files of a desk, read once at start: all their faults at once, none at run time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailbot.deciding.grammar import read_rules
from mailbot.deciding.rules import RuleSet
from mailbot.deciding.verbs import Vocabulary
from mailbot.errors import Fault, Faults
from mailbot.suggestions import unknown
from mailbot.toml_source import read_source


@dataclass(frozen=True, slots=True)
class TestResult:
    """What came of one test that stands inside a rule."""

    __test__ = False  # for pytest: this is no test of ours

    rule: str  # "sales.book-numbers"
    place: str  # "rules/sales.toml:17", the line of the test
    expected: bool
    applied: bool
    why: str

    @property
    def passed(self) -> bool:
        return self.expected is self.applied

    def __str__(self) -> str:
        outcome = "ok" if self.passed else f"FAILED, {'must' if self.expected else 'must not'} apply"
        return f"{self.place}: rule {self.rule}: {outcome} ({self.why})"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of every duty. A frozen value of plain data: it can be handed to another process."""

    sets: Mapping[str, RuleSet]

    @classmethod
    def load(cls, folder: Path, vocabularies: Sequence[Vocabulary]) -> RuleBook:
        """Reads rules/DUTY.toml for every duty. Raises Faults with everything that is wrong in any of them."""
        if not folder.is_dir():
            raise Faults((Fault(str(folder), None, "there is no such folder: the rules of all duties lie in it"),))
        faults = list(_strange_files(folder, vocabularies))
        sets: dict[str, RuleSet] = {}
        for vocabulary in vocabularies:
            path = folder / f"{vocabulary.duty}.toml"
            if not path.exists():
                what = f"is missing: the duty {vocabulary.duty!r} needs its rules; copy those that come with mailbot"
                faults.append(Fault(str(path), None, what))
                continue
            try:
                source = read_source(path)
            except Faults as unreadable:
                faults += unreadable.faults
                continue
            sets[vocabulary.duty], found = read_rules(source, vocabulary, f"{folder.name}/{path.name}")
            faults += found
        if faults:
            raise Faults(tuple(sorted(faults, key=lambda fault: (fault.file, fault.line or 0))))
        return cls(sets)

    def test(self) -> tuple[TestResult, ...]:
        """Runs the tests that stand inside the rules: does the rule, asked alone, apply as its author says?"""
        results = []
        for duty, rules in self.sets.items():
            for rule in rules.rules:
                file, _, _ = rule.place.rpartition(":")
                for test in rule.tests:
                    verdict = rule.judge(test.given)
                    place = f"{file}:{test.line}"
                    results.append(TestResult(f"{duty}.{rule.name}", place, test.applies, verdict.applies, verdict.why))
        return tuple(results)


def _strange_files(folder: Path, vocabularies: Sequence[Vocabulary]) -> list[Fault]:
    duties = [vocabulary.duty for vocabulary in vocabularies]
    return [
        Fault(str(path), None, unknown("duty", path.stem, duties))
        for path in sorted(folder.glob("*.toml"))
        if path.stem not in duties
    ]
