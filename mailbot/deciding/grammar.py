"""The tables of one rule file become its rules; whatever is wrong in them is gathered with its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mailbot.deciding.fields import Field, FieldType, Value, fields_of
from mailbot.deciding.folding import folded
from mailbot.deciding.kernel_verbs import verbs_of
from mailbot.deciding.operands import Lists, UnfitError, read_check, read_scalar, read_text
from mailbot.deciding.parameters import read_parameters
from mailbot.deciding.rules import Condition, Rule, RuleSet, RuleTest, Step
from mailbot.deciding.verbs import Vocabulary
from mailbot.errors import Fault
from mailbot.suggestions import unknown
from mailbot.toml_source import KeyPath, Source

EXAMPLE = 'name = "everything-else", do.VERB = {…}, then = "stop"'
_RULE_KEYS = ("name", "why", "when", "unless", "any", "do", "then", "test")
_TEST_KEYS = ("given", "applies")
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_rules(source: Source, vocabulary: Vocabulary, place: str) -> tuple[RuleSet, tuple[Fault, ...]]:
    """The rules of a file, and all its faults; where there are any, the rules are not complete and not for use.

    `place` is how the file is named in a trace ("rules/sales.toml").
    """
    reader = _Reader(source, vocabulary, place)
    rules = reader.rules()
    return RuleSet(vocabulary.duty, rules), tuple(reader.faults)


@dataclass(slots=True)
class _Reader:
    source: Source
    vocabulary: Vocabulary
    place: str
    fields: Mapping[str, Field] = field(init=False)
    lists: Lists = field(init=False)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fields = fields_of(self.vocabulary)
        self.lists = {}

    def rules(self) -> tuple[Rule, ...]:
        for key in self.source.values:
            if key not in ("rule", "lists"):
                self.fault((key,), unknown("table", key, ("rule", "lists")))
        self.lists = self.read_lists()
        tables = self.rows((), "rule", self.source.values.get("rule", []))
        rules = tuple(self.rule(path, table) for path, table in tables)
        self.check_names(tables)
        self.check_end(tables)
        return rules

    def read_lists(self) -> Lists:
        lists: dict[str, frozenset[str]] = {}
        written = self.source.values.get("lists", {})
        for name, entries in (self.table((), "lists", written) or {}).items():
            if isinstance(entries, list) and all(isinstance(entry, str) for entry in entries):
                lists[name] = frozenset(folded(entry) for entry in entries)
            else:
                self.fault(("lists", name), f'the list {name!r} wants texts: {name} = ["…", "…"]')
                lists[name] = frozenset()
        return lists

    def rule(self, path: KeyPath, table: Mapping[str, object]) -> Rule:
        for key in table:
            if key not in _RULE_KEYS:
                self.fault((*path, key), unknown("key", key, _RULE_KEYS))
        then = table.get("then")
        if then not in ("stop", "continue"):
            self.fault((*path, "then") if "then" in table else path, 'needs then = "stop" or then = "continue"')
        why = table.get("why", "")
        if not isinstance(why, str):
            self.fault((*path, "why"), "why is a text for the reader")
        return Rule(
            name=str(table.get("name", "")),
            place=f"{self.place}:{self.source.line(*path)}",
            why=str(why),
            when=self.conditions(path, "when", table),
            unless=self.conditions(path, "unless", table),
            any=self.alternatives(path, table),
            do=self.steps(path, table),
            stops=then == "stop",
            tests=self.tests(path, table),
        )

    # --- conditions ---

    def conditions(self, path: KeyPath, key: str, table: Mapping[str, object]) -> tuple[Condition, ...]:
        written = self.table(path, key, table[key]) if key in table else None
        return () if written is None else self.entry((*path, key), written)

    def alternatives(self, path: KeyPath, table: Mapping[str, object]) -> tuple[tuple[Condition, ...], ...]:
        if "any" not in table:
            return ()
        entries = self.rows(path, "any", table["any"])
        if not entries and table["any"] == []:
            self.fault((*path, "any"), "any is empty: no entry of it can ever hold")
        return tuple(self.entry(place, entry) for place, entry in entries)

    def entry(self, path: KeyPath, table: Mapping[str, object]) -> tuple[Condition, ...]:
        """FIELD.CHECK = value, one or more of them."""
        if not table:
            self.fault(path, f"{path[-1] if isinstance(path[-1], str) else 'this entry of any'} is empty: leave it out")
        return tuple(
            condition for name, asked in table.items() for condition in self.conditions_on((*path, name), name, asked)
        )

    def conditions_on(self, path: KeyPath, name: str, asked: object) -> Iterator[Condition]:
        known = self.fields.get(name)
        if known is None:
            self.fault(path, unknown("field", name, self.fields))
        elif not isinstance(asked, dict) or not asked:
            self.fault(
                path,
                f"the field {name!r} is asked nothing: write {name}.CHECK = value, for example {name}.exists = true",
            )
        else:
            for check, written in asked.items():
                try:
                    yield Condition(name, read_check(check, written, known, self.lists))
                except UnfitError as unfit:
                    self.fault((*path, check), f"{name}.{check}: {unfit}")

    # --- verbs ---

    def steps(self, path: KeyPath, table: Mapping[str, object]) -> tuple[Step, ...]:
        if "do" not in table:
            self.fault(path, f"does nothing: write do.VERB = {{…}}; verbs are: {', '.join(verbs_of(self.vocabulary))}")
            return ()
        written = self.table(path, "do", table["do"])
        if written is None:
            return ()
        if not written:
            self.fault((*path, "do"), "do is empty: write do.VERB = {…}")
        return tuple(step for name, given in written.items() for step in self.step((*path, "do", name), name, given))

    def step(self, path: KeyPath, name: str, given: object) -> Iterator[Step]:
        verbs = verbs_of(self.vocabulary)
        verb = verbs.get(name)
        if verb is None:
            self.fault(path, unknown("verb", name, verbs))
        elif not isinstance(given, dict):
            self.fault(path, f"the parameters of {name!r} stand in a table: do.{name} = {{…}}")
        else:
            match read_parameters(verb, given):
                case tuple() as faults:
                    for fault in faults:
                        self.fault((*path, *fault.path), fault.what)
                case parameters:
                    yield Step(name, parameters)

    # --- tests ---

    def tests(self, path: KeyPath, table: Mapping[str, object]) -> tuple[RuleTest, ...]:
        rows = self.rows(path, "test", table.get("test", []))
        return tuple(self.test(place, row) for place, row in rows)

    def test(self, path: KeyPath, row: Mapping[str, object]) -> RuleTest:
        for key in row:
            if key not in _TEST_KEYS:
                self.fault((*path, key), unknown("key of a test", key, _TEST_KEYS))
        applies = row.get("applies")
        if not isinstance(applies, bool):
            self.fault(
                (*path, "applies") if "applies" in row else path, "a test needs applies = true or applies = false"
            )
        if "given" not in row:
            self.fault(path, "a test needs given = {field = value, …}; given = {} is a mail of which nothing is known")
        given: dict[str, Value] = {name: known.empty for name, known in self.fields.items()}
        for name, written in (self.table(path, "given", row.get("given", {})) or {}).items():
            known = self.fields.get(name)
            if known is None:
                self.fault((*path, "given", name), unknown("field", name, self.fields))
                continue
            try:
                given[name] = _given(written, known)
            except UnfitError as unfit:
                self.fault((*path, "given", name), f"given {name}: {unfit}")
        return RuleTest(given, applies is True, self.source.line(*path))

    # --- the file as a whole ---

    def check_names(self, tables: tuple[tuple[KeyPath, Mapping[str, object]], ...]) -> None:
        seen: Counter[object] = Counter()
        for path, table in tables:
            name = table.get("name")
            if name is None:
                self.fault(path, 'has no name: write name = "what-it-does"')
            elif not isinstance(name, str) or not _KEBAB.fullmatch(name):
                self.fault(
                    (*path, "name"), f'the name {name!r} is not in small letters, digits and hyphens ("book-numbers")'
                )
            elif seen[name]:
                self.fault((*path, "name"), "another rule above has the same name")
            else:
                seen[name] += 1

    def check_end(self, tables: tuple[tuple[KeyPath, Mapping[str, object]], ...]) -> None:
        """The last rule, and only the last, applies to everything and stops."""
        everything = [not table.keys() & {"when", "unless", "any"} for _, table in tables]
        stops = [table.get("then") == "stop" for _, table in tables]
        ends = [place for place in range(len(tables)) if everything[place] and stops[place]]
        for path, _ in tables[ends[0] + 1 :] if ends else ():
            self.fault(
                path, f"is never reached: rule {self.name(tables[ends[0]][0])!r} above applies to everything and stops"
            )
        if not tables:
            self.fault((), f"has no rule: the last rule must apply to everything, for example {EXAMPLE}")
        elif not ends:
            self.fault(tables[-1][0], f"the last rule must apply to everything, for example {EXAMPLE}")

    def table(self, path: KeyPath, key: str, value: object) -> Mapping[str, object] | None:
        if isinstance(value, dict):
            return value
        self.fault((*path, key), f"{key} is a table")
        return None

    def rows(self, path: KeyPath, key: str, value: object) -> tuple[tuple[KeyPath, Mapping[str, object]], ...]:
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            return tuple(((*path, key, place), row) for place, row in enumerate(value))
        self.fault((*path, key), f"{key} is an array of tables: [[{'rule.' * bool(path)}{key}]]")
        return ()

    def name(self, path: KeyPath) -> str | None:
        """The name of the rule that a path lies in."""
        rules = self.source.values.get("rule")
        if len(path) < 2 or not isinstance(path[1], int) or not isinstance(rules, list):
            return None
        return str(rules[path[1]].get("name", f"number {path[1] + 1}"))

    def fault(self, path: KeyPath, what: str) -> None:
        rule = self.name(path)
        said = what if rule is None else f"rule {rule!r}: {what}"
        self.faults.append(Fault(self.source.file, self.source.line(*path) or 1, said))


def _given(written: object, known: Field) -> Value:
    if known.type is not FieldType.TEXTS:
        return read_scalar(written, known)
    if not isinstance(written, list):
        raise UnfitError("wants a list of texts")
    return tuple(read_text(text, known) for text in written)
