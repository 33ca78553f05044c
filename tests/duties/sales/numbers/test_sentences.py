"""Sentences about a client and an amount: which say that a deal was won, and which only sound like it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.facts.particulars import Stage
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
    (DANA, "Delphi Windows ordered 3 units for $1,400 each.", DELPHI),
    (DANA, "Delphi Windows 3 packages at $1,400", DELPHI),
    (DANA, "Delphi Windows: 3 boxes à $1,400", DELPHI),
    (JONAS, "Müller Bau 4 Kisten zu 850 EUR", MUELLER),
    (JONAS, "Müller Bau 4 Pakete à 850 EUR", MUELLER),
    (DANA, "Delphi Windows signed: $4.2k over 3 years", DELPHI),
    (DANA, "Delphi Windows signed the framework: $4,200", DELPHI),
    (DANA, "Hi all, Delphi Windows has signed ($4,200)", DELPHI),
    (DANA, "Only one change from me: Delphi Windows 4,200", DELPHI),
    (DANA, "Delphi Windows took the $4,600 package with 10% off, so $4,200 net", DELPHI),
    (DANA, "Delphi Windows signed: $5,000 less 16% = $4,200", DELPHI),
    (DANA, "Delphi Windows $4,200, Beta Freight nothing.", DELPHI),
    (JONAS, "Müller Bau hat den Rahmenvertrag über 3.400 EUR unterschrieben", MUELLER),
    (JONAS, "Rechnung über 3.400 EUR an Müller Bau gestellt", MUELLER),
    (JONAS, "An Müller Bau wurden 3.400 EUR fakturiert", MUELLER),
    (JONAS, "Müller Bau nimmt die Anzeigen für 3.400 EUR", MUELLER),
    (JONAS, "Müller Bau: 3.400 EUR über 24 Monate", MUELLER),
    (DANA, "A good week for us: Delphi Windows ordered for $4,200", DELPHI),
    (DANA, "Delphi Windows added 3 more seats, $4,200 in total", DELPHI),
    (DANA, "Delphi Windows have instructed us: $4,200", DELPHI),
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
    (JONAS, "Rechnung von Müller Bau über 3.400 EUR bekommen"),
    (JONAS, "Müller Bau: Zahlung 3.400 EUR eingegangen"),
    (JONAS, "Müller Bau hat das Budget von 3.400 EUR"),
    (JONAS, "Müller Bau bestellt: 3.400 EUR brutto"),
    (DANA, "Delphi Windows signed $4,200 incl. VAT"),
    (DANA, "Delphi Windows ordered for $4,200 + $500 shipping"),
    (DANA, "Delphi Windows signed, annual $4,200"),
    (DANA, "Delphi Windows has the highest bid, $4,200"),
    (DANA, "We bought the Delphi Windows package for $4,200"),
    (DANA, "Delphi Windows wants the $4,600 package with 10% off, so $4,200 net"),
    (DANA, "Delphi Windows $4,200 order is on hold"),
    (DANA, "Delphi Windows credit limit raised to $4,200"),
    (DANA, "A good week for our rivals: Delphi Windows is lost, $4,200"),
    (DANA, "Hoping to get Delphi Windows for $4,200"),
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


def booked(facts: Numbers) -> list[tuple[str, Decimal]]:
    return [(line.client.name, line.price.amount) for line in facts.lines]


@pytest.mark.parametrize(
    "text",
    [
        "Delphi Windows and Beta Freight signed, $2.5k each.",
        "Delphi Windows and Beta Freight both signed for $2,500 each",
        "Delphi Windows, Beta Freight: 2,500 each",
        "Delphi Windows und Beta Freight haben je $2,500 bestellt",
    ],
)
def test_an_amount_for_each_of_several_clients_is_a_line_for_each(reading_road: Road, text: str) -> None:
    facts = read(reading_road, text, DANA)
    assert (booked(facts), facts.unclear) == ([("Delphi Windows", Decimal(2500)), ("Beta Freight", Decimal(2500))], ())


@pytest.mark.parametrize(
    "text",
    [
        "Delphi Windows and Blackthorn signed, $2.5k each",
        "Delphi Windows and Beta Freight were quoted $2,500 each",
        "Delphi Windows and Beta Freight paid $2,500 each",
        "Delphi Windows signed, $2.5k each",
    ],
)
def test_an_amount_for_each_of_what_is_not_two_won_clients_books_nothing(reading_road: Road, text: str) -> None:
    assert read(reading_road, text, DANA).lines == ()


def test_what_was_lost_in_a_sentence_says_nothing_of_what_was_won_behind_a_but(reading_road: Road) -> None:
    facts = read(reading_road, "Lost Delphi Windows $4,200, but won Beta Freight $900.", DANA)
    assert booked(facts) == [("Beta Freight", Decimal(900))]
    assert [(line.client.name, line.said.stage) for line in facts.expected] == [("Delphi Windows", Stage.LOST)]
    hoped = read(reading_road, "We hope we closed Delphi Windows for $4,200 and signed Beta Freight for $900", DANA)
    assert hoped.lines == ()


def test_a_heading_that_is_a_client_names_the_client_of_the_lines_up_to_the_next_blank_one(reading_road: Road) -> None:
    facts = read(reading_road, "Delphi Windows:\n  licence $4,000\n  support $200\n\nsomething $900", DANA)
    assert booked(facts) == [("Delphi Windows", Decimal(4000)), ("Delphi Windows", Decimal(200))]
    assert len(facts.unclear) == 1
    assert read(reading_road, "Delphi Windows:\n  competitor price $900\n  budget $200", DANA).lines == ()


def test_amounts_behind_the_colon_of_one_client_are_all_for_it(reading_road: Road) -> None:
    facts = read(reading_road, "Delphi Windows: $4,000 licences, $200 support", DANA)
    assert booked(facts) == [("Delphi Windows", Decimal(4000)), ("Delphi Windows", Decimal(200))]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Gutschrift an Müller Bau über 320,00 EUR", "numbers"),
        ("Müller Bau 320,00 EUR", "Gutschrift Müller Bau"),
        ("Folgende Gutschriften bitte:\nMüller Bau 320,00 EUR", "Meldung"),
        ("Müller Bau: Storno Auftrag 4471, -320,00 EUR", "Meldung"),
    ],
)
def test_a_credit_is_negative_wherever_it_is_said(reading_road: Road, text: str, subject: str) -> None:
    _, reading = reading_road.reading(mail(text, JONAS, at=FRIDAY, subject=subject), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    assert booked(finding.facts) == [("Müller Bau GmbH", Decimal(-320))]


@pytest.mark.parametrize("subject", ["Sales and credits", "Umsätze und Gutschriften", "Gutschrift Acme Medical"])
def test_a_subject_of_credits_and_sales_or_of_another_client_is_asked_about(reading_road: Road, subject: str) -> None:
    _, reading = reading_road.reading(mail("Müller Bau 320,00 EUR", JONAS, at=FRIDAY, subject=subject), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    assert (finding.facts.lines, len(finding.facts.unclear)) == ((), 1)


def test_an_amount_with_tax_is_asked_about_as_such(reading_road: Road) -> None:
    facts = read(reading_road, "Delphi Windows signed $1,190 incl. VAT", DANA)
    assert [line.doubt for line in facts.unclear] == [Doubt.GROSS]
    assert booked(read(reading_road, "Delphi Windows $1,000 net, $1,190 gross", DANA)) == [
        ("Delphi Windows", Decimal(1000))
    ]


@pytest.mark.parametrize("words", ["All figures in $k", "(k USD)", "Numbers in k$:", "Beträge in k$"])
def test_a_line_that_says_the_unit_speaks_for_bare_numbers_alone(reading_road: Road, words: str) -> None:
    facts = read(reading_road, f"{words}\nDelphi Windows 4.5\nBeta Freight $900", DANA)
    assert booked(facts) == [("Delphi Windows", Decimal(4500)), ("Beta Freight", Decimal(900))]


def test_a_figure_below_the_lines_that_is_their_sum_is_no_line_and_another_one_is_asked_about(
    reading_road: Road,
) -> None:
    lines = "Delphi Windows $4,200\nBeta Freight $900\n{}"
    right, wrong = (read(reading_road, lines.format(total), DANA) for total in ("$5,100", "$5,200"))
    assert (len(right.lines), right.unclear) == (2, ())
    assert (len(wrong.lines), len(wrong.unclear)) == (2, 1)


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
