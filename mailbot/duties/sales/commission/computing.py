"""What a rep earned in a month, line by line. Pure: lines of the ledger and rules in, every figure explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from mailbot.config.commission import CommissionRules, RateRule, SplitRule, Tier
from mailbot.duties.sales.commission.facts import SoldLine
from mailbot.duties.sales.facts.particulars import Price, sums
from mailbot.records.names import name_words

_CENT: Final = Decimal("0.01")
_MOST_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class Earned:
    """What one line earned: `base` × `rate`, rounded half up to the cent; `share` is what of it is this rep's.

    `rate` is what the line earned on the whole, where tiers met within it. `rule` is "" where none fits: it earns
    nothing, and is shown.
    """

    line: SoldLine
    rule: str
    rate: Decimal
    share: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """All that a rep earned in a month."""

    earned: tuple[Earned, ...]
    bonuses: tuple[tuple[str, Price], ...]

    def totals(self) -> tuple[Price, ...]:
        """The sum in each currency; lines that earned nothing have no sum of their own."""
        lines = (Price(each.amount, each.line.currency) for each in self.earned)
        return tuple(each for each in sums((*lines, *(price for _, price in self.bonuses))) if each.amount)


def statement(rules: CommissionRules, rep: str, lines: Sequence[SoldLine]) -> Statement:
    """What the lines of one month earned this rep: of the own ones, and the share of others that splits give.

    Tiers go by what the rep of a line sold so far in the month under the same rule, in the same currency, in the
    order of the days; a credit takes back at the tier it lies in. Bonuses go by all that the rep sold in the month.
    """
    sold: dict[tuple[str, str, str], Decimal] = {}
    earned: list[Earned] = []
    for line in sorted(lines, key=lambda each: (each.day, each.ref)):
        rule = next((each for each in rules.rates if _fits(each, line)), None)
        share = _share(rules.splits, line, rep)
        if rule is None:
            amount, name = Decimal(0), ""
        else:
            key = (rule.name, line.rep, line.currency)
            before = sold.get(key, Decimal(0))
            sold[key] = before + line.amount
            amount, name = _between(rule.tiers, before, before + line.amount), rule.name
        if share:
            rate = (amount / line.amount).quantize(Decimal(10) ** -_MOST_PLACES) if line.amount else Decimal(0)
            earned.append(Earned(line, name, rate, share, _to_the_cent(amount * share)))
    return Statement(tuple(earned), _bonuses(rules, rep, lines))


def _fits(rule: RateRule, line: SoldLine) -> bool:
    return (
        rule.rep in ("", line.rep)
        and _is_said(rule.client, line.client)
        and (not rule.product or set(name_words(rule.product)) <= set(name_words(line.product)))
    )


def _is_said(wanted: str, name: str) -> bool:
    return not wanted or name_words(wanted) == name_words(name)


def _share(splits: Sequence[SplitRule], line: SoldLine, rep: str) -> Decimal:
    """What of a line is this rep's: all of it, less what splits give away, or what they give to the rep."""
    of_line = [
        split
        for split in splits
        if split.colleague != line.rep
        and _is_said(split.client, line.client)
        and (not split.product or set(name_words(split.product)) <= set(name_words(line.product)))
    ][:1]
    given = sum((split.share for split in of_line), Decimal(0))
    if rep == line.rep:
        return 1 - given
    return sum((split.share for split in of_line if split.colleague == rep), Decimal(0))


def _between(tiers: Sequence[Tier], before: Decimal, after: Decimal) -> Decimal:
    """What is earned from one amount sold to another."""
    return _up_to(tiers, after) - _up_to(tiers, before)


def _up_to(tiers: Sequence[Tier], sold: Decimal) -> Decimal:
    if sold < 0:
        return sold * tiers[0].rate
    ends = [*(tier.start for tier in tiers[1:]), None]
    return sum(
        (
            (min(sold, end) - tier.start if end is not None else sold - tier.start) * tier.rate
            for tier, end in zip(tiers, ends, strict=True)
            if sold > tier.start
        ),
        Decimal(0),
    )


def _bonuses(rules: CommissionRules, rep: str, lines: Sequence[SoldLine]) -> tuple[tuple[str, Price], ...]:
    sold = {price.currency: price.amount for price in sums(Price(x.amount, x.currency) for x in lines if x.rep == rep)}
    return tuple(
        (bonus.name, Price(bonus.amount, bonus.currency))
        for bonus in rules.bonuses
        if bonus.rep in ("", rep) and sold.get(bonus.currency, Decimal(0)) >= bonus.at_least
    )


def _to_the_cent(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
