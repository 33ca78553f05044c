"""Amounts of money in one line of text, on Decimal, in linear time.

Digits in the line are an amount, or something that is no money, or an amount that can be read in two ways: that is
said, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from mailbot.money.currencies import DOLLAR, DOLLARS, MARKS, SCALED_MARKS, SCALES, UNKNOWN
from mailbot.money.currency_names import NAMES
from mailbot.money.figure import IN_ONES, LARGEST, Figure, Trouble, Unit
from mailbot.money.not_money import not_money
from mailbot.money.numerals import APOSTROPHES, SPACES, Habit, readings
from mailbot.money.quantities import Count, multiplied, with_counts
from mailbot.money.spelt_out import spoken


def figures(line: str, habit: Habit, taken: Sequence[tuple[int, int]] = (), unit: Unit = IN_ONES) -> tuple[Figure, ...]:
    """The amounts of a line, in its order. `taken` are characters already known to be something else; in `unit` are
    the numbers that bear neither a currency nor a scale of their own."""
    line = _masked(line, taken)
    others = not_money(line)
    line = _masked(line, [(other.start, other.end) for other in others])
    written = [figure for match in _AMOUNT.finditer(line) for figure in _figure(line, match, habit, unit)]
    found = sorted((*written, *spoken(line)), key=lambda figure: figure.start)
    if _MIRROR in line:
        return tuple(Figure(each.start, each.end, None, trouble=Trouble.NOT_MONEY, is_marked=True) for each in found)
    counts = [Count(other.start, other.end, other.count) for other in others if other.count > 1]
    return with_counts(line, _without_papers(line, _without_years(_joined(line, found))), counts)


def _masked(line: str, spans: Sequence[tuple[int, int]]) -> str:
    """The line with these characters made unreadable; all others keep their place."""
    signs = list(line)
    for start, end in spans:
        signs[start:end] = _UNREADABLE * (end - start)
    return "".join(signs)


_UNREADABLE: Final = "\0"  # neither letter, digit, space nor sign
_MIRROR: Final = "\u202e"  # right-to-left override: a reader sees the digits behind it in another order


# --- the shape of one amount -----------------------------------------------------------------------------------------


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_LETTER: Final = r"[^\W\d_]"
# No group is possessive: Python 3.11.0 to 3.11.4 match those wrongly (CPython issue 106052).
_NUMERAL: Final = rf"[0-9]++(?:(?:[.,{APOSTROPHES}]|(?<![0-9]{{4}})[{SPACES}](?=[0-9]{{3}}(?![0-9])))[0-9]++)*"
_FOREIGN: Final = rf"{_LETTER}{{1,3}}[$£¥]"  # a dollar, or what is written with its sign, of who knows which country
_MARK: Final = f"{_either([*MARKS, *SCALED_MARKS])}|{_FOREIGN}"
# What makes an amount another one, and nobody can know which: "12k5", "3.5.k", "5 mil", "12 T", "2 lakh".
_ODD_SCALE: Final = (
    rf"(?:k|m|t)[0-9]++|[.,](?:k|m|tsd|mio)(?!{_LETTER})"
    rf"|[{SPACES}](?:lakhs?|crores?|dozen|dutzend|hundred|hundert)\b"
    rf"|[{SPACES}]?(?:mils?|mille|thou|thsd)\b|[{SPACES}]t(?![\w&./-])|t(?=[{SPACES}]*(?:$|[;,)]))"
)
_DASHES: Final = "\u2010-\u2013\ufe63\uff0d\u2796"  # a minus to some, a hyphen or a dash to others
_PERCENTS: Final = "%\uff05\ufe6a\u066a\u2030\u2031"
_AMOUNT = re.compile(
    rf"""
    (?<!{_LETTER})(?<![0-9])(?<![0-9][.,{APOSTROPHES}])
    (?:(?P<quantity>[0-9]++(?:[.,][0-9]++)?) [{SPACES}]? (?:[x×*@]|mal\b|à) [{SPACES}]?)?
    (?P<sign>(?<![^\s(:=])[-\u2212{_DASHES}](?=\S))?
    (?:(?P<front>{_MARK}) (?:(?<!{_LETTER})|[{SPACES}]|(?=[-\u22120-9])) [{SPACES}]?)?
    (?P<inner>[-\u2212])?
    (?P<numeral>{_NUMERAL})
    (?:[.,](?:--?|[\u2013\u2014])(?!\w))?
    (?P<behind>[-\u2212](?=$|[\s);,]))?
    (?P<percent>[{SPACES}]?(?:[{_PERCENTS}]|percent\b|prozent\b|pct\b))?
    (?:[{SPACES}]?(?P<scale>{_either([*SCALES])})(?!{_LETTER}|[0-9]))?
    (?:[{SPACES}]?(?P<back>
        (?:{_MARK})(?!{_LETTER}|[0-9])|(?:{_either([*NAMES])})(?!-?[\w])
    ))?
    (?P<odd>(?P<odd_scale>{_ODD_SCALE})|{_LETTER}++|[{SPACES}]?[x×*][{SPACES}]?[0-9])?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JOINED_BY_A_DASH = re.compile(rf"{_LETTER}[-\u2212\u2013]$")
_DECIMALS = re.compile(r"[.,][0-9]{2}$")
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{2})")
_SHORT_JOINED: Final = 2  # "3M", "4c", "A4": part of a name or of a format


def _figure(line: str, match: re.Match[str], habit: Habit, unit: Unit) -> Iterator[Figure]:
    """The amount that was matched; nothing where the digits belong to a word or a code."""
    start, end = match.span()
    factor, currency, knows_currency = _marks(match, unit)
    is_marked = bool(match["front"] or match["scale"] or match["back"] or _DECIMALS.search(match["numeral"]))
    figure = Figure(start, end, None, currency=currency, is_marked=is_marked)
    if match["percent"]:
        yield replace(figure, trouble=Trouble.PERCENTAGE)
        return
    if match["odd"]:
        if is_marked or match["odd_scale"] or len(match["odd"]) > _SHORT_JOINED or match["quantity"]:
            yield replace(figure, trouble=Trouble.NOT_MONEY)
        return
    if line[start - 1 : start] in {".", ","}:
        yield replace(figure, trouble=Trouble.NOT_MONEY)
        return
    values = readings(match["numeral"], habit, factor, is_marked and bool(match["front"] or match["back"]))
    if not knows_currency:
        yield replace(figure, trouble=Trouble.UNKNOWN_CURRENCY, readings=values)
        return
    if unit.currency is None and unit.factor != 1 and not match["scale"] and factor == 1:
        # "$12" below "all in thousands"
        times = tuple(value * unit.factor for value in values)
        yield replace(figure, trouble=Trouble.TWO_READINGS, readings=(*values, *times))
        return
    if _has_another_sense(match, habit):
        yield replace(figure, trouble=Trouble.TWO_READINGS, readings=values)
        return
    yield from _signed(line, match, replace(figure, readings=values), habit)


def _has_another_sense(match: re.Match[str], habit: Habit) -> bool:
    """ "12m" are twelve millions or months, "29.10" an amount or, where days are written so, the 29th of October."""
    if match["scale"] == "m" and match["numeral"].isdigit() and not (match["front"] or match["back"]):
        return True
    day = _DAY.fullmatch(match["numeral"])
    has_mark = match["front"] or match["scale"] or match["back"] or match["quantity"]
    return bool(day and habit.writes_points_in_dates and not has_mark and int(day[1]) <= 31 and int(day[2]) <= 12)


def _marks(match: re.Match[str], unit: Unit) -> tuple[int, str | None, bool]:
    """The scale, the currency, and whether that currency is one we can know."""
    if not (match["front"] or match["scale"] or match["back"]):
        return unit.factor, unit.currency, unit.currency != UNKNOWN
    factor = SCALES[match["scale"].casefold()] if match["scale"] else 1
    named: list[str] = []
    for mark in (match["front"], match["back"]):
        if mark is None:
            continue
        times, currency = SCALED_MARKS.get(mark.casefold(), (1, _currency(mark.casefold())))
        factor *= times
        named.append(currency)
    codes = set(named)
    if DOLLAR in codes and codes & DOLLARS:
        codes.discard(DOLLAR)
    return factor, min(codes, default=unit.currency), UNKNOWN not in codes and len(codes) <= 1


def _currency(mark: str) -> str:
    return MARKS.get(mark) or NAMES.get(mark, UNKNOWN)


def _signed(line: str, match: re.Match[str], figure: Figure, habit: Habit) -> Iterator[Figure]:
    """The figure with its sign and its quantity."""
    sign, start = match["sign"], figure.start
    if sign is None and _JOINED_BY_A_DASH.search(line[max(0, start - 2) : start]):
        if not figure.is_marked:
            return  # a code: K-2188
        sign = "\u2013"
    values = figure.readings
    if sign is not None and sign not in "-\u2212":
        values = tuple(signed for value in values for signed in (value, -value))
    elif (sign, match["inner"], match["behind"]) != (None, None, None):
        values = tuple(-value for value in values)
    elif _MINUS_BEHIND_A_MARK.match(line, match.end()):
        values = tuple(signed for value in values for signed in (value, -value))
    elif _in_parentheses(line, match):
        # "(1,200)" is a bookkeeper's minus; "Acme ($1,200)" may be just an amount.
        bare = figure.currency is None and not match["scale"]
        values = tuple(signed for value in values for signed in ((-value,) if bare else (value, -value)))
    quantity = _quantity(match, habit)
    if len(values) == 1 and abs(values[0]) < LARGEST and (match["quantity"] is None or quantity is not None):
        if quantity is None:
            yield replace(figure, amount=values[0], readings=())
        else:
            yield multiplied(figure, quantity, values[0])
        return
    yield replace(figure, trouble=Trouble.TWO_READINGS if len(values) > 1 else Trouble.NOT_MONEY, readings=values)


_MINUS_BEHIND_A_MARK: Final = re.compile(r"[-\u2212](?![^\s.,;)])")  # "200,00 EUR-": a minus, or a dash


def _quantity(match: re.Match[str], habit: Habit) -> Decimal | None:
    if match["quantity"] is None:
        return None
    values = readings(match["quantity"], habit)
    return values[0] if len(values) == 1 and 0 < values[0] < LARGEST else None


def _in_parentheses(line: str, match: re.Match[str]) -> bool:
    """ "(1,200)", as a bookkeeper writes minus 1,200."""
    return match["quantity"] is None and line[: match.start()].endswith("(") and line.startswith(")", match.end())


# --- several amounts beside each other -------------------------------------------------------------------------------

_RANGE_SIGN = re.compile(r"\s*(?:-|\u2013|\u2014|\.{2,3}|to|bis|/|or|oder)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|und)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|zwischen)\b", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:chang(?:e|ed|es)|correct(?:ed|s)?|amend(?:ed)?|update[ds]?|raised|reduced|increased|lowered"
    r"|ändern?|geändert|aendern?|korrigier(?:en?|t)|erhöht|reduziert)\b.{0,80}\b(?:from|von)\s{1,3}$",
    re.IGNORECASE,
)
_EQUALS = re.compile(r"\s*=\s*")


def _joined(line: str, found: Sequence[Figure]) -> list[Figure]:
    """Figures that belong together made one: a range, and a product with its result."""
    joined: list[Figure] = []
    for figure in found:
        last = joined[-1] if joined else None
        between = line[last.end : figure.start] if last else ""
        if last and _is_range(line, last, figure, between):
            joined[-1] = Figure(
                start=last.start,
                end=figure.end,
                amount=None,
                currency=figure.currency or last.currency,
                trouble=Trouble.RANGE,
                is_marked=last.is_marked or figure.is_marked,
            )
        elif last and last.quantity is not None and _EQUALS.fullmatch(between):
            joined[-1] = _with_result(last, figure)
        else:
            joined.append(figure)
    return joined


def _is_range(line: str, last: Figure, figure: Figure, between: str) -> bool:
    """Whether two figures are the bounds of one: not an amount and its chance, nor the old amount and the new one."""
    if Trouble.PERCENTAGE in {last.trouble, figure.trouble} and last.trouble is not figure.trouble:
        return False
    if _CHANGED.search(line, 0, last.start):
        return False
    if _AND.fullmatch(between) and _BETWEEN.search(line, 0, figure.start):
        return True
    return bool(_RANGE_SIGN.fullmatch(between)) or (between.strip() == "" and line[figure.start] in "-\u2212\u2013")


def _with_result(product: Figure, result: Figure) -> Figure:
    """ "3 x 450 = 1,350": the result has to be the product."""
    currency = result.currency or product.currency
    if result.amount is not None and result.amount == product.amount and product.currency in {None, currency}:
        return replace(product, end=result.end, currency=currency, is_marked=True)
    return Figure(product.start, result.end, None, trouble=Trouble.NOT_MONEY, is_marked=True)


def _without_years(found: Sequence[Figure]) -> Sequence[Figure]:
    """ "Directory 2026 975.50": a bare number that can be a year is one beside an amount, and in doubt alone."""
    years = [figure for figure in found if _may_be_a_year(figure)]
    if not years:
        return found
    if len(found) > len(years):
        return [figure for figure in found if figure not in years]
    return [replace(figure, amount=None, trouble=Trouble.TWO_READINGS, readings=_values(figure)) for figure in found]


def _without_papers(line: str, found: Sequence[Figure]) -> Sequence[Figure]:
    """ "Storno Auftrag 4471, -1.150,00 EUR": a bare number behind the word for a paper is its number, where an amount
    that is marked stands beside it."""
    if not any(figure.is_marked for figure in found):
        return found
    return [
        figure
        for figure in found
        if figure.is_marked
        or figure.quantity is not None
        or not line[figure.start : figure.end].isdecimal()
        or not _A_PAPER.search(line, max(0, figure.start - _LONGEST_PAPER), figure.start)
    ]


_A_PAPER: Final = re.compile(
    r"\b(?:auftrag|bestellung|rechnung|angebot|vertrag|gutschrift|order|invoice|quote|contract|po|so)\s#?$",
    re.IGNORECASE,
)
_LONGEST_PAPER: Final = 14  # characters


def _may_be_a_year(figure: Figure) -> bool:
    return (
        figure.amount is not None
        and not figure.is_marked
        and figure.quantity is None
        and figure.end - figure.start == 4
        and 1990 <= figure.amount <= 2049
    )


def _values(figure: Figure) -> tuple[Decimal, ...]:
    return figure.readings if figure.amount is None else (figure.amount,)
