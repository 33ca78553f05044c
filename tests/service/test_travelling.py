"""Values come out of the other process as they went in."""

from __future__ import annotations

import copyreg
import pickle
from datetime import datetime

from mailbot.message import model, read
from mailbot.service.travelling import travel_light

RAW = (
    b"From: Dana <dana@harbourpine.example>\r\nTo: desk@harbourpine.example\r\nSubject: numbers\r\nX-Loop: a\r\n"
    b"Date: Fri, 31 Oct 2025 16:42:11 -0400\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\n\r\nacme 12k\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\n\r\n1,2\r\n--b--\r\n"
)


def test_a_mail_that_travelled_is_the_same_and_still_finds_its_header_fields() -> None:
    mail = read(RAW)
    travel_light(model)

    arrived = pickle.loads(pickle.dumps(mail))  # noqa: S301  (our own)

    assert arrived == mail
    assert (arrived.value("x-loop"), arrived.value("x-pool")) == ("a", None)
    assert arrived.body.for_people.text == "acme 12k"
    assert arrived.attachments[0].content == b"1,2"


def test_the_values_of_a_module_travel_light_and_nothing_that_it_imports() -> None:
    travel_light(model)

    assert {model.Message, model.Words, model.Mailbox} <= copyreg.dispatch_table.keys()
    assert datetime not in copyreg.dispatch_table
