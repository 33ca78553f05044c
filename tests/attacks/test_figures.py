"""A figure is booked only where there is one way to read it, in digits that everybody sees alike."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from email.utils import format_datetime
from itertools import count

import pytest

from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import SalesEntry
from tests.attacks.conftest import Siege
from tests.attacks.hostile import DANA, FRIDAY, MARA, Attack, proven

UTF_8 = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
BOTH = ("MIME-Version: 1.0", 'Content-Type: multipart/alternative; boundary="b"')
CLIENTS = ("acme corp", "beta freight", "north star", "delphi windows")
places, cents = count(), count(1)


def of_dana(name: str, fields: tuple[str, ...], body: str) -> Attack:
    """A mail of Dana's about a client and a day of its own, so that no other line stands beside it."""
    place = next(places)
    day = FRIDAY - timedelta(days=1 + place // len(CLIENTS), hours=1)
    date = f"Date: {format_datetime(day)}"
    return Attack(name, (*proven(DANA), *fields, date), body.replace("CLIENT", CLIENTS[place % len(CLIENTS)]))


def books_nothing(siege: Siege, told: Told, booked: list[SalesEntry]) -> None:
    assert [entry.id for entry in siege.desk.all_of(SalesEntry)] == [entry.id for entry in booked]
    assert set(told.records) <= {"sales_pending", "tasks"}
    assert told.records["tasks"], "a person is told"
    assert {letter.recipient for letter in told.letters} <= {DANA, MARA}


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param("12.5OO,00", id="the letter O"),
        pytest.param("l2,500.00", id="the letter l"),
        pytest.param("\uff11\uff12\uff15\uff10\uff10", id="fullwidth digits"),
        pytest.param("12\uff0c500.00", id="a fullwidth comma"),
        pytest.param("\u0661\u0662\u0665\u0660\u0660", id="Arabic digits"),
        pytest.param("1\u0662,500.00", id="an Arabic digit among others"),
        pytest.param("\u0967\u0968\u096b\u0966\u0966", id="Devanagari digits"),
        pytest.param("\U0001d7cf\U0001d7d0\U0001d7d3\U0001d7ce\U0001d7ce", id="mathematical digits"),
        pytest.param("12500\u00b2", id="a superscript"),
        pytest.param("\u2460\u2461\u2464", id="digits in circles"),
        pytest.param("1\u200d2,500.00", id="a zero-width joiner"),
        pytest.param("\u202e00.052,21", id="mirrored"),
        pytest.param("\u202e121.90", id="mirrored, and an amount both ways"),
        pytest.param("1\u03012,500.00", id="a combining accent"),
        pytest.param("1\u0336,\u03362\u03365\u03360", id="struck out by combining signs"),
        pytest.param("12\u2007500.00", id="a figure space"),
        pytest.param("12_500", id="an underscore"),
        pytest.param("12\u066c500", id="an Arabic separator"),
        pytest.param("12\u00b7500,00", id="a middle dot"),
        pytest.param("12\u2044500", id="a fraction slash"),
        pytest.param("\u20111,250.00", id="a no-break hyphen for a minus"),
        pytest.param("\uff0d1,250.00", id="a fullwidth minus"),
        pytest.param("15\uff05", id="a fullwidth percent sign"),
        pytest.param("\u20a81,250.00", id="the sign of another currency"),
        pytest.param("1.25e4", id="an exponent"),
        pytest.param("0x3039", id="hexadecimal"),
        pytest.param("inf", id="infinity"),
        pytest.param("nan", id="no number"),
        pytest.param("9" * 40, id="forty digits"),
        pytest.param("999,999,999.99", id="a thousand millions"),
        pytest.param("12,500 11,000", id="two amounts"),
        pytest.param("\x1b[8m99\x1b[0m12,500", id="an order to a terminal"),
        pytest.param("12,500\x08\x08999", id="backspaces"),
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_asked_about(siege: Siege, figure: str) -> None:
    booked = siege.desk.all_of(SalesEntry)
    books_nothing(siege, siege.suffers_one(of_dana("figure", UTF_8, f"CLIENT {figure}\n")), booked)


@pytest.mark.parametrize(
    ("figure", "amount"),
    [
        ("12,500.10", "12500.1"),
        ("12,600 (last week 11,000)", "12600"),
        ("\u2212310.20", "-310.2"),
        ("12\u00a0700", "12700"),
        ("\u200e1,930.30", "1930.3"),
        ("12\u200b,800.10", "12800.1"),
        ("12\u00ad,900.10", "12900.1"),
    ],
)
def test_what_can_be_read_in_one_way_is_booked(siege: Siege, figure: str, amount: str) -> None:
    told = siege.suffers_one(of_dana("figure", UTF_8, f"CLIENT {figure}\n"))
    assert told.records == {"sales_entries": 1}
    assert siege.desk.all_of(SalesEntry)[-1].amount == Decimal(amount)


# --- a mail that shows something else than it says -------------------------------------------------------------------


def twice(plain: str, html: str) -> str:
    return (
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
    )


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        pytest.param("CLIENT 1.00", "<p>CLIENT <span style='display:none'>9</span>12,500.00</p>", id="another amount"),
        pytest.param("CLIENT 1,100", "<p>globex tools 1,100</p>", id="another client"),
        pytest.param("CLIENT 1,100", "<p>see you at the show</p>", id="nothing"),
        pytest.param("CLIENT 1,100", "<p>CLIENT <s>1,100</s> 1,900</p>", id="struck out"),
        pytest.param("CLIENT 1,100", "<table><tr><td>CLIENT<td>1,900<tr><td>sum<td>1,901</table>", id="a table"),
    ],
)
def test_where_the_html_shows_something_else_the_line_is_asked_about(siege: Siege, plain: str, html: str) -> None:
    booked = siege.desk.all_of(SalesEntry)
    books_nothing(siege, siege.suffers_one(of_dana("twice", BOTH, twice(plain, html))), booked)


def test_where_both_parts_say_the_same_it_is_booked(siege: Siege) -> None:
    told = siege.suffers_one(of_dana("twice", BOTH, twice("CLIENT 1,777.40", "<p><b>CLIENT</b> 1,777.40</p>")))
    assert told.records == {"sales_entries": 1}


@pytest.mark.parametrize(
    "unseen",
    [
        "<p style='display:none'>globex tools 9,200</p>",
        "<style>.x{display:none}</style><p class=x>delphi windows 9,200</p>",
        "<p style='color:#fff'>beta freight 9,200</p>",
        "<p style='position:absolute;left:-4000px'>beta freight 9,200</p>",
        "<!-- beta freight 9,200 -->",
        "<p><s>beta freight 9,200</s></p>",
        "<img alt='beta freight 9,200'><input value='north star 9,200'>",
    ],
)
def test_of_html_only_what_a_reader_sees_is_booked(siege: Siege, unseen: str) -> None:
    html = ("MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8")
    booked = len(siege.desk.all_of(SalesEntry))
    told = siege.suffers_one(of_dana("unseen", html, f"<p>CLIENT 1,3{next(cents):02}.60</p>{unseen}"))

    assert told.records == {"sales_entries": 1}
    (entry,) = siege.desk.all_of(SalesEntry)[booked:]
    assert "9,200" not in entry.words
    assert not any("9,200" in letter.text for letter in told.letters)


def test_what_stands_outside_of_all_parts_or_in_a_mail_that_is_attached_is_not_booked(siege: Siege) -> None:
    mixed = ("MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"')
    head = "Content-Type: text/plain; charset=utf-8\n\n"
    said = f"--b\n{head}CLIENT 1,4{next(cents):02}.70\n"
    attached = f"Content-Type: message/rfc822\n\nFrom: {DANA}\nSubject: numbers\n\nbeta freight 9,300\n"
    for body in (
        f"beta freight 9,300\n\n{said}--b--\n",
        f"{said}--b--\n\nbeta freight 9,300\n",
        f"{said}--b--\n--b\n{head}beta freight 9,300\n--b--\n",
        f"{said.replace('.70', '.71')}--b\n{attached}--b--\n",
    ):
        booked = len(siege.desk.all_of(SalesEntry))
        told = siege.suffers_one(of_dana("outside", mixed, body))
        assert told.records == {"sales_entries": 1}
        assert "9,300" not in siege.desk.all_of(SalesEntry)[booked].words


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "client",
    ["\u0430cme corp", "acme \u0441orp", "\u03b1cme corp", "\u202eproc emca"],
)
def test_a_client_in_letters_that_only_look_like_his_is_asked_about(siege: Siege, client: str) -> None:
    booked = siege.desk.all_of(SalesEntry)
    told = siege.suffers_one(of_dana("client", UTF_8, f"{client} 2,0{next(cents):02}.80\n"))

    assert [entry.id for entry in siege.desk.all_of(SalesEntry)] == [entry.id for entry in booked]
    assert told.records["sales_pending"] == 1
    assert [letter.recipient for letter in told.letters] == [DANA]


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060", "\ufeff"])
def test_signs_without_width_in_a_clients_name_change_nothing(siege: Siege, unseen: str) -> None:
    honest = of_dana("client", UTF_8, f"CLIENT 2,1{next(cents):02}.90\n")
    veiled = Attack("veiled", honest.fields, f"{str(honest.body)[:3]}{unseen}{str(honest.body)[3:]}")
    told = siege.suffers_one(veiled)

    assert told.records == {"sales_entries": 1}
    assert not any(unseen in letter.text for letter in told.letters)
