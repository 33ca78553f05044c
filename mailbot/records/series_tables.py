"""The tables by which nothing happens twice: what the clock has rung for, and the numbers that were given out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.records.base import Base, Key


class Run(Base):
    """One run of one job on one local date: what the clock rings twice happens once."""

    __tablename__ = "runs"
    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]


class Number(Base):
    """The next free number of a series: references are given out here, under the lock of the transaction."""

    __tablename__ = "numbers"
    series: Mapped[str] = mapped_column(String(32), primary_key=True)
    next: Mapped[int] = mapped_column(Key)
