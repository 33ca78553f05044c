"""Workbooks are opened in a process of their own: what is in them comes out, and what they do to it stays there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from mailbot.workbooks.opening import opened
from mailbot.workbooks.values import Contents, Sheet, Unopened
from tests.workbooks import made


def texts(sheet: Sheet) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in sheet.rows]


def test_the_sheets_come_out_with_what_is_hidden_and_with_stored_values_of_formulas() -> None:
    found = opened(made.of_lena())

    assert found.unopened is None
    actual, plan = found.sheets
    assert (actual.name, plan.name, actual.is_hidden) == ("Ist", "Plan", False)
    assert texts(actual)[3] == ("Kröger Fenster", "2150", "EUR")
    assert actual.rows[3].cells[1].number == Decimal(2150)
    assert [row.number for row in actual.rows if row.is_hidden] == [5]
    assert (found.formulas, found.knows_hidden) == (2, True)


def test_a_hidden_sheet_a_hidden_column_and_merged_cells_are_told() -> None:
    def hide(book: made.Workbook, sheet: made.Worksheet) -> None:
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.merge_range(0, 0, 1, 0, "Acme")
        book.worksheets()[1].hide()

    first, second = opened(made.workbook(("A", [[None, 1], [None, 2]]), ("B", [["x", 1]]), also=hide)).sheets
    assert first.hidden_columns == frozenset({1})
    assert first.merged == frozenset({(2, 0)})
    assert (first.is_hidden, second.is_hidden) == (False, True)


def test_days_are_days_and_a_format_says_currency_and_percent() -> None:
    def shown(book: made.Workbook, sheet: made.Worksheet) -> None:
        sheet.write_datetime(0, 0, date(2026, 11, 9), book.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_number(0, 1, 1234.5, book.add_format({"num_format": "#,##0.00 [$€-407]"}))
        sheet.write_number(0, 2, 0.6, book.add_format({"num_format": "0%"}))
        sheet.write_number(0, 3, 12.4 * 50)

    (sheet,) = opened(made.workbook(("A", [[None]]), also=shown)).sheets
    day, euro, share, product = sheet.rows[0].cells
    assert day.day == date(2026, 11, 9)
    assert (euro.text, euro.number, euro.mark) == ("1234.5 €", Decimal("1234.5"), "€")
    assert (share.text, share.mark) == ("60%", "%")
    assert product.number == Decimal(620)


def test_a_formula_whose_value_was_not_stored_has_none() -> None:
    raw = made.altered(
        made.workbook(("A", [["Acme", ("=1+1", 2)]])),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<v>2</v>", b"")},
    )
    (sheet,) = opened(raw).sheets
    assert (sheet.rows[0].cells[1].number, sheet.rows[0].cells[1].lacks_value) == (None, True)


def test_what_looks_like_a_formula_in_a_text_is_a_text() -> None:
    (sheet,) = opened(made.workbook(("A", [["=cmd|' /C calc'!A0", 5]]))).sheets
    assert sheet.rows[0].cells[0].text == "=cmd|' /C calc'!A0"


def test_a_workbook_of_excel_97_is_read_and_cannot_tell_what_is_hidden() -> None:
    found = opened(made.old_workbook([["Firma", "Betrag"], ["Müller", 450.5]]))
    assert texts(found.sheets[0]) == [("Firma", "Betrag"), ("Müller", "450.5")]
    assert not found.knows_hidden


def test_an_open_document_is_read_and_tells_what_is_hidden() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    money = '<table:table-cell office:value-type="currency" office:currency="EUR" office:value="{}"/>'
    rows = "".join(
        f"<table:table-row{hidden}>{cell.format(name)}{money.format(value)}</table:table-row>"
        for hidden, name, value in (("", "Müller", 450.5), (' table:visibility="collapse"', "Acme", 9))
    )
    found = opened(made.open_document(f'<table:table table:name="Ist">{rows}</table:table>'))

    (sheet,) = found.sheets
    assert texts(sheet)[0] == ("Müller", "450.5 EUR")
    assert [(row.number, row.is_hidden) for row in sheet.rows] == [(1, False), (2, True)]


def test_a_long_sheet_is_cut_and_says_so() -> None:
    (sheet,) = opened(made.workbook(("A", [["Acme", number] for number in range(2_000)]))).sheets
    assert sheet.is_cut
    assert 500 < len(sheet.rows) < 600


# --- what is not read ---


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (made.with_macros, Unopened.MACROS),
        (made.with_links, Unopened.LINKS),
        (made.locked, Unopened.PASSWORD),
        (made.bomb, Unopened.TOO_LARGE),
        (lambda: b"PK\x03\x04 no archive", Unopened.BROKEN),
        (lambda: made.of_lena()[:3_000], Unopened.BROKEN),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\xff" * 5_000, Unopened.BROKEN),
        (lambda: made.altered(made.of_lena(), {"xl/workbook.xml": b"<!DOCTYPE a><workbook/>"}), Unopened.BROKEN),
        (lambda: b"\0" * 20_000_001, Unopened.TOO_LARGE),
    ],
)
def test_it_says_why_a_workbook_was_not_read(make: Callable[[], bytes], why: Unopened) -> None:
    assert opened(make()) == Contents(unopened=why)


def test_a_far_cell_costs_the_sheet_and_nothing_else() -> None:
    (sheet,) = opened(made.far_cell()).sheets
    assert (sheet.unread, sheet.rows) == (Unopened.TOO_LARGE, ())


def test_a_million_rows_are_not_read() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(3, 1_000_001, 2))
    raw = made.altered(
        made.workbook(("A", [["a", 1]])),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")},
    )
    found = opened(raw)
    assert found.unopened is Unopened.TOO_LARGE or [sheet.unread for sheet in found.sheets] == [Unopened.TOO_LARGE]


def test_a_far_cell_that_no_markup_announces_ends_the_child_and_not_us() -> None:
    """An .xls is given to the library unlooked at: its last cell makes a table of 16 million."""
    raw = made.old_workbook([["a", 1.0]])
    first_cell = raw.index(b"\x04\x02", 512) + 4
    last_cell = b"\xff\xff\xff\x00"
    assert opened(raw).unopened is None
    assert opened(raw[:first_cell] + last_cell + raw[first_cell + 4 :]).unopened is Unopened.TOO_LARGE


def test_a_part_that_unpacks_to_more_than_it_says_does_no_harm() -> None:
    assert opened(made.lying_bomb()).unopened in {Unopened.TOO_LARGE, Unopened.BROKEN}
