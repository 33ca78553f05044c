"""A correction changes what a line earned: the letter that confirms it says the commission before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from mailbot.config import SalesSettings
from mailbot.config.commission import BonusRule, CommissionRules, RateRule, SplitRule, Tier
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.settings import Arrangements
from tests.duties.sales.commission.test_answering import OCTOBER, RULES
from tests.duties.sales.mails import DANA, JONAS, TOM, mail
from tests.duties.sales.road import Road

HOUR = timedelta(hours=1)
SOLD = "blue ridge dental 1,800\nglobex tools 975.50"  # 90.00 + 29.27


def after(road: Road, words: str, rules: CommissionRules | None = RULES, sold: str = SOLD, who: str = TOM) -> str:
    """The letter that answers a correction of an hour later, as one line."""
    road.desk = replace(road.desk, settings={NAME: Arrangements(SalesSettings(), rules)})
    road.arrives(mail("acme corp 12k", DANA, at=OCTOBER), OCTOBER)
    (booked,) = road.letters_of(road.arrives(mail(sold, who, at=OCTOBER), OCTOBER))
    at = OCTOBER + HOUR
    reply = mail(words, who, at=at, subject=f"Re: {booked.subject}", to=booked.envelope_sender)
    decision = road.arrives(reply, at)
    assert decision.kind == "correction"
    (letter,) = (each for each in road.letters_of(decision) if each.recipient in who)
    return " ".join(letter.text.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("1 is 1,500", "Your commission for 10/2025: 119.27 USD → 104.27 USD."),
        ("drop 1", "Your commission for 10/2025: 119.27 USD → 29.27 USD."),
        ("drop 1 and 2", "Your commission for 10/2025: 119.27 USD → nothing."),
        ("1 is for South Star", "Your commission for 10/2025: 119.27 USD → 83.27 USD."),
    ],
)
def test_the_commission_is_computed_again_and_shown(road: Road, words: str, said: str) -> None:
    text = after(road, words)
    assert said in text
    assert "360" not in text  # what Dana earned is told to nobody else


def test_by_the_old_amount_too_and_the_figures_agree_with_the_question_asked_later(road: Road) -> None:
    after(road, "2 is 900")
    at = OCTOBER + 2 * HOUR
    decision = road.arrives(mail("sorry, blue ridge was 2,000 not 1,800", TOM, at=at, subject="oops"), at)
    assert "117.00 USD → 127.00 USD" in " ".join(road.letters_of(decision)[0].text.split())
    asked = road.arrives(mail("why is my oct commission 412?", TOM, at=at + 8 * 24 * HOUR), at + 8 * 24 * HOUR)
    assert "your commission for 10/2025 is 127.00 USD" in " ".join(road.letters_of(asked)[0].text.split())


def test_a_bonus_that_hung_on_the_line_goes_with_it(road: Road) -> None:
    rules = replace(RULES, bonuses=(BonusRule("October bonus", Decimal(2500), Decimal(500), "USD"),))
    assert "619.27 USD → 74.27 USD" in after(road, "1 is 900", rules)


def test_of_a_split_line_the_own_share_counts(road: Road) -> None:
    rules = CommissionRules(
        (RateRule("standard", (Tier(Decimal(0), Decimal("0.10")),)),),
        (SplitRule("globex", "Dana Reyes", Decimal("0.4"), client="Globex Tools"),),
    )
    assert "238.53 USD → 180.00 USD" in after(road, "drop 2", rules)


def test_in_german_with_german_figures(road: Road) -> None:
    text = after(road, "1 ist 1.000", sold="Müller Bau 2.000", who=JONAS)
    assert "Deine Provision 10/2025: 60,00 EUR → 30,00 EUR." in text


def test_nothing_is_said_where_the_desk_has_no_rules_or_nothing_changes(road: Road) -> None:
    assert "commission" not in after(road, "1 is 1,500", rules=None)


def test_nothing_is_said_where_the_commission_stays_the_same(road: Road) -> None:
    nothing = CommissionRules((RateRule("standard", (Tier(Decimal(0), Decimal(0)),)),))
    assert "commission" not in after(road, "1 is 1,500", nothing)
