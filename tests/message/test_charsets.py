"""Bytes become text in the charset they are in, and no name in a mail can choose a codec that is no charset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.message.charsets import decode, known_charset


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Müller €", "utf-8"),
        ("Müller €", "windows-1252"),
        ("Müller", "ISO-8859-1"),
        ("zażółć", "iso-8859-2"),
        ("привет", "koi8-r"),
        ("привет", "windows-1251"),
        ("見積もり", "iso-2022-jp"),
        ("見積もり", "Shift_JIS"),
        ("报价", "gb2312"),
        ("Umsätze", "utf-16"),
    ],
)
def test_the_declared_charset_is_used(text: str, charset: str) -> None:
    assert decode(text.encode(charset), charset) == (text, None)


@pytest.mark.parametrize(
    "name",
    ["punycode", "idna", "unicode_escape", "raw_unicode_escape", "base64", "hex", "zip", "bz2", "rot13", "uu", "mbcs",
     "oem", "undefined", "__init__", "../../etc/passwd", "utf-8\0", "a" * 5_000, ""],
)  # fmt: skip
def test_a_name_that_is_no_charset_is_refused_and_the_text_still_read(name: str) -> None:
    assert known_charset(name) is None
    assert decode("Müller".encode(), name)[0] == "Müller"
    assert decode(b"plain", name)[0] == "plain"


def test_utf_8_that_says_it_is_latin_is_read_as_utf_8() -> None:
    text, trouble = decode("Müller".encode(), "iso-8859-1")

    assert text == "Müller"
    assert trouble is not None


def test_latin_that_says_it_is_utf_8_is_read_as_latin() -> None:
    text, trouble = decode("Müller Bau, Grüße".encode("latin-1"), "utf-8")

    assert text == "Müller Bau, Grüße"
    assert trouble is not None


def test_undeclared_cyrillic_is_detected() -> None:
    words = "Здравствуйте, пришлите пожалуйста прайс-лист на рекламу в журнале, спасибо большое"

    assert decode(words.encode("windows-1251"), None)[0] == words


@pytest.mark.parametrize("charset", ["euc-jp", "shift_jis", "utf-8"])
def test_japanese_that_says_another_japanese_charset_is_read_as_what_it_is(charset: str) -> None:
    words = "見積もりをお送りします。ご確認ください。カタログ 12 部\n"

    text, trouble = decode(words.encode(charset), "iso-2022-jp")

    assert text == words
    assert trouble is not None


@pytest.mark.parametrize("words", ["Müller Bau, Grüße", "Quien te dijŠat"])
def test_latin_that_says_it_is_japanese_is_read_as_latin(words: str) -> None:
    assert decode(words.encode("cp1252"), "iso-2022-jp")[0] == words


def test_ascii_that_says_it_is_utf_16_is_read_as_ascii() -> None:
    assert decode(b"acme corp 12k!", "utf-16")[0] == "acme corp 12k!"


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "utf-8", "utf-7", "utf-16", "iso-2022-jp", "hz", "cp1252", "big5", "x"]),
)
def test_any_bytes_become_text_that_can_be_stored(data: bytes, charset: str | None) -> None:
    decode(data, charset)[0].encode("utf-8")
