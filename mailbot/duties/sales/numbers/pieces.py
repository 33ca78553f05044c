"""One line of a mail cut into statements: sentence by sentence, and in a sentence amount by amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from mailbot.duties.sales.naming.names_in import names_in
from mailbot.duties.sales.numbers.asides import Span, blanked, parted
from mailbot.duties.sales.numbers.old_amounts import is_nothing_but_old, with_old_amounts
from mailbot.duties.sales.numbers.periods import Mention
from mailbot.duties.sales.numbers.phrases import BESIDE_A_NAME, NET, RATES, phrases, place_of, said, words_of
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.money.figure import Figure
from mailbot.money.quantities import without_counts

_SENTENCE_END: Final = re.compile(r"[.!?]\s+(?=[A-ZÄÖÜ])")
_WORD_BEFORE: Final = re.compile(r"[^\W\d_]{1,12}$")
# Words that end in a full stop within a sentence; so do single letters.
_ABBREVIATED: Final = frozenset(
    (
        *("ca", "approx", "nr", "no", "inc", "ltd", "co", "corp", "mio", "mrd", "tsd", "fr", "sfr", "str", "dr", "mr"),
        *("mrs", "ms", "st", "bzw", "usw", "evtl", "ggf", "inkl", "incl", "excl", "zzgl", "abzgl", "abz", "lt", "vs"),
        *("est", "prof", "sp"),
        *("jan", "feb", "mar", "mär", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez"),
    )
)
_PARTS: Final = re.compile(
    r";\s*|,\s+(?!(?:and |und )?(?:not|nicht|statt|anstatt|instead|sondern|but)\b)"
    r"|\s+(?:and|und|sowie|plus|&|\+)\s+|\s[|/]\s|\.\s+",
    re.IGNORECASE,
)
_CONTRASTS: Final = re.compile(r",?\s+(?=(?:but|aber|while|whereas|während|dafür|dagegen)\s)", re.IGNORECASE)
_CONTRAST: Final = re.compile(r"\b(?:but|aber|while|whereas|während|dafür|dagegen)\b", re.IGNORECASE)
_DENIES: Final = re.compile(r"\b(?:not|nicht|no|kein\w{0,2}|never|nie|isn't|wasn't|statt|instead)\b", re.IGNORECASE)
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
        if inside and statements and is_nothing_but_old(line, (start, end), inside):
            statements[-1] = replace(statements[-1], old=inside[0], end=end, text=line[statements[-1].start : end])
        elif inside:
            statements.extend(with_old_amounts(line, _of_sentence(line, (start, end), inside, times), inside))
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
    if (only := _net_one(line, whole, found) or _sum_of(line, whole, found)) is not None:
        others = [(figure.start, figure.end) for figure in found if figure is not only]
        return [_statement(line, whole, [only], told, [*asides, *others, *_rates(line, whole, only)])]
    pieces = _pieces(line, whole, found)
    each = [without_counts(line, [figure for figure in found if start <= figure.start < end]) for start, end in pieces]
    if any(
        len(figures) != 1 or not _has_name(line[start:end], figures[0], start)
        for (start, end), figures in zip(pieces, each, strict=True)
    ):
        return [_statement(line, whole, found, told, asides)]
    statements = [
        _statement(line, piece, figures, _times_of(piece, told, pieces), asides)
        for piece, figures in zip(pieces, each, strict=True)
    ]
    return _governed(line, _listed(line, statements))


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
        if _CONTRAST.search(line, governed[-1].end if governed else statement.start, statement.figures[0].start):
            said_before = ""
        governed.append(replace(statement, governing=said_before))
        said_before = f"{said_before} {line[statement.start : statement.figures[0].start]}".strip()
    return governed


def _pieces(line: str, whole: Span, found: Sequence[Figure]) -> list[Span]:
    """The sentence cut at commas and "and"; a piece without a figure belongs to the one before it, or to the next one
    where that holds an amount and no name: "A 5k, B renewed, 3k"."""
    contrasts = [match for match in _CONTRASTS.finditer(line, *whole) if not _DENIES.search(line, *whole)]
    cuts = [
        match.span()
        for match in _in_order([*_PARTS.finditer(line, *whole), *contrasts])
        if not any(figure.start < match.end() and match.start() < figure.end for figure in found)
        and line.count("(", 0, match.start()) <= line.count(")", 0, match.start())
    ]
    cuts = _outside_names(line, whole[0], cuts, found)
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


def _outside_names(line: str, start: int, cuts: Sequence[Span], found: Sequence[Figure]) -> list[Span]:
    """The cuts without an "&" or a "+" that no figure stands before: "A 5k, Bauer & Söhne 3k"."""
    kept: list[Span] = []
    for first, end in cuts:
        begun = kept[-1][1] if kept else start
        if line[first:end].strip() not in {"&", "+"} or any(begun <= figure.start < first for figure in found):
            kept.append((first, end))
    return kept


def _in_order(found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The cuts by their places; of two at the same place the longer."""
    by_place = {match.start(): match for match in sorted(found, key=lambda match: match.end())}
    return [by_place[start] for start in sorted(by_place)]


def _net_one(line: str, whole: Span, found: Sequence[Figure]) -> Figure | None:
    """The one amount that is said to be net, where the words behind it name nobody else: "the £4,000 package with 10%
    off, so £3,600 net"; None where there is none, or several."""
    net: list[Figure] = []
    for at, figure in enumerate(found):
        end = found[at + 1].start if at + 1 < len(found) else whole[1]
        start = found[at - 1].end if at else whole[0]
        before = _CLAUSE_END.split(line[start : figure.start])[-1]
        behind = _CLAUSE_END.split(line[figure.end : end])[0]
        if said(before, NET) or said(behind, NET):
            net.append(figure)
    is_alone = len(net) == 1 and net[0] is not found[0]
    return net[0] if is_alone and not _has_name(line[found[-2].end : net[0].end], net[0], found[-2].end) else None


def _sum_of(line: str, whole: Span, found: Sequence[Figure]) -> Figure | None:
    """The last amount, where it is what a price for each, or for a month, or a discount, comes to: "6 x 420 €, macht
    2.520 €", "£500 a month, so £6,000 total", "£10,000 less 15% = £8,500"."""
    last, before = found[-1], line[whole[0] : found[-1].start]
    is_sum = _MAKES.search(before[-_NEAR:]) or _IN_ALL.match(line, last.end)
    is_of_parts = said(before, RATES) or _LESS.search(before)
    is_readable = last.amount is not None and last.currency is not None
    currencies = {figure.currency for figure in found if figure.is_marked}
    return last if is_sum and is_of_parts and is_readable and len(currencies) == 1 else None


_NEAR: Final = 24  # characters
_MAKES: Final = re.compile(
    r"(?:=|\b(?:macht|ergibt|makes|so|total|insgesamt|gesamt|zusammen))(?: dann| also| is)?\s*$", re.IGNORECASE
)
_IN_ALL: Final = re.compile(r"\s?(?:in total|total|insgesamt|gesamt|zusammen)\b", re.IGNORECASE)
_LESS: Final = re.compile(r"\b(?:less|minus|abzüglich|abzgl)\b|\boff\b", re.IGNORECASE)


def _rates(line: str, whole: Span, figure: Figure) -> list[Span]:
    """Where the words for a price of one stand before an amount that is that of all."""
    place = place_of(line[whole[0] : figure.start], RATES)
    return [(whole[0] + place[0], whole[0] + place[1])] if place else []


def _listed(line: str, statements: Sequence[Statement]) -> list[Statement]:
    """ "Müller Bau: 1.000 € Wartung, 2.500 € Linsen": what begins with its amount is for the client of the first,
    whose amount stands behind a colon."""
    first, *others = statements
    lead = first.rest.partition("|")[0]
    if not lead.rstrip().endswith(":") or any(not _begins_with_amount(line, each) for each in others):
        return list(statements)
    return [first, *(replace(each, names=first.names, rest=f"{lead}{each.rest.lstrip()}") for each in others)]


def _begins_with_amount(line: str, statement: Statement) -> bool:
    return not line[statement.start : statement.figures[0].start].strip()


_CLAUSE_END: Final = re.compile(r"[,;]\s")


def _leads_on(line: str, following: Sequence[tuple[int, int, Figure | None]]) -> bool:
    """Whether the next piece holds an amount without a name: then the words before it are its own."""
    if not following:
        return False
    start, end, figure = following[0]
    return figure is not None and not _has_name(line[start:end], figure, start)


def _has_name(piece: str, figure: Figure, start: int) -> bool:
    words = words_of(f"{piece[: figure.start - start]} {piece[figure.end - start :]}")
    return any(word not in BESIDE_A_NAME and word not in _NO_NAMES and not word.isdigit() for word in words)


_NO_NAMES: Final = NET | phrases(
    """
        so, therefore, makes, macht, ergibt, also, package, paket, off, rabatt, discount, mit, shipping, postage,
        delivery, versand, versandkosten, fracht, porto, lieferung
        """
)


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
        short_end=_clause_end(line, last.end, end) if named_before else end,
        text=line[start:end],
        figures=tuple(found),
        names=named_before or names_in(_AFTER_ENDS.split(behind, maxsplit=1)[0]),
        rest=f"{before} | {behind}" if len(found) == 1 else _words_of_all(line, piece, found, nowhere),
        times=tuple(times),
    )


def _clause_end(line: str, start: int, end: int) -> int:
    """Where the words end that stand directly behind an amount: they may say what it is of."""
    match = _QUOTE_ENDS.search(line, start, end)
    return start + len(line[start : match.start() if match else end].rstrip(" \t.:"))


_QUOTE_ENDS: Final = re.compile(r"[,;(!?|]|\s[-\u2013\u2014]\s")


def _words_of_all(line: str, piece: Span, found: Sequence[Figure], nowhere: Sequence[Span]) -> str:
    """All that is said around several figures that could not be parted."""
    return blanked(line[piece[0] : piece[1]], piece[0], [*nowhere, *((each.start, each.end) for each in found)])
