"""A mail that says its figures as plain text and as HTML: what the two do not both say is asked about."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers
from tests.duties.sales.mails import DANA, DESK
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))


def numbers(reading_road: Road, plain: str, html: str) -> Numbers:
    """What is read in a mail with both."""
    raw = (
        f"From: {DANA}\nTo: {DESK}\nSubject: numbers\nDate: Fri, 31 Oct 2025 16:42:11 -0400\n"
        "Message-ID: <two@dana>\n"
        "Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example\n"
        'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
    )
    _, reading = reading_road.reading(raw.encode(), FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


def read_in(facts: Numbers) -> tuple[list[tuple[str, Decimal]], list[tuple[str, Doubt]]]:
    clear = [(line.client.name, line.price.amount) for line in facts.lines]
    return clear, [(line.evidence.words, line.doubt) for line in facts.unclear]


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("acme corp 1,100", "<p>acme corp 1,100</p>"),
        ("*acme corp* 1,100", "<p><b>acme&nbsp;corp</b>\n 1,100</p>"),
        ("acme corp - 1,100", "<ul><li>acme corp \u2013 1,100</li></ul>"),
        ("acme corp 1,100\n\nDana\n617 555 0142", "<p>acme corp 1,100</p><p>Dana<br>617 555 0142<br>Suite 300</p>"),
        (
            "acme corp 1,100 <https://acme.example/550>",
            "<p>acme corp 1,100 <a href='https://acme.example/550'>x</a></p>",
        ),
    ],
)
def test_what_both_say_is_clear_however_it_is_laid_out(reading_road: Road, plain: str, html: str) -> None:
    assert read_in(numbers(reading_road, plain, html)) == ([("Acme Corp", Decimal(1100))], [])


@pytest.mark.parametrize(
    ("plain", "html", "unclear"),
    [
        ("acme corp 1,100", "<p>acme corp 1,900</p>", ["acme corp 1,100", "acme corp 1,900"]),
        ("acme corp 1,100", "<p>delphi windows 1,100</p>", ["acme corp 1,100"]),
        ("acme corp 1,100", "<p>acme corp <s>1,100</s> 1,900</p>", ["acme corp 1,100", "acme corp 1,900"]),
        (
            "acme corp 1,100",
            "<p>acme corp 1,<span style='display:none'>1</span>900</p>",
            ["acme corp 1,100", "acme corp 1,900"],
        ),
        ("acme corp 1,100", "<p>hi</p>", ["acme corp 1,100"]),
    ],
)
def test_what_only_one_of_them_says_is_asked_about(
    reading_road: Road, plain: str, html: str, unclear: list[str]
) -> None:
    assert read_in(numbers(reading_road, plain, html)) == ([], [(words, Doubt.TWO_TEXTS) for words in unclear])


def test_the_other_lines_of_such_a_mail_are_clear(reading_road: Road) -> None:
    plain, html = "acme corp 1,100\nbeta freight 450", "<p>acme corp 1,100<br>beta freight 950</p>"
    clear, unclear = read_in(numbers(reading_road, plain, html))

    assert clear == [("Acme Corp", Decimal(1100))]
    assert unclear == [("beta freight 450", Doubt.TWO_TEXTS), ("beta freight 950", Doubt.TWO_TEXTS)]


def test_a_line_that_stands_in_the_html_alone_is_not_dropped(reading_road: Road) -> None:
    plain, html = "Hello all\nacme corp 1,100", "<p>Hello all</p><p>acme corp 1,100</p><p>beta freight 950</p>"
    clear, unclear = read_in(numbers(reading_road, plain, html))

    assert [amount for _, amount in clear] == [Decimal(1100)]
    assert unclear == [("beta freight 950", Doubt.TWO_TEXTS)]


RAISED = "<p>acme corp 500<sup>1)</sup><br>beta freight 450</p>"


@pytest.mark.parametrize("plain", ["acme corp 5001)\nbeta freight 450", "acme corp 500^1)\nbeta freight 450"])
def test_the_mark_of_a_footnote_is_never_a_digit_of_the_amount(reading_road: Road, plain: str) -> None:
    clear, unclear = read_in(numbers(reading_road, plain, RAISED))
    assert clear == [("Beta Freight", Decimal(450))]
    assert unclear


def test_raised_cents_that_the_plain_text_writes_as_whole_money_are_asked_about(reading_road: Road) -> None:
    clear, unclear = read_in(numbers(reading_road, "acme corp $50000", "<p>acme corp $500<sup>00</sup></p>"))
    assert (clear, bool(unclear)) == ([], True)


def test_ordinary_raised_letters_change_nothing(reading_road: Road) -> None:
    plain, html = "acme corp 500, signed 31st October", "<p>acme corp 500, signed 31<sup>st</sup> October</p>"
    assert read_in(numbers(reading_road, plain, html)) == ([("Acme Corp", Decimal(500))], [])
