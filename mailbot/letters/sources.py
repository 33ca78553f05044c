"""The folder of templates, read once: the only reading of files in this house."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from mailbot.errors import Fault, Faults
from mailbot.letters.model import Language, Plain
from mailbot.letters.voices import LANGUAGES

LAYOUT = "layout.html"
SAMPLES = "samples"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the folder: where it lies, and its text with line feeds."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Facts to try a template with: samples/desk/why.toml, or samples/desk/why-short.toml for a second case."""

    file: str
    case: str  # "" or "breaker"
    recipient_name: str
    recipient_address: str
    answered: str  # subject of the mail that is answered
    facts: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that was read. Plain data: it can be pickled, and compiled anew anywhere."""

    templates: Mapping[Language, Mapping[str, Source]]  # by name: "desk/why"
    samples: Mapping[str, tuple[Sample, ...]]  # by the name of their template
    layout: Source

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all templates of all languages, sorted."""
        return tuple(sorted({name for written in self.templates.values() for name in written}))


def read_sources(folder: Path) -> Sources:
    """Reads templates/{en,de}/**/*.md, the samples and the layout. Raises Faults with all that cannot be read."""
    faults: list[Fault] = []
    templates: dict[Language, dict[str, Source]] = {}
    for language in LANGUAGES:
        templates[language] = {}
        for path in sorted((folder / language).rglob("*.md")):
            source = _read(path, faults)
            if source is not None:
                templates[language][path.relative_to(folder / language).with_suffix("").as_posix()] = source
    layout = _read(folder / LAYOUT, faults)
    samples = _read_samples(folder / SAMPLES, faults)
    if layout is None or faults:
        raise Faults(tuple(faults))
    return Sources(templates, samples, layout)


def _read(path: Path, faults: list[Fault]) -> Source | None:
    try:
        return Source(str(path), path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(Fault(str(path), line, "this is not UTF-8: save the file as UTF-8"))
    except OSError as error:
        faults.append(Fault(str(path), None, f"cannot be read: {error.strerror}"))
    return None


def _read_samples(folder: Path, faults: list[Fault]) -> dict[str, tuple[Sample, ...]]:
    samples: dict[str, tuple[Sample, ...]] = {}
    for path in sorted(folder.rglob("*.toml"), key=lambda found: found.with_suffix("")):
        source = _read(path, faults)
        name, _, case = path.relative_to(folder).with_suffix("").as_posix().partition("-")
        if source is None:
            continue
        try:
            samples[name] = (*samples.get(name, ()), _sample(source, case))
        except ValueError as error:
            faults.append(Fault(source.file, None, str(error)))
    return samples


def _sample(source: Source, case: str) -> Sample:
    tables = tomllib.loads(source.text, parse_float=Decimal)
    unknown = sorted(tables.keys() - {"recipient", "answers", "facts"})
    if unknown:
        raise ValueError(f"unknown table '{unknown[0]}': a sample has [recipient], [answers] and [facts]")
    facts = _plain(tables.get("facts", {}), "facts")
    return Sample(
        file=source.file,
        case=case,
        recipient_name=_word(tables, "recipient", "name"),
        recipient_address=_word(tables, "recipient", "address"),
        answered=_word(tables, "answers", "subject"),
        facts=facts if isinstance(facts, Mapping) else {},
    )


def _word(tables: Mapping[str, object], table: str, key: str) -> str:
    found = tables.get(table)
    value = found.get(key, "") if isinstance(found, Mapping) else ""
    if not isinstance(value, str):
        raise ValueError(f"[{table}] {key} is not a text: write it in quotes")  # noqa: TRY004 - a fault of the file
    return value


def _plain(value: object, where: str) -> Plain:
    """A TOML value as a fact. A missing one, which TOML cannot say, is written { none = true }."""
    match value:
        case {"none": True} if value == {"none": True}:
            return None
        case dict():
            return {str(key): _plain(element, f"{where}.{key}") for key, element in value.items()}
        case list():
            return tuple(_plain(element, f"{where}[{place}]") for place, element in enumerate(value))
        case datetime() if value.tzinfo is None:
            raise ValueError(f"{where} is a moment without an offset: write 2025-10-31T16:42:11-04:00")
        case bool() | int() | str() | Decimal() | datetime() | date():
            return value
        case time():
            raise ValueError(f"{where} is a time without a day: write 2025-10-31T16:42:11-04:00")
    raise ValueError(f"{where} cannot be a fact: a {type(value).__name__}")
