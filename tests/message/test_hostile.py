"""Mails made to break a reader: nothing raises, and what is too much is cut and named."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.message import Limits, Message, clues, read
from tests.message.samples import FOLDER, mail

SAMPLES = [path.read_bytes() for path in sorted(FOLDER.glob("*.eml"))]
PIECES = st.sampled_from(
    [b"\r", b"\n", b"\0", b'"', b"<", b"(", b"=?utf-8?b?", b"?=", b";", b"--", b"\xff\xfe", b"\xc3\x28", b"From: ",
     b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n", b"Content-Type: message/delivery-status\n\n",
     b"Content-Type: text/html\n\n<table><tr><td colspan=99999>", b"; charset=utf-7", b"; filename*0*=%00", b"\n\n",
     b"Date: 99 Feb 0000 99:99:99 +9999\n", b"Content-Transfer-Encoding: base64\n", "Date: ¹at ².³ 2025\n".encode()]
)  # fmt: skip


def assert_read(raw: bytes) -> Message:
    message = read(raw)
    clues(message)
    assert message.size == len(raw)
    assert "\0" not in message.body.original
    assert "\n" not in message.subject
    repr(message).encode("utf-8")
    pickle.dumps(message)
    return message


@given(st.binary(max_size=600))
def test_any_bytes_are_read(raw: bytes) -> None:
    assert_read(raw)


@settings(max_examples=300)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 40), PIECES), max_size=8))
def test_any_damage_is_read(raw: bytes, damages: list[tuple[int, int, bytes]]) -> None:
    for at, removed, put in damages:
        raw = raw[:at] + put + raw[at + removed :]
    assert_read(raw)


@pytest.mark.parametrize(
    ("raw", "defect"),
    [
        (mail(To=", ".join(f"u{n}@x.example" for n in range(5_000))), "more than 100 addresses"),
        (mail(X_Long="a" * 1_200_000), "longer than 1000000 bytes"),
        (mail(**{f"X-{n}": "a" for n in range(5_000)}), "more than 2000 fields"),
        (mail(From='"' * 90_001), "quoted name is not closed"),
        (mail(From="(" * 90_000), "comment is not closed"),
        (mail("x" * 3_000_000), "longer than 2000000 characters"),
        (mail("<div>" * 100_000, Content_Type="text/html"), "nested deeper than 200"),
        (mail("--b\n\nx\n" * 5_000, Content_Type="multipart/mixed; boundary=b"), "more than 200 parts"),
        (
            mail("a", Content_Type="text/plain; " + "; ".join(f"a*{n}=b" for n in range(9_000))),
            "more than 200 parameters",
        ),
        (mail("a" * 9_000, Content_Type="text/plain; charset=punycode"), "unknown charset"),
        (
            mail("--b\nContent-Type: a/b\n\nx\n" * 150, Content_Type="multipart/mixed; boundary=b"),
            "more than 100 attachments",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_too_much_of_anything_is_cut_and_named(raw: bytes, defect: str) -> None:
    message = assert_read(raw)

    assert any(defect in str(found) for found in message.defects)
    assert len(message.defects) <= Limits().defects + 1


@pytest.mark.parametrize(
    "raw",
    [
        mail(Subject=" ".join(["=?utf-8?b?YQ==?="] * 20_000)),
        mail(" " * 200_000 + "x"),
        mail((">" * 50 + "\n") * 100_000),
        mail("On " * 100_000),
        mail("On 2025\n" * 20_000),
        mail("From: a\n" * 20_000),
        mail("thanks\n" * 20_000),
        mail("--\n> q\nthx\n" * 15_000),
        mail("On 2025 <\n\n" * 15_000),
        mail("a@x.example 1:\n" * 15_000),
        mail("\n".join(">" * depth + " x" for depth in range(300))),
        mail("<p>a@x.example 1 x:</p><blockquote></blockquote>" * 8_000, Content_Type="text/html"),
        mail("<div class='gmail_quote'><blockquote>" * 90 + "x", Content_Type="text/html"),
        mail("@" * 200_000),
        mail("n-" + "1" * 200_000),
        mail("x--b" * 100_000, Content_Type="multipart/mixed; boundary=b"),
        mail("<table><tr><td>a<td>b" * 150, Content_Type="text/html"),
        mail("<" * 300_000, Content_Type="text/html"),
        mail("=" * 300_000, Content_Transfer_Encoding="quoted-printable"),
        mail("Final-Recipient: rfc822;a@b.example\n\n" * 20_000, Content_Type="message/delivery-status"),
        mail("junk\n" * 50_000, Content_Type="message/delivery-status"),
        b"\n" * 1_000_000,
        b":" * 1_000_000,
        bytes(range(256)) * 4_000,
    ],
    ids=range(24),
)
def test_patterns_that_make_careless_readers_hang_are_read(raw: bytes) -> None:
    assert_read(raw)
