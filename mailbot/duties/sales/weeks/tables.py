"""What reps say of a week instead of numbers, and which months are closed. Both tables only grow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.sales import tables_in_words
from mailbot.records.base import Base, Kept
from mailbot.records.in_words import Teller
from mailbot.records.tables import Person, words_of


class WeekSaid(StrEnum):
    """What a rep said of a week instead of sending numbers for it."""

    ZERO = "zero"
    AWAY = "away"
    PROMISED = "promised"


class SalesWeek(Kept, Base):
    """What was said of a rep's week instead of numbers.

    `week_start` is the Monday of the week. Who is away is so from `since` to `until`, both included, and owes no
    numbers that fall due between them; without a day, for the one week. `deputy_id` is the colleague who stands in.
    `words` are those it was read from.
    """

    __tablename__ = "sales_weeks"
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    week_start: Mapped[date] = mapped_column(index=True)
    said: Mapped[WeekSaid] = mapped_column(words_of(WeekSaid))
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    words: Mapped[str] = mapped_column(Text)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)

    told = tables_in_words.WEEK
    untold = frozenset({"rep_id", "week_start", "since", "words", "arrival_id"})

    def title(self, teller: Teller) -> str:
        week = self.week_start.isocalendar().week
        return f"{teller.name_of(Person, self.rep_id)}, {teller.say(f'week {week}', f'KW {week}')}"


class SalesClose(Kept, Base):
    """A month was closed, or opened again; its last row that was not taken back counts. `month` is its first day."""

    __tablename__ = "sales_closes"
    month: Mapped[date] = mapped_column(index=True)
    is_closed: Mapped[bool]
    closed_at: Mapped[datetime]

    told = tables_in_words.CLOSE
    untold = frozenset({"month", "closed_at"})

    def title(self, teller: Teller) -> str:
        return f"{self.month:%m/%Y}"

    def as_new(self, teller: Teller, values: Mapping[str, object]) -> str:
        return teller.say("closed", "abgeschlossen") if self.is_closed else teller.say("open again", "wieder offen")
