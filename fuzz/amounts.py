"""Amounts in any text: each stands where it is said to stand, is a plain number, and no two share a digit.

The first byte of an input chooses the writer's country.
"""

from __future__ import annotations

from datetime import date

from fuzz.harness import HERE, fuzz, instrumented

with instrumented():
    from mailbot.duties.sales.numbers.lines import Ground, told
    from mailbot.money.amounts import figures
    from mailbot.money.figure import LARGEST, Figure
    from mailbot.money.numerals import habit_of

_HABITS = tuple(habit_of(locale) for locale in ("en_US", "de_DE", "de_CH", "fr_FR"))


def target(data: bytes) -> None:
    """Reads the amounts of every line, and of the text as a whole."""
    if not data:
        return
    habit, text = _HABITS[data[0] % len(_HABITS)], data[1:].decode("utf-8", "replace")
    for line in text.split("\n"):
        end = 0
        for figure in figures(line, habit):
            assert end <= figure.start < figure.end <= len(line), f"{figure} stands not in {line!r}"
            end = figure.end
            _is_plain(figure)
    ground = Ground(habit, date(2025, 10, 31), frozenset({"dana reyes", "dana"}))
    for statement in told(text, ground).statements:
        assert 0 <= statement.start <= statement.end <= len(text), f"{statement} stands not in the text"


def _is_plain(figure: Figure) -> None:
    assert (figure.amount is None) == (figure.trouble is not None), f"neither read nor in trouble, or both: {figure}"
    if figure.amount is not None:
        assert figure.amount.is_finite(), f"no number: {figure}"
        assert abs(figure.amount) <= LARGEST, f"a slip of the keyboard: {figure}"
    if figure.amount is not None and figure.quantity is not None and figure.unit is not None:
        assert figure.amount == figure.quantity * figure.unit, f"no product: {figure}"


if __name__ == "__main__":
    fuzz("amounts", target, HERE / "seeds" / "amounts")
