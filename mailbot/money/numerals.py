"""Digits as people write them, and the numbers they can mean.

A numeral is digits with separators: a point, a comma, an apostrophe, a space. Which of them parts thousands and which
begins the decimals is a habit of the writer's country, but most numerals can be read in one way only, and then the
numeral wins over the habit. What can be read in two ways is given back with both readings and is nobody's guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

SPACES: Final = " \u00a0\u2009\u202f"  # plain, no-break, thin, narrow no-break
APOSTROPHES: Final = "'\u2019"
_MOST_DIGITS = 15
_ONE_SIGN = {**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(SPACES[1:], "\u00a0")}
_DIGITS = re.compile(r"[0-9]++")

_COMMA_LANGUAGES: Final = frozenset(
    ("cs", "da", "de", "es", "fi", "fr", "hu", "it", "nb", "nl", "no", "pl", "pt", "sv")
)
_SPACE_LANGUAGES: Final = frozenset(("cs", "fi", "fr", "hu", "nb", "no", "pl", "sv"))
_POINT_COUNTRIES: Final = frozenset(("es_mx", "es_us"))
_APOSTROPHE_COUNTRIES: Final = frozenset(("ch", "li"))


@dataclass(frozen=True, slots=True)
class Habit:
    """How the writer's country parts numbers: the sign between thousands, and the sign before the decimals."""

    thousands: str
    decimals: str

    @property
    def writes_points_in_dates(self) -> bool:
        """Whether 29.10 may be the 29th of October."""
        return self.decimals == "," or self.thousands == "'"


# By the sign between thousands.
_COMMAS, _POINTS = Habit(",", "."), Habit(".", ",")
_NO_BREAKS, _APOSTROPHES = Habit("\u00a0", ","), Habit("'", ".")
HABITS: Final = (_COMMAS, _POINTS, _NO_BREAKS, _APOSTROPHES)  # all that there are


def habit_of(locale: str) -> Habit:
    """The habit of a locale ("en_US", "de-CH"); English where the language is not known."""
    known = locale.replace("-", "_").casefold().partition(".")[0]
    language, _, country = known.partition("_")
    if country in _APOSTROPHE_COUNTRIES:
        return _APOSTROPHES
    if language not in _COMMA_LANGUAGES or known in _POINT_COUNTRIES:
        return _COMMAS
    return _NO_BREAKS if language in _SPACE_LANGUAGES else _POINTS


def habit_shown(text: str, own: Habit) -> Habit | None:
    """The habit that the numbers of a text show, where it is not the writer's `own` and no number shows that one.

    Only money that can be read in one way shows a habit: "1.234,56" and "330,50 EUR", not "1.100".
    """
    commas, points = len(_WITH_A_COMMA.findall(text)), len(_WITH_A_POINT.findall(text))
    if commas and not points and own.decimals != ",":
        return Habit(".", ",")
    if points and not commas and own.decimals != ".":
        return Habit(",", ".")
    return None


_WITH_A_COMMA: Final = re.compile(r"(?<![0-9.,])(?:[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,9}),[0-9]{2}(?![0-9.,]?[0-9])")
_WITH_A_POINT: Final = re.compile(
    r"(?<![0-9.,'])(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{3,9})\.[0-9]{2}(?![0-9.,]?[0-9])"
)


def readings(numeral: str, habit: Habit, factor: int = 1, has_currency: bool = False) -> tuple[Decimal, ...]:
    """Every amount that a numeral can mean, times `factor`: none is not money, two need a question.

    Money has at most two decimal places once the factor is in. `has_currency` says that a currency stands beside it,
    so that "1 234,56 €" is one number; without one, "3 450" may also be a 3 and a 450.
    """
    written = "".join(_ONE_SIGN.get(sign, sign) for sign in numeral)
    parts = _DIGITS.findall(written)
    signs = tuple(sign for sign in written if not sign.isdigit())
    if not parts or len(signs) != len(parts) - 1 or sum(map(len, parts)) > _MOST_DIGITS:
        return ()
    if not signs:
        return () if len(written) > 1 and written[0] == "0" else _as_money((Decimal(written),), factor)
    whole = _grouped(parts, signs)
    broken = _with_decimals(parts, signs)
    if whole is not None and broken is not None:
        return _of_two(whole, broken, signs[0], habit, factor)
    only = whole if whole is not None else broken
    if only is None:
        return ()
    if " " in signs and not _is_one_number(signs, habit, has_currency):
        return tuple(dict.fromkeys((*_as_money((only,), factor), *readings(_behind_spaces(written), habit, factor))))
    return _as_money((only,), factor)


def _grouped(parts: list[str], signs: tuple[str, ...]) -> Decimal | None:
    """The whole number, where every sign is the same and parts thousands."""
    if len(set(signs)) != 1 or not _are_thousands(parts):
        return None
    return Decimal("".join(parts))


def _with_decimals(parts: list[str], signs: tuple[str, ...]) -> Decimal | None:
    """The number, where the last sign begins its decimals."""
    *front, last = signs
    if last not in {".", ","} or last in front or len(set(front)) > 1:
        return None
    whole = parts[:-1]
    if front and not _are_thousands(whole):
        return None
    if not front and len(whole[0]) > 1 and whole[0][0] == "0":
        return None
    return Decimal("".join(whole) + "." + parts[-1])


def _are_thousands(parts: list[str]) -> bool:
    first, *others = parts
    return 1 <= len(first) <= 3 and first[0] != "0" and all(len(other) == 3 for other in others)


def _of_two(whole: Decimal, broken: Decimal, sign: str, habit: Habit, factor: int) -> tuple[Decimal, ...]:
    """ "1,500" and "1.500": the writer's own sign for thousands says thousands, unless a "k" or "Mio." follows."""
    if factor == 1 and sign == habit.thousands:
        return _as_money((whole,), factor)
    return (whole * factor, broken * factor)


def _is_one_number(signs: tuple[str, ...], habit: Habit, has_currency: bool) -> bool:
    """Whether plain spaces between digits are sure to part thousands."""
    if signs.count(" ") > 1 or habit.thousands == "\u00a0":
        return True
    return has_currency and signs[-1] in {".", ","}


def _behind_spaces(written: str) -> str:
    return written.rpartition(" ")[2]


def _as_money(numbers: tuple[Decimal, ...], factor: int) -> tuple[Decimal, ...]:
    amounts = tuple(number * factor for number in numbers)
    return tuple(round(amount, 2) for amount in amounts if amount == round(amount, 2))
