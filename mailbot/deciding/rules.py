"""Rules as frozen values: what they ask for, what they do, and whether they apply."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mailbot.deciding.checks import Check, shown
from mailbot.deciding.fields import Value
from mailbot.records.decision import RuleAsked

Values = Mapping[str, Value]


class Verdict(NamedTuple):
    """Whether a rule applies, and the check that decided it, in words."""

    applies: bool
    why: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One check on one field; `words` are how it is quoted in the trace of every mail that it is asked about."""

    field: str
    check: Check
    words: str = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", f"{self.field} {self.check}")

    def holds(self, values: Values) -> bool:
        return self.check.holds(values[self.field])

    def denied(self, value: Value) -> Verdict:
        """That it does not hold for this value, in words."""
        return Verdict(False, f"not when {self.words}: {self.field} is {shown(value)}")

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Step:
    """One verb of a rule, with its parameters: an instance of the verb's own frozen dataclass."""

    verb: str
    parameters: object


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A test written inside a rule: what the fields hold, and whether the rule must then apply."""

    given: Values  # every field of the duty; those that were not written are empty
    applies: bool
    line: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """Applies where all of `when` hold, none of `unless`, and all checks of at least one entry of `any`."""

    name: str
    place: str  # "rules/sales.toml:12"
    why: str
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    any: tuple[tuple[Condition, ...], ...]
    do: tuple[Step, ...]
    stops: bool
    tests: tuple[RuleTest, ...] = ()

    @property
    def applies_to_everything(self) -> bool:
        """Whether it has no condition at all."""
        return not (self.when or self.unless or self.any)

    def judge(self, values: Values) -> Verdict:
        """Whether it applies to these values, and because of which check."""
        for condition in self.when:
            value = values[condition.field]
            if not condition.check.holds(value):
                return condition.denied(value)
        for condition in self.unless:
            if condition.holds(values):
                return Verdict(False, f"unless {condition}: {condition.field} is {shown(values[condition.field])}")
        chosen = next((entry for entry in self.any if all(check.holds(values) for check in entry)), ())
        if self.any and not chosen:
            fields = dict.fromkeys(condition.field for entry in self.any for condition in entry)
            held = "; ".join(f"{field} is {shown(values[field])}" for field in fields)
            return Verdict(False, f"none of any: {held}")
        if self.applies_to_everything:
            return Verdict(True, "it applies to everything")
        if not self.when and not chosen:
            return Verdict(True, f"nothing speaks against it: {' and '.join(f'not {each}' for each in self.unless)}")
        return Verdict(True, f"when {' and '.join(str(condition) for condition in (*self.when, *chosen))}")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one duty, in the order of their file. The last one applies to everything and stops."""

    duty: str
    rules: tuple[Rule, ...]
    _of_kind: dict[Value, tuple[tuple[Rule, RuleAsked | None], ...]] = dataclasses.field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of_kind(self, kind: Value) -> tuple[tuple[Rule, RuleAsked | None], ...]:
        """Every rule, and what the trace says of it where the kind of a finding alone speaks against it.

        A duty has few kinds, and most of its rules are for another one: what they say is put into words once.
        """
        found = self._of_kind.get(kind)
        if found is None:
            found = self._of_kind[kind] = tuple((rule, self._against(rule, kind)) for rule in self.rules)
        return found

    def asked(self, rule: Rule, verdict: Verdict) -> RuleAsked:
        """What the trace says of a rule that was asked."""
        return RuleAsked(f"{self.duty}.{rule.name}", rule.place, verdict.applies, verdict.why)

    def _against(self, rule: Rule, kind: Value) -> RuleAsked | None:
        first = rule.when[0] if rule.when else None
        if first is None or first.field != "kind" or first.check.holds(kind):
            return None
        return self.asked(rule, first.denied(kind))
