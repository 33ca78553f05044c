"""What a template may contain, and what its two languages owe each other. Every fault is found before any letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from mailbot.errors import Fault
from mailbot.letters.facts import STANDING
from mailbot.letters.model import Language
from mailbot.letters.sources import Source, Sources
from mailbot.suggestions import unknown

_SUBJECT = "Subject: "
_OUTPUT_TWICE: Final = (nodes.Macro, nodes.CallBlock, nodes.AssignBlock, nodes.FilterBlock)
_OTHER_FILES: Final = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block)


def faults_of(sources: Sources, voices: Mapping[Language, Environment]) -> tuple[Fault, ...]:
    """Everything that is wrong in the templates, in the order of the files."""
    used: dict[tuple[Language, str], frozenset[str]] = {}
    faults: list[Fault] = []
    for language, written in sources.templates.items():
        for name, source in written.items():
            found, facts = _judged(source, voices[language])
            faults.extend(found)
            if facts is not None:
                used[language, name] = facts
    for name in sources.names:
        faults.extend(_faults_of_parity(name, sources, used))
    faults.extend(
        Fault(sample.file, None, f"there is no template '{name}': rename the sample, or delete it")
        for name, samples in sources.samples.items()
        for sample in samples
        if name not in sources.names
    )
    return tuple(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))


def _judged(source: Source, voice: Environment) -> tuple[list[Fault], frozenset[str] | None]:
    """What is wrong in one template, and which facts it uses; None where it is too broken to tell."""
    faults = [*_faults_of_form(source)]
    try:
        tree = voice.parse(source.text)
        faults += _faults_of_tree(source, tree, voice)
        if any(node.name not in voice.filters for node in tree.find_all(nodes.Filter)):
            return faults, None
        return faults, frozenset(meta.find_undeclared_variables(tree)) - STANDING - {"picture", "table"}
    except TemplateSyntaxError as error:
        return [*faults, Fault(source.file, error.lineno, error.message or "a mistake of syntax")], None


def _faults_of_form(source: Source) -> Iterator[Fault]:
    lines = source.text.split("\n")
    if not lines[0].startswith(_SUBJECT) or not lines[0][len(_SUBJECT) :].strip():
        yield Fault(source.file, 1, f"the first line is the subject: write '{_SUBJECT}…'")
    if len(lines) < 3 or lines[1].strip():
        yield Fault(source.file, 2, "a blank line stands between the subject and the body")


def _faults_of_tree(source: Source, tree: nodes.Template, voice: Environment) -> Iterator[Fault]:
    for asked in tree.find_all(nodes.Filter):
        if asked.name not in voice.filters:
            yield Fault(source.file, asked.lineno, unknown("filter", asked.name, sorted(voice.filters)))
    for node in tree.find_all(_OUTPUT_TWICE):
        yield Fault(source.file, node.lineno, "a template writes, asks (if), repeats (for) and sets; it has no blocks")
    for node in tree.find_all(_OTHER_FILES):
        yield Fault(source.file, node.lineno, "a template is one file: it includes, imports and extends no other")


def _faults_of_parity(
    name: str, sources: Sources, used: Mapping[tuple[Language, str], frozenset[str]]
) -> Iterator[Fault]:
    """A template exists in every language, each uses the same facts, and there is a sample of them."""
    present = [language for language in sources.templates if name in sources.templates[language]]
    first = sources.templates[present[0]][name]
    for language in sources.templates:
        if language not in present:
            yield Fault(first.file, None, f"there is no '{name}' in {language}/: write it, or delete this one")
    if name not in sources.samples:
        yield Fault(first.file, None, f"there is no sample of its facts: write samples/{name}.toml")
    for language in present[1:]:
        known = (used.get((present[0], name)), used.get((language, name)))
        if known[0] is None or known[1] is None or known[0] == known[1]:
            continue
        here, there = sorted(known[1] - known[0]), sorted(known[0] - known[1])
        words = [f"uses '{fact}', which {present[0]}/ does not" for fact in here]
        words += [f"does not use '{fact}', which {present[0]}/ does" for fact in there]
        yield Fault(sources.templates[language][name].file, None, f"the two languages differ: {'; '.join(words)}")
