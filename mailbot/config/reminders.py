"""The table [reminders]: when clients are reminded of what they have not used, and asked how satisfied they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, model_validator

from mailbot.config.root import Settings

_LEAD = re.compile(r"([0-9]{1,3}) +(working +)?days?", re.IGNORECASE)
_LONGEST_LEAD: Final = 730  # days
OTHER: Final = "other"  # the ladder of every kind that has none of its own


@dataclass(frozen=True, slots=True)
class Lead:
    """So many days, or working days, before something."""

    days: int
    working: bool = False

    @classmethod
    def parse(cls, written: object) -> object:
        """Of "20 working days"; ValueError says how it is written. What is no text is handed back."""
        if not isinstance(written, str):
            return written
        found = _LEAD.fullmatch(written.strip())
        if found is None or not 1 <= int(found[1]) <= _LONGEST_LEAD:
            raise ValueError(f'{written!r} is no time before: write "30 days" or "10 working days"')
        return cls(int(found[1]), found[2] is not None)

    def before(self, day: date, works_on: Callable[[date], bool]) -> date:
        """The day that lies so long before `day`."""
        if not self.working:
            return day - timedelta(days=self.days)
        left = self.days
        while left:
            day -= timedelta(days=1)
            left -= works_on(day)
        return day

    def after(self, day: date, works_on: Callable[[date], bool]) -> date:
        """The last day that lies so long after `day`, or less: `before` gives `day` for it, or an earlier one."""
        if not self.working:
            return day + timedelta(days=self.days)
        left = self.days
        while left:
            day += timedelta(days=1)
            left -= works_on(day)
        return day


LeadText = Annotated[Lead, BeforeValidator(Lead.parse)]


class Ladder(Settings):
    """How long before a benefit lapses its client is reminded, up to three times; then its owner is to call."""

    first: LeadText
    second: LeadText | None = None
    last: LeadText | None = None
    call: LeadText | None = None


def _ladder(first: str, second: str, last: str, call: str) -> Ladder:
    return Ladder.model_validate({"first": first, "second": second, "last": last, "call": call})


_RUNS_FOR_MONTHS: Final = _ladder("150 days", "140 days", "20 working days", "5 working days")
_NEEDS_A_BOOKING: Final = _ladder("140 days", "60 days", "20 working days", "10 working days")
_NEEDS_MATERIAL: Final = _ladder("20 working days", "10 working days", "5 working days", "2 working days")
SHIPPED_LADDERS: Final[Mapping[str, Ladder]] = {
    "banner": _RUNS_FOR_MONTHS,
    "link": _RUNS_FOR_MONTHS,
    "discount": _NEEDS_A_BOOKING,
    "booth": _NEEDS_A_BOOKING,
    "ad": _NEEDS_MATERIAL,
    OTHER: _ladder("60 days", "30 days", "10 working days", "5 working days"),
}


class RemindersSettings(Settings):
    """[reminders]. A ladder that is written here takes the place of the one of the same kind; the others stay."""

    at: time = time(9, 0)  # in the desk's timezone, on working days
    ladders: dict[str, Ladder] = Field(default_factory=dict)
    apart_days: Annotated[int, Field(ge=1, le=60)] = 7  # between two reminders of the same benefit
    check_in_after_days: Annotated[int, Field(ge=1, le=365)] = 30  # of the first day of a contract
    check_in_every_months: Annotated[int, Field(ge=1, le=24)] = 3
    low_score: Annotated[int, Field(ge=0, le=9)] = 6  # from 0 to 10; up to here the owner gets a task to call
    meetings_from: time = time(9, 0)
    meetings_until: time = time(17, 0)
    meeting_minutes: Annotated[int, Field(ge=10, le=240)] = 30
    price_list: str = ""  # where it lies, in words for the rep: "https://…", "drive P:, prices 2026"

    @model_validator(mode="after")
    def _day_has_room(self) -> RemindersSettings:
        if self.meetings_from >= self.meetings_until:
            raise ValueError("meetings_from lies behind meetings_until")
        return self

    def ladder(self, kind: str) -> Ladder:
        """The ladder of a kind of benefit."""
        return self.ladders.get(kind) or SHIPPED_LADDERS.get(kind) or self.ladders.get(OTHER) or SHIPPED_LADDERS[OTHER]

    @property
    def longest_lead(self) -> timedelta:
        """So long before it lapses, no ladder has begun."""
        leads = [ladder.first for ladder in (*SHIPPED_LADDERS.values(), *self.ladders.values())]
        return timedelta(days=max(lead.days * 2 if lead.working else lead.days for lead in leads) + _HOLIDAYS)


_HOLIDAYS: Final = 14  # days by which holidays can stretch working days
