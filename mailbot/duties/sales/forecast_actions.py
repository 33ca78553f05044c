"""What is expected, kept beside the ledger: it counts for nothing, and a newer word about it takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from mailbot.duties.sales.actions import LONGEST_PRODUCT, german, told
from mailbot.duties.sales.facts.particulars import NOTHING_MORE, Particulars, Price, Stage
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.tables import SalesForecast
from mailbot.records.decision import Action
from mailbot.records.pen import Pen

_LONGEST_CERTAINTY: Final = 200  # characters


@dataclass(frozen=True, slots=True)
class NoteForecast(Action):
    """What a rep expects, or has lost, is noted beside the ledger; it takes the place of the forecast `supersedes`."""

    name: ClassVar[str] = "sales.note_forecast"
    rep_id: int
    client_id: int
    client_name: str
    price: Price | None
    period: Period
    said_on: date
    words: str
    place: str
    certainty: str = ""
    said: Particulars = NOTHING_MORE
    supersedes: int | None = None

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            SalesForecast(
                rep_id=self.rep_id,
                client_id=self.client_id,
                stage=self.said.stage or Stage.OPEN,
                amount=self.price.amount if self.price else None,
                currency=self.price.currency if self.price else None,
                product=self.said.product[:LONGEST_PRODUCT],
                certainty=self.certainty[:_LONGEST_CERTAINTY],
                period_start=self.period.first,
                period_end=self.period.last,
                closes_on=self.said.day,
                words=self.words,
                place=self.place[:300],
                said_on=self.said_on,
                arrival_id=pen.arrival_id,
                supersedes_id=self.supersedes,
            )
        )

    def __str__(self) -> str:
        return f'note {told(self.price)} expected from {self.client_name}, from "{self.words}"'

    def in_german(self) -> str:
        price = "ohne Betrag" if self.price is None else german(self.price)
        return f"als Erwartung notieren: {self.client_name}, {price}, aus „{self.words}“"
