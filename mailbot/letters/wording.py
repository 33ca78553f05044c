"""How a language writes amounts, numbers, days and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Final, TypeVar

from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Language

_T = TypeVar("_T")

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORT_MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": _MONTHS,
    "de": ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
}
_WEEKDAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
_LONG_MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
}  # fmt: skip
_YES_NO: Final[Mapping[Language, tuple[str, str]]] = {"en": ("yes", "no"), "de": ("ja", "nein")}
QUOTES: Final[Mapping[Language, tuple[str, str]]] = {"en": ('"', '"'), "de": ("„", "“")}
_GERMAN_POINTS: Final = str.maketrans(",.", ".,")
_MOST_DIGITS = 30  # an amount beyond this is written with an exponent, not as a page of noughts


@dataclass(frozen=True, slots=True)
class Wording:
    """Values in the words of one language. A value of another type than a method asks for is a TypeError."""

    language: Language

    def plain(self, value: object) -> str:
        """A value as it stands in running text; what is missing is a dash."""
        match value:
            case None:
                return "-"
            case str():
                return one_line(value)
            case bool():
                return _YES_NO[self.language][0 if value else 1]
            case int():
                return str(value)
            case Decimal():
                return self.number(value)
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
        raise TypeError(f"a {type(value).__name__} cannot be written out: name one of its fields, or loop over it")

    def quoted(self, words: str) -> str:
        """Somebody's words in the quotation marks of the language: "12k" in English, „12k“ in German."""
        first, last = QUOTES[self.language]
        return f"{first}{words}{last}"

    def number(self, value: Decimal | int, places: int | None = None) -> str:
        """41,220 · 0.76 in English, 41.220 · 0,76 in German; rounded only where `places` are asked for."""
        number = Decimal(_checked(value, Decimal | int, "a number"))
        if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
            return str(number)
        written = f"{number:,f}" if places is None else f"{number:,.{places}f}"
        return written.translate(_GERMAN_POINTS) if self.language == "de" else written

    def amount(self, amount: Decimal | int) -> str:
        """12,000.00 in English, 12.000,00 in German. Two places, or as many as there are: never rounded."""
        checked = Decimal(_checked(amount, Decimal | int, "an amount"))
        exponent = checked.as_tuple().exponent
        return self.number(checked, max(2, -exponent) if isinstance(exponent, int) else 2)

    def money(self, amount: Decimal | int, currency: str) -> str:
        """12,000.00 USD in English, 12.000,00 EUR in German."""
        return f"{self.amount(amount)} {one_line(_checked(currency, str, 'a currency'), 12)}"

    def percent(self, share: Decimal | int, places: int | None = None) -> str:
        """105% in English, 105 % in German, of a share that is already in percent."""
        return self.number(share, places) + (" %" if self.language == "de" else "%")

    def day(self, day: date, year: bool = False) -> str:
        """27 Oct in English, 27.10. in German; with the year 27 Oct 2025 and 27.10.2025."""
        day = _checked(day, date, "a date")
        if self.language == "de":
            return f"{day.day}.{day.month}.{day.year if year else ''}"
        return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")

    def month_name(self, day: date) -> str:
        """October, Oktober: the month that a day lies in."""
        return _LONG_MONTHS[self.language][_checked(day, date, "a date").month - 1]

    def month(self, day: date) -> str:
        """October 2025, Oktober 2025: the month that a day lies in."""
        return f"{self.month_name(day)} {day.year}"

    def short_month(self, day: date, year: bool = False) -> str:
        """Jan in English, Jan in German too, but Mär and Dez; with the year Jan 2026."""
        name = _SHORT_MONTHS[self.language][_checked(day, date, "a date").month - 1]
        return f"{name} {day.year}" if year else name

    def weekday(self, day: date) -> str:
        """Friday, Freitag."""
        return _WEEKDAYS[self.language][_checked(day, date, "a date").weekday()]

    def time(self, moment: datetime) -> str:
        """16:42, in the zone that the moment is in."""
        return f"{_checked(moment, datetime, 'a moment'):%H:%M}"

    def moment(self, moment: datetime, year: bool = False) -> str:
        """7 Nov 21:40 in English, 7.11. 21:40 in German."""
        moment = _checked(moment, datetime, "a moment")
        return f"{self.day(moment, year)} {self.time(moment)}"


def _checked(value: _T, wanted: type | UnionType, name: str) -> _T:
    if not isinstance(value, wanted):
        raise TypeError(f"{name} is wanted here, not a {type(value).__name__}")
    return value
