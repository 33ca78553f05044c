"""What the letters of this duty are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mailbot.duties.renewals.facts import Renewal
from mailbot.letters.model import Plain


def renewal_told(renewal: Renewal, today: date, rep: str = "") -> dict[str, Plain]:
    """A contract, for a letter: who, what, until when it has to be decided on, and how it stands."""
    return {
        "contract": renewal.ref,
        "client": renewal.client,
        "value": renewal.value,
        "currency": renewal.currency,
        "decide_by": renewal.decide_by,
        "ends_on": renewal.ends_on,
        "renews": renewal.renews,
        "has_ended": renewal.has_ended,
        "days": (renewal.decide_by - today).days,
        "said": renewal.said.value if renewal.said else None,
        "because": renewal.because or None,
        "unused": renewal.unused,
        "risks": tuple(risk.value for risk in renewal.risks),
        "rep": rep or None,
    }


def sums(renewals: Iterable[Renewal]) -> tuple[Plain, ...]:
    """What contracts are worth, one sum for each currency; those whose value nobody has said count nothing."""
    by_currency: dict[str, Plain] = {}
    valued = [each for each in renewals if each.value is not None]
    for currency in sorted({each.currency for each in valued}):
        amounts = [each.value for each in valued if each.currency == currency and each.value is not None]
        by_currency[currency] = sum(amounts[1:], amounts[0])
    return tuple({"currency": currency, "amount": amount} for currency, amount in by_currency.items())
