"""Parts and files: trees of every shape, names that mean harm, and caps that hold."""

from __future__ import annotations

import hashlib

import pytest

from mailbot.message import Limits, read
from mailbot.message.filenames import clean_filename
from tests.message.samples import mail, situation


def test_an_attached_file_is_decoded_and_hashed() -> None:
    message = read(situation("S22-in-1"))

    (file,) = message.attachments
    assert (file.filename, file.content_type, file.content) == (
        "Delphi_2026_signed.pdf",
        "application/pdf",
        b"%PDF-1.4\n",
    )
    assert file.sha256 == hashlib.sha256(b"%PDF-1.4\n").hexdigest()
    assert file.size == 9
    assert "PDF attached." in message.body.original


def test_an_attached_mail_is_kept_as_bytes_and_its_text_is_not_the_text() -> None:
    body = "--b\n\nsee attached\n--b\nContent-Type: message/rfc822\n\nFrom: x@y.example\n\ninner words\n--b--\n"
    message = read(mail(body, Content_Type="multipart/mixed; boundary=b"))

    assert message.body.original == "see attached"
    assert message.attachments[0].content == b"From: x@y.example\n\ninner words"
    assert message.attachments[0].filename == "attachment.eml"
    assert message.report is None


def test_a_named_text_part_is_a_file_and_an_unnamed_one_is_text() -> None:
    body = (
        "--b\n\nfirst\n--b\nContent-Type: text/plain; name=list.txt\n\nin the file\n"
        "--b\nContent-Type: text/csv\n\na;b\n--b\nContent-Type: text/plain\n\nsecond\n--b--\n"
    )
    message = read(mail(body, Content_Type="multipart/mixed; boundary=b"))

    assert message.body.original == "first\nsecond"
    assert [file.filename for file in message.attachments] == ["list.txt", "attachment.csv"]


def test_a_file_whose_words_stand_for_the_text_is_still_a_file() -> None:
    named = "Content-Type: text/plain; name="
    body = f"--b\n{named}first.txt\n\none\n--b\n{named}next.txt\n\ntwo\n--b--\n"
    message = read(mail(body, Content_Type="multipart/mixed; boundary=b"))

    assert message.body.original == "one"
    assert [(file.filename, file.content) for file in message.attachments] == [
        ("first.txt", b"one"),
        ("next.txt", b"two"),
    ]
    assert read(mail("one", Content_Type="text/plain")).attachments == ()


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("multipart/mixed", "preamble\n--x\n\nhello\n--x--\n", "hello"),
        ("multipart/mixed; boundary=wrong", "--x\n\nhello\n--x--\n", "hello"),
        ("multipart/mixed; boundary=x", "--x\n\nhello", "hello"),
        ("multipart/mixed; boundary=x", "nothing of the kind", "nothing of the kind"),
        ("multipart/mixed; boundary=x", "--x\n\n--xy is text\n--x--\n", "--xy is text"),
        ('multipart/mixed; boundary="a b"', "--a b\n\nhello\n--a b--\nepilogue", "hello"),
        ("text", "hello", "hello"),
        ("text/plain; charset", "hello", "hello"),
    ],
)
def test_broken_structures_still_give_their_text(content_type: str, body: str, text: str) -> None:
    assert read(mail(body, Content_Type=content_type)).body.original == text


def test_words_where_inner_parts_should_be_are_text_only_where_there_is_no_other() -> None:
    empty = "--b\nContent-Type: multipart/alternative; boundary=i\n\nThis is a multi-part message.\n"
    alone = read(mail(f"{empty}--b--\n", Content_Type="multipart/mixed; boundary=b"))
    beside = read(mail(f"--b\n\nacme 12k\n{empty}--b--\n", Content_Type="multipart/mixed; boundary=b"))

    assert (alone.body.original, alone.attachments) == ("This is a multi-part message.", ())
    assert beside.body.original == "acme 12k"
    assert [file.content for file in beside.attachments] == [b"This is a multi-part message."]
    assert "part 2: says it has parts but has none" in map(str, beside.defects)


def test_the_inner_parts_of_an_unclosed_part_end_with_the_outer_one() -> None:
    body = (
        "--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\ninner\n"
        "--o\nContent-Type: application/pdf\n\nPDF\n--o--\n"
    )
    message = read(mail(body, Content_Type="multipart/mixed; boundary=o"))

    assert message.body.original == "inner"
    assert message.attachments[0].content == b"PDF"


def test_depth_and_number_of_parts_are_capped_with_a_defect() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(60)) + "\nhello\n"
    raw = b"From: d@x.example\n" + deep.encode()
    assert any("nested deeper" in defect.what for defect in read(raw).defects)

    wide = mail("--b\n\nx\n" * 300, Content_Type="multipart/mixed; boundary=b")
    message = read(wide, Limits(parts=50))
    assert message.body.original.count("x") >= 1
    assert any("more than 50 parts" in defect.what for defect in message.defects)


@pytest.mark.parametrize(
    ("encoding", "body", "content"),
    [
        ("base64", "QUJD\n", b"ABC"),
        ("base64", "QU JD*\n", b"ABC"),
        ("base64", "QUJDRA", b"ABCD"),
        ("base64", "QUJDR", b"ABC"),
        ("quoted-printable", "a=3Db=\nc=ZZ", b"a=bc=ZZ"),
        ("x-uuencode", "begin 644 a\n#86)C\n`\nend\n", b"abc"),
        ("8bit", "as it is", b"as it is"),
        ("x-unknown", "as it is", b"as it is"),
    ],
)
def test_transfer_encodings_are_undone_leniently(encoding: str, body: str, content: bytes) -> None:
    raw = mail(body, Content_Type="application/octet-stream", Content_Transfer_Encoding=encoding)

    assert read(raw).attachments[0].content == content


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("KW44_Brandt.xlsx", "KW44_Brandt.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\x.dll", "x.dll"),
        ("C:\\x.exe", "x.exe"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\r\nBcc: b.pdf", "aBcc_ b.pdf"),
        ("a\0.pdf", "a.pdf"),
        (".bashrc", "bashrc"),
        ("..", "attachment.pdf"),
        ("", "attachment.pdf"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("ＡＵＸ", "_ＡＵＸ"),
        ("Umsätze März.pdf", "Umsätze März.pdf"),
    ],
)
def test_file_names_are_made_safe(written: str, cleaned: str) -> None:
    assert clean_filename(written, "application/pdf") == cleaned


def test_a_long_file_name_keeps_its_ending() -> None:
    cleaned = clean_filename("a" * 500 + ".xlsx", "application/pdf")

    assert len(cleaned) == 120
    assert cleaned.endswith(".xlsx")


def test_files_and_parts_beyond_the_caps_are_counted_and_named() -> None:
    body = "--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n" * 150
    message = read(mail(body, Content_Type="multipart/mixed; boundary=b"))
    fewer_parts = read(mail(body, Content_Type="multipart/mixed; boundary=b"), Limits(parts=120))

    assert len(message.attachments) == 100
    assert "mail: more than 100 attachments, 50 others are not read" in map(str, message.defects)
    assert "mail: more than 120 parts, 30 others are not read" in map(str, fewer_parts.defects)
    assert message.size == len(mail(body, Content_Type="multipart/mixed; boundary=b"))


def test_files_up_to_the_cap_are_all_there_and_nothing_is_said_of_others() -> None:
    body = "--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n" * 100 + "--b--\n"
    message = read(mail(body, Content_Type="multipart/mixed; boundary=b"))

    assert len(message.attachments) == 100
    assert message.defects == ()
