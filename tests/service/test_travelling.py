"""Values come out of the other process as they went in."""

from __future__ import annotations

import copyreg
import pickle
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal

from mailbot.clock import SetClock
from mailbot.duties.sales.facts.cards import PendingCard
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.numbers.periods import Week
from mailbot.message import model, read
from mailbot.service.travelling import travel_light

RAW = (
    b"From: Dana <dana@harbourpine.example>\r\nTo: desk@harbourpine.example\r\nSubject: numbers\r\nX-Loop: a\r\n"
    b"Date: Fri, 31 Oct 2025 16:42:11 -0400\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\n\r\nacme 12k\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\n\r\n1,2\r\n--b--\r\n"
)


def test_a_mail_that_travelled_is_the_same_and_still_finds_its_header_fields() -> None:
    mail = read(RAW)
    travel_light()

    arrived = pickle.loads(pickle.dumps(mail))  # noqa: S301  (our own)

    assert arrived == mail
    assert (arrived.value("x-loop"), arrived.value("x-pool")) == ("a", None)
    assert arrived.body.for_people.text == "acme 12k"
    assert arrived.attachments[0].content == b"1,2"


def test_only_values_of_the_program_travel_so() -> None:
    travel_light()

    assert {model.Message, model.Words, model.Mailbox} <= copyreg.dispatch_table.keys()
    assert {kind.__module__.partition(".")[0] for kind in copyreg.dispatch_table if is_dataclass(kind)} == {"mailbot"}
    assert datetime not in copyreg.dispatch_table


def test_what_a_duty_knows_travels_light_too_and_is_the_same() -> None:
    travel_light()
    card = PendingCard(
        id=7,
        decision_ref="N-3",
        position=1,
        price=Price(Decimal("12000.00"), "USD"),
        week=Week(2025, 44),
        said_on=date(2025, 10, 31),
        words="acme 12k",
    )

    arrived = pickle.loads(pickle.dumps(card))  # noqa: S301  (our own)

    assert {PendingCard, Price, Week} <= copyreg.dispatch_table.keys()
    assert arrived == card


def test_what_changes_as_it_is_used_is_left_to_itself() -> None:
    travel_light()

    assert SetClock not in copyreg.dispatch_table
