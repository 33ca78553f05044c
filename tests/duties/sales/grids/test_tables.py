"""Tables of mails, and of the files that come with them: what of them is booked, and what is only said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.grids.in_csv import text_of_csv
from mailbot.duties.sales.tables import PendingState, SalesForecast
from mailbot.records.decision import Folder
from mailbot.records.tables import QuestionState
from mailbot.workbooks.values import Unopened
from tests.duties.sales.mails import DANA, LENA, TOM, mail
from tests.duties.sales.road import Road
from tests.workbooks import made

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=NEW_YORK)
IN_BERLIN = datetime(2025, 10, 31, 16, 31, tzinfo=BERLIN)
BLUE, SOUTH, GLOBEX = "Blue Ridge Dental", "South Star Logistics", "Globex Tools"
S03 = (
    ("Client", "Product", "Net", ""),
    (BLUE, "1/2 page Nov", "$", "1,800.00"),
    ("South Star&nbsp;Logistics", "Banner 3 mo", "$", "4,250.00"),
    (GLOBEX, "Directory 2026", "$", "975.50"),
    ("Acme Media", "-", "$", "-"),
    ("TOTAL", "", "$", "7,125.50"),
)
TORN = "\n\n".join(cell.replace("&nbsp;", " ") for row in S03 for cell in row if cell)


def html(rows: tuple[tuple[str, ...], ...]) -> str:
    inside = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><table>{inside}</table></body></html>"


# --- S03: a table pasted from Excel ---


def test_s03_three_rows_are_booked_and_the_wrong_total_is_asked_about(road: Road) -> None:
    decision = road.arrives(mail(TORN, TOM, at=FRIDAY, subject="wk 44", html=html(S03)), FRIDAY)

    assert road.ledger() == [
        (BLUE, Decimal("1800.00"), "USD"),
        (SOUTH, Decimal("4250.00"), "USD"),
        (GLOBEX, Decimal("975.50"), "USD"),
    ]
    (waiting,) = road.pending()
    assert (waiting.doubt, waiting.amount) == (Doubt.TOTAL_DIFFERS, Decimal("7125.50"))
    booked, asked = road.letters_of(decision)
    assert b"7,125.50" not in booked.content
    text = " ".join(asked.content.decode().split())
    assert all(amount in text for amount in ("7,125.50", "7,025.50", "100.00"))
    (question,) = road.questions()
    assert (question.kind, question.state) == ("sheet-total", QuestionState.OPEN)
    assert [entry.product for entry in road.entries()] == ["1/2 page Nov", "Banner 3 mo", "Directory 2026"]
    assert road.entries()[0].place.startswith("table 1 row 2")


@pytest.mark.parametrize("words", ["total wrong", "the total was wrong, sorry", "Summe falsch"])
def test_total_wrong_closes_the_question_and_the_rows_stay(road: Road, words: str) -> None:
    road.arrives(mail(TORN, TOM, at=FRIDAY, subject="wk 44", html=html(S03)), FRIDAY)
    thread = {"In-Reply-To": road.letters()[1].message_id}
    road.arrives(mail(words, TOM, at=FRIDAY, subject="Re: wk 44", headers=thread), FRIDAY)

    assert len(road.ledger()) == 3
    assert [question.state for question in road.questions()] == [QuestionState.ANSWERED]
    assert [waiting.state for waiting in road.pending()] == [PendingState.TOTAL_WRONG]


def test_the_missing_line_is_booked_and_the_total_waits_no_more(road: Road) -> None:
    road.arrives(mail(TORN, TOM, at=FRIDAY, subject="wk 44", html=html(S03)), FRIDAY)
    thread = {"In-Reply-To": road.letters()[1].message_id}
    road.arrives(mail("Acme Media 100.00", TOM, at=FRIDAY, subject="Re: wk 44", headers=thread), FRIDAY)
    assert road.ledger()[-1] == ("Acme Media", Decimal("100.00"), "USD")
    assert [waiting.state for waiting in road.pending()] == [PendingState.TOTAL_AGREES]


def test_a_right_total_is_not_spoken_of(road: Road) -> None:
    rows = (*S03[:-1], ("TOTAL", "", "$", "7,025.50"))
    torn = TORN.replace("7,125.50", "7,025.50")
    decision = road.arrives(mail(torn, TOM, at=FRIDAY, subject="wk 44", html=html(rows)), FRIDAY)
    assert (len(road.ledger()), road.pending(), decision.folder) == (3, [], Folder.DONE)


# --- S04: a workbook ---


def test_s04_one_line_is_booked_and_everything_else_is_said(road: Road) -> None:
    text = "Anbei KW44. Zeile Hansen bitte ignorieren, kommt erst nächste Woche.\nLG Lena"
    raw = mail(text, LENA, at=IN_BERLIN, subject="KW44 Brandt", sheet="KW44_Brandt.xlsx", content=made.of_lena())
    decision = road.arrives(raw, IN_BERLIN)

    assert road.ledger() == [("Mueller Maschinenbau AG", Decimal("8400.00"), "EUR")]
    (waiting,) = road.pending()
    assert (waiting.name, waiting.amount, waiting.currency) == ("Kröger Fenster", Decimal("2150.00"), "EUR")
    assert waiting.place.startswith("KW44_Brandt.xlsx/Ist!row 4")
    assert road.all_of(SalesForecast) == []
    said = [evidence.words for evidence in decision.evidence]
    assert any(words.startswith("Acme Medical GmbH 9999") for words in said)
    assert any("Hansen bitte ignorieren" in words for words in said)
    assert any("40000" in words for words in said)


@pytest.mark.parametrize(
    ("name", "content", "doubt"),
    [
        ("a.xlsm", made.with_macros(), Doubt.MACROS),
        ("a.xlsx", made.locked(), Doubt.PASSWORD),
        ("a.xlsx", made.bomb(), Doubt.TOO_LARGE),
        ("a.xlsx", made.far_cell(), Doubt.TOO_LARGE),
        ("a.xlsx", made.with_links(), Doubt.LINKS),
    ],
)
def test_a_workbook_that_is_not_opened_waits_and_its_rep_is_told(
    road: Road, name: str, content: bytes, doubt: Doubt
) -> None:
    raw = mail("numbers attached", DANA, at=FRIDAY, subject="numbers", sheet=name, content=content)
    decision = road.arrives(raw, FRIDAY)
    assert (road.ledger(), [waiting.doubt for waiting in road.pending()]) == ([], [doubt])
    assert len(road.letters_of(decision)) == 1


ROWS: list[list[object]] = [["Client", "Amount"], ["Beta Freight", 450]]
NUMBERS = made.workbook(("A", ROWS))


def test_a_workbook_of_a_rep_is_opened(road: Road) -> None:
    message, _ = road.reading(mail("numbers", DANA, at=FRIDAY, sheet="a.xlsx", content=NUMBERS), FRIDAY)
    (book,) = message.workbooks
    assert (book.filename, book.contents.unopened, len(book.contents.sheets)) == ("a.xlsx", None, 1)


@pytest.mark.parametrize(
    ("sender", "dmarc"),
    [
        (DANA, "fail"),
        ("Dana Reyes <dana@gmail.example>", "pass"),
        ("Dana Reyes <dana@harbourpine.example.evil.example>", "pass"),
        ("somebody@else.example", "pass"),
    ],
)
def test_a_workbook_of_somebody_who_is_not_believed_stays_shut(road: Road, sender: str, dmarc: str) -> None:
    raw = mail("numbers", sender, at=FRIDAY, sheet="a.xlsx", content=NUMBERS, dmarc=dmarc)
    message, _ = road.reading(raw, FRIDAY)
    (book,) = message.workbooks
    assert (book.filename, book.contents.unopened, book.contents.sheets) == ("a.xlsx", Unopened.SHUT, ())
    road.arrives(raw, FRIDAY)
    assert road.ledger() == []


def test_more_rows_than_a_rep_sells_are_left_to_a_person(road: Road) -> None:
    rows = [["Client", "Amount"], *([BLUE, 10 + number] for number in range(600))]
    raw = mail("numbers", TOM, at=FRIDAY, sheet="a.xlsx", content=made.workbook(("A", rows)))
    road.arrives(raw, FRIDAY)
    assert (road.ledger(), [waiting.doubt for waiting in road.pending()]) == ([], [Doubt.TOO_MANY_ROWS])


# --- CSV and plain text ---


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-15", "mac_roman"]
)
def test_a_csv_file_of_any_charset_and_its_preamble_are_read(road: Road, charset: str) -> None:
    rows = ("Kunde;Menge;Umsatz", "Mueller Maschinenbau;2;1.234,56 EUR", "Hansen & Söhne;1;-120,00 EUR")
    text = "\n".join(("Meldung Vertrieb", "Vertreterin: Lena", "", *rows))
    raw = mail("Zahlen anbei", LENA, at=IN_BERLIN, subject="Zahlen", sheet="z.csv", content=text.encode(charset))
    road.arrives(raw, IN_BERLIN)
    assert road.ledger() == [
        ("Mueller Maschinenbau AG", Decimal("1234.56"), "EUR"),
        ("Hansen & Söhne KG", Decimal("-120.00"), "EUR"),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_guessed_and_a_quoted_line_break_is_no_row(road: Road, separator: str) -> None:
    lines = [["Client", "Item", "Amount"], [BLUE, '"page\nright"', '"1,800.00"'], [GLOBEX, "x", "975.50"]]
    text = "\n".join(separator.join(line) for line in lines)
    road.arrives(mail("numbers", TOM, at=FRIDAY, sheet="z.csv", content=text.encode()), FRIDAY)
    assert [amount for _, amount, _ in road.ledger()] == [Decimal(1800), Decimal("975.50")]


def test_a_client_cell_that_looks_like_a_formula_is_data_and_no_client(road: Road) -> None:
    text = "client,amount\nblue ridge dental,5\n=cmd|' /C calc'!A0,7\n"
    road.arrives(mail("numbers", TOM, at=FRIDAY, sheet="z.csv", content=text.encode()), FRIDAY)
    assert [amount for _, amount, _ in road.ledger()] == [Decimal(5)]
    assert [waiting.name for waiting in road.pending()] == ["=cmd|' /C calc'!A0"]


def test_a_file_that_is_one_endless_line_is_said_to_be_too_large(road: Road) -> None:
    content = b'client,amount,"' + b"x" * 4_900_000
    road.arrives(mail("numbers", TOM, at=FRIDAY, sheet="z.csv", content=content), FRIDAY)
    assert (road.ledger(), [waiting.doubt for waiting in road.pending()]) == ([], [Doubt.TOO_LARGE])


def test_columns_below_each_other_are_a_table_and_its_sum_is_none_of_its_rows(road: Road) -> None:
    text = (
        "Customer              Date         Product      Qty     Amount\n"
        "Blue Ridge Dental     10/29/2025   Banner         2  $1,200.50\n"
        "Globex Tools          10/30/2025   Seats         40    $480.00\n"
        "                                                  ------------\n"
        "                                              Sum   $1,680.50\n"
    )
    road.arrives(mail(text, TOM, at=FRIDAY), FRIDAY)
    assert road.ledger() == [(BLUE, Decimal("1200.50"), "USD"), (GLOBEX, Decimal("480.00"), "USD")]
    assert [entry.counts_on for entry in road.entries()] == [date(2025, 10, 29), date(2025, 10, 30)]
    assert [entry.quantity for entry in road.entries()] == [Decimal(2), Decimal(40)]
    assert road.pending() == []


def test_what_is_open_or_lost_is_expected_and_not_sold(road: Road) -> None:
    text = f"| Client | Value | Stage |\n|---|---|---|\n| {BLUE} | 22,000 | open |\n| {GLOBEX} | 9,500 | won |\n"
    road.arrives(mail(text, TOM, at=FRIDAY), FRIDAY)
    assert road.ledger() == [(GLOBEX, Decimal(9500), "USD")]
    assert [(each.stage, each.amount) for each in road.all_of(SalesForecast)] == [("open", Decimal(22_000))]


def test_net_is_taken_where_gross_is_there_too_and_a_wrong_product_is_asked_about(road: Road) -> None:
    text = f"Client;Qty;Unit price;Gross;Net\n{BLUE};2;100.00;238.00;200.00\n{GLOBEX};3;100.00;999.00;450.00\n"
    road.arrives(mail("numbers", TOM, at=FRIDAY, sheet="z.csv", content=text.encode()), FRIDAY)
    assert road.ledger() == [(BLUE, Decimal(200), "USD")]
    assert [waiting.doubt for waiting in road.pending()] == [Doubt.PRODUCT_DIFFERS]


def test_a_merged_client_stands_over_its_rows_and_a_blank_one_names_nobody(road: Road) -> None:
    table = (
        "<table><tr><td>Client</td><td>Product</td><td>Net USD</td></tr>"
        f"<tr><td rowspan=2>{BLUE}</td><td>Banner</td><td>400.00</td></tr><tr><td>Page</td><td>80.00</td></tr>"
        "<tr><td></td><td>Stand</td><td>70.00</td></tr></table>"
    )
    road.arrives(mail("see table", TOM, at=FRIDAY, html=f"<html><body>{table}</body></html>"), FRIDAY)
    assert [(client, amount) for client, amount, _ in road.ledger()] == [(BLUE, Decimal(400)), (BLUE, Decimal(80))]
    assert [waiting.doubt for waiting in road.pending()] == [Doubt.NO_CLIENT]


def test_a_table_in_a_quoted_mail_books_nothing(road: Road) -> None:
    quoted = html(S03).replace("<html><body>", "").replace("</body></html>", "")
    page = f"<html><body><p>thanks!</p><blockquote type='cite'>{quoted}</blockquote></body></html>"
    road.arrives(mail("thanks!", TOM, at=FRIDAY, subject="Re: numbers", html=page), FRIDAY)
    assert road.ledger() == []


@pytest.mark.parametrize(("charset", "word"), [("cp1252", "Müller"), ("mac_roman", "Müller"), ("cp850", "Müller")])
def test_the_charset_is_the_one_that_makes_words(charset: str, word: str) -> None:
    assert text_of_csv(f"{word};1\nSöhne;2\n".encode(charset)).startswith(word)


# --- what stands above a table, and columns of times ---


def lines_of(road: Road, text: str, *, table: str | None = None, csv: str | None = None) -> Numbers:
    raw = mail(text, TOM, at=FRIDAY, subject="numbers", html=table, sheet="list.csv" if csv else None,
               content=(csv or "").encode())  # fmt: skip
    _, reading = road.reading(raw, FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    return finding.facts


ONE_ROW = html((("Client", "Amount"), (BLUE, "$900")))


@pytest.mark.parametrize("above", ["Open offers:", "Forecast for December:", "Payments received", "Budget 2026:"])
def test_a_line_above_an_html_table_speaks_against_its_rows(reading_road: Road, above: str) -> None:
    with_a_line = ONE_ROW.replace("<table>", f"<p>{above}</p><table>")
    assert lines_of(reading_road, f"{above} {BLUE} $900", table=with_a_line).lines == ()


@pytest.mark.parametrize(
    "above", ["Closed this week:", "Client list:", "Numbers (USD)", "Next week I am away. Thanks!"]
)
def test_a_line_above_a_table_that_says_nothing_against_it_leaves_it_alone(reading_road: Road, above: str) -> None:
    with_a_line = ONE_ROW.replace("<table>", f"<p>{above}</p><table>")
    assert len(lines_of(reading_road, f"{above} {BLUE} $900", table=with_a_line).lines) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The attached list shows invoices received.",
        "Attached: quotes that went out this week.",
        "Im Anhang die offenen Posten.",
        "Anbei die Zahlungseingänge der Woche.",
    ],
)
def test_what_the_mail_says_a_file_is_speaks_for_its_rows(reading_road: Road, text: str) -> None:
    rows = f"Client,Amount,Currency\n{BLUE},900.00,USD"
    assert lines_of(reading_road, text, csv=rows).lines == ()
    assert len(lines_of(reading_road, "Attached are the sales, offers will follow.", csv=rows).lines) == 1


def test_columns_of_months_are_lines_of_these_months_and_a_blank_cell_is_none(reading_road: Road) -> None:
    csv = f"Client,Sep USD,Oct USD,Total\n{BLUE},900.00,,900.00\n{GLOBEX},100.00,250.00,350.00"
    facts = lines_of(reading_road, "numbers attached", csv=csv)
    rows = [*facts.lines, *facts.unclear]
    read = {(row.client.name, row.price.amount, row.said.period.first.month)
            for row in rows if row.client and row.price and row.said.period}  # fmt: skip
    assert read == {(BLUE, Decimal(900), 9), (GLOBEX, Decimal(100), 9), (GLOBEX, Decimal(250), 10)}
    assert len(rows) == 3


MONTHS: list[list[str | float]] = [["Client", "Sep USD", "Oct USD"], [BLUE, 900.0], [GLOBEX, 100.0, 250.0]]


def as_open_document(rows: Sequence[Sequence[str | float]]) -> bytes:
    cells = [
        "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if isinstance(cell, float)
            else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        for row in rows
    ]
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return made.open_document(f'<table:table table:name="Tabelle1">{lines}</table:table>')


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", made.workbook(("Tabelle1", MONTHS))),
        ("list.xls", made.old_workbook(MONTHS)),
        ("list.ods", as_open_document(MONTHS)),
    ],
)
def test_columns_of_months_are_read_in_every_kind_of_workbook(reading_road: Road, name: str, content: bytes) -> None:
    raw = mail("numbers", TOM, at=FRIDAY, subject="numbers", sheet=name, content=content)
    _, reading = reading_road.reading(raw, FRIDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, Numbers)
    rows = [*finding.facts.lines, *finding.facts.unclear]
    read = {(row.client.name, row.price.amount, row.said.period.first.month)
            for row in rows if row.client and row.price and row.said.period}  # fmt: skip
    assert read == {(BLUE, Decimal(900), 9), (GLOBEX, Decimal(100), 9), (GLOBEX, Decimal(250), 10)}
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("plan", "actual"), [("Plan", "Actual"), ("Target", "Actual USD"), ("Soll", "Ist"), ("Plan", "Ist")]
)
def test_of_plan_and_actual_the_actual_is_booked(reading_road: Road, plan: str, actual: str) -> None:
    facts = lines_of(reading_road, f"Client  |  {plan}  |  {actual}\n{BLUE}  |  $5,000  |  $4,200")
    assert [(line.client.name, line.price.amount) for line in facts.lines] == [(BLUE, Decimal(4200))]


@pytest.mark.parametrize("heading", ["Gross amount", "Brutto USD", "Total incl. VAT"])
def test_a_table_of_gross_amounts_alone_is_asked_about(reading_road: Road, heading: str) -> None:
    facts = lines_of(reading_road, f"Client | {heading}\n{BLUE} | $1,190.00\n{GLOBEX} | $119.00")
    assert (facts.lines, [line.doubt for line in facts.unclear]) == ((), [Doubt.GROSS, Doubt.GROSS])
    both = lines_of(reading_road, f"Client | {heading} | Net\n{BLUE} | $1,190.00 | $1,000.00\n{GLOBEX} | $119 | $100")
    assert [line.price.amount for line in both.lines] == [Decimal(1000), Decimal(100)]
