"""A mail is read whole: who, to whom, when, about what, and in which words."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from mailbot.message import Limits, read
from tests.message.samples import mail, situation


def test_a_mail_from_the_phone_is_read_with_its_header_and_words() -> None:
    message = read(situation("S01-in-1"))

    assert message.sender is not None
    assert (message.sender.name, message.sender.key) == ("Dana Reyes", "dana@harbourpine.example")
    assert [box.address for box in message.to] == ["desk@harbourpine.example"]
    assert message.subject == "numbers"
    assert message.date == datetime(2025, 10, 31, 20, 42, 11, tzinfo=UTC)
    assert message.message_id == "5A1C77@iphone.dana"
    assert (
        message.value(
            "authentication-results",
        )
        == "mx.harbourpine.example; dmarc=pass header.from=harbourpine.example"
    )
    assert message.return_path is None
    assert message.attachments == ()
    assert message.report is None
    assert message.defects == ()


def test_encoded_subject_and_eight_bit_text_are_decoded() -> None:
    message = read(situation("S02-in-1"))

    assert message.subject == "Umsätze KW44"
    assert "Müller Bau 1.234,56 EUR" in message.body.original


def test_return_path_tells_the_null_sender_from_a_missing_one() -> None:
    assert read(situation("S13-in-1")).return_path == ""
    assert read(mail(Return_Path="<bounce@client.example>")).return_path == "bounce@client.example"
    assert read(mail()).return_path is None


def test_envelope_recipients_are_gathered_from_all_the_fields_servers_write() -> None:
    raw = b"Delivered-To: desk@harbourpine.example\nX-Original-To: desk+q-0117-h4xm@harbourpine.example\n" + mail()

    assert read(raw).delivered_to == ("desk@harbourpine.example", "desk+q-0117-h4xm@harbourpine.example")


def test_the_html_is_the_text_where_there_is_no_other_and_its_table_is_a_grid() -> None:
    message = read(situation("S03-in-1"))

    assert message.tables[0].rows[1] == ("Blue Ridge Dental", "1/2 page Nov", "$", "1,800.00")
    assert message.tables[0].rows[0] == ("Client", "Product", "Net", "")
    assert message.html is not None
    assert "Globex Tools" in message.body.original


def test_a_poor_plain_part_gives_way_to_the_html() -> None:
    body = (
        "--b\nContent-Type: text/plain\n\nPlease view as HTML.\n"
        "--b\nContent-Type: text/html\n\n"
        "<p>Acme Corp 12,000.00 and Beta Freight 1,350.00, both signed on Friday</p>\n--b--\n"
    )
    message = read(mail(body, Content_Type="multipart/alternative; boundary=b"))

    assert message.body.original == "Acme Corp 12,000.00 and Beta Freight 1,350.00, both signed on Friday"


def test_a_good_plain_part_is_kept_beside_the_html() -> None:
    body = (
        "--b\nContent-Type: text/plain\n\nacme corp 12k  (net)\n"
        "--b\nContent-Type: text/html\n\n<p>acme corp <b>12k</b> (net)</p>\n--b--\n"
    )
    message = read(mail(body, Content_Type="multipart/alternative; boundary=b"))

    assert message.body.original == "acme corp 12k  (net)"


@pytest.mark.parametrize(
    ("raw", "subject", "text"),
    [
        (b"Subject: a\r\nFrom: d@x.example\r\n\r\nline\r\nnext", "a", "line\nnext"),
        (b"Subject: a\rFrom: d@x.example\r\rline\rnext", "a", "line\nnext"),
        (b"Subject: a\r\r\nFrom: d@x.example\r\r\n\r\r\nline", "a", "line"),
        (b"From MAILER Fri Oct 31 16:42:11 2025\nSubject: a\n\nline", "a", "line"),
        (b"Subject: a\n>From someone Fri Oct 31\nTo: d@x.example\n\nline", "a", "line"),
        (b"   \nSubject: a\n\nline", "a", "line"),
        (b"\xef\xbb\xbfSubject: a\n\nline", "a", "line"),
        (b"no header here\nat all", "", "no header here\nat all"),
        (b"", "", ""),
    ],
)
def test_odd_line_ends_and_beginnings_are_read(raw: bytes, subject: str, text: str) -> None:
    message = read(raw)

    assert message.subject == subject
    assert message.body.original == text


def test_a_carriage_return_inside_a_line_makes_no_new_header_field() -> None:
    message = read(b"Subject: a\rAuthentication-Results: mx; dmarc=pass\nFrom: d@x.example\n\nline\n")

    assert message.values("Authentication-Results") == ()
    assert message.subject == "a Authentication-Results: mx; dmarc=pass"
    assert any("carriage return" in defect.what for defect in message.defects)


def test_control_characters_of_an_encoded_word_do_not_reach_the_subject() -> None:
    message = read(mail(Subject="=?utf-8?q?a=0D=0ABcc:_evil=00?="))

    assert message.subject == "a Bcc: evil"


def test_what_is_cut_off_by_a_cap_is_named_and_the_rest_is_read() -> None:
    message = read(mail("x" * 500, Subject="a"), Limits(mail_bytes=200))

    assert message.subject == "a"
    assert message.size > 500
    assert any("larger than 200 bytes" in defect.what for defect in message.defects)


def test_copies_on_two_roads_have_one_hash_and_another_body_has_another() -> None:
    one = b"Received: from a by b\n" + mail("acme corp 12k\n", Subject="numbers", Message_ID="<1@x.example>")
    other = b"Received: from c by d\nDelivered-To: numbers@harbourpine.example\n" + mail(
        "acme corp 12k\n", Subject="numbers", Message_ID="<1@x.example>"
    ).replace(b"\n", b"\r\n")
    changed = mail("acme corp 13k\n", Subject="numbers", Message_ID="<1@x.example>")

    assert read(one).content_hash == read(other).content_hash
    assert read(one).content_hash != read(changed).content_hash


def test_the_hash_does_not_depend_on_the_transfer_encoding() -> None:
    plain = mail("Umsätze\n", Content_Type="text/plain; charset=utf-8")
    quoted = mail(
        "Ums=C3=A4tze\n", Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="quoted-printable"
    )

    assert read(plain).content_hash == read(quoted).content_hash


def test_a_message_crosses_a_process_border() -> None:
    message = read(situation("S22-in-1"))

    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301 (our own value)


def test_alternatives_that_are_sent_one_after_the_other_are_read_once() -> None:
    body = "--b\n\nacme corp 12k\n--b\nContent-Type: text/html\n\n<p>acme corp <b>12k</b></p>\n--b--\n"

    assert read(mail(body, Content_Type="multipart/mixed; boundary=b")).body.original == "acme corp 12k"
