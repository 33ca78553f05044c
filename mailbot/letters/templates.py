"""Templates: read and judged once, compiled where they are used, written out once for every letter."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import FunctionLoader, TemplateError

from mailbot.errors import Fault, Faults, Never, OurBug
from mailbot.letters.cleaning import header_words, one_line
from mailbot.letters.facts import Standing, names_for_template
from mailbot.letters.grammar import faults_of
from mailbot.letters.model import Language, Plain
from mailbot.letters.page import Page
from mailbot.letters.slots import markdown_of, text_of
from mailbot.letters.sources import Sample, Source, Sources, read_sources
from mailbot.letters.subjects import of_answer
from mailbot.letters.voices import LANGUAGES, Voice

_LONGEST_SUBJECT = 200
_MOST_HTML_BYTES = 90_000  # mail programs cut off longer ones at 102 kB
_MANY_LINES = 18  # about fifteen, the greeting and the reference
_SAMPLE_REF = "n-0412-9kq2x7m3ab"
_SAMPLE_ZONE = ZoneInfo("America/New_York")
_MANY_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_TRAILING_SPACES = re.compile(r"[ \t]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in its two forms, before it has an envelope. `text` has line feeds and ends with one."""

    subject: str
    text: str
    html: str


class Unwritten(OurBug):
    """A template and its facts did not fit: which template, which line, which name."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Templates:
    """All templates of a desk.

    Holds nothing but their sources, so it can be pickled: each process compiles a template once, at the first letter
    that needs it.
    """

    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    @classmethod
    def load(cls, folder: Path) -> Templates:
        """Reads and judges a folder of templates. Raises Faults with all that is wrong in it, each with its place."""
        templates = cls(read_sources(folder))
        faults = faults_of(templates.sources, templates._voices)
        if faults:
            raise Faults(faults)
        _ = templates._page
        return templates

    def __reduce__(self) -> tuple[type[Templates], tuple[Sources]]:
        return (Templates, (self.sources,))

    def write(self, name: str, language: Language, names: Mapping[str, Plain]) -> Written:
        """A letter from its template and everything that the template is given. Unwritten where the two do not fit."""
        source = self._source(name, language)
        head, _, body = self._filled(source, name, language, names).partition("\n")
        words = header_words(text_of(head).removeprefix("Subject:"), _LONGEST_SUBJECT)
        subject = of_answer(words, str(names["answered"]))
        sender = {part: one_line(str(names[part])) for part in ("company", "desk", "signed_ref")}
        html = self._page.write(markdown_of(body), language, subject, sender)
        if (size := len(html.encode())) > _MOST_HTML_BYTES:
            what = f"the HTML part has {size:,} bytes, and {_MOST_HTML_BYTES:,} are the most: give it fewer rows"
            raise Unwritten(Fault(source.file, None, what))
        return Written(subject, _tidy(text_of(body)), html)

    def preview(self, name: str, language: Language, case: str = "") -> Written:
        """A template with the facts of its sample, or of one of its further cases. Unwritten where they do not fit."""
        for sample in self.sources.samples.get(name, ()):
            if sample.case == case:
                return self.write(name, language, _names_of(sample))
        known = ", ".join(sample.case or "(none)" for sample in self.sources.samples.get(name, ()))
        raise Never(f"'{name}' has no sample '{case}': known are {known or 'no samples at all, and no such template'}")

    def check(self) -> tuple[Fault, ...]:
        """Writes every template in both languages with every sample, and says what is wrong."""
        return tuple(dict.fromkeys(fault for sample in self._rehearsed() for fault in sample.faults))

    def advice(self) -> tuple[Fault, ...]:
        """What is not wrong but could be better: letters longer than a reader likes."""
        return tuple(
            Fault(shown.source.file, None, f"{shown.lines} lines with {shown.sample}: about {_MANY_LINES} are read")
            for shown in self._rehearsed()
            if shown.lines > _MANY_LINES
        )

    def _rehearsed(self) -> Iterator[_Rehearsal]:
        for name, samples in self.sources.samples.items():
            for language in LANGUAGES:
                for sample in samples:
                    yield self._rehearsal(name, language, sample)

    def _rehearsal(self, name: str, language: Language, sample: Sample) -> _Rehearsal:
        source = self._source(name, language)
        try:
            written = self.write(name, language, _names_of(sample))
        except Unwritten as error:
            return _Rehearsal(source, sample.file, 0, (error.fault,))
        except OurBug as error:
            return _Rehearsal(source, sample.file, 0, (Fault(sample.file, None, str(error)),))
        missing = Fault(
            source.file, None, "the letter does not name its reference: write {{ signed_ref }} into its last line"
        )
        lines = sum(1 for line in written.text.split("\n") if line)
        return _Rehearsal(source, sample.file, lines, () if _SAMPLE_REF in written.text else (missing,))

    def _source(self, name: str, language: Language) -> Source:
        source = self.sources.templates[language].get(name)
        if source is None:
            raise OurBug(f"there is no template '{name}' in {language}/: known are {', '.join(self.sources.names)}")
        return source

    def _filled(self, source: Source, name: str, language: Language, names: Mapping[str, Plain]) -> str:
        try:
            return self._voices[language].get_template(name).render(names)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise Unwritten(
                Fault(source.file, _line_of(error, source), f"{str(error).rstrip('.')}; mend the template or its facts")
            ) from error

    @cached_property
    def _page(self) -> Page:
        return Page(self.sources.layout)

    @cached_property
    def _voices(self) -> dict[Language, Voice]:
        return {language: self._voice(language) for language in LANGUAGES}

    def _voice(self, language: Language) -> Voice:
        written = self.sources.templates[language]

        def source_of(name: str) -> tuple[str, str, None] | None:
            return (written[name].text, written[name].file, None) if name in written else None

        return Voice(language, FunctionLoader(source_of))


@dataclass(frozen=True, slots=True)
class _Rehearsal:
    """A template that was written with a sample: how long it became, and what was wrong."""

    source: Source
    sample: str
    lines: int
    faults: tuple[Fault, ...]


def _names_of(sample: Sample) -> dict[str, Plain]:
    standing = Standing(
        answered=sample.answered,
        company="Harbour & Pine Media",
        desk="Sales Desk",
        name=sample.recipient_name,
        address=sample.recipient_address,
        ref="N-0412",
        signed_ref=_SAMPLE_REF,
    )
    return names_for_template(sample.facts, standing, _SAMPLE_ZONE)


def _tidy(text: str) -> str:
    """No spaces at the ends of lines, never two blank lines, one line feed at the end."""
    return _MANY_BLANK_LINES.sub("\n\n", _TRAILING_SPACES.sub("", text)).strip("\n") + "\n"


def _line_of(error: BaseException, source: Source) -> int | None:
    """The line of the template that the error was raised in: Jinja writes it into the traceback."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == source.file]
    return lines[-1] if lines else None
