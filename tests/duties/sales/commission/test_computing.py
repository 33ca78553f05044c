"""What a rep earned: rates, tiers, splits and bonuses, to the cent, each line explained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mailbot.config.commission import BonusRule, CommissionRules, RateRule, SplitRule, Tier
from mailbot.duties.sales.commission.computing import SoldLine, statement
from mailbot.duties.sales.facts.particulars import Price

TOM, DANA = "Tom Okafor", "Dana Reyes"
FLAT = RateRule("standard", (Tier(Decimal(0), Decimal("0.03")),))
TIERS = RateRule("steps", (Tier(Decimal(0), Decimal("0.03")), Tier(Decimal(1000), Decimal("0.05"))))


def sold(amount: str, rep: str = TOM, client: str = "Globex Tools", product: str = "", day: int = 3) -> SoldLine:
    return SoldLine(rep, client, product, Decimal(amount), "USD", date(2025, 10, day), f"N-{day:04d}")


def total(rules: CommissionRules, *lines: SoldLine, rep: str = TOM) -> Decimal:
    return sum((price.amount for price in statement(rules, rep, lines).totals()), Decimal(0))


@pytest.mark.parametrize(
    ("amount", "earned"), [("975.50", "29.27"), ("0.50", "0.02"), ("-200", "-6.00"), ("16.50", "0.50")]
)
def test_a_rate_is_rounded_half_up_to_the_cent_of_each_line(amount: str, earned: str) -> None:
    assert total(CommissionRules((FLAT,)), sold(amount)) == Decimal(earned)


def test_the_first_rule_that_fits_a_line_is_its_rule_and_a_line_without_one_earns_nothing_but_is_shown() -> None:
    rules = CommissionRules(
        (
            RateRule("banners", (Tier(Decimal(0), Decimal("0.10")),), product="banner"),
            RateRule("acme", (Tier(Decimal(0), Decimal("0.02")),), client="Acme Corp"),
        )
    )
    found = statement(rules, TOM, [sold("100", product="Banner 3 mo"), sold("100", client="acme corp"), sold("100")])
    assert [(each.rule, each.amount) for each in found.earned] == [
        ("banners", Decimal("10.00")),
        ("acme", Decimal("2.00")),
        ("", Decimal("0.00")),
    ]


def test_tiers_go_by_what_was_sold_so_far_in_the_month_and_meet_within_a_line() -> None:
    found = statement(CommissionRules((TIERS,)), TOM, [sold("600", day=9), sold("800", day=2)])
    assert [(each.line.day.day, each.amount) for each in found.earned] == [(2, Decimal("24.00")), (9, Decimal("26.00"))]
    assert found.earned[1].rate == Decimal("0.0433")


def test_a_credit_takes_back_what_its_tier_gave() -> None:
    assert total(CommissionRules((TIERS,)), sold("1200"), sold("-400", day=5)) == Decimal("24.00")


def test_a_split_gives_a_share_to_the_colleague_and_the_two_shares_are_the_whole() -> None:
    rules = CommissionRules((FLAT,), (SplitRule("half", DANA, Decimal("0.4"), client="Globex Tools"),))
    line = sold("1000")
    assert (total(rules, line), total(rules, line, rep=DANA)) == (Decimal("18.00"), Decimal("12.00"))
    assert total(rules, line, rep="Jonas Weber") == 0


def test_a_bonus_comes_with_the_sum_of_the_month_and_not_a_cent_before() -> None:
    rules = CommissionRules((FLAT,), bonuses=(BonusRule("target", Decimal(1000), Decimal(500), "USD", TOM),))
    assert statement(rules, TOM, [sold("999.99")]).bonuses == ()
    assert statement(rules, TOM, [sold("999.99"), sold("0.01")]).bonuses == (("target", Price(Decimal(500), "USD")),)
    assert statement(rules, DANA, [sold("5000", rep=DANA)]).bonuses == ()
