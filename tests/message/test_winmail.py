"""Outlook's winmail.dat: what is packed in it is read like any other part, and a broken one is kept whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.message import Limits, read
from mailbot.message.compressed_rtf import decompress
from mailbot.message.rtf import RichText, read_rtf
from mailbot.message.tnef import BrokenTnefError, unpack
from tests.message.winmails import (
    BODY,
    CODE_PAGE,
    HTML,
    LONG_NAME,
    MIME_TYPE,
    OBJECT,
    PLAIN,
    PROPERTIES,
    RTF,
    TEXT_CODE_PAGE,
    attribute,
    file,
    mail_with,
    number,
    octets,
    packed_rtf,
    properties,
    sized,
    winmail,
    words,
)

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RTF_TEXT = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil Arial;}}\f0 acme 12k\par beta 450 \'80\par }"
RTF_HTML = (
    rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf \par \htmlrtf0 acme {\*\htmltag84 &amp;}\htmlrtf &\htmlrtf0  co"
    rb"{\*\htmltag72 </p>}{\*\mhtmltag8 <x>}}"
)


def of_mail(*written: bytes) -> bytes:
    return attribute(PROPERTIES, properties(*written))


def test_the_files_in_it_are_files_of_the_mail_under_their_long_names() -> None:
    packed = winmail(
        file(b"KW44_B~1.XLS", b"PK\3\4", words(LONG_NAME, "KW44_Brändt.xlsx")),
        file(b"a.pdf", b"%PDF-1.4\0", words(MIME_TYPE, "application/x-pdf")),
    )
    message = read(mail_with(packed))

    assert [(each.filename, each.content_type, each.content) for each in message.attachments] == [
        ("KW44_Brändt.xlsx", SHEET, b"PK\3\4"),
        ("a.pdf", "application/x-pdf", b"%PDF-1.4\0"),
    ]
    assert message.body.original == "see attached"
    assert message.defects == ()


def test_a_title_is_read_in_the_code_page_of_the_mail_and_made_safe() -> None:
    packed = winmail(
        attribute(CODE_PAGE, (1251).to_bytes(4, "little")),
        file("../отчёт.pdf".encode("cp1251"), b"x"),
    )

    assert [each.filename for each in read(mail_with(packed)).attachments] == ["отчёт.pdf"]


def test_the_bytes_of_an_object_are_its_content_without_what_kind_it_is() -> None:
    packed = winmail(file(b"inner", b"", sized(0x000D, OBJECT, bytes(16) + b"OLE")))

    assert read(mail_with(packed)).attachments[0].content == b"OLE"


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ((attribute(BODY, b"acme 12k\r\nbeta 450\0"),), "acme 12k\nbeta 450"),
        ((of_mail(words(PLAIN, "acmé 12k")),), "acmé 12k"),
        ((of_mail(number(TEXT_CODE_PAGE, 65001), sized(0x001E, PLAIN, "acmé 12k\0".encode())),), "acmé 12k"),
        ((of_mail(octets(HTML, b"<p>acme</p><p>12k</p>")),), "acme\n\n12k"),
        ((of_mail(octets(RTF, packed_rtf(RTF_TEXT))),), "acme 12k\nbeta 450 €\n"),
        ((of_mail(octets(RTF, packed_rtf(RTF_HTML))),), "acme & co"),
    ],
    ids=["body", "wide text", "utf-8", "html", "rtf", "html in rtf"],
)
def test_where_the_mail_has_no_text_the_packed_one_is_the_text(attributes: tuple[bytes, ...], text: str) -> None:
    for raw in (mail_with(winmail(*attributes), None), mail_with(winmail(*attributes), " \n")):
        message = read(raw)
        assert message.body.original == text
        assert message.attachments == ()
        assert message.defects == ()


def test_beside_a_text_the_packed_one_is_not_said_again_but_its_table_is_read() -> None:
    rows = "<table><tr><td>acme</td><td>12k</td></tr><tr><td>beta</td><td>450</td></tr></table>"
    message = read(mail_with(winmail(of_mail(words(PLAIN, "acme 12k"), words(HTML, rows))), "acme 12k beta 450"))

    assert message.body.original == "acme 12k beta 450"
    assert message.tables[0].rows == (("acme", "12k"), ("beta", "450"))
    assert message.html == rows


def test_one_in_which_there_is_nothing_to_read_stays_a_file() -> None:
    packed = winmail(of_mail(number(0x0026, 1)))

    assert [each.filename for each in read(mail_with(packed)).attachments] == ["winmail.dat"]


WHOLE = winmail(attribute(BODY, b"acme 12k"), file(b"a.pdf", b"%PDF", words(LONG_NAME, "acme.pdf")))


@pytest.mark.parametrize(
    ("packed", "why"),
    [
        (b"", "does not begin"),
        (b"PK\3\4 and more", "does not begin"),
        (WHOLE[:-1], "longer than what is left"),
        (WHOLE[:40], "longer than what is left"),
        (WHOLE + b"\0", "longer than what is left"),
        (WHOLE.replace(b"%PDF", b"%PDX"), "checksum"),
        (winmail(of_mail(b"")), "longer than what is left"),
        (winmail(attribute(PROPERTIES, b"\xff\xff\xff\xff")), "more than 20000 properties"),
        (winmail(attribute(PROPERTIES, properties(b"\x99\x00\x00\x10\0\0\0\0"))), "unknown kind 0x0099"),
        (winmail(*[attribute(BODY, b"")] * 20_001), "more than 20000 attributes"),
        (winmail(of_mail(b"\x02\x11\x00\x10\xff\xff\xff\xff")), "more than 100000 values"),
    ],
    ids=range(11),
)
def test_a_broken_one_is_a_defect_and_kept_whole(packed: bytes, why: str) -> None:
    message = read(mail_with(packed))

    assert [(each.filename, each.content) for each in message.attachments] == [("winmail.dat", packed)]
    assert any("winmail.dat cannot be opened" in str(defect) and why in str(defect) for defect in message.defects)
    assert message.body.original == "see attached"


def test_files_beyond_the_cap_are_counted() -> None:
    message = read(mail_with(winmail(*[file(b"a.pdf", b"x")] * 5)), Limits(attachments=2))

    assert len(message.attachments) == 2
    assert any("more than 2 attachments, 3 others are not read" in str(defect) for defect in message.defects)


@given(st.integers(0, len(WHOLE)), st.binary(max_size=12))
def test_any_damage_unpacks_or_is_said_to_be_broken(at: int, put: bytes) -> None:
    try:
        unpack(WHOLE[:at] + put + WHOLE[at + len(put) :])
    except BrokenTnefError as broken:
        assert str(broken)  # noqa: PT017  (both ends are right, and no other)


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423 20af32068656c090020627705b06c647d0a800fa0",
            rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", rb"{\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
    ],
    ids=["as it stands in [MS-OXRTFCP] section 3.1", "section 3.2: a repetition of what it repeats"],
)
def test_packed_rtf_is_undone_as_microsoft_writes_it(packed: str, text: bytes) -> None:
    assert decompress(bytes.fromhex(packed.replace(" ", "")), 1_000) == (text, None)


@pytest.mark.parametrize(
    ("packed", "trouble"),
    [
        (b"short", "without a beginning"),
        (packed_rtf(RTF_TEXT)[:60], "breaks off"),
        (packed_rtf(b"x" * 2_000), "longer than 1000 bytes"),
        (packed_rtf(RTF_TEXT).replace(b"LZFu", b"ABCD"), "unknown way"),
    ],
)
def test_packed_rtf_that_is_not_whole_says_so(packed: bytes, trouble: str) -> None:
    data, said = decompress(packed, 1_000)

    assert said is not None
    assert trouble in said
    assert len(data) <= 1_000


def test_rtf_that_was_never_compressed_is_taken_as_it_is() -> None:
    assert decompress(packed_rtf(b"")[:4] + b"\2\0\0\0MELA\0\0\0\0{}", 1_000) == (b"{}", None)


@given(st.binary(max_size=300))
def test_what_is_packed_in_the_plainest_way_comes_back(data: bytes) -> None:
    assert decompress(packed_rtf(data), 1_000) == (data, None)


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1 a\par b}", "a\nb"),
        (rb"{\rtf1 {\*\generator x;}{\colortbl;\red0;}{\info{\author Tom}}a}", "a"),
        (rb"{\rtf1\uc1 \u8364?5, \u-10179?\u-8704?}", "€5, 😀"),
        (rb"{\rtf1\uc2 \u8364\'80\'80 5}", "€ 5"),
        (rb"{\rtf1{\fonttbl{\f1\fcharset204 A;}}\f1 \'ef\'f0 {\f2 \'e9}}", "пр é"),
        (rb"{\rtf1{\fonttbl{\f1\fcharset128 A;}}{\f1 \'93\'fa\'96\'7b}}", "日本"),
        (rb"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt here}}}", "here"),
        (rb"{\rtf1 acme\cell 12k\row \{a\}\\\~b}", "acme\t12k\n{a}\\\xa0b"),
        (rb"{\rtf1 a{\pict\bin4 }}}}}bc}", "abc"),
        (b"\x7b" * 50, ""),
        (b"\x7d" * 50 + b"a", "a"),
        (rb"\u \'zz \ ", "'zz "),
    ],
)
def test_rtf_is_read_as_its_words(rtf: bytes, text: str) -> None:
    assert read_rtf(rtf) == RichText(text, is_html=False)


def test_rtf_of_too_many_words_is_cut_and_says_so() -> None:
    cut = read(mail_with(winmail(of_mail(octets(RTF, packed_rtf(b"{}a" * 200_000)))), None))

    assert read_rtf(b"{}" * 200_000).is_cut
    assert not read_rtf(b"{}" * 100_000).is_cut
    assert cut.body.original.startswith("aaa")
    assert any("too many words and groups" in str(defect) for defect in cut.defects)


def test_html_that_was_packed_into_rtf_comes_back() -> None:
    assert read_rtf(RTF_HTML) == RichText("<p>acme &amp; co</p>", is_html=True)


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from([b"{", b"}", b"\\", b"\\*", b"\\u-99999", b"\\bin9 ", b"\\'8", b"\\f1", b"\\fcharset128",
                         b"\\fromhtml1", b"\\htmltag", b"\\htmlrtf", b"\\uc9", b"a", b"\\ansicpg0", b"\xff"]),
        max_size=30,
    )
)  # fmt: skip
def test_any_rtf_is_read(pieces: list[bytes]) -> None:
    text = read_rtf(b"".join(pieces)).text

    assert "\0" not in text
    text.encode("utf-8")
