"""Sentences about a client and an amount: which say that a deal was won, and which only sound like it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts import Doubt, Numbers, Stage
from tests.duties.sales.mails import DANA, JONAS, LENA, TOM, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))
DELPHI, MUELLER = ("Delphi Windows", Decimal(4200), "USD"), ("Müller Bau GmbH", Decimal(3400), "EUR")

WON = (
    (DANA, "closed Delphi Windows for $4,200", DELPHI),
    (DANA, "Delphi Windows at 4,200", DELPHI),
    (DANA, "Just closed Delphi Windows for $4,200!", DELPHI),
    (DANA, "We closed Delphi Windows for $4,200", DELPHI),
    (DANA, "I closed Delphi Windows for $4,200 today", DELPHI),
    (DANA, "finally closed Delphi Windows for 4,200", DELPHI),
    (DANA, "Delphi Windows has signed for $4,200", DELPHI),
    (DANA, "Delphi Windows is signed, $4,200", DELPHI),
    (DANA, "Delphi Windows signed with us for 4,200 this week", DELPHI),
    (DANA, "Delphi Windows renewed at $4,200", DELPHI),
    (DANA, "Won Delphi Windows at $4,200", DELPHI),
    (DANA, "Booked Delphi Windows at 4,200 this week", DELPHI),
    (DANA, "Deal with Delphi Windows closed at $4,200", DELPHI),
    (DANA, "The Delphi Windows deal is closed: $4,200", DELPHI),
    (DANA, "Good news: Delphi Windows signed for 4,200", DELPHI),
    (DANA, "Sold Delphi Windows a banner for $4,200", DELPHI),
    (DANA, "We sold to Delphi Windows for 4,200", DELPHI),
    (DANA, "Delphi Windows bought a half page for $4,200", DELPHI),
    (DANA, "We just signed the Delphi Windows renewal at 4,200", DELPHI),
    (DANA, "$4,200 signed with Delphi Windows today", DELPHI),
    (TOM, "signed Globex Tools for 900 today", ("Globex Tools", Decimal(900), "USD")),
    (TOM, "We have landed Globex Tools, worth 900", ("Globex Tools", Decimal(900), "USD")),
    (JONAS, "Abschluss mit Müller Bau über 3.400 EUR", MUELLER),
    (JONAS, "Auftrag von Müller Bau über 3.400 EUR", MUELLER),
    (JONAS, "Neuer Auftrag von der Müller Bau GmbH in Höhe von 3.400 EUR", MUELLER),
    (JONAS, "Vertrag mit Müller Bau über 3.400 EUR unterschrieben", MUELLER),
    (JONAS, "Müller Bau hat für 3.400 EUR unterschrieben", MUELLER),
    (JONAS, "Müller Bau hat heute für 3.400 EUR verlängert", MUELLER),
    (JONAS, "Müller Bau hat eine Seite für 3.400 EUR gekauft", MUELLER),
    (JONAS, "Habe Müller Bau für 3.400 EUR abgeschlossen", MUELLER),
    (JONAS, "Wir haben Müller Bau für 3.400 EUR gewonnen", MUELLER),
    (JONAS, "Müller Bau gewonnen, 3.400 EUR", MUELLER),
    (JONAS, "Müller Bau zu 3.400 EUR", MUELLER),
    (JONAS, "Endlich: Mueller-Bau hat unterschrieben, 3.400 EUR", MUELLER),
    (LENA, "Wir haben heute Hansen und Söhne für 3.000 EUR abgeschlossen", ("Hansen & Söhne KG", Decimal(3000), "EUR")),
)

NOT_WON = (
    (DANA, "hope to close Delphi for 4,200"),
    (DANA, "We hope we closed Delphi Windows for 4,200"),
    (DANA, "will close Delphi Windows for 4,200"),
    (DANA, "closing Delphi Windows for 4,200 this week"),
    (DANA, "about to close Delphi Windows at 4,200"),
    (DANA, "almost closed Delphi Windows for 4,200"),
    (DANA, "We have to sign Delphi Windows for 4,200"),
    (DANA, "Delphi Windows is close to signing at 4,200"),
    (DANA, "if we closed Delphi Windows for 4,200, we win"),
    (DANA, "pitched Delphi Windows at 4,200"),
    (DANA, "talking to Delphi Windows at 4,200"),
    (DANA, "We lost Delphi Windows at 4,200"),
    (DANA, "Delphi Windows fell through at 4,200"),
    (DANA, "We haven't closed Delphi Windows for 4,200"),
    (DANA, "Tom closed Delphi Windows for $4,200"),
    (DANA, "We closed Delphi Windows for 4.200"),
    (DANA, "We closed Delphi Windows for 4,200 last month"),
    (DANA, "We closed Delphi Windows at 4,200 per month"),
    (DANA, "We closed Delphi Windows over 4,200"),
    (DANA, "We closed Delphi Windows at 900"),  # nine o'clock?
    (DANA, "call with Delphi Windows at 4"),
    (DANA, "We bought a stand from Delphi Windows for 4,200"),
    (DANA, "We closed Delphi Door for $4,200"),
    (DANA, "We closed Delphi Windows Europe for $4,200"),
    (DANA, "We closed Acme for $4,200"),
    (DANA, "We closed Delphi Windows and Beta Freight for $4,200"),
    (DANA, "We closed Globex Tools for $4,200"),
    (DANA, "Delphi Windows competitor closed at 4,200"),
    (JONAS, "hoffe auf Abschluss mit Müller Bau über 3.400 EUR"),
    (JONAS, "kurz vor Abschluss mit Müller Bau über 3.400 EUR"),
    (JONAS, "fast Abschluss mit Müller Bau über 3.400 EUR"),
    (JONAS, "noch kein Abschluss mit Müller Bau über 3.400 EUR"),
    (JONAS, "Abschluss mit Müller Bau über 3.400 EUR steht bevor"),
    (JONAS, "Abschluss mit Müller Bau über 3.400 EUR geplatzt"),
    (JONAS, "Müller Bau hat über 3.400 EUR gebucht"),  # more than that?
    (JONAS, "will Müller Bau für 3.400 EUR abschließen"),
    (JONAS, "Müller Bau soll für 3.400 EUR unterschreiben"),
    (JONAS, "Angebot an Müller Bau über 3.400 EUR"),
    (JONAS, "Gespräch mit Müller Bau über 3.400 EUR"),
    (JONAS, "Auftrag an Müller Bau über 3.400 EUR"),
    (JONAS, "Wir haben bei Müller Bau für 3.400 EUR bestellt"),
    (JONAS, "Rechnung an Müller Bau über 3.400 EUR"),
    (JONAS, "Müller Bau verloren, 3.400 EUR"),
)


def read(road: Road, text: str, sender: str) -> Numbers:
    _, reading = road.reading(mail(text, sender, at=FRIDAY), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


@pytest.mark.parametrize(("sender", "text", "line"), WON)
def test_a_sentence_that_says_a_deal_was_won_is_booked(
    reading_road: Road, sender: str, text: str, line: tuple[str, Decimal, str]
) -> None:
    facts = read(reading_road, text, sender)
    assert [(each.client.name, each.price.amount, each.price.currency) for each in facts.lines] == [line]
    assert facts.unclear == ()


@pytest.mark.parametrize(("sender", "text"), NOT_WON)
def test_a_sentence_that_does_not_say_so_for_sure_is_never_booked(reading_road: Road, sender: str, text: str) -> None:
    facts = read(reading_road, text, sender)
    assert facts.lines == ()
    assert len(facts.unclear) + len(facts.expected) == 1


def test_a_question_whether_a_deal_was_won_books_nothing(reading_road: Road) -> None:
    _, reading = reading_road.reading(mail("did we close Delphi Windows for 4,200?", DANA, at=FRIDAY), FRIDAY)
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("hope to close Delphi Windows for 4,200 and Beta Freight for 900", Stage.OPEN),
        ("we lost Delphi Windows for 4,200, Beta Freight for 900", Stage.LOST),
    ],
)
def test_the_verb_before_the_first_amount_of_a_line_speaks_for_the_others(
    reading_road: Road, text: str, stage: Stage
) -> None:
    facts = read(reading_road, text, DANA)
    assert (facts.lines, facts.unclear) == ((), ())
    assert [(line.client.name, line.said.stage) for line in facts.expected] == [
        ("Delphi Windows", stage),
        ("Beta Freight", stage),
    ]


def test_two_deals_won_in_one_sentence_are_two_lines(reading_road: Road) -> None:
    facts = read(reading_road, "We closed Delphi Windows for $4,200 and Beta Freight for $900", DANA)
    assert [(line.client.name, line.price.amount) for line in facts.lines] == [
        ("Delphi Windows", Decimal(4200)),
        ("Beta Freight", Decimal(900)),
    ]


def test_a_number_that_may_be_an_hour_is_asked_about_and_an_amount_beside_at_is_not(reading_road: Road) -> None:
    hour, amount = (read(reading_road, text, DANA) for text in ("Delphi Windows at 1630", "Delphi Windows at 4200"))
    assert ([line.doubt for line in hour.unclear], hour.lines) == ([Doubt.TWO_READINGS], ())
    assert ([line.price.amount for line in amount.lines], amount.unclear) == ([Decimal(4200)], ())
