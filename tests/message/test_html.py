"""HTML as a reader sees it, and tables as grids in which no amount stands twice."""

from __future__ import annotations

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


def test_a_signature_that_the_program_marked_stands_below_the_delimiter() -> None:
    assert (
        read_html('<p>yes</p><div class="gmail_signature">Tom<br>555 0142</div>', Limits()).text
        == "yes\n\n-- \nTom\n555 0142"
    )


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
