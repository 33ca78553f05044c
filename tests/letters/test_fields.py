"""What is put into a header field stays in it, and reads again as what it was."""

from __future__ import annotations

from email import message_from_string
from email.policy import default

import pytest

from mailbot.errors import OurBug
from mailbot.letters.fields import field, from_field, subject_field


@pytest.mark.parametrize("value", ["", "a\r\nBcc: x@y.example", "a\nb", "a\0", "Grüße", "a\x85b"])
def test_a_field_takes_one_line_of_ascii_and_nothing_else(value: str) -> None:
    with pytest.raises(OurBug):
        field("X-Field", value)
    assert field("X-Field", "one line") == "X-Field: one line\r\n"


def test_message_ids_stand_one_on_a_line_and_are_not_encoded() -> None:
    long_id = f"<{'i' * 200}@client.example>"
    assert field("References", f"<a@b> {long_id}") == f"References: <a@b>\r\n {long_id}\r\n"


@pytest.mark.parametrize("name", ["Desk", "Harbour & Pine, Media", 'The "Desk"', "Müller Bücher & Söhne", ""])
def test_the_name_of_the_desk_reads_as_it_was_written(name: str) -> None:
    written = from_field(name, "desk@harbourpine.example")
    (address,) = message_from_string(written, policy=default)["From"].addresses
    assert (address.display_name.strip(), address.addr_spec) == (name.strip(), "desk@harbourpine.example")
    assert written.isascii()
    assert all(len(line) <= 78 for line in written.split("\r\n"))


@pytest.mark.parametrize(
    "words", ["Re: numbers", "gebucht: 3 Zeilen für Müller & Söhne", "word " * 30 + "end", "x" * 200]
)
def test_a_subject_reads_as_it_was_written(words: str) -> None:
    written = subject_field(words)
    assert message_from_string(written, policy=default)["Subject"] == words
    assert written.isascii()
    assert written.split("\r\n")[0] != "Subject: "


@pytest.mark.parametrize("line_break", ["\n", "\r", "\x85", "\u2028"])
def test_a_subject_of_two_lines_is_our_bug(line_break: str) -> None:
    with pytest.raises(OurBug):
        subject_field(f"booked{line_break}Bcc: x@y.example")
