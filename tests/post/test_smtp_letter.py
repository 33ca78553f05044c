"""How a letter is written in the words of SMTP: properties that hold for any bytes."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from mailbot.post.ports import Envelope, Refused
from mailbot.post.smtp_letter import Commands, commands_for, needs_smtputf8, xtext

OFFERED = {"8bitmime": "", "smtputf8": "", "dsn": "", "size": "0"}
odd_bytes = st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b".", b"..", b"a", b"\xe4", b"\0", b" "])).map(b"".join)


def commands(content: bytes) -> Commands:
    made = commands_for(Envelope("desk@harbourpine.example", "bob@client.example", content, "N-1"), OFFERED)
    assert isinstance(made, Commands)
    return made


@given(odd_bytes)
@example(b"\n.\n")
@example(b"\r.\r\n.")
@example(b".")
def test_no_content_can_end_data_or_hold_a_bare_line_end(content: bytes) -> None:
    wire = commands(content).content
    assert wire.endswith(b"\r\n")
    assert b"\r" not in wire.replace(b"\r\n", b"")
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert b"." not in wire.split(b"\r\n")


@given(odd_bytes)
def test_the_receiver_takes_off_exactly_the_dots_that_were_put_on(content: bytes) -> None:
    lines = commands(content).content.split(b"\r\n")
    received = b"\r\n".join(line.removeprefix(b".") for line in lines)
    meant = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    assert received == (meant if meant.endswith(b"\r\n") else meant + b"\r\n")


@given(st.text())
def test_an_envelope_id_is_printable_ascii_on_the_wire_and_says_the_same_when_read_back(words: str) -> None:
    latin = words.encode("latin-1", "ignore").decode("latin-1")
    written = xtext(latin)
    assert written.isascii()
    assert all("!" <= character <= "~" for character in written)
    assert re.sub(r"\+([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), written) == latin


@given(st.text())
def test_no_recipient_can_write_a_command_of_its_own(recipient: str) -> None:
    made = commands_for(Envelope("desk@harbourpine.example", recipient, b"x", ""), OFFERED)
    if isinstance(made, Refused):
        assert (made.temporary, made.code) == (False, 0)
    else:
        assert re.fullmatch(r"RCPT TO:<[^\s<>]+> NOTIFY=FAILURE,DELAY( ORCPT=rfc822;\S+)?", made.rcpt)


def test_smtputf8_is_needed_for_addresses_and_headers_and_never_for_the_text() -> None:
    plain, text = b"Subject: q\r\n\r\nhello\r\n", "Subject: q\r\n\r\nGrüße\r\n".encode()
    assert not needs_smtputf8("desk@harbourpine.example", "bob@client.example", plain)
    assert not needs_smtputf8("desk@harbourpine.example", "bob@client.example", text)
    assert needs_smtputf8("desk@harbourpine.example", "müller@client.example", plain)
    assert needs_smtputf8("desk@harbourpine.example", "bob@client.example", "Subject: ü\r\n\r\n".encode())


def test_a_size_of_zero_means_that_the_server_names_no_limit() -> None:
    assert isinstance(commands(b"x" * 100_000), Commands)


def test_an_envelope_id_above_the_length_of_the_standard_is_left_out() -> None:
    envelope = Envelope("desk@harbourpine.example", "bob@client.example", b"x", "N" * 101)
    made = commands_for(envelope, OFFERED)
    assert isinstance(made, Commands)
    assert "ENVID" not in made.mail
    assert "RET=HDRS" in made.mail
