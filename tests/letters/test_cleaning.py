import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.letters.cleaning import MOST_QUOTED_LINES, header_words, one_line, quoted_lines


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("a\r\nBcc: eve@evil.example", "a Bcc: eve@evil.example"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf\x1cg", "a b c d e f g"),
        ("nul\x00 bell\x07 esc\x1b[31m del\x7f csi\x9b", "nul bell esc[31m del csi"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066a\u2069 \u200fb\u200e \ufeffc\u200b", "a b c"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("  a \t  b  ", "a b"),
    ],
)
def test_what_cannot_be_seen_or_would_be_obeyed_is_taken_out(written: str, seen: str) -> None:
    assert one_line(written) == seen


@pytest.mark.parametrize(
    "written", ["Müller & Söhne", "日本語", "family 👨‍👩‍👧", "=1+1", "{{7*7}}", "naïve cafe\u0301"]
)
def test_what_can_be_seen_stays(written: str) -> None:
    assert one_line(written) == written


def test_a_long_value_ends_in_an_ellipsis() -> None:
    assert one_line("word " * 20_000, 20) == "word word word word…"
    assert len(one_line("x" * 100_000)) == 300
    assert one_line("x" * 300) == "x" * 300


def test_words_of_a_header_hold_no_encoded_word() -> None:
    assert header_words("=?utf-8?q?a=0D=0ABcc=3A_e?= \r\n b", 80) == "= ?utf-8?q?a=0D=0ABcc=3A_e?= b"
    assert header_words("=??utf-8?", 80) == "= ??utf-8?"


def test_a_quotation_keeps_its_lines_but_not_all_of_a_long_mail() -> None:
    assert quoted_lines("one\r\n\r\n  two\u202e \n") == ("one", "two")
    assert quoted_lines("line\n" * 100) == ("line",) * MOST_QUOTED_LINES + ("…",)


@given(st.text(max_size=400))
def test_one_line_is_one_line_whatever_comes(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([line], [])
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in line)
    line.encode()
