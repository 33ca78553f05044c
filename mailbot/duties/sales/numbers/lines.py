"""The lines of a mail that may be about money: which words name the client, which figure is the amount, and all that
is said around them which may speak against booking. Nothing is judged here; every figure of the text comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from mailbot.duties.sales.numbers.headings import heading_in, names_a_stage
from mailbot.duties.sales.numbers.holding import held, held_by_figures, holds, speaks_of_many
from mailbot.duties.sales.numbers.old_amounts import is_nothing_but_old
from mailbot.duties.sales.numbers.period_headings import (
    periods_before_colon,
    periods_in_heading,
    put_in_place,
    weeks_announced,
    with_this_week,
)
from mailbot.duties.sales.numbers.periods import Mention, mentions
from mailbot.duties.sales.numbers.phrases import (
    FAREWELLS,
    OF_ALL_ABOVE,
    SIGN_OFFS,
    SPEAKS_FOR_ALL,
    is_only,
    said,
    words_of,
)
from mailbot.duties.sales.numbers.pieces import statements_of
from mailbot.duties.sales.numbers.stages import NOT_YET, OPEN
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.duties.sales.numbers.taxed import is_of_all, is_of_tax
from mailbot.duties.sales.numbers.units import is_a_unit, unit_in, unit_of_all
from mailbot.money.amounts import figures
from mailbot.money.figure import IN_ONES, Figure, Unit
from mailbot.money.not_money import not_money
from mailbot.money.numerals import Habit

LONGEST_LINE: Final = 300  # characters; a longer one is not read, and said to be so
MOST_LINES: Final = 300
_WRAPPED: Final = 55  # characters from which on a line may have been broken by a mail program


@dataclass(frozen=True, slots=True)
class Ground:
    """What a text is read on: the habits of its writer, the day it was written, names that end the text, and the unit
    of bare numbers, where the subject says one."""

    habit: Habit
    today: date
    own_names: frozenset[str]  # "dana reyes", "dana": such a line is a signature
    telling_names: tuple[tuple[str, ...], ...] = ()  # of clients, with digits or a month in them
    unit: Unit = IN_ONES


@dataclass(slots=True)
class _Run:
    """Where the reader stands in the text: the heading above, the block around, the week that was announced."""

    found: list[Statement] = field(default_factory=list)
    block_start: int = 0
    heading: str = ""
    under: str = ""  # the heading above, up to the next blank line
    remarks: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)  # remarks of the block against booking
    held_all: list[str] = field(default_factory=list)  # the same, above the first line
    times: tuple[Mention, ...] = ()
    periods: list[Mention] = field(default_factory=list)  # that stand as headings
    headed_at: int = -1  # how many statements stand above the last of them
    below_signature: bool = False
    open_line: bool = False
    unit: Unit = IN_ONES
    of_all: list[str] = field(default_factory=list)  # remarks that speak for all that follows


@dataclass(frozen=True, slots=True)
class Told:
    """All statements of a text, the weeks it announces by themselves, and the periods that head its lines."""

    statements: tuple[Statement, ...]
    announced: tuple[Mention, ...]
    periods: tuple[Mention, ...] = ()


def told(text: str, ground: Ground) -> Told:
    """Every figure of a text with what is said around it. Linear in the length of the text."""
    run = _Run(unit=unit_of_all(text.split("\n", MOST_LINES)[:MOST_LINES]) or ground.unit)
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
    for remark in run.held_all:
        run.found[:] = held(run.found, 0, remark)
    statements, periods = put_in_place(run.found, run.periods, is_last_empty=run.headed_at == len(run.found))
    return Told(statements, (*announced, *weeks_announced(periods)), periods)


def _take(run: _Run, line: str, at: int, ground: Ground) -> tuple[Mention, ...]:
    """One line that is not blank: its statements, or what it says to the lines around it."""
    begin = _BULLET.match(line).end()  # type: ignore[union-attr]
    greeting = _GREETING.match(line, begin)
    begin = greeting.end() if greeting else begin
    times = mentions(line, ground.habit, ground.today)
    named = _telling_names(line, ground)
    times = tuple(time for time in times if not any(start < time.end and time.start < end for start, end in named))
    taken = [*((time.start, time.end) for time in times), *named]
    found = tuple(figure for figure in figures(line, ground.habit, taken, run.unit) if figure.start >= begin)
    if not found or is_a_unit(line) or is_of_tax(line) or _is_heading_with_a_count(line, found):
        run.unit = unit_in(line) or run.unit
        return _take_words(run, line[begin:].strip(), times, ground)
    if (without := held_by_figures(run.found, line, found)) is not None:
        run.found[:] = without
        return ()
    if len(run.found) > run.block_start and is_nothing_but_old(line, (begin, len(line)), found):
        old = replace(found[0], start=found[0].start + at, end=found[0].end + at)
        run.found[-1] = replace(run.found[-1], old=old)
        return ()
    times = with_this_week(line, times, run.times, ground.today)
    told_from, heading = heading_in(line, begin, found[0].start, times)
    statements, said_before = statements_of(_without_codes(line, taken), told_from, found, times)
    statements[0] = replace(statements[0], start=begin, text=line[begin : statements[0].end])
    against = _said_against(line, found, said_before, statements)
    run.held.extend(each for each in against if speaks_of_many(each))
    before = (*heading, *(each for each in said_before if said(each, SPEAKS_FOR_ALL)), *against)
    headed = tuple(time for time in times if time.start < told_from)
    run.found.extend(_in_context(run, statement.shifted(at), before, headed) for statement in statements)
    run.open_line = len(line) >= _WRAPPED and line.rstrip()[-1:] not in {".", "!", ":", ";"}
    return tuple(time for time in headed if time.week is not None)


def _said_against(
    line: str, found: Sequence[Figure], said_before: Sequence[str], statements: Sequence[Statement]
) -> tuple[str, ...]:
    """What a line with amounts says against booking them, in sentences of its own or behind the last of them all."""
    behind = (each for statement in statements for each in statement.behind)
    tail = line[found[-1].end :].strip()
    of_all = (tail,) if len(statements) > 1 and tail[:1] in {",", ";", "-", "\u2013", "\u2014"} else ()
    return tuple(each for each in (*said_before, *behind, *of_all) if holds(each))


def _is_heading_with_a_count(line: str, found: Sequence[Figure]) -> bool:
    """ "Top 3 prospects:" """
    counts = all(each.amount is not None and each.amount < _LARGEST_COUNT and not each.is_marked for each in found)
    return counts and line.rstrip().endswith(":") and names_a_stage(line)


_LARGEST_COUNT: Final = 100


def _without_codes(line: str, taken: Sequence[tuple[int, int]]) -> str:
    """The line without the digits that are no money: they are no words of a name either.

    What is `taken` was told from the figures beside it: "KW 44:56" is a week and a figure, and no time of the day.
    """
    for other in not_money(line):
        if not other.count and not any(start < other.end and other.start < end for start, end in taken):
            code = _WITH_DIGITS.sub(lambda word: " " * len(word[0]), line[other.start : other.end])
            line = line[: other.start] + code + line[other.end :]
    return line


_WITH_DIGITS: Final = re.compile(r"\S{0,40}[0-9]\S{0,40}")


def _take_words(run: _Run, line: str, times: tuple[Mention, ...], ground: Ground) -> tuple[Mention, ...]:
    """A line without a figure: the end of a wrapped line, a heading, a signature, or a remark."""
    weeks = tuple(time for time in times if time.week is not None)
    if holds(line) and not line.endswith(":"):
        (run.held if run.found else run.held_all).append(line)
        return ()
    if run.open_line and run.found:
        run.found[-1] = replace(
            run.found[-1], rest=f"{run.found[-1].rest} {line}", times=(*run.found[-1].times, *times)
        )
        run.open_line = False
        return ()
    if is_only(line, FAREWELLS) or (
        run.found and (is_only(line, SIGN_OFFS) or " ".join(words_of(line)) in ground.own_names)
    ):
        run.below_signature = True
    elif run.found and said(line, OF_ALL_ABOVE) and said(line, OPEN | NOT_YET | SPEAKS_FOR_ALL):
        run.found[:] = [replace(each, around=(*each.around, line)) for each in run.found]
    elif is_of_tax(line):
        _take_tax(run, line)
    elif _heads_with_periods(run, line, times, ground):
        return tuple(time for time in run.times if time.week is not None)
    elif line.endswith(":") or (run.block_start == len(run.found) and names_a_stage(line)):
        run.heading, run.times = line, periods_before_colon(line, times, ground.today)
        run.under = line if line.endswith(":") else ""
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


def _take_tax(run: _Run, line: str) -> None:
    """ "(gross)" speaks for its block; "all incl. VAT", and what stands above all amounts, for the whole mail."""
    if run.found and not is_of_all(line):
        run.remarks.append(line)
        return
    run.found[:] = [replace(each, around=(*each.around, line)) for each in run.found]
    run.of_all.append(line)


def _heads_with_periods(run: _Run, line: str, times: Sequence[Mention], ground: Ground) -> bool:
    """Whether the line is nothing but a period: it then heads what follows. "For October" below lines without a period
    speaks of those."""
    periods = periods_in_heading(line, times, ground.today)
    is_of_above = _speaks_of_period(line, times) and len(run.found) > run.block_start and not run.times
    if not periods or is_of_above:
        return False
    run.times, run.headed_at = periods, len(run.found)
    run.periods.extend(periods)
    if line.endswith(":"):
        run.heading = run.under = line
    return True


def _end_block(run: _Run) -> None:
    """A blank line: what was remarked in the block speaks for all of it."""
    if run.remarks:
        run.found[run.block_start :] = [
            replace(each, around=(*each.around, *run.remarks)) for each in run.found[run.block_start :]
        ]
    for remark in run.held:
        run.found[:] = held(run.found, run.block_start, remark)
    run.held.clear()
    run.remarks, run.block_start, run.open_line, run.under = [], len(run.found), False, ""


def _in_context(run: _Run, statement: Statement, before: Sequence[str], headed: Sequence[Mention]) -> Statement:
    """The statement with what stands above it, and `before` it on its line."""
    heading = (run.heading,) if run.heading else ()
    return replace(
        statement,
        around=(*heading, *run.of_all, *before),
        under=run.under,
        times=(*statement.times, *headed, *(run.times if not headed else ())),
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
_GREETING = re.compile(
    r"(?:hi|hello|hey|hallo|moin|servus|dear|liebe[rs]?|guten (?:tag|morgen|abend)|good (?:morning|afternoon))"
    r"(?: (?:all|both|team|everyone|everybody|there|folks|guys|zusammen|alle|kollegen|kolleginnen))?[,!]\s+(?=\S)",
    re.IGNORECASE,
)
_PERIOD_WORDS = re.compile(r"\b(?:for|für|aus|of|from|im|vom)\s+(?:the\s+)?$", re.IGNORECASE)


def _speaks_of_period(line: str, times: Sequence[Mention]) -> bool:
    """ "these are for October": the line says which time the figures are of."""
    return any(_PERIOD_WORDS.search(line[: time.start]) for time in times)


def _telling_names(line: str, ground: Ground) -> list[tuple[int, int]]:
    """Where the line holds a client's name that has digits or a month: "Studio 54" is no 54, "May Garden" no May."""
    spans: list[tuple[int, int]] = []
    for words in ground.telling_names:
        pattern = r"\b" + r"[\W_]{1,3}".join(re.escape(word) for word in words) + r"\b"
        spans.extend(match.span() for match in re.finditer(pattern, line, re.IGNORECASE))
    return spans
