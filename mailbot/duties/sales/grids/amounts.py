"""The amount that a cell holds: a number of a workbook, or digits as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from mailbot.duties.sales.grids.grid import Cell
from mailbot.duties.sales.grids.header_marks import scale_of
from mailbot.money.amounts import figures
from mailbot.money.currencies import MARKS, SCALED_MARKS, SCALES
from mailbot.money.figure import Figure, Trouble
from mailbot.money.numerals import Habit, habit_of

_CENT: Final = Decimal("0.01")
_NOTHING: Final = frozenset(("-", "--", "---", "\u2013", "\u2014", "\u2212", "n/a", "./.", "-.-", "-,-", "-,--"))
_SIGNS: Final = re.compile(r"[^0-9.,'\u2019-]")
_ENGLISH, _GERMAN, _SWISS = habit_of("en_US"), habit_of("de_DE"), habit_of("de_CH")
_SURE: Final = (
    (re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}|[0-9]+\.[0-9]{1,2}|[0-9]{1,3}(?:,[0-9]{3}){2,}"), _ENGLISH),
    (re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2,}"), _GERMAN),
    (re.compile(r"[0-9]{1,3}(?:['\u2019][0-9]{3})+(?:\.[0-9]{1,2})?"), _SWISS),
)


def habit_in(cells: Iterable[Cell], own: Habit) -> Habit:
    """How numbers are written in a column: as those that can be read in one way only, else as its writer's are.

    Where two ways stand beside each other nobody can know; then it is the writer's own as well.
    """
    texts = [_SIGNS.sub("", cell.text).strip("-") for cell in cells if cell.number is None and cell.text]
    shown = {id(habit): habit for text in texts for sure, habit in _SURE if sure.fullmatch(text)}
    if len(shown) != 1:
        return own
    only = next(iter(shown.values()))
    return only if only is not _ENGLISH or own.decimals == "," else own


def is_zero(cell: Cell) -> bool:
    """Whether the cell says that there is nothing: "-", "$ -"."""
    words = [word for word in cell.text.split() if word.casefold() not in MARKS]
    return bool(words) and all(word in _NOTHING for word in words)


def is_money(cell: Cell, habit: Habit) -> bool:
    """Whether a cell is an amount and nothing else, where no header says so."""
    if cell.number is not None:
        return cell.mark != "%"
    figure = figure_in(cell, "", habit)
    return figure is not None and figure.amount is not None and cell.text[:1] not in {"+", "0"}


def figure_in(cell: Cell, mark: str, habit: Habit) -> Figure | None:
    """The amount of a cell; `mark` is the currency and the scale that its header names. None where it holds none."""
    if cell.number is not None:
        return _of_number(cell, mark)
    text = cell.text
    if not any(map(str.isdigit, text)):
        return None
    has_own = any(figure.currency for figure in figures(text, habit))
    beside = _beside(mark, has_own)
    found = figures(f"{text} {beside}".strip(), habit)
    figure = found[0] if len(found) == 1 else None
    if figure is None:
        return Figure(0, len(text), None, trouble=Trouble.NOT_MONEY)
    is_named = has_own or beside == mark
    return replace(figure, currency=figure.currency if is_named else None)


_ANY: Final = "EUR"  # stands beside an amount without a currency while it is read, so that 2026 is no year


def _beside(mark: str, has_own: bool) -> str:
    """What is written behind the digits of a cell, so that they are read as the header means them."""
    pieces = mark.split()
    if has_own:
        scales = (scale_of(each) if each.casefold() in SCALED_MARKS else each for each in pieces)
        return " ".join(each for each in scales if each.casefold() in SCALES)
    has_currency = any(piece.casefold() in MARKS or piece.casefold() in SCALED_MARKS for piece in pieces)
    return mark if has_currency else f"{mark} {_ANY}".strip()


def _of_number(cell: Cell, mark: str) -> Figure:
    """A number of a workbook is the number it is; to the cent, as its program shows it."""
    factor, currency = 1, None
    for piece in mark.split():
        folded = piece.casefold()
        if folded in SCALED_MARKS:
            factor, currency = factor * SCALED_MARKS[folded][0], SCALED_MARKS[folded][1]
        elif folded in SCALES:
            factor *= SCALES[folded]
        else:
            currency = MARKS.get(folded, currency)
    if cell.mark == "%" or cell.number is None:
        return Figure(0, len(cell.text), None, trouble=Trouble.PERCENTAGE)
    amount = (cell.number * factor).quantize(_CENT, ROUND_HALF_UP)
    return Figure(0, len(cell.text), amount, currency=MARKS.get(cell.mark.casefold(), currency), is_marked=True)
