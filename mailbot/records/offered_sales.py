"""A sale that one duty has found and another may book: the question that offers it, and what it holds.

Whoever offers it asks in its own name, and says BOOK in the letter; whoever keeps the ledger reads the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.records.decision import Question

OFFERED_SALE: Final = "offered-sale"  # the kind of the question


@dataclass(frozen=True, slots=True)
class OfferedSale:
    """What may be booked. `said_on` is the day whose week it counts for; `source` is what it comes from, for people
    ("contract K-2231"), and `words` are those that give the amount."""

    rep_id: int
    client_id: int
    client_name: str
    amount: Decimal
    currency: str
    said_on: date
    source: str
    words: str


def offering(duty: str, sale: OfferedSale) -> Question:
    """The question of this duty whether to book it."""
    return Question(
        duty=duty,
        kind=OFFERED_SALE,
        words=f"Also book {sale.amount} {sale.currency} for {sale.client_name}?",
        context={
            "rep_id": sale.rep_id,
            "client_id": sale.client_id,
            "client_name": sale.client_name,
            "amount": str(sale.amount),
            "currency": sale.currency,
            "said_on": sale.said_on.isoformat(),
            "source": sale.source,
            "words": sale.words,
        },
    )


def offered(context: Mapping[str, object]) -> OfferedSale | None:
    """The sale that a question is about; None where it holds none, because another version has asked it."""
    try:
        return OfferedSale(
            rep_id=int(str(context["rep_id"])),
            client_id=int(str(context["client_id"])),
            client_name=str(context["client_name"]),
            amount=Decimal(str(context["amount"])),
            currency=str(context["currency"]),
            said_on=date.fromisoformat(str(context["said_on"])),
            source=str(context["source"]),
            words=str(context["words"]),
        )
    except (KeyError, ValueError, ArithmeticError):
        return None
