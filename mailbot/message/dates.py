"""Dates of header fields (RFC 5322 sections 3.3 and 4.3), and the broken kinds that mails really carry."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän janv",
            "feb february februar",
            "mar march mär märz mrz",
            "apr april",
            "may mai",
            "jun june juni juin",
            "jul july juli juil",
            "aug august août",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
    "cet": 60, "mez": 60, "met": 60, "cest": 120, "mesz": 120, "mest": 120, "eet": 120, "eest": 180,
    "bst": 60, "msk": 180, "jst": 540, "kst": 540,
}  # fmt: skip

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_DIGITS = frozenset("0123456789")
_COMMENT = re.compile(r"\([^()]*+\)")
_TOKEN = re.compile(
    r"[0-9]{1,2}[:.][0-9]{1,2}(?:[:.][0-9]{1,2})?(?:[.,][0-9]+)?|[+-][0-9]{1,2}:?[0-9]{2}(?![0-9])|[0-9]+|[^\W\d_]+"
)
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
# As RFC 5322 section 3.3 wants it, and nearly every program writes it.
_USUAL = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([+-]\d{4})"
    r"(?: \([A-Z]{1,5}\))?",
    re.ASCII,
)


def parse_date(value: str) -> datetime | None:
    """The moment a date field names, in UTC, or None when it names none. Never raises.

    Nobody's clock shows a year before 1990 or after 2100: such a date is none, and nothing is reckoned from it. A date
    without a zone is taken as UTC; RFC 5322 says the same of "-0000". Years of two digits are read as RFC 5322 section
    4.3 says, and a 60th second as the 59th.
    """
    text = value[:200].strip()
    if (usual := _USUAL.fullmatch(text)) and (month := _MONTHS.get(usual[2].lower())):
        day, _, year, hour, minute, second, zone = usual.groups()
        return _moment((int(year), month, int(day)), (int(hour), int(minute), int(second or 0)), _offset(zone))
    if iso := _ISO.match(text):
        year, month, day, hour, minute, second = (int(iso[i] or 0) for i in range(1, 7))
        return _moment((year, month, day), (hour, minute, second), _offset(iso[7] or ""))
    return _written_freely(text)


def _written_freely(text: str) -> datetime | None:
    """The moment in a text that may name its day, month, year, time and zone in any order."""
    tokens: list[str] = _TOKEN.findall(_COMMENT.sub(" ", text))
    clock = next((i for i, token in enumerate(tokens) if token[0] in _DIGITS and not token.isdigit()), None)
    month_at = next((i for i, token in enumerate(tokens) if token.lower() in _MONTHS), None)
    if month_at is None:
        return None
    hour, minute, second = _clock(tokens, clock)
    date = _day_and_year(tokens, month_at)
    if date is None:
        return None
    zone = _zone(tokens[(clock + 1) if clock is not None else month_at + 1 :])
    return _moment((date[1], _MONTHS[tokens[month_at].lower()], date[0]), (hour, minute, second), zone)


def _clock(tokens: list[str], at: int | None) -> tuple[int, int, int]:
    if at is None:
        return 0, 0, 0
    numbers = [int(number) for number in re.split(r"[:.,]", tokens[at])[:3]]
    hour, minute, second = (*numbers, 0, 0)[:3]
    half = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return hour, minute, second


def _day_and_year(tokens: list[str], month_at: int) -> tuple[int, int] | None:
    """The two plain numbers around the month: "3 Nov 2025", "Nov 3, 2025" and asctime's "Nov  3 10:00:00 2025"."""
    numbers = [(i, token) for i, token in enumerate(tokens) if token.isdigit() and token.isascii() and len(token) <= 4]
    before = [token for i, token in numbers if i == month_at - 1]
    after = [token for i, token in numbers if i > month_at]
    if before and len(before[0]) <= 2 and after:
        return int(before[0]), _full_year(after[0])
    if len(after) >= 2:
        return int(after[0]), _full_year(after[1])
    return None


def _full_year(written: str) -> int:
    year = int(written)
    if len(written) <= 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(written) == 3 else year


def _zone(tokens: list[str]) -> int:
    """Minutes east of UTC: the first numeric zone, else the first zone name."""
    numeric = next((token for token in tokens if token[0] in "+-"), None)
    if numeric is not None:
        return _offset(numeric)
    return next((_ZONES[token.lower()] for token in tokens if token.lower() in _ZONES), 0)


def _offset(written: str) -> int:
    if not written or written[0] not in "+-":
        return 0
    digits = written[1:].replace(":", "").zfill(4)
    minutes = int(digits[:-2]) * 60 + int(digits[-2:])
    return -minutes if written[0] == "-" else minutes


def _moment(date: tuple[int, int, int], clock: tuple[int, int, int], offset: int) -> datetime | None:
    try:
        local = datetime(*date, clock[0], clock[1], min(clock[2], 59), tzinfo=UTC)
        return local - timedelta(minutes=offset) if _FIRST_YEAR <= local.year <= _LAST_YEAR else None
    except (ValueError, OverflowError):
        return None
