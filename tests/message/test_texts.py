"""Which parts are the text: one of alternatives, flowed lines whole again, and never what no reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.message import Limits, read
from mailbot.message.enriched import read_enriched
from mailbot.message.flowed import unflowed
from mailbot.message.trimmer import trim
from tests.message.samples import mail

LONG = "Please send me the numbers of the week before Friday, five "


def alternative(*parts: tuple[str, str]) -> bytes:
    body = "".join(f"--b\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts) + "--b--\n"
    return mail(body, Content_Type="multipart/alternative; boundary=b")


def flowed(text: str, more: str = "") -> str:
    return read(mail(text, Content_Type=f"text/plain; charset=utf-8; format=flowed{more}")).body.original


def test_lines_that_a_program_broke_are_one_line_again() -> None:
    assert flowed(f"{LONG}\no'clock.\nacme 12k\n") == f"{LONG}o'clock.\nacme 12k\n"
    assert read(mail(f"{LONG}\no'clock.\n")).body.original == f"{LONG}\no'clock.\n"


def test_with_del_sp_the_blank_before_a_soft_break_is_no_part_of_the_text() -> None:
    broken = "https://harbourpine.example/reports/2025/november/week-45/ \nnumbers"

    assert flowed(broken, "; DelSp=Yes") == "https://harbourpine.example/reports/2025/november/week-45/numbers"
    assert flowed(broken, "; DelSp=no") == "https://harbourpine.example/reports/2025/november/week-45/ numbers"
    assert flowed("お世話になっております。今週の数字をお送りします。ご確認 \nください。", "; delsp=yes").endswith(
        "ご確認ください。"
    )


def test_where_no_second_blank_was_ever_written_del_sp_is_not_believed_between_words() -> None:
    kept = f"{LONG} \no'clock.\n"

    assert flowed(f"{LONG}\no'clock.\n", "; delsp=yes") == f"{LONG}o'clock.\n"
    assert flowed(kept, "; delsp=yes") == f"{LONG}o'clock.\n"
    assert flowed(f"{kept}{LONG}\no'clock.\n", "; delsp=yes") == f"{LONG}o'clock.\n{LONG[:-1]}o'clock.\n"


def test_lines_flow_on_only_at_their_own_quote_depth() -> None:
    text = f"> {LONG}\n> o'clock.\n> {LONG}\n{LONG}\n>> {LONG}\n>> please\n"

    assert flowed(text) == f"> {LONG}o'clock.\n> {LONG}\n{LONG}\n>> {LONG}please\n"


def test_the_signature_delimiter_neither_flows_nor_is_flowed_into() -> None:
    assert flowed(f"{LONG}\n-- \nTom Okafor\n") == f"{LONG}\n-- \nTom Okafor\n"
    assert (
        read(mail(f"yes\n-- \n{LONG}\nTom\n", Content_Type="text/plain; format=flowed")).body.for_people.text == "yes"
    )


def test_the_blank_that_lines_were_stuffed_with_is_taken_off_and_no_more() -> None:
    assert flowed(" From Dana\n  indented\n > no quote\n") == "From Dana\n indented\n> no quote\n"


@pytest.mark.parametrize(
    "text",
    ["acme 12k \nbeta 450 \nnorth star 2,350.50 \n", "Hello Dana, \n\nyes \n", "Hi \nthere\n", f"{LONG}\n\nyes\n"],
)
def test_short_lines_that_end_in_a_blank_were_ended_by_a_person(text: str) -> None:
    assert flowed(text) == text


def test_rows_of_columns_stay_rows() -> None:
    for between in ("   ", "\t"):
        row = between.join(("Acme Corp, newsletter banner of november", "12.500,00", "EUR \n"))
        assert flowed(row * 3) == row * 3
    assert flowed(f"{LONG}\n" * 2) == LONG * 2 + "\n"


def test_words_of_a_flowed_text_stand_where_they_are_said_to_stand() -> None:
    raw = mail(
        f"> {LONG}\n> o'clock?\n\n{LONG}\nis right\n", Content_Type="text/plain; format=flowed", In_Reply_To="<a>"
    )
    body = read(raw).body
    evidence = body.for_people.evidence(0, len(body.for_people.text))

    assert body.for_people.text == f"{LONG}is right"
    assert body.original[evidence.place.start : evidence.place.end] == evidence.words
    assert body.cut.text == f"> {LONG}o'clock?"


@given(
    st.lists(st.sampled_from(["", " ", "> ", ">", "-- ", " x", "word ", LONG, f"> {LONG}"]), max_size=12), st.booleans()
)
def test_flowing_keeps_every_word_in_its_order(lines: list[str], del_sp: bool) -> None:
    text = "\n".join(lines)
    joined = unflowed(text, del_sp=del_sp)

    def letters(of: str) -> str:
        return "".join(of.replace(">", "").split())

    assert letters(joined) == letters(text)
    assert joined.count("\n") <= text.count("\n")


@pytest.mark.parametrize("kind", ["text/enriched", "text/richtext"])
def test_of_a_plain_text_and_an_enriched_one_only_the_first_is_the_text(kind: str) -> None:
    for parts in (
        (("text/plain", "acme 12k"), (kind, "<bold>acme</bold> 12k")),
        ((kind, "x"), ("text/plain", "acme 12k")),
    ):
        message = read(alternative(*parts))
        assert message.body.original == "acme 12k"
        assert message.attachments == ()


def test_html_counts_before_enriched_text_and_before_the_html_of_one_maker() -> None:
    message = read(
        alternative(("text/enriched", "x"), ("text/x-amp-html", "<p>amp</p>"), ("text/html", "<p>acme 12k</p>"))
    )

    assert message.body.original == "acme 12k"
    assert message.html == "<p>acme 12k</p>"


def test_alternatives_of_one_form_are_read_once_where_they_say_the_same_and_all_where_they_do_not() -> None:
    assert read(alternative(("text/plain", "acme 12k"), ("text/plain", " acme  12k\n"))).body.original.split() == [
        "acme",
        "12k",
    ]
    assert (
        read(alternative(("text/plain", "acme 12k"), ("text/plain", "beta 450"))).body.original == "acme 12k\nbeta 450"
    )


def test_where_there_is_only_enriched_text_it_is_read() -> None:
    raw = mail("<bold>Acme</bold>\n12k\n\n<param>red</param>a << b", Content_Type="text/enriched")

    assert read(raw).body.original == "Acme 12k\na < b"
    assert read(raw).defects == ()


@pytest.mark.parametrize(
    ("text", "is_richtext", "read_as"),
    [
        ("one\ntwo\n\nthree\n\n\nfour", False, "one two\nthree\n\nfour"),
        ("<nofill>one\ntwo</nofill>\nthree", False, "one\ntwo three"),
        ("<excerpt>acme\n12k</excerpt>yes", False, "> acme 12k\nyes"),
        ("<color><param>red</param>acme</color>", False, "acme"),
        ("a <b 2 and 3> c <not a tag>", False, "a <b 2 and 3> c <not a tag>"),
        ("one\ntwo<nl>three<lt>four<comment>x<nl></comment>", True, "one two\nthree<four"),
        ("<quotation>acme<nl></quotation><nl>yes", True, "> acme\n\nyes"),
        ("</excerpt></param>" * 3 + "a", False, "a"),
    ],
)
def test_enriched_text_is_read_as_its_words(text: str, is_richtext: bool, read_as: str) -> None:
    assert read_enriched(text, is_richtext=is_richtext) == read_as


@given(st.text(alphabet="<>/ab \n", max_size=60), st.booleans())
def test_any_enriched_text_is_read(text: str, is_richtext: bool) -> None:
    assert len(read_enriched(text, is_richtext=is_richtext)) <= 3 * len(text)


UNSEEN = [
    "<style>p { color: red }</style>",
    "<script>var acme = 12000;</script>",
    "<!-- acme 12k > beta <p>450</p> -->",
    "<!--[if mso]><p>acme 12k</p><![endif]-->",
    "<template>acme 12k</template>",
    "<title>acme 12k</title>",
]


@pytest.mark.parametrize("unseen", UNSEEN, ids=range(len(UNSEEN)))
def test_what_no_reader_sees_is_never_text_and_never_weighs(unseen: str) -> None:
    html = unseen * 50 + "<div><div><p>north star 2,350.50</p></div></div>"
    both = read(alternative(("text/plain", "north star 2,350.50 (plain)"), ("text/html", html)))
    laid_out = read(mail(html, Content_Type="text/html"))
    refused = read(mail(html, Content_Type="text/html"), Limits(html_depth=1))

    assert both.body.original == "north star 2,350.50 (plain)"
    assert laid_out.body.original == "north star 2,350.50"
    assert any("read without its structure" in str(defect) for defect in refused.defects)
    assert refused.body.original == "north star 2,350.50"


def test_html_that_says_much_more_than_its_plain_text_is_the_text() -> None:
    said = read(alternative(("text/plain", "Please use another program."), ("text/html", "<p>acme 12k</p>" * 20)))

    assert said.body.original.count("acme 12k") == 20


PART = "--b\nContent-Type: application/pdf\n{}\nContent-Disposition: attachment; filename=a.pdf\n\nPDF\n--b--\n"


@pytest.mark.parametrize(
    "junk", ["From dana Fri Oct 31", ">From dana Fri Oct 31", "no field at all", 'name="a.pdf"', "x\ny\nz"]
)
def test_a_line_of_junk_does_not_end_the_header_of_a_part(junk: str) -> None:
    message = read(mail("--b\n\nacme 12k\n" + PART.format(junk), Content_Type="multipart/mixed; boundary=b"))

    assert [(each.filename, each.content) for each in message.attachments] == [("a.pdf", b"PDF")]
    assert message.body.original == "acme 12k"


@pytest.mark.parametrize(
    "part",
    [
        "Content-Type: text/plain\nacme 12k\n",
        "Content-Type: text/plain\nacme 12k\nFoo: bar\n\nx\n",
        "acme 12k\nContent-Type: text/plain\n\nx\n",
    ],
)
def test_words_where_a_header_should_stand_are_text_unless_fields_of_mime_stand_around_them(part: str) -> None:
    message = read(mail(f"--b\n{part}--b--\n", Content_Type="multipart/mixed; boundary=b"))

    assert message.body.original.startswith("acme 12k")


def test_at_the_top_of_a_mail_a_line_of_junk_ends_the_header_and_what_follows_is_no_sender() -> None:
    raw = b"Subject: numbers\njunk\nFrom: Dana Reyes <dana@harbourpine.example>\nContent-Type: text/html\n\nacme 12k\n"

    assert read(raw).sender is None
    assert read(raw).body.original.startswith("junk\nFrom: Dana Reyes")


def test_a_long_flowed_text_is_trimmed_like_any_other() -> None:
    assert trim(unflowed(f"{LONG}\n" * 3 + "x", del_sp=False)).for_people.text == LONG * 3 + "x"
