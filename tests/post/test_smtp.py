"""Handing letters to servers that are real: aiosmtpd in the sandbox, and Postfix."""

from __future__ import annotations

import imaplib
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from mailbot.config import Security, SmtpSettings
from mailbot.errors import Never
from mailbot.post.ports import Accepted, Envelope, Refused
from mailbot.post.sandbox import OUTSIDE, Sandbox
from mailbot.post.smtp import SmtpOutgoing
from tests.faultproxy import Action, Fault, FaultProxy, Way, fault_proxy
from tests.servers import PASSWORD, Dovecot, Postfix, make_certificates

DESK = "desk@harbourpine.example"
ARRIVES_SECONDS = 30.0


def letter(to: str, *, content: bytes = b"Subject: booked\r\n\r\n12,000.00 USD\r\n", envid: str = "N-0412") -> Envelope:
    return Envelope(DESK, to, content, envid)


@dataclass(frozen=True, slots=True)
class Server:
    """A server behind a proxy, with two recipients and a way to see what the first of them was sent."""

    proxy: FaultProxy
    recipient: str
    refused: str
    arrived: Callable[[], list[bytes]]

    @contextmanager
    def outgoing(self, letters_per_connection: int = 100) -> Iterator[SmtpOutgoing]:
        settings = SmtpSettings(
            host="localhost",
            port=self.proxy.port,
            security=Security.PLAINTEXT_LOOPBACK,
            letters_per_connection=letters_per_connection,
        )
        with closing(SmtpOutgoing(settings, SecretStr(""))) as outgoing:
            yield outgoing

    @property
    def connections(self) -> int:
        return len(self.proxy.sockets) // 2


@pytest.fixture(params=["sandbox", pytest.param("postfix", marks=pytest.mark.postfix)])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    if request.param == "sandbox":
        with Sandbox(desk=DESK) as box, fault_proxy(box.smtp_port) as proxy:
            box.refused.add("refused@harbourpine.example")
            yield Server(proxy, DESK, "refused@harbourpine.example", lambda: list(box.messages()))
        return
    dovecot: Dovecot = request.getfixturevalue("dovecot")
    postfix: Postfix = request.getfixturevalue("postfix")
    user = dovecot.new_user()
    with fault_proxy(postfix.smtp_port) as proxy:
        yield Server(proxy, user, "refused@harbourpine.example", lambda: inbox_of(dovecot, user))


def inbox_of(dovecot: Dovecot, user: str) -> list[bytes]:
    """What Postfix has delivered to an account; waits a while for the first mail."""
    deadline = time.monotonic() + ARRIVES_SECONDS
    with imaplib.IMAP4("127.0.0.1", dovecot.imap_port) as client:
        client.login(user, PASSWORD)
        while time.monotonic() < deadline:
            client.select("INBOX")
            found = client.uid("FETCH", "1:*", "(BODY.PEEK[])")[1]
            if mails := [part[1] for part in found if isinstance(part, tuple)]:
                return mails
            time.sleep(0.05)
    return []


def test_a_letter_arrives_with_every_byte_of_it(server: Server) -> None:
    text = ".\r\n..two dots\r\n.one\r\nMüller Bau 1.234,56 €\r\n".encode()
    with server.outgoing() as outgoing:
        sent = outgoing.send(letter(server.recipient, content=b"Subject: numbers\r\n\r\n" + text))
        assert isinstance(sent, Accepted)
    (mail,) = server.arrived()
    assert mail.partition(b"\r\n\r\n")[2] == text  # Postfix adds the headers that are missing


@pytest.mark.parametrize("end", [b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\r", b"\r\n.\n", b"\n.\r"])
def test_a_dot_between_odd_line_ends_cannot_smuggle_a_second_letter(server: Server, end: bytes) -> None:
    smuggled = b"MAIL FROM:<priya@harbourpine.example>\r\nRCPT TO:<billing@harbourpine.example>\r\nDATA\r\n"
    content = b"Subject: numbers\r\n\r\nhello" + end + smuggled
    with server.outgoing() as outgoing:
        assert isinstance(outgoing.send(letter(server.recipient, content=content)), Accepted)
    (mail,) = server.arrived()
    assert mail.endswith(b"\r\nhello\r\n.\r\n" + smuggled)


def test_a_refused_recipient_is_told_apart_and_the_next_letter_goes_over_the_same_connection(server: Server) -> None:
    with server.outgoing() as outgoing:
        refused = outgoing.send(letter(server.refused))
        assert isinstance(refused, Refused)
        assert (refused.temporary, refused.code) == (False, 550)
        assert "5.1.1" in refused.reply
        assert isinstance(outgoing.send(letter(server.recipient)), Accepted)
    assert server.connections == 1
    assert len(server.arrived()) == 1


def test_letters_share_a_connection_up_to_the_number_that_is_set(server: Server) -> None:
    with server.outgoing(letters_per_connection=2) as outgoing:
        for _ in range(3):
            assert isinstance(outgoing.send(letter(server.recipient)), Accepted)
        assert server.connections == 2


def test_three_letters_go_over_one_connection(server: Server) -> None:
    with server.outgoing() as outgoing:
        for _ in range(3):
            assert isinstance(outgoing.send(letter(server.recipient)), Accepted)
    assert server.connections == 1


def test_a_connection_that_was_closed_while_idle_is_made_anew_without_a_word(server: Server) -> None:
    with server.outgoing() as outgoing:
        assert isinstance(outgoing.send(letter(server.recipient)), Accepted)
        server.proxy.cut_all()
        assert isinstance(outgoing.send(letter(server.recipient)), Accepted)
    assert server.connections == 2


@pytest.mark.parametrize("command", [b"RSET", b"MAIL", b"RCPT", b"DATA"])
def test_a_kept_connection_that_breaks_before_the_letter_is_tried_once_more(server: Server, command: bytes) -> None:
    with server.outgoing() as outgoing:
        assert isinstance(outgoing.send(letter(server.recipient)), Accepted)
        server.proxy.faults.append(Fault(Way.TO_SERVER, command, Action.CUT))
        assert isinstance(outgoing.send(letter(server.recipient)), Accepted)
    assert server.proxy.happened
    assert server.connections == 2


def test_an_address_in_other_letters_than_ascii_is_taken_where_the_server_can(server: Server) -> None:
    with server.outgoing() as outgoing:
        assert isinstance(outgoing.send(letter("müller@gone.example")), Accepted)


def test_a_letter_above_the_size_that_the_server_takes_is_refused_before_it_is_sent(server: Server) -> None:
    content = b"Subject: charts\r\n\r\n" + (b"chart data" * 90 + b"\r\n") * 80_000
    with server.outgoing() as outgoing:
        refused = outgoing.send(letter(server.recipient, content=content))
        assert isinstance(refused, Refused)
        assert not refused.temporary
        assert "SIZE" in refused.reply
        assert isinstance(outgoing.send(letter(server.recipient)), Accepted)
    assert len(server.arrived()) == 1


@pytest.mark.postfix
def test_postfix_says_come_back_later_and_that_is_temporary(postfix: Postfix) -> None:
    settings = SmtpSettings(host="localhost", port=postfix.smtp_port, security=Security.PLAINTEXT_LOOPBACK)
    with closing(SmtpOutgoing(settings, SecretStr(""))) as outgoing:
        refused = outgoing.send(letter("greylisted@harbourpine.example"))
        assert isinstance(refused, Refused)
        assert (refused.temporary, refused.code) == (True, 450)


@pytest.mark.postfix
@pytest.mark.parametrize(("domain", "status"), [("nouser", b"5.1.1"), ("full", b"5.2.2"), ("policy", b"5.7.1")])
def test_a_bounce_of_postfix_names_our_envelope_id_and_the_recipient_we_wrote_to(
    postfix: Postfix, dovecot: Dovecot, domain: str, status: bytes
) -> None:
    sender = dovecot.new_user()
    settings = SmtpSettings(host="localhost", port=postfix.smtp_port, security=Security.PLAINTEXT_LOOPBACK)
    with closing(SmtpOutgoing(settings, SecretStr(""))) as outgoing:
        envelope = Envelope(sender, f"bob+north@{domain}.example", b"Subject: q\r\n\r\nbody text\r\n", "Q-0117 h4xm+=")
        assert isinstance(outgoing.send(envelope), Accepted)
    (bounce,) = inbox_of(dovecot, sender)
    assert b"Status: " + status in bounce
    assert b"Original-Envelope-Id: Q-0117 h4xm+=" in bounce  # what was xtext on the way
    assert b"Original-Recipient: rfc822;bob+north@" in bounce
    assert b"body text" not in bounce  # RET=HDRS


@pytest.mark.postfix
def test_starttls_with_a_trusted_certificate_sends_and_with_any_other_refuses(postfix: Postfix, tmp_path: Path) -> None:
    def sending(authority: Path | None) -> object:
        settings = SmtpSettings(host="localhost", port=postfix.smtp_port, security=Security.STARTTLS, ca_file=authority)
        with closing(SmtpOutgoing(settings, SecretStr(""))) as outgoing:
            return outgoing.send(letter("anybody@gone.example"))

    assert isinstance(sending(postfix.certificates.authority), Accepted)
    for stranger in (None, make_certificates(tmp_path).authority):
        with pytest.raises(Never, match="certificate is not trusted"):
            sending(stranger)


@pytest.mark.postfix
def test_a_starttls_offer_that_somebody_takes_out_is_refused_and_the_letter_stays_here(postfix: Postfix) -> None:
    def strip(data: bytes) -> bytes:
        return data.replace(b"STARTTLS", b"XTARTTLS")

    with fault_proxy(postfix.smtp_port, Fault(Way.TO_SERVER, b"MAIL|AUTH", Action.CUT), edit=strip) as proxy:
        settings = SmtpSettings(
            host="localhost",
            port=proxy.port,
            security=Security.STARTTLS,
            user="desk",
            ca_file=postfix.certificates.authority,
        )
        outgoing = SmtpOutgoing(settings, SecretStr("secret"))
        with closing(outgoing), pytest.raises(Never, match="does not offer STARTTLS"):
            outgoing.send(letter("anybody@gone.example"))
        assert proxy.happened == []


def test_tls_on_a_port_without_tls_is_a_setting_to_mend() -> None:
    with Sandbox(desk=DESK) as box:
        settings = SmtpSettings(host="localhost", port=box.smtp_port, security=Security.TLS)
        outgoing = SmtpOutgoing(settings, SecretStr(""))
        with closing(outgoing), pytest.raises(Never, match="Check port and security"):
            outgoing.send(letter(DESK))


def test_mail_for_the_outside_stays_in_the_sandbox() -> None:
    with Sandbox(desk=DESK) as box, closing(SmtpOutgoing(box.smtp(), SecretStr(""))) as outgoing:
        assert isinstance(outgoing.send(letter("bob@client.example")), Accepted)
        assert box.messages() == ()
        assert len(box.messages(account=OUTSIDE)) == 1
