"""Mails that are built to hang, to break or to fill a reader: each is decided like any other, and the next one too."""

from __future__ import annotations

import base64
import io
import zipfile
from collections import Counter

import pytest

from mailbot.duties.sales.tables import SalesEntry
from mailbot.records.tables import Arrival, ArrivalState
from tests.attacks.conftest import Siege
from tests.attacks.hostile import DANA, MARA, NUMBERS, SERVER, TOM, VIKTOR, Attack, passed, proven

JONAS = "jonas@harbourpine.example"
DANAS = proven(DANA)
MIXED = (*DANAS, "MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"')


def packed(name: str, size: int) -> str:
    """An archive of nothing but noughts, in base64."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, b"0" * size)
    return base64.encodebytes(archive.getvalue()).decode()


def with_file(name: str, kind: str, content: str, encoding: str = "7bit") -> Attack:
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    return Attack(name, MIXED, f"--b\nContent-Type: text/plain\n\nnumbers\n\n--b\n{head}{content}\n--b--\n")


MONSTERS = (
    Attack("a hundred thousand recipients", (*DANAS, "To: " + ", ".join(f"a{n}@x.example" for n in range(100_000)))),
    Attack("a header of five megabytes", (*DANAS, f"X-Big: {'a' * 5_000_000}")),
    Attack("thirty thousand fields", (*DANAS, *(f"X-{n}: 1" for n in range(30_000)))),
    Attack("unclosed quotes in From", (passed("harbourpine.example"), "From: " + '"<(' * 160_000)),
    Attack(
        "nested comments in the verdict",
        (f"{SERVER}dmarc=pass {'(' * 3_900}{')' * 3_900} header.from=harbourpine.example", f"From: {DANA}"),
    ),
    Attack("two thousand verdicts", (*[f"{SERVER}{'(' * 900}{')' * 900}"] * 2_000, f"From: {DANA}")),
    Attack("five thousand encoded words", (*DANAS, "Subject: " + " ".join(["=?utf-8?q?a?="] * 5_000))),
    with_file("three thousand continuations", "application/x; " + "; ".join(f"name*{n}*=a" for n in range(3_000)), "x"),
    Attack("a line of ten megabytes", DANAS, b"acme corp 12k " * 700_000),
    Attack("blanks", DANAS, " " * 400_000 + "x\n"),
    Attack("deep HTML", (*DANAS, "Content-Type: text/html"), "<div>" * 200_000),
    Attack("unclosed tags", (*DANAS, "Content-Type: text/html"), "<a " * 300_000),
    Attack("wide cells", (*DANAS, "Content-Type: text/html"), "<table>" + "<tr><td colspan=9999 rowspan=9999>" * 3_000),
    Attack("quotes of quotes", DANAS, (">" * 50 + "\n") * 50_000),
    Attack("On On On", DANAS, "On " * 200_000 + "wrote:\n"),
    Attack("digits", DANAS, "1" * 500_000),
    Attack("groups of digits", DANAS, "1.000." * 100_000 + " usd\n"),
    Attack("multiplications", DANAS, "3 x " * 50_000),
    Attack("lines of numbers", DANAS, "acme medical 12k\n" * 30_000),
    with_file("a bomb in an archive", "application/zip; name=a.zip", packed("a.txt", 100_000_000), "base64"),
    with_file(
        "a bomb in a workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name=a.xlsx",
        packed("xl/worksheets/sheet1.xml", 100_000_000),
        "base64",
    ),
    with_file("an unclosed quote in a table", "text/csv; name=a.csv", '"' + "a," * 1_000_000),
    Attack("punycode", (*DANAS, "Content-Type: text/plain; charset=punycode"), "a-" * 200_000),
    Attack("a charset that is a path", (*DANAS, 'Content-Type: text/plain; charset="../../etc/passwd"'), "hello\n"),
    Attack("a charset that is a codec", (*DANAS, "Content-Type: text/plain; charset=hex"), "61" * 100),
    Attack("NUL", (*DANAS, "Subject: a\0b"), "hello\0there\n"),
    Attack("any byte", DANAS, bytes(range(256)) * 80),
    Attack("the last year", (*DANAS, "Date: Fri, 31 Dec 9999 23:59:59 -2359"), "acme corp 1k\n"),
    Attack("the first year", (*DANAS, "Date: Mon, 01 Jan 0001 00:00:00 +2359"), "acme corp 1k\n"),
    Attack("no year", (*DANAS, "Date: Fri, 01 Jan 99999 00:00:00 +0000"), "acme corp 1k\n"),
    Attack("a Message-ID of ten kilobytes", (*DANAS, f"Message-ID: <{'a' * 10_000}@x>"), "hello\n"),
)


@pytest.mark.parametrize("attack", MONSTERS, ids=lambda attack: attack.name)
def test_a_monster_is_decided_and_books_nothing(siege: Siege, attack: Attack) -> None:
    booked = len(siege.desk.all_of(SalesEntry))
    told = siege.suffers_one(attack)

    assert set(told.records) <= {"sales_pending", "tasks"} or attack.body == NUMBERS
    assert len(siege.desk.all_of(SalesEntry)) == booked or attack.body == NUMBERS
    recipients = Counter(letter.recipient for letter in told.letters)
    assert recipients.keys() <= {DANA, MARA, VIKTOR, JONAS}
    assert recipients[JONAS] <= 3, "the owner of a client whom a colleague names is asked, however long the mail"


def test_after_all_of_them_the_next_mail_is_booked_and_nothing_is_left_lying(siege: Siege) -> None:
    told = siege.suffers_one(Attack("honest", proven(TOM), "blue ridge 640.50\n"))
    assert told.records == {"sales_entries": 1}
    with siege.desk.database.reading() as session:
        states = {arrival.state for arrival in session.query(Arrival)}
    assert states == {ArrivalState.DECIDED}
