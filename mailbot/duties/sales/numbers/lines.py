"""The lines of a mail that may be about money: which words name the client, which figure is the amount, and all that
is said around them which may speak against booking. Nothing is judged here; every figure of the text comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from mailbot.duties.sales.money.amounts import Figure, figures
from mailbot.duties.sales.money.numerals import Habit
from mailbot.duties.sales.naming.names_in import names_in
from mailbot.duties.sales.numbers.periods import Mention, mentions
from mailbot.duties.sales.numbers.phrases import (
    BESIDE_A_NAME,
    SIGN_OFFS,
    SPEAKS_FOR_ALL,
    is_only,
    said,
    words_of,
)

LONGEST_LINE: Final = 300  # characters; a longer one is not read, and said to be so
MOST_LINES: Final = 300
_WRAPPED: Final = 55  # characters from which on a line may have been broken by a mail program


@dataclass(frozen=True, slots=True)
class Ground:
    """What a text is read on: the habits of its writer, the day it was written, names that end the text."""

    habit: Habit
    today: date
    own_names: frozenset[str]  # "dana reyes", "dana": such a line is a signature
    names_with_digits: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One amount, the words that may name its client, and what else is said.

    `start` and `end` are its characters in the text; up to `short_end` it says the name and the amount. `figures`
    holds one figure, or more where they could not be parted. `names` are the ways to cut the client's name out of the
    words, the longest first. `rest` are the other words of the line, with "|" for the amount; `governing` those that
    stand before earlier amounts of it ("hope to close A for 900 and B for 300"), `around` headings and remarks that
    speak for it.
    """

    start: int
    end: int
    short_end: int
    text: str
    figures: tuple[Figure, ...]
    names: tuple[str, ...]
    rest: str
    times: tuple[Mention, ...]
    governing: str = ""
    around: tuple[str, ...] = ()
    below_signature: bool = False
    too_long: bool = False

    def written(self, figure: Figure) -> str:
        """One of its figures as it stands in the text."""
        return self.text[figure.start - self.start : figure.end - self.start]


@dataclass(slots=True)
class _Run:
    """Where the reader stands in the text: the heading above, the block around, the week that was announced."""

    found: list[Statement] = field(default_factory=list)
    block_start: int = 0
    heading: str = ""
    remarks: list[str] = field(default_factory=list)
    times: tuple[Mention, ...] = ()
    below_signature: bool = False
    open_line: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """All statements of a text, the weeks it announces by themselves, and what its other lines say."""

    statements: tuple[Statement, ...]
    announced: tuple[Mention, ...]


def told(text: str, ground: Ground) -> Told:
    """Every figure of a text with what is said around it. Linear in the length of the text."""
    run = _Run()
    announced: list[Mention] = []
    at = 0
    for number, raw in enumerate(text.split("\n")):
        line = raw[:LONGEST_LINE]
        if number >= MOST_LINES or len(raw) > LONGEST_LINE:
            _take_unread(run, raw, at)
        elif not line.strip() or line.lstrip().startswith(_CITED):
            _end_block(run)
        else:
            announced.extend(_take(run, line, at, ground))
        at += len(raw) + 1
    _end_block(run)
    return Told(tuple(run.found), tuple(announced))


def _take(run: _Run, line: str, at: int, ground: Ground) -> tuple[Mention, ...]:
    """One line that is not blank: its statements, or what it says to the lines around it."""
    begin = _BULLET.match(line).end()  # type: ignore[union-attr]
    times = mentions(line, ground.habit, ground.today)
    taken = [(time.start, time.end) for time in times] + _digit_names(line, ground)
    found = tuple(figure for figure in figures(line, ground.habit, taken) if figure.start >= begin)
    if found:
        items = _items(line, begin, found, times)
        run.found.extend(_in_context(run, _shifted(item, at)) for item in items)
        run.open_line = len(line) >= _WRAPPED and line.rstrip()[-1:] not in {".", "!", ":", ";"}
        return ()
    return _take_words(run, line[begin:].strip(), times, ground)


def _shifted(statement: Statement, by: int) -> Statement:
    """The statement of a line with the places it has in the text."""
    return replace(
        statement,
        start=statement.start + by,
        end=statement.end + by,
        short_end=statement.short_end + by,
        figures=tuple(replace(each, start=each.start + by, end=each.end + by) for each in statement.figures),
    )


def _take_words(run: _Run, line: str, times: tuple[Mention, ...], ground: Ground) -> tuple[Mention, ...]:
    """A line without a figure: the end of a wrapped line, a heading, a signature, or a remark."""
    weeks = tuple(time for time in times if time.week is not None)
    if run.open_line and run.found:
        run.found[-1] = replace(
            run.found[-1], rest=f"{run.found[-1].rest} {line}", times=(*run.found[-1].times, *times)
        )
        run.open_line = False
        return ()
    if run.found and (is_only(line, SIGN_OFFS) or " ".join(words_of(line)) in ground.own_names):
        run.below_signature = True
    elif line.endswith(":"):
        run.heading, run.times = line, tuple(time for time in times if time.week is None)
        return weeks
    elif said(line, SPEAKS_FOR_ALL):
        run.remarks.append(line)
    if times and _speaks_of_period(line, times):
        run.remarks.append(line)
        others = tuple(time for time in times if time.week is None)
        run.found[run.block_start :] = [
            replace(each, times=(*each.times, *others)) for each in run.found[run.block_start :]
        ]
        run.times = (*run.times, *others)
        return weeks
    return weeks if len(words_of(line)) <= _MOST_WORDS_OF_A_HEADING else ()


def _end_block(run: _Run) -> None:
    """A blank line: what was remarked in the block speaks for all of it."""
    if run.remarks:
        run.found[run.block_start :] = [
            replace(each, around=(*each.around, *run.remarks)) for each in run.found[run.block_start :]
        ]
    run.remarks, run.block_start, run.open_line = [], len(run.found), False


def _in_context(run: _Run, statement: Statement) -> Statement:
    heading = (run.heading,) if run.heading else ()
    return replace(
        statement,
        around=heading,
        times=(*statement.times, *run.times),
        below_signature=run.below_signature,
    )


def _take_unread(run: _Run, raw: str, at: int) -> None:
    """A line that is too long to be read; where it holds digits, that is said."""
    if any(sign.isdigit() for sign in raw):
        text = raw[:LONGEST_LINE].strip()
        unread = Statement(at, at + len(text), at + len(text), text, (), (), "", (), too_long=True)
        if not (run.found and run.found[-1].too_long):
            run.found.append(unread)


# --- one line --------------------------------------------------------------------------------------------------------

_MOST_WORDS_OF_A_HEADING: Final = 8
_CITED: Final = ">"  # somebody else's words, in a mail that answers nothing: no figure in them is the writer's
_BULLET = re.compile(r"\s*(?:(?:[-*\u2022\u00b7\u2013+]|[0-9]{1,2}[.)])\s+(?=\S))?")
_PARTS = re.compile(r";\s*|,\s+|\s+(?:and|und|sowie|plus|&|\+)\s+|\s\|\s|\.\s+", re.IGNORECASE)
_AFTER_ENDS = re.compile(r"[,;(.!?|]|\s[-\u2013\u2014]\s")
_PERIOD_WORDS = re.compile(r"\b(?:for|für|aus|of|from|im|vom)\s+(?:the\s+)?$", re.IGNORECASE)


def _speaks_of_period(line: str, times: Sequence[Mention]) -> bool:
    """ "these are for October": the line says which time the figures are of."""
    return any(_PERIOD_WORDS.search(line[: time.start]) for time in times)


def _digit_names(line: str, ground: Ground) -> list[tuple[int, int]]:
    """Where the line holds a client's name that has digits: "Studio 54" is no 54."""
    spans: list[tuple[int, int]] = []
    for words in ground.names_with_digits:
        pattern = r"\b" + r"[\W_]{1,3}".join(re.escape(word) for word in words) + r"\b"
        spans.extend(match.span() for match in re.finditer(pattern, line, re.IGNORECASE))
    return spans


def _items(line: str, begin: int, found: Sequence[Figure], times: tuple[Mention, ...]) -> list[Statement]:
    """The statements of one line: one for each figure where they can be parted, else one for all."""
    whole = (begin, len(line.rstrip()))
    if len(found) == 1:
        return [_statement(line, whole, found, times)]
    pieces = _pieces(line, whole, found)
    parted = [[figure for figure in found if start <= figure.start < end] for start, end in pieces]
    if any(
        len(each) != 1 or not _has_name(line[start:end], each[0], start)
        for (start, end), each in zip(pieces, parted, strict=True)
    ):
        return [_statement(line, whole, found, times)]
    return _governed(line, [_statement(line, piece, each, times) for piece, each in zip(pieces, parted, strict=True)])


def _governed(line: str, statements: Sequence[Statement]) -> list[Statement]:
    """Each statement with what stands before the amounts of those before it: a verb there may be meant for all."""
    governed: list[Statement] = []
    said_before = ""
    for statement in statements:
        governed.append(replace(statement, governing=said_before))
        said_before = f"{said_before} {line[statement.start : statement.figures[0].start]}".strip()
    return governed


def _pieces(line: str, whole: tuple[int, int], found: Sequence[Figure]) -> list[tuple[int, int]]:
    """The line cut at commas and "and"; a piece without a figure belongs to the one before it."""
    cuts = [
        match.span()
        for match in _PARTS.finditer(line, *whole)
        if not any(figure.start < match.end() and match.start() < figure.end for figure in found)
        and line.count("(", 0, match.start()) <= line.count(")", 0, match.start())
    ]
    starts = [whole[0], *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), whole[1]]
    pieces: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        has_figure = any(start <= figure.start < end for figure in found)
        before = pieces[-1] if pieces else None
        if before is None or (has_figure and any(before[0] <= figure.start < before[1] for figure in found)):
            pieces.append((start, end))
        else:
            pieces[-1] = (before[0], end)
    return pieces


def _has_name(piece: str, figure: Figure, start: int) -> bool:
    words = words_of(f"{piece[: figure.start - start]} {piece[figure.end - start :]}")
    return any(word not in BESIDE_A_NAME and not word.isdigit() for word in words)


def _statement(line: str, piece: tuple[int, int], found: Sequence[Figure], times: tuple[Mention, ...]) -> Statement:
    start, end = piece
    first, last = found[0], found[-1]
    before = _without(line[start : first.start], times, start)
    behind = _without(line[last.end : end], times, last.end)
    named_before = names_in(before)
    return Statement(
        start=start,
        end=end,
        short_end=last.end if named_before else end,
        text=line[start:end],
        figures=tuple(found),
        names=named_before or names_in(_AFTER_ENDS.split(behind, maxsplit=1)[0]),
        rest=f"{before} | {behind}" if len(found) == 1 else line[start:end],
        times=times,
    )


def _without(text: str, times: Sequence[Mention], offset: int) -> str:
    """The text with the times that are named in it blanked out."""
    for time in times:
        begin, stop = max(time.start - offset, 0), time.end - offset
        if 0 <= begin < len(text) and stop > 0:
            text = text[:begin] + " " * (min(stop, len(text)) - begin) + text[stop:]
    return text
