"""What a letter carries besides its words: bars, pictures, files, charts and workbooks; and what may stand in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from mailbot.errors import OurBug
from mailbot.letters import Draft, Enclosure, Letter, Templates, Unwritten
from mailbot.letters.charts import Bar, bar_chart
from mailbot.letters.slots import slot, taken_out
from mailbot.letters.tables import table_of
from mailbot.letters.voices import LANGUAGES
from mailbot.letters.wording import Wording
from mailbot.letters.workbooks import MEDIA_TYPE, Sheet, that_fit, workbook

HOSTILE_CELLS = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "http://evil.example/",
    "12",
)
MADE_AT = datetime(2025, 11, 3, 13, 0, tzinfo=UTC)
PNG = bar_chart("Week by week", [Bar("43", Decimal(1)), Bar("44", Decimal(2), Decimal(3))], "2.00")
PICTURE = Enclosure("chart.png", "image/png", PNG, is_shown=True)
FILE = Enclosure("week-44.xlsx", MEDIA_TYPE, b"PK\x03\x04 bytes")


def parsed(letter: Letter) -> EmailMessage:
    message = message_from_bytes(letter.content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def with_body(folder: Path, line: str) -> Templates:
    """The templates with one more line in both languages."""
    for language in LANGUAGES:
        file = folder / language / "sales" / "booked.md"
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    return Templates.load(folder)


def test_a_picture_stands_beside_the_html_part_and_a_file_behind_both(
    folder: Path, draft: Draft, post_with: Callable[[Templates, Draft], Letter]
) -> None:
    letter = post_with(
        with_body(folder, "{{ picture('chart.png', 'the last weeks') }}"), replace(draft, enclosures=(PICTURE, FILE))
    )
    message = parsed(letter)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        MEDIA_TYPE,
    ]  # fmt: skip
    html, image, file = (list(message.walk())[place] for place in (4, 5, 6))
    cid = image["Content-ID"].strip("<>")
    assert f'src="cid:{cid}"' in html.get_content()
    assert 'alt="the last weeks"' in html.get_content()
    assert "picture" not in letter.text
    assert (image.get_content(), file.get_content()) == (PNG, FILE.content)
    assert (image.get_content_disposition(), file.get_content_disposition()) == ("inline", "attachment")
    assert file.get_filename() == "week-44.xlsx"
    assert all(len(line) <= 998 and line.isascii() for line in letter.content.split(b"\r\n"))


def test_a_letter_with_nothing_enclosed_is_as_it_always_was(
    booked: Templates, draft: Draft, post_with: Callable[[Templates, Draft], Letter]
) -> None:
    kinds = [part.get_content_type() for part in parsed(post_with(booked, draft)).walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize("name", ["", "../x", 'a"b', "a b", "x\r\nBcc: eve@evil.example", "ü.png", "x" * 100])
def test_an_enclosure_is_never_called_what_a_header_would_obey(
    name: str, booked: Templates, draft: Draft, post_with: Callable[[Templates, Draft], Letter]
) -> None:
    with pytest.raises(OurBug, match="may not be called"):
        post_with(booked, replace(draft, enclosures=(Enclosure(name, "text/csv", b""),)))


def test_a_bar_is_drawn_in_the_html_part_and_is_a_percentage_in_the_text() -> None:
    rows = ({"name": "Dana", "percent": 63}, {"name": "Tom {bar 99}", "percent": 140}, {"name": "X", "percent": None})
    table = table_of(Wording("en"), rows, ("name", "percent:bar"), numbered=False)
    assert table.as_text().splitlines() == [" Dana            63%", " Tom {bar 99}   140%", " X"]
    assert "{bar 63}" in table.as_markdown()
    assert "{bar 100}" in table.as_markdown()
    assert "{bar 99}" not in taken_out(table.as_markdown())[0]  # Markdown does not see it


def test_a_note_is_a_column_of_the_text_and_stands_behind_the_first_cell_in_the_html_part() -> None:
    rows = ({"name": "Jonas", "amount": 2, "note": "(1 EUR)"}, {"name": "Tom", "amount": 3, "note": ""})
    table = table_of(Wording("en"), rows, ("name", "amount:number", "note:note"), ("", "actual", ""), numbered=False)
    assert table.as_text().splitlines() == ["         actual", " Jonas        2   (1 EUR)", " Tom          3"]
    words, values = taken_out(table.as_markdown())
    assert words.splitlines() == [
        "", f"|  | {slot('1')} |", "| --- | --: |", f"| {slot('2')} *{slot('3')}* | 2 |", f"| {slot('4')} | 3 |",
    ]  # fmt: skip
    assert list(values.values()) == ["actual", "Jonas", "(1 EUR)", "Tom"]


def test_words_of_strangers_draw_no_bars_and_show_no_pictures(
    folder: Path, draft: Draft, post_with: Callable[[Templates, Draft], Letter]
) -> None:
    templates = with_body(folder, "{{ week }} {bar 40}")
    hostile = "{bar 63} {picture chart.png x}"
    rows = tuple({**row, "client": hostile} for row in draft.facts["lines"])  # type: ignore[union-attr, dict-item]
    html = post_with(templates, replace(draft, facts={**draft.facts, "lines": rows})).content
    body = message_from_bytes(html, policy=default).get_body(("html",))
    assert body is not None
    content = body.get_content()
    assert content.count('class="bar"') == 1
    assert "<img" not in content
    assert "{picture chart.png x}" in content


def test_html_over_90_kb_is_a_fault_that_says_what_to_do(
    booked: Templates, draft: Draft, post_with: Callable[[Templates, Draft], Letter]
) -> None:
    lines = draft.facts["lines"]
    assert isinstance(lines, tuple)
    with pytest.raises(Unwritten, match=r"90,000 are the most: give it fewer rows"):
        post_with(booked, replace(draft, facts={**draft.facts, "lines": lines * 200}))


def test_a_chart_is_the_same_on_every_machine_and_asks_no_font_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere")
    monkeypatch.setenv("HOME", "/nowhere")
    bars = [Bar("43", Decimal(1)), Bar("44", Decimal(2), Decimal(3))]
    assert bar_chart("Week by week", bars, "2.00") == PNG
    assert PNG.startswith(b"\x89PNG")
    assert bar_chart("Week by week <&>", bars, "2.00") != PNG  # its words are drawn, and are no SVG
    for odd in ([Bar("", Decimal(0))], [Bar("a", Decimal(-5)), Bar("b", Decimal(-1))]):
        assert bar_chart("", odd, "").startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="at least one bar"):
        bar_chart("", [], "")


def test_a_workbook_holds_every_value_and_no_formula_and_no_link() -> None:
    row = (*HOSTILE_CELLS, Decimal("12345.67"), Decimal("1.125"), date(2025, 10, 31), None)
    content = workbook((Sheet("Lines", tuple(f"c{place}" for place in range(len(row))), (row,)),), MADE_AT)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "hyperlink" not in page
        assert not [name for name in parts.namelist() if "rels" in name and "sheet" in name]
    found = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Lines").to_python()[1]
    assert found[:4] == list(HOSTILE_CELLS[:4])
    assert found[7] == "12"
    assert found[8:11] == [12345.67, 1.125, date(2025, 10, 31)]
    assert content == workbook((Sheet("Lines", tuple(f"c{place}" for place in range(len(row))), (row,)),), MADE_AT)


def test_an_amount_with_more_digits_than_a_spreadsheet_keeps_is_not_rounded() -> None:
    content = workbook((Sheet("Lines", ("amount",), ((Decimal("12345678901234.5678"),),)),), MADE_AT)
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Lines").to_python()[1] == [
        "12345678901234.5678"
    ]


def test_of_more_rows_than_a_sheet_holds_the_last_one_says_how_many_are_left_out() -> None:
    rows = tuple((number,) for number in range(10))
    assert that_fit(rows, 10) == rows
    assert that_fit(rows, 4)[:3] == ((0,), (1,), (2,))
    assert str(that_fit(rows, 4)[3][0]).startswith("7 more, left out")
    assert len(that_fit(tuple(((1,),) * 1_048_576))) == 1_048_575, "a row would be written where a sheet has none"


def test_words_without_end_are_cut_long_before_a_cell_is_full() -> None:
    content = workbook((Sheet("Lines", ("words",), (("x" * 32_768,), ("=" + "y" * 40_000,))),), MADE_AT)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Lines").to_python()[1:]
    assert [len(str(row[0])) <= 2_000 for row in rows] == [True, True]
    assert [str(row[0])[:2] for row in rows] == ["xx", "=y"]
