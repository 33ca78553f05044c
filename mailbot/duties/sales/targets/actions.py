"""What a target does to the records: it is noted, and the one before it stays, superseded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import func, select

from mailbot.duties.sales.actions import german, told
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.reports.tables import SalesPlan
from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.pen import Pen


@dataclass(frozen=True, slots=True)
class SetTarget(Action):
    """What is to be sold from `first` to `last`, by one rep or by the team (`rep_id` None, `rep` ""), of
    one product or of all (`product` "").

    `supersedes` is the plan for the same that counted so far, `before` what it said; None where there was none.
    """

    name: ClassVar[str] = "sales.set_target"
    rep_id: int | None
    rep: str
    first: date
    last: date
    price: Price
    before: Price | None = None
    supersedes: int | None = None
    product: str = ""

    def carry_out(self, pen: Pen) -> None:
        same = select(SalesPlan).where(
            SalesPlan.rep_id == self.rep_id if self.rep_id is not None else SalesPlan.rep_id.is_(None),
            func.lower(SalesPlan.product) == self.product.lower(),
            SalesPlan.first == self.first,
            SalesPlan.last == self.last,
            SalesPlan.undone_by.is_(None),
        )
        plans = list(pen.session.scalars(same))
        superseded = {each.supersedes_id for each in plans}
        current = max((each.id for each in plans if each.id not in superseded), default=None)
        if current != self.supersedes:
            raise TryAgain(
                f"the target from {self.first} to {self.last} was set anew meanwhile; the mail will be decided anew"
            )
        pen.insert(
            SalesPlan(
                rep_id=self.rep_id,
                product=self.product,
                first=self.first,
                last=self.last,
                amount=self.price.amount,
                currency=self.price.currency,
                arrival_id=pen.arrival_id,
                supersedes_id=self.supersedes,
            )
        )

    def __str__(self) -> str:
        before = f", it was {told(self.before)}" if self.before else ""
        whose = f"{self.rep or 'the team'}{self._for()}"
        return f"target of {whose} from {self.first} to {self.last}: {told(self.price)}{before}"

    def in_german(self) -> str:
        before = f", bisher {german(self.before)}" if self.before else ""
        days = f"{self.first:%d.%m.%Y} bis {self.last:%d.%m.%Y}"
        return f"Ziel von {self.rep or 'Team'}{self._for()}, {days}: {german(self.price)}{before}"

    def _for(self) -> str:
        return f", {self.product}," if self.product else ""
