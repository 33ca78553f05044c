"""Why a line of a mail was not booked."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Doubt(StrEnum):
    """Why a line was not booked. The templates have words for each of them, and so has `tables_in_words`."""

    TWO_READINGS = "two readings"
    RANGE = "a range"
    PERCENTAGE = "a percentage"
    NOT_MONEY = "not readable as money"
    UNKNOWN_CURRENCY = "unknown currency"
    NO_CURRENCY = "no currency"
    TWO_AMOUNTS = "two amounts"
    NO_CLIENT = "no client"
    UNKNOWN_CLIENT = "unknown client"
    SEVERAL_CLIENTS = "several clients"
    ANOTHERS_CLIENT = "another's client"
    EXPECTED = "expected"
    DENIED = "denied"
    CORRECTS = "corrects what is not booked"
    DROPS = "drops what is not booked"
    NO_SALE = "no sale"
    RATE = "a rate"
    GROSS = "with tax"
    QUESTION = "a question"
    OTHER_PERIOD = "another period"
    NO_DATE = "no date"
    COLLEAGUE = "names a colleague"
    BELOW_SIGNATURE = "below the signature"
    DIFFERS = "differs from an earlier mail"
    TOTAL_DIFFERS = "the total differs"
    TOO_LONG = "too long"
    PRODUCT_DIFFERS = "the product differs"
    TOO_MANY_ROWS = "too many rows"
    TORN_ROW = "a torn row"
    NO_VALUE = "no stored value"
    TWO_TEXTS = "two texts"
    TWO_SOURCES = "two sources"
    MACROS = "macros"
    PASSWORD = "a password"  # noqa: S105  (why a file is closed, not what opens it)
    LINKS = "links to other files"
    TOO_LARGE = "too large"
    BROKEN = "not readable"
    SHUT = "left shut"  # nobody who was believed had sent it
    LATE = "late"  # for a month that is closed


# Why a whole file was not read, whatever it holds.
OF_FILES: Final = frozenset(
    (Doubt.MACROS, Doubt.PASSWORD, Doubt.LINKS, Doubt.TOO_LARGE, Doubt.BROKEN, Doubt.SHUT, Doubt.TOO_MANY_ROWS)
)
