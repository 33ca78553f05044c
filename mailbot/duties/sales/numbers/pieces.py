"""One line of a mail cut into statements: sentence by sentence, and in a sentence amount by amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from mailbot.duties.sales.naming.names_in import names_in
from mailbot.duties.sales.numbers.asides import Span, blanked, parted
from mailbot.duties.sales.numbers.periods import Mention
from mailbot.duties.sales.numbers.phrases import BESIDE_A_NAME, words_of
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.money.figure import Figure
from mailbot.money.quantities import without_counts

_SENTENCE_END: Final = re.compile(r"[.!?]\s+(?=[A-ZÄÖÜ])")
_WORD_BEFORE: Final = re.compile(r"[^\W\d_]{1,12}$")
# Words that end in a full stop within a sentence; so do single letters.
_ABBREVIATED: Final = frozenset(
    (
        *("ca", "approx", "nr", "no", "inc", "ltd", "co", "corp", "mio", "mrd", "tsd", "fr", "sfr", "str", "dr", "mr"),
        *(
            "mrs",
            "ms",
            "st",
            "bzw",
            "usw",
            "evtl",
            "ggf",
            "inkl",
            "incl",
            "excl",
            "zzgl",
            "lt",
            "vs",
            "est",
            "prof",
            "sp",
        ),
        *("jan", "feb", "mar", "mär", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez"),
    )
)
_PARTS: Final = re.compile(
    r";\s*|,\s+(?!(?:and |und )?(?:not|nicht|statt|anstatt|instead|sondern|but)\b)"
    r"|\s+(?:and|und|sowie|plus|&|\+)\s+|\s\|\s|\.\s+",
    re.IGNORECASE,
)
_AFTER_ENDS: Final = re.compile(r"[,;(.!?|]|\s[-\u2013\u2014]\s")
_ADDED: Final = re.compile(r"\s*(?:\+|plus|und|and|&|sowie)\s*", re.IGNORECASE)


def statements_of(
    line: str, begin: int, found: Sequence[Figure], times: Sequence[Mention]
) -> tuple[list[Statement], tuple[str, ...]]:
    """The statements of a line, and the sentences that stand before the first of them."""
    said_before: list[str] = []
    statements: list[Statement] = []
    for start, end in _sentences(line, begin):
        inside = [figure for figure in found if start <= figure.start < end]
        if inside:
            statements.extend(_of_sentence(line, (start, end), inside, times))
        elif statements:
            statements[-1] = replace(statements[-1], behind=(*statements[-1].behind, line[start:end]))
        else:
            said_before.append(line[start:end])
    return statements, tuple(said_before)


def _sentences(line: str, begin: int) -> list[Span]:
    ends = [
        match.end()
        for match in _SENTENCE_END.finditer(line, begin)
        if line[match.start()] != "." or not _is_abbreviated(line, match.start())
    ]
    starts = [begin, *ends]
    return [(start, end) for start, end in zip(starts, [*ends, len(line.rstrip())], strict=True) if start < end]


def _is_abbreviated(line: str, stop: int) -> bool:
    word = _WORD_BEFORE.search(line, max(0, stop - 12), stop)
    return word is not None and (len(word[0]) == 1 or word[0].casefold() in _ABBREVIATED)


def _of_sentence(line: str, whole: Span, inside: Sequence[Figure], times: Sequence[Mention]) -> list[Statement]:
    """The statements of one sentence: one for each figure where they can be parted, else one for all."""
    found, asides = parted(line, whole, inside)
    times = [time for time in times if not any(start <= time.start < end for start, end in asides)]
    told = [time for time in times if whole[0] <= time.start < whole[1]]
    found = without_counts(line, found)
    if len(found) == 1:
        return [_statement(line, whole, found, told, asides)]
    if _are_added(line, found):
        return _added(line, whole, found, told, asides)
    pieces = _pieces(line, whole, found)
    each = [without_counts(line, [figure for figure in found if start <= figure.start < end]) for start, end in pieces]
    if any(
        len(figures) != 1 or not _has_name(line[start:end], figures[0], start)
        for (start, end), figures in zip(pieces, each, strict=True)
    ):
        return [_statement(line, whole, found, told, asides)]
    return _governed(
        line,
        [
            _statement(line, piece, figures, _times_of(piece, told, pieces), asides)
            for piece, figures in zip(pieces, each, strict=True)
        ],
    )


def _times_of(piece: Span, told: Sequence[Mention], pieces: Sequence[Span]) -> list[Mention]:
    """The times of a piece of a sentence; where it names none, the periods of the others and the day at the end."""
    own = [time for time in told if piece[0] <= time.start < piece[1]]
    return own or [time for time in told if not time.is_day or time.start >= pieces[-1][0]]


def _are_added(line: str, found: Sequence[Figure]) -> bool:
    """ "4.000 EUR + 1.500 USD": several amounts for one client, each in a currency of its own."""
    currencies = [figure.currency for figure in found]
    return (
        None not in currencies
        and len(set(currencies)) == len(found)
        and all(figure.amount is not None for figure in found)
        and all(_ADDED.fullmatch(line, one.end, other.start) for one, other in pairwise(found))
    )


def _added(
    line: str, whole: Span, found: Sequence[Figure], times: Sequence[Mention], asides: Sequence[Span]
) -> list[Statement]:
    """A statement for each of the amounts: they share the name and all other words."""
    together = _statement(line, whole, found, times, asides)
    before = blanked(line[whole[0] : found[0].start], whole[0], asides)
    behind = blanked(line[found[-1].end : whole[1]], found[-1].end, asides)
    return [replace(together, figures=(figure,), short_end=figure.end, rest=f"{before} | {behind}") for figure in found]


def _governed(line: str, statements: Sequence[Statement]) -> list[Statement]:
    """Each statement with what stands before the amounts of those before it: a verb there may be meant for all."""
    governed: list[Statement] = []
    said_before = ""
    for statement in statements:
        governed.append(replace(statement, governing=said_before))
        said_before = f"{said_before} {line[statement.start : statement.figures[0].start]}".strip()
    return governed


def _pieces(line: str, whole: Span, found: Sequence[Figure]) -> list[Span]:
    """The sentence cut at commas and "and"; a piece without a figure belongs to the one before it, or to the next one
    where that holds an amount and no name: "A 5k, B renewed, 3k"."""
    cuts = [
        match.span()
        for match in _PARTS.finditer(line, *whole)
        if not any(figure.start < match.end() and match.start() < figure.end for figure in found)
        and line.count("(", 0, match.start()) <= line.count(")", 0, match.start())
    ]
    starts = [whole[0], *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), whole[1]]
    raw = [
        (start, end, next((figure for figure in found if start <= figure.start < end), None))
        for start, end in zip(starts, ends, strict=True)
    ]
    pieces: list[Span] = []
    is_told = False  # whether the piece that was begun last holds a figure
    for at, (start, end, figure) in enumerate(raw):
        if not pieces or (is_told and (figure is not None or _leads_on(line, raw[at + 1 :]))):
            pieces.append((start, end))
            is_told = figure is not None
        else:
            pieces[-1] = (pieces[-1][0], end)
            is_told = is_told or figure is not None
    return pieces


def _leads_on(line: str, following: Sequence[tuple[int, int, Figure | None]]) -> bool:
    """Whether the next piece holds an amount without a name: then the words before it are its own."""
    if not following:
        return False
    start, end, figure = following[0]
    return figure is not None and not _has_name(line[start:end], figure, start)


def _has_name(piece: str, figure: Figure, start: int) -> bool:
    words = words_of(f"{piece[: figure.start - start]} {piece[figure.end - start :]}")
    return any(word not in BESIDE_A_NAME and not word.isdigit() for word in words)


def _statement(
    line: str, piece: Span, found: Sequence[Figure], times: Sequence[Mention], asides: Sequence[Span]
) -> Statement:
    start, end = piece
    first, last = found[0], found[-1]
    nowhere = [*((time.start, time.end) for time in times), *asides]
    before = blanked(line[start : first.start], start, nowhere)
    behind = blanked(line[last.end : end], last.end, nowhere)
    named_before = names_in(before)
    return Statement(
        start=start,
        end=end,
        short_end=last.end if named_before else end,
        text=line[start:end],
        figures=tuple(found),
        names=named_before or names_in(_AFTER_ENDS.split(behind, maxsplit=1)[0]),
        rest=f"{before} | {behind}" if len(found) == 1 else _words_of_all(line, piece, found, nowhere),
        times=tuple(times),
    )


def _words_of_all(line: str, piece: Span, found: Sequence[Figure], nowhere: Sequence[Span]) -> str:
    """All that is said around several figures that could not be parted."""
    return blanked(line[piece[0] : piece[1]], piece[0], [*nowhere, *((each.start, each.end) for each in found)])
