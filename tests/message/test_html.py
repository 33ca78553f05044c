"""HTML as a reader sees it, and tables as grids in which no amount stands twice."""

from __future__ import annotations

import pytest

from mailbot.message.html import read_html, read_only_tables
from mailbot.message.limits import Limits


def test_blocks_breaks_and_cells_become_lines() -> None:
    head = "<html><head><title>t</title><style>p{}</style></head>"
    html = head + "<body><p>Hey</p><div>acme&nbsp;corp <b>12</b>k<br>beta</div></body>"

    assert read_html(html, Limits()).text == "Hey\n\nacme corp 12k\nbeta"


def test_quoted_blocks_are_marked_as_quotes() -> None:
    quote = "<blockquote>Is it <b>done</b>?<blockquote>older</blockquote></blockquote>"
    html = f"<div>yes</div><div>On Monday Tom wrote:{quote}</div>"

    assert [line for line in read_html(html, Limits()).text.splitlines() if line.strip("> ")] == [
        "yes",
        "On Monday Tom wrote:",
        "> Is it done?",
        ">> older",
    ]


def test_hidden_text_is_left_out() -> None:
    html = (
        "<p>seen</p><p style='display:none'>a</p><p hidden>b</p><span style='font-size: 0px'>c</span>"
        "<div style='mso-hide:all'><p>d</p></div><script>e</script><!-- f --><p style='font-size:10px'>also seen</p>"
    )

    assert read_html(html, Limits()).text == "seen\n\nalso seen"


@pytest.mark.parametrize(
    "unseen",
    [
        "<p style='DISPLAY : NONE !important'>a</p>",
        "<p style='display:/**/none'>a</p>",
        "<p style='dis\\70lay:none'>a</p>",
        "<p style='text-indent:-9999px'>a</p>",
        "<p style='position:absolute; left:-9999px'>a</p>",
        "<p style='position:absolute; clip:rect(0,0,0,0)'>a</p>",
        "<p style='height:0; overflow:hidden'>a</p>",
        "<p style='font-size:1px'>a</p>",
        "<p style='color:transparent'>a</p>",
        "<p style='color:#FFFFFF; background:#fff'>a</p>",
        "<p style='background-color:navy; color:navy'>a</p>",
        "<p style='color:white'>a</p>",
        "<p><font color=#fff>a</font></p>",
        "<style>.x, #y{display:none}</style><p class=x>a</p><p id=y>b</p>",
        "<style>p{margin:0} @media print{p.z{color:red}} p.x{/* */visibility:hidden}</style><p class=x>a</p>",
        "<p><s>a</s><strike>b</strike><del>c</del></p>",
        "<p style='text-decoration: line-through'>a</p>",
    ],
)
def test_what_a_reader_does_not_see_or_sees_struck_out_is_left_out(unseen: str) -> None:
    assert read_html(f"<p>seen</p>{unseen}<p>also seen</p>", Limits()).text == "seen\n\nalso seen"


def test_signs_without_width_are_left_out_and_joiners_stay() -> None:
    html = "<p>acme co&shy;rp 12&#8203;500&#65279; \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645</p>"
    assert read_html(html, Limits()).text == "acme corp 12500 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


@pytest.mark.parametrize(
    "seen",
    [
        "<table bgcolor=navy><tr><td><font color=white>a</font></td></tr></table>",
        "<div style='background:#005'><p style='color:#fff'>a</p></div>",
        "<style>td{background:navy}</style><p style='color:white'>a</p>",
        "<style>@media print{.x{display:none}}</style><p class=x>a</p>",
        "<style>@media screen{.y{color:red} .x{display:none}} p{margin:0}</style><p class=x>a</p>",
        "<style>.x{display:none}</style><p class=x style='display:block'>a</p>",
        "<style>p p p .x{display:none}</style><p class=x>a</p>",
        "<style>}}{{.x{display:none}</style><p class=x>a</p>",
        "<p style='background-color:white; color:#111'>a</p>",
        "<p style='line-height:0; margin-left:-9px; font-size:10px'>a</p>",
        "<p style='height:0'>a</p>",
        "<p style='text-decoration:underline; font-family:line-through'>a</p>",
    ],
)
def test_what_a_reader_may_see_is_read(seen: str) -> None:
    assert read_html(f"<p>seen</p>{seen}", Limits()).text.split() == ["seen", "a"]


@pytest.mark.parametrize(
    "mark",
    ['class="gmail_signature"', 'class="moz-signature"', 'id="Signature"', 'id="ms-outlook-mobile-signature"',
     'class="protonmail_signature_block"', 'name="messageSignatureSection"', 'id="x_Signature"', 'id="aqm-signature"'],
)  # fmt: skip
def test_a_signature_that_the_program_marked_stands_below_the_delimiter(mark: str) -> None:
    html = f"<p>yes</p><div {mark}>Tom<br>555 0142</div>"

    assert read_html(html, Limits()).text.replace("\n\n", "\n") == "yes\n-- \nTom\n555 0142"


def test_a_place_that_is_only_called_like_a_signature_is_text() -> None:
    html = '<p>yes</p><div class="signature-of-contract">acme 12k</div>'

    assert "-- " not in read_html(html, Limits()).text


def test_spans_leave_empty_places_and_hidden_rows_are_counted() -> None:
    html = (
        "<table><tr><th rowspan=2>Client</th><th colspan=2>Net</th></tr><tr><td>$</td><td>1</td></tr>"
        "<tr style='display:none'><td>Acme</td><td>$</td><td>9,999</td></tr>"
        "<tr><td>Beta</td><td>$</td><td>2</td></tr></table>"
    )
    (table,) = read_html(html, Limits()).tables

    assert table.rows == (("Client", "Net", ""), ("", "$", "1"), ("Beta", "$", "2"))
    assert table.hidden_rows == 1


def test_layout_tables_are_passed_over_and_their_inner_ones_read() -> None:
    html = "<table><tr><td>menu</td><td><table><tr><td>Acme</td><td>12</td></tr></table></td></tr></table>"

    assert [table.rows for table in read_html(html, Limits()).tables] == [(("Acme", "12"),)]


def test_a_span_beyond_reason_is_cut() -> None:
    (table,) = read_html(
        "<table><tr><td colspan=9999999>a</td></tr><tr><td>b</td><td>c</td></tr></table>", Limits()
    ).tables

    assert len(table.rows[0]) <= Limits().table_columns


def test_deep_nesting_is_refused_and_the_text_still_read() -> None:
    read = read_html("<div>" * 5_000 + "acme 12k" + "</div>" * 5_000 + "<p>beta</p><style>x{}</style>3 < 4", Limits())

    assert read.text == "acme 12k\nbeta\n3 < 4"
    assert read.refused is not None
    assert read.tables == ()


def test_unclosed_cells_and_paragraphs_are_not_deep() -> None:
    read = read_html("<table>" + "<tr><td>a<td>b" * 400 + "</table>" + "<p>x" * 400, Limits())

    assert read.refused is None
    assert len(read.tables[0].rows) == 400


def test_a_table_beyond_the_cap_is_cut_and_said() -> None:
    read = read_html("<table>" + "<tr><td>a</td><td>b</td></tr>" * 40 + "</table>", Limits(table_cells=20))

    assert len(read.tables[0].rows) == 10
    assert any("more than 20 cells" in said for said in read.cut)


def test_a_letter_laid_out_in_one_column_is_no_table_but_the_one_inside_it_is() -> None:
    rows = "<tr><td>Acme</td><td>12</td></tr>"
    layout = "<table><tr><td>Hello</td></tr><tr><td>{}</td></tr></table>"
    assert read_html(layout.format("bye"), Limits()).tables == ()
    assert [table.rows for table in read_html(layout.format(f"<table>{rows}</table>"), Limits()).tables] == [
        (("Acme", "12"),)
    ]


def test_the_tables_alone_are_those_that_are_read_with_the_text() -> None:
    html = "<p>Hello</p><table><tr><td>Acme<td>12<tr style='display:none'><td>x<td>y</table>"
    alone = read_only_tables(html, Limits())
    assert alone.tables == read_html(html, Limits()).tables
    assert alone.tables[0].hidden_rows == 1
    assert alone.text == ""
    assert read_only_tables("<div>" * 5_000, Limits()).refused


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("500<sup>1)</sup>", "500^1)"),
        ("500<sup><a href='#note'>1</a></sup> net", "500^1 net"),
        ("$500<sup>00</sup>", "$500^00"),
        ("500,<sup>00</sup> EUR", "500,^00 EUR"),
        ("<sup>1</sup>500", "1^500"),
        ("500<sub>1</sub>", "500^1"),
        ("<pre>500<sup>1</sup></pre>", "500^1"),
        ("<div>" * 300 + "500<sup>1)</sup>", "500^1)"),
    ],
)
def test_raised_digits_never_grow_together_with_a_number(html: str, text: str) -> None:
    assert read_html(html, Limits()).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("1<sup>st</sup> November, 10<sup>th</sup>", "1st November, 10th"),
        ("20 m<sup>2</sup> and H<sub>2</sub>O", "20 m2 and H2O"),
        ("500<sup>*</sup>", "500*"),
        ("Brand<sup>\u2122</sup> 500", "Brand\u2122 500"),
        ("a<sup>1</sup> 500", "a1 500"),
        ("5<b>00</b><sup></sup> net", "500 net"),
    ],
)
def test_what_stands_raised_in_a_word_stays_a_part_of_it(html: str, text: str) -> None:
    assert read_html(html, Limits()).text == text


def test_raised_digits_are_parted_in_the_cells_of_tables_as_they_are_in_the_text() -> None:
    read = read_html("<table><tr><td>A m<sup>2</sup><td>500<sup>1)</sup><tr><td>B<td>7<sup>00</sup></table>", Limits())
    assert read.tables[0].rows == (("A m2", "500^1)"), ("B", "7^00"))
    assert read.text == "A m2\t500^1)\nB\t7^00"
