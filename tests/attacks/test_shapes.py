"""Mails of odd make - charsets, parts, header fields - are read like others or kept for a person, and none stops."""

from __future__ import annotations

import pytest

from mailbot.duties.sales.tables import SalesEntry
from mailbot.message import read
from mailbot.records.tables import Arrival, ArrivalState, RawMail
from tests.attacks.conftest import Siege
from tests.attacks.hostile import (
    DANA,
    FRIDAY,
    MARA,
    NUMBERS,
    PETE,
    PROBLEM,
    TOM,
    VIKTOR,
    Attack,
    failed,
    passed,
    proven,
)
from tests.situations.desk import DESK

DANAS = proven(DANA)

CHARSETS = (
    "x-unknown", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "rot13", "zlib", "bz2",
    "quopri", "base64", "hex", "uu", "mbcs", "oem", "utf-16", "utf-32", "utf-7", "../../etc/passwd", "a" * 5_000,
    "utf-8\0", "utf-8\r\n\tX-A: b", "__init__", "os", "encodings.utf_8", "\u0438\u0441\u043e", "utf_8_sig", "",
)  # fmt: skip


@pytest.mark.parametrize("charset", CHARSETS, ids=lambda charset: ascii(charset)[:20])
def test_a_charset_is_a_charset_or_nothing_and_the_words_stay(siege: Siege, charset: str) -> None:
    words = f"The banner of charset {CHARSETS.index(charset)} is broken, please fix it."
    fields = (*proven(f"c{CHARSETS.index(charset)}@newco.example"), f'Content-Type: text/plain; charset="{charset}"')
    attack = Attack("charset", fields, f"{words}\n")
    message = read(attack.raw(FRIDAY, "charset"))
    told = siege.suffers_one(attack)

    assert message.body.original.strip() == words
    assert told.records["issues"] == 1


def test_a_charset_that_hides_figures_in_others_is_read_as_its_writer_says(siege: Siege) -> None:
    fields = (*DANAS, "Content-Type: text/plain; charset=utf-7")
    told = siege.suffers_one(Attack("utf-7", fields, "delphi 8+-1.41\n"))
    assert told.records == {"sales_pending": 1, "tasks": 1}, "8+1.41 is no amount"


# --- whole mails -----------------------------------------------------------------------------------------------------

UNREADABLE = {
    "no header": b"acme corp 12k\r\n",
    "an empty line first": b"\r\nFrom: dana@harbourpine.example\r\n\r\nacme corp 12k\r\n",
    "any bytes": bytes(range(256)) * 60,
    "only NUL": b"\0" * 5_000,
    "only line ends": b"\r\n" * 5_000,
    "carriage returns": b"From: dana@harbourpine.example\rSubject: numbers\r\racme corp 12k\r",
    "one byte": b"x",
    "a header that never ends": b"From: dana@harbourpine.example\r\nX-A: " + b"a" * 3_000_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_hardly_a_mail_is_kept_whole_and_does_nothing(siege: Siege, name: str) -> None:
    class Raw(Attack):
        def raw(self, *_: object) -> bytes:
            return UNREADABLE[name]

    told = siege.suffers_one(Raw(name, ()))
    with siege.desk.database.reading() as session:
        newest = session.query(RawMail).order_by(RawMail.arrival_id.desc()).first()
        state = session.query(Arrival).order_by(Arrival.id.desc()).first()
        assert newest is not None
        assert state is not None
        assert _without_line_ends(newest.content) == _without_line_ends(UNREADABLE[name])
        assert state.state is ArrivalState.DECIDED
    assert told.records == {}
    assert {letter.recipient for letter in told.letters} <= {MARA, VIKTOR}


def _without_line_ends(content: bytes) -> bytes:
    """The mailbox of these tests writes its own."""
    return content.replace(b"\r", b"").replace(b"\n", b"")


NESTED = {
    "parts": ("multipart/mixed; boundary=b{depth}", "--b{depth}\n", 200),
    "mails": ("message/rfc822", "", 100),  # more of them break the mailbox of these tests, and no reader of ours
    "alternatives": ("multipart/alternative; boundary=b{depth}", "--b{depth}\n", 200),
}


@pytest.mark.parametrize("name", NESTED)
def test_parts_in_parts_in_parts_end_somewhere(siege: Siege, name: str) -> None:
    kind, boundary, levels = NESTED[name]
    body = "".join(
        f"{boundary.format(depth=depth)}Content-Type: {kind.format(depth=depth + 1)}\n\n" for depth in range(levels)
    )
    fields = (*DANAS, "MIME-Version: 1.0", f"Content-Type: {kind.format(depth=0)}")
    booked = len(siege.desk.all_of(SalesEntry))
    told = siege.suffers_one(Attack(name, fields, f"{body}Content-Type: text/plain\n\nbeta freight 9,876.50\n"))

    assert len(siege.desk.all_of(SalesEntry)) == booked
    assert set(told.records) <= {"sales_pending", "tasks"}


# --- header fields ---------------------------------------------------------------------------------------------------

TWO_WAYS_TO_READ = (
    ("Subject: numbers", "Subject: forecast"),
    ("Date: Fri, 31 Oct 2025 16:00:00 +0000", "Date: Fri, 24 Oct 2025 16:00:00 +0000"),
    ("Message-ID: <1@dana>", "Message-ID: <2@dana>"),
    ("In-Reply-To: <n-0001-aaaaaaaaaa@harbourpine.example>", "In-Reply-To: <x@dana>"),
    ("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: 7bit"),
    ("Content-Type: text/html", "Content-Type: text/plain"),
    ("From: evil@attacker.example",),
    ("Subject: numbers\rFrom: evil@attacker.example",),
    ("X-A: b\r\n \r\nFrom: evil@attacker.example",),
)


@pytest.mark.parametrize("fields", TWO_WAYS_TO_READ, ids=lambda fields: ascii(fields[0])[:40])
def test_a_mail_whose_header_says_two_things_is_believed_in_neither(siege: Siege, fields: tuple[str, ...]) -> None:
    told = siege.suffers_one(Attack("twice", (passed("harbourpine.example"), *fields, DANAS[1]), "delphi 9,401\n"))
    assert (told.story.kind, told.story.folder, told.records) == ("forged", "Quarantine", {})


HARMLESS = (
    (f"To: {PETE}", f"To: {DESK}"),
    ("Reply-To: evil@attacker.example", "Reply-To: x@attacker.example"),
    ("Sender: evil@attacker.example",),
    ("Resent-From: evil@attacker.example", "Resent-To: desk@harbourpine.example"),
    ("Subject: numbers \xe9\xff",),
    ("X-Original-From: tom@harbourpine.example",),
    ("MIME-Version: 1.0", "MIME-Version: 2.0"),
)


@pytest.mark.parametrize("place", range(len(HARMLESS)))
def test_other_fields_neither_add_to_a_proven_sender_nor_take_from_it(siege: Siege, place: int) -> None:
    day = f"Date: Wed, {place + 1:02} Oct 2025 16:00:00 +0000"
    told = siege.suffers_one(Attack("other", (*DANAS, day, *HARMLESS[place]), f"delphi {600 + place}.60\n"))
    assert dict(told.records) == {"sales_entries": 1}
    assert [letter.recipient for letter in told.letters] == [DANA]


# --- what a mail says of itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [("Message-ID: ",), ("Message-ID: <>",), ("Message-ID: <" + "a" * 10_000 + "@x>",), ("Message-ID: \0",)],
    ids=["empty", "brackets", "long", "NUL"],
)
def test_a_mail_without_a_usable_message_id_is_booked_once(siege: Siege, fields: tuple[str, ...]) -> None:
    words = f"blue ridge {700 + len(fields[0]) % 97}.45\n"
    attack = Attack("no id", (*proven(TOM), "Date: Wed, 22 Oct 2025 16:00:00 +0000", *fields), words)
    first, again = siege.suffers_one(attack), siege.suffers_one(attack)

    booked = {str(entry.words) for entry in siege.desk.all_of(SalesEntry)}
    assert words.strip() in booked or first.records["sales_pending"] == 1
    assert "sales_entries" not in again.records


@pytest.mark.parametrize(
    "date",
    ["Fri, 01 Jan 2099 00:00:00 +0000", "Fri, 01 Jan 99999 00:00:00 +0000", "gestern", "", "Thu, 0 Nov 2025 25:61:99"],
)
def test_the_date_of_a_mail_moves_no_deadline_and_books_into_no_week_of_its_own(siege: Siege, date: str) -> None:
    booked = len(siege.desk.all_of(SalesEntry))
    told = siege.suffers_one(Attack("dated", (*DANAS, f"Date: {date}"), "north star 777.70\n"))

    assert len(siege.desk.all_of(SalesEntry)) == booked
    assert told.records["tasks"] == 1
    assert told.story.decided_at == siege.desk.clock.now(), "decided when it came"


@pytest.mark.parametrize(
    "date", ["Sun, 26 Oct 2025 02:30:00 +0100 (MEZ)", "Sun, 26 Oct 2025 01:30:00 -0400", "Sun, 26 Oct 2025 02:30:00"]
)
def test_the_hour_that_comes_twice_is_an_hour_of_its_day(siege: Siege, date: str) -> None:
    cents = len(siege.desk.all_of(SalesEntry))
    told = siege.suffers_one(Attack("dst", (*proven(TOM), f"Date: {date}"), f"globex {500 + cents}.{cents % 100:02}\n"))
    assert set(told.records) & {"sales_entries", "sales_pending"}


def test_one_mail_that_comes_on_two_roads_is_one_issue_with_one_answer(siege: Siege) -> None:
    sender = "two.roads@newco.example"
    fields = (*proven(sender), "Message-ID: <two@newco.example>", "Date: Fri, 31 Oct 2025 09:00:00 +0000")
    first = Attack(
        "first", (*fields, "To: desk@harbourpine.example", "Delivered-To: desk@harbourpine.example"), PROBLEM
    )
    alias = Attack("alias", ("Received: from a by mx.harbourpine.example; Fri", *first.fields), PROBLEM)
    told = siege.suffers(first, alias)

    assert [each.records.get("issues", 0) for each in told] == [1, 0]
    assert [letter.recipient for each in told for letter in each.letters].count(sender) == 1
    assert told[1].story.kind == "duplicate"


def test_the_true_mail_is_booked_all_the_same_after_all_of_this(siege: Siege) -> None:
    told = siege.suffers_one(
        Attack("honest", (*proven(TOM), "Date: Thu, 23 Oct 2025 16:00:00 +0000"), "globex 321.35\n")
    )
    assert dict(told.records) == {"sales_entries": 1}
    forged = siege.suffers_one(Attack("forged", (failed("harbourpine.example"), DANAS[1]), NUMBERS))
    assert forged.records == {}


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["Mon, 01 Jan 0001 00:00:00 +0000", "Fri, 31 Dec 9999 23:59:59 +0000"])
def test_a_date_from_the_ends_of_the_calendar_stops_no_mail(siege: Siege, date: str) -> None:
    dated = f"Date: {date}"
    card = siege.suffers_one(Attack("card", (*DANAS, dated), "card beta freight\n"))
    signed = siege.suffers_one(
        Attack("signed", (*DANAS, dated, "Subject: SIGNED Beta Freight"), "12 months from 1 Dec, 9,600 total\n")
    )
    angry = siege.suffers_one(Attack("angry", (*proven(PETE), dated), "The third time it is broken! I will cancel.\n"))

    assert card.story.kind == "card"
    assert (signed.story.folder, signed.records) == ("Held", {"tasks": 1}), "its days have no year to be reckoned from"
    assert angry.records["issue_messages"] == 1
