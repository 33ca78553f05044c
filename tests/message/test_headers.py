"""Header values: encoded words, parameters, identifiers and dates, also the broken kinds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.message.dates import parse_date
from mailbot.message.defects import Defects
from mailbot.message.encoded_words import decode_words
from mailbot.message.headers import Head, decoded, header_of, read_head
from mailbot.message.identifiers import message_id, message_ids
from mailbot.message.limits import Limits
from mailbot.message.parameters import parse_parameters


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?q?Ums=C3=A4tze_KW44?=", "Umsätze KW44"),
        ("Re: =?UTF-8?B?VW1zw6R0emU=?= KW44", "Re: Umsätze KW44"),
        ("=?utf-8?q?Ums?= =?utf-8?q?=C3=A4tze?=", "Umsätze"),
        ("=?utf-8?q?Ums=C3?= =?utf-8?q?=A4tze?=", "Umsätze"),
        ("=?utf-8?b?VW1zw6?= =?utf-8?b?R0emU=?=", "Umsätze"),
        ("=?iso-8859-1*de?q?M=FCller?=", "Müller"),
        ("=?utf-8?Q?M=C3=BCller Bau?=", "Müller Bau"),
        ("a=?utf-8?q?=C3=BC?=b", "aüb"),
        ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        ("=?utf-8?b?VW1zw6R0emU?=", "Umsätze"),
        ("=?utf-8?q?no end", "=?utf-8?q?no end"),
        ("=?x-none?q?plain?=", "plain"),
        ("=??q?a?=", "=??q?a?="),
        ("3 =? 4 ?= 5", "3 =? 4 ?= 5"),
    ],
)
def test_encoded_words_are_read_also_where_they_are_broken(written: str, read: str) -> None:
    assert decode_words(written) == read


@given(st.text(alphabet="=?utf-8qbQB_ AC3", max_size=80))
def test_decoding_never_raises(text: str) -> None:
    assert isinstance(decode_words(text), str)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('attachment; filename="KW44.xlsx"', "KW44.xlsx"),
        ("attachment; filename=KW 44.xlsx; size=3", "KW 44.xlsx"),
        ("attachment; filename*=utf-8''Ums%C3%A4tze.pdf", "Umsätze.pdf"),
        ('attachment; filename*0="long "; filename*1="name.pdf"', "long name.pdf"),
        ("attachment; filename*1=b; filename*0*=utf-8''%C3%BC", "üb"),
        ("attachment; filename*0=a; filename*2=c", "a"),
        ("attachment; filename=plain.pdf; filename*=utf-8''real.pdf", "real.pdf"),
        ('attachment; filename="=?utf-8?q?M=C3=BCller.pdf?="', "Müller.pdf"),
        ('attachment; filename="a\\"b;c.pdf"', 'a"b;c.pdf'),
        ('attachment; filename="not closed.pdf', "not closed.pdf"),
        (r'attachment; filename="C:\TEMP\new.pdf"', r"C:\TEMP\new.pdf"),
        (r'attachment; filename="\\server\new.pdf"', r"\server\new.pdf"),
    ],
)
def test_parameters_are_read_in_all_their_forms(written: str, name: str) -> None:
    read = parse_parameters(written)

    assert read.value == "attachment"
    assert read.parameters["filename"] == name


def test_too_many_parameters_are_cut_and_said() -> None:
    read = parse_parameters("text/plain; charset=utf-8; " + "; ".join(f"p{n}=1" for n in range(500)), most=20)

    assert read.parameters["charset"] == "utf-8"
    assert len(read.parameters) == 20
    assert not read.complete


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 3 Nov 2025 08:00:00 -0500",
        "3 Nov 2025 14:00:00 +0100",
        "Mon, 03 Nov 2025 13:00:00 GMT",
        "Mon, 3 Nov 2025 08:00:00 -0500 (EST)",
        "Mon,  3 Nov 2025 08:00:00 EST",
        "Mon Nov  3 13:00:00 2025",
        "Mon Nov  3 13:00:00 UTC 2025",
        "Mon, 3 Nov 25 13:00:00 +0000",
        "Mon, 3 Nov 2025 13:00 +0000",
        "2025-11-03T14:00:00+01:00",
        "2025-11-03 13:00:00",
        "Mo, 3 Nov 2025 14.00.00 +0100",
        "Monday, November 3, 2025 1:00 PM",
        "Mon, 3 Nov 2025 13:00:00 +00:00",
        "Mon, 3 Nov 2025 13:00:00",
    ],
)
def test_dates_of_all_kinds_name_one_moment(written: str) -> None:
    assert parse_date(written) == datetime(2025, 11, 3, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "yesterday", "31 Feb 2025 10:00:00 +0000", "3 Nov", "Nov 2025", "99:99"])
def test_what_names_no_moment_is_none(written: str) -> None:
    assert parse_date(written) is None


def test_a_leap_second_and_a_zone_beyond_the_calendar_do_no_harm() -> None:
    assert parse_date("31 Dec 2016 23:59:60 +0000") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert parse_date("1 Jan 0001 00:00:00 +1400") is None


@pytest.mark.parametrize("year", ["0001", "1970", "1989", "2101", "3609", "9999"])
def test_a_year_of_nobodys_clock_is_no_date(year: str) -> None:
    assert parse_date(f"3 Nov {year} 13:00:00 +0000") is None
    assert parse_date(f"{year}-11-03 13:00:00") is None


@given(st.text(alphabet="0123456789:+-/., ()TZJanFebGMT", max_size=60))
def test_any_text_is_a_moment_in_utc_or_none(text: str) -> None:
    moment = parse_date(text)

    assert moment is None or moment.tzinfo is UTC


def test_message_ids_lose_their_brackets_and_folding() -> None:
    assert message_ids("<a@x.example>\t<b@x.example> <a@x.example>") == ("a@x.example", "b@x.example")
    assert message_ids("Your mail of Monday <a@x.ex ample>") == ("a@x.example",)
    assert message_ids("a@x.example, b@x.example") == ("a@x.example", "b@x.example")
    assert message_ids("") == ()
    assert message_id("<5A1C77@iphone.dana>") == "5A1C77@iphone.dana"
    assert message_id("no brackets") == "nobrackets"
    assert message_id("<>") is None


def test_of_too_many_references_the_first_and_the_last_are_kept() -> None:
    ids = message_ids(" ".join(f"<{number}@x.example>" for number in range(300)), most=3)

    assert ids == ("0@x.example", "298@x.example", "299@x.example")


def head(raw: bytes) -> Head:
    return read_head(raw, 0, len(raw), Limits(), Defects())


def test_a_header_of_plain_words_is_taken_as_it_is_also_where_its_lines_are_folded() -> None:
    plain = head(b"Subject: numbers\r\nReceived: from a\r\n\tby b\r\n\r\ntext")
    assert decoded(plain, Limits()) is plain.fields
    assert plain.fields == (("Subject", "numbers"), ("Received", "from a by b"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"=?utf-8?q?Ums=C3=A4tze?=", "Ums\u00e4tze"),
        (b"Ums\xc3\xa4tze", "Ums\u00e4tze"),
        (b"bell\x07", "bell"),
        (b"two\r\n \x1blines", "twolines"),
    ],
)
def test_one_field_that_is_not_plain_is_decoded_and_the_others_stay(written: bytes, read: str) -> None:
    found = decoded(head(b"From: dana@harbourpine.example\nSubject: " + written + b"\n\n"), Limits())
    assert found[0].value == "dana@harbourpine.example"
    assert found[1].value.replace(" ", "") == read


@given(st.binary(max_size=120))
def test_taken_as_it_is_or_decoded_field_by_field_a_header_says_the_same(raw: bytes) -> None:
    found = head(b"A: " + raw + b"\nB: b\n\n")
    assert decoded(found, Limits()) == tuple(header_of(field, Limits()) for field in found.fields)
