"""The same sales in the text, the tables and the files of a mail: they count once; two amounts are asked about."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers, SetAside
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road
from tests.workbooks import made

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))
ACME, BETA = "Acme Corp", "Beta Freight"
HEAD = "Client,Net\n"
ACME_800: list[list[object]] = [["Client", "Net"], [ACME, 800]]
Files = tuple[tuple[str, bytes | str], ...]


def raw_with(text: str, files: Files = (), *, html: str | None = None, sender: str = DANA) -> bytes:
    message = message_from_bytes(mail(text, sender, at=FRIDAY, subject="n", html=html), policy=policy.default)
    assert isinstance(message, EmailMessage)
    for name, content in files:
        inside = content.encode() if isinstance(content, str) else content
        message.add_attachment(inside, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def numbers(road: Road, text: str, files: Files = (), *, html: str | None = None, sender: str = DANA) -> Numbers:
    _, reading = road.reading(raw_with(text, files, html=html, sender=sender), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


def read_in(facts: Numbers) -> tuple[list[tuple[str, Decimal]], list[Doubt], list[SetAside]]:
    """What is booked, why lines are not, and why rows are not counted."""
    clear = [(line.client.name, line.price.amount) for line in facts.lines]
    return clear, [line.doubt for line in facts.unclear], [aside.why for aside in facts.asides]


TWICE = [
    ("acme corp 800\nsheet attached", (("n.csv", f"{HEAD}{ACME},800\n"),)),
    ("acme corp 800\nsheet attached", (("n.xlsx", made.workbook(("Sheet1", ACME_800))),)),
    ("both formats attached", (("n.csv", f"{HEAD}{ACME},800\n"), ("n.xlsx", made.workbook(("Sheet1", ACME_800))))),
    ("attached twice", (("n.csv", f"{HEAD}{ACME},800\n"), ("n.csv", f"{HEAD}{ACME},800\n"))),
    ("attached", (("n.xlsx", made.workbook(("KW44", ACME_800), ("Summary", ACME_800))),)),
]


@pytest.mark.parametrize(("text", "files"), TWICE)
def test_the_same_sale_in_two_places_of_a_mail_counts_once_and_that_is_said(
    reading_road: Road, text: str, files: Files
) -> None:
    facts = numbers(reading_road, text, files)
    assert read_in(facts) == ([(ACME, Decimal(800))], [], [SetAside.TWICE])
    (aside,) = facts.asides
    assert aside.name == ACME
    assert aside.price is not None
    assert aside.price.amount == 800


def test_a_line_above_a_table_of_the_html_with_the_same_row_counts_once(reading_road: Road) -> None:
    cells = f"<tr><th>Client</th><th>Net</th></tr><tr><td>{ACME}</td><td>800</td></tr>"
    html = f"<p>acme corp 800</p><table>{cells}</table>"
    facts = numbers(reading_road, f"acme corp 800\n\nClient Net\n{ACME} 800", html=html)
    assert read_in(facts) == ([(ACME, Decimal(800))], [], [SetAside.TWICE])


def test_two_amounts_for_one_client_in_two_places_of_a_mail_are_asked_about(road: Road) -> None:
    raw = raw_with("acme corp 860\nbeta freight 900", (("n.csv", f"{HEAD}{ACME},680\n{BETA},900\n"),))
    decision = road.arrives(raw, FRIDAY)
    assert road.ledger() == [(BETA, Decimal("900.00"), "USD")]
    assert [(each.doubt, each.amount) for each in road.pending()] == [
        (Doubt.TWO_SOURCES, Decimal("860.00")),
        (Doubt.TWO_SOURCES, Decimal("680.00")),
    ]
    (letter,) = road.letters_of(decision)
    said = " ".join(letter.content.decode().split())
    assert all(words in said for words in ("860", "680", "another part of your mail", '"n.csv", and counts once'))


def test_a_third_place_that_repeats_one_of_two_amounts_settles_nothing(reading_road: Road) -> None:
    files = (("a.csv", f"{HEAD}{ACME},680\n"), ("b.csv", f"{HEAD}{ACME},680\n"))
    assert read_in(numbers(reading_road, "acme corp 860", files)) == (
        [],
        [Doubt.TWO_SOURCES, Doubt.TWO_SOURCES],
        [SetAside.TWICE],
    )


def test_it_is_said_in_german_to_a_german_rep(road: Road) -> None:
    rows = "Kunde;Betrag\nMüller Bau GmbH;800,00\nAcme Medical GmbH;680,00\n"
    decision = road.arrives(raw_with("Müller Bau 800\nAcme Medical 860", (("kw.csv", rows),), sender=JONAS), FRIDAY)
    assert road.ledger() == [("Müller Bau GmbH", Decimal("800.00"), "EUR")]
    (letter,) = road.letters_of(decision)
    content = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(content, EmailMessage)
    plain = content.get_body(("plain",))
    assert plain is not None
    said = " ".join(plain.get_content().split())
    assert "steht noch einmal in „kw.csv“ und zählt nur einmal" in said
    assert "steht für diesen Kunden ein anderer Betrag" in said


def test_what_only_the_file_says_of_a_sale_is_kept_with_the_line_of_the_text(reading_road: Road) -> None:
    rows = f"Client,Product,Quantity,Net\n{ACME},Banner,2,800\n"
    (line,) = numbers(reading_road, "acme corp 800", (("n.csv", rows),)).lines
    assert (line.said.product, line.said.quantity, line.evidence.words) == ("Banner", Decimal(2), "acme corp 800")


# --- what still counts ---


@pytest.mark.parametrize(
    ("text", "files", "amounts"),
    [
        ("acme corp 850\nacme corp 850", (), [850, 850]),
        ("acme corp 850\nacme corp 600", (), [850, 600]),
        ("attached", (("n.csv", f"{HEAD}{ACME},850\n{ACME},850\n"),), [850, 850]),
        ("acme corp 850\nacme corp 850", (("n.csv", f"{HEAD}{ACME},850\n{ACME},850\n"),), [850, 850]),
        ("acme corp 800", (("n.csv", f"{HEAD}{BETA},800\n"),), [800, 800]),
        ("acme corp 800", (("n.csv", f"{HEAD}{ACME},800\n{ACME},300\n"),), [800, 300]),
        ("acme corp 800\nacme corp 300", (("n.csv", f"{HEAD}{ACME},300\n"),), [800, 300]),
        ("a", (("n.csv", f"{HEAD}{ACME},800\n"), ("m.csv", f"{HEAD}{BETA},900\n")), [800, 900]),
        ("a", (("n.csv", f"Client,Product,Net\n{ACME},Banner,800\n{ACME},Page,800\n"),), [800, 800]),
        (
            "a",
            (
                ("n.csv", f"Client,Product,Net\n{ACME},Banner,800\n"),
                ("m.csv", f"Client,Product,Net\n{ACME},Page,300\n"),
            ),
            [800, 300],
        ),
        (
            "a",
            (
                ("n.csv", f"Client,Date,Net\n{ACME},2025-10-28,800\n"),
                ("m.csv", f"Client,Date,Net\n{ACME},2025-10-30,800\n"),
            ),
            [800, 800],
        ),
        ("acme corp another 500\nsheet attached", (("n.csv", f"{HEAD}{ACME},800\n"),), [500, 800]),
        ("Missing in the sheet:\nacme corp 500", (("n.csv", f"{HEAD}{ACME},800\n"),), [500, 800]),
        ("Fehlt in der Liste:\nacme corp 500", (("n.csv", f"{HEAD}{ACME},800\n"),), [500, 800]),
    ],
)
def test_what_is_said_once_or_within_one_place_is_all_booked(
    reading_road: Road, text: str, files: Files, amounts: list[int]
) -> None:
    facts = numbers(reading_road, text, files)
    assert [line.price.amount for line in facts.lines] == amounts
    assert facts.unclear == ()


def test_sheets_of_two_weeks_are_both_booked(reading_road: Road) -> None:
    files = (("n.xlsx", made.workbook(("KW43", ACME_800), ("KW44", ACME_800))),)
    facts = numbers(reading_road, "attached", files)
    assert [line.said.period.first.day for line in facts.lines if line.said.period] == [20, 27]
    assert (facts.unclear, facts.asides) == ((), ())


def test_a_sheet_that_repeats_an_expectation_notes_it_once(reading_road: Road) -> None:
    rows = f"Client,Net,Stage\n{ACME},800,open\n"
    facts = numbers(reading_road, "attached", (("a.csv", rows), ("b.csv", rows)))
    assert len(facts.expected) == 1
    assert read_in(facts) == ([], [], [SetAside.TWICE])
