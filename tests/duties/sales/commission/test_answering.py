"""A rep asks about the own commission, where the desk knows the rules: lines and rates, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.config import SalesSettings
from mailbot.config.commission import CommissionRules, RateRule, Tier
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.settings import Arrangements
from mailbot.records.decision import Decision, Folder
from tests.duties.sales.mails import DANA, JONAS, TOM, mail
from tests.duties.sales.road import Road

OCTOBER = datetime(2025, 10, 31, 16, 0, tzinfo=ZoneInfo("America/New_York"))
FRIDAY = OCTOBER + timedelta(days=7)
RULES = CommissionRules(
    (
        RateRule("dental", (Tier(Decimal(0), Decimal("0.05")),), client="Blue Ridge Dental"),
        RateRule("standard", (Tier(Decimal(0), Decimal("0.03")),)),
    )
)


def asks(road: Road, words: str, who: str = TOM) -> Decision:
    road.desk = replace(road.desk, settings={NAME: Arrangements(SalesSettings(), RULES)})
    road.arrives(mail("blue ridge dental 1,800\nglobex tools 975.50", TOM, at=OCTOBER), OCTOBER)
    road.arrives(mail("acme corp 12k", DANA, at=OCTOBER), OCTOBER)
    return road.arrives(mail(words, who, at=FRIDAY, subject="commission"), FRIDAY)


@pytest.mark.parametrize(
    "words",
    [
        "why is my oct commission 412? should be ~500. also lunch w/ blue ridge 86.40 attached",
        "How did my commission for October come about?",
        "is my commission wrong? should be 500",
    ],
)
def test_the_lines_and_rates_that_gave_the_sum_are_listed(road: Road, words: str) -> None:
    decision = asks(road, words)
    assert (decision.kind, decision.folder) == ("commission", Folder.DONE)
    (letter,) = road.letters_of(decision)
    text = " ".join(letter.text.split())
    assert letter.recipient == "tom@harbourpine.example"
    assert "your commission for 10/2025 is 119.27 USD" in text
    assert "Blue Ridge Dental 1,800.00 USD: 5% (dental) = 90.00 USD" in text
    assert "Globex Tools 975.50 USD: 3% (standard) = 29.27 USD" in text
    assert "Acme" not in text
    assert len(road.entries()) == 3
    assert road.pending() == []


def test_what_he_has_and_expects_is_said_beside_it(road: Road) -> None:
    (letter,) = road.letters_of(asks(road, "why is my oct commission 412? should be ~500."))
    assert "You wrote 412.00, and expect about 500.00." in " ".join(letter.text.split())


def test_a_german_rep_reads_it_in_german_and_a_month_without_sales_is_nothing(road: Road) -> None:
    decision = asks(road, "Wie kommt meine Provision für Oktober zustande?", JONAS)
    (letter,) = road.letters_of(decision)
    assert "beträgt deine Provision für 10/2025 nichts" in " ".join(letter.text.split())


@pytest.mark.parametrize("words", ["why is Dana's commission 412?", "what is the commission of dana for october?"])
def test_the_commission_of_a_colleague_is_told_to_nobody(road: Road, words: str) -> None:
    decision = asks(road, words)
    assert decision.kind != "commission"
    assert all("360" not in letter.text for letter in road.letters_of(decision))


def test_sales_in_the_same_mail_are_not_lost(road: Road) -> None:
    decision = asks(road, "why is my oct commission 412?\nsouth star logistics 4,250 signed today")
    assert (decision.rule, decision.folder) == ("sales.commission-and-more", Folder.HELD)
    assert len(road.entries()) == 3
