"""Currencies and scales as they stand beside an amount."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CODES: Final = frozenset(
    (
        "AED", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR",
        "ILS", "INR", "ISK", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SAR", "SEK", "SGD", "THB",
        "TWD", "UAH", "USD", "ZAR",
    )
)  # fmt: skip
DOLLARS: Final = frozenset(("AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "USD"))

DOLLAR: Final = "$"  # whose dollar it is, is known only with the writer's own currency
UNKNOWN: Final = "?"  # a mark that several currencies share, or that is none of ours
# The currency signs of Unicode (category Sc) that may stand for no currency of ours.
OTHER_SIGNS: Final = "¢¤¥֏؋฿៛﷼￠￥￦₠₡₢₣₤₥₦₧₨₩₪₫₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀"

# In lower case. A mark that is not here, and not a code, is not a currency.
MARKS: Final[Mapping[str, str]] = {
    **{code.lower(): code for code in CODES},
    **dict.fromkeys(OTHER_SIGNS, UNKNOWN),
    "€": "EUR", "euro": "EUR", "euros": "EUR",
    "$": DOLLAR, "＄": DOLLAR, "﹩": DOLLAR, "dollar": DOLLAR, "dollars": DOLLAR,
    "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
    "nt$": "TWD", "r$": "BRL", "mx$": "MXN",
    "£": "GBP", "￡": "GBP", "pounds": "GBP", "pound": "GBP",
    "sfr": "CHF", "sfr.": "CHF", "fr.": "CHF", "franken": "CHF", "zł": "PLN",
    "kr": UNKNOWN, "kr.": UNKNOWN, "rs": UNKNOWN, "rs.": UNKNOWN, "rub": UNKNOWN, "try": UNKNOWN, "btc": UNKNOWN,
    "kč": UNKNOWN, "ft": UNKNOWN,
}  # fmt: skip

_THOUSAND, _MILLION, _BILLION = 1_000, 1_000_000, 1_000_000_000

SCALES: Final[Mapping[str, int]] = {
    "k": _THOUSAND, "tsd": _THOUSAND, "tsd.": _THOUSAND, "thousand": _THOUSAND, "thousands": _THOUSAND,
    "tausend": _THOUSAND, "grand": _THOUSAND, "m": _MILLION, "mn": _MILLION, "mio": _MILLION, "mio.": _MILLION,
    "mill": _MILLION, "mill.": _MILLION, "million": _MILLION, "millions": _MILLION, "millionen": _MILLION,
    "bn": _BILLION, "billion": _BILLION, "mrd": _BILLION, "mrd.": _BILLION, "milliarden": _BILLION,
}  # fmt: skip

# A scale and a currency in one word: TEUR, T€, kEUR, k$.
SCALED_MARKS: Final[Mapping[str, tuple[int, str]]] = {
    scale + mark: (_THOUSAND, MARKS[mark])
    for scale in ("t", "k")
    for mark in ("eur", "€", "usd", "$", "chf", "gbp", "£")
} | {"mio€": (_MILLION, "EUR"), "m€": (_MILLION, "EUR"), "m$": (_MILLION, DOLLAR), "meur": (_MILLION, "EUR")}


def code_of(mark: str | None, own: str) -> str | None:
    """The currency a mark stands for, for a writer whose own currency is `own`; None where nobody can know.

    Without a mark it is the writer's own. A bare "$" is the writer's own dollar, or else the US dollar.
    """
    if mark is None:
        return own
    if mark == UNKNOWN:
        return None
    if mark == DOLLAR:
        return own if own in DOLLARS else "USD"
    return mark
