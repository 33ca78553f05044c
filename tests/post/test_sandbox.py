"""The mail server of the demo: who gets what, and that it comes and goes without a trace."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from pydantic import SecretStr

from mailbot.clock import SetClock
from mailbot.errors import Never
from mailbot.post.imap import ImapInbox
from mailbot.post.ports import Accepted, Envelope, Outcome, Refused
from mailbot.post.sandbox import OUTSIDE, Sandbox
from mailbot.post.sandbox_delivery import as_received
from mailbot.post.smtp import SmtpOutgoing

DESK = "desk@harbourpine.example"
DANA = "dana@harbourpine.example"
FRIDAY = datetime(2025, 10, 31, 20, 42, 11, tzinfo=UTC)
NUMBERS = b"From: Dana Reyes <dana@harbourpine.example>\r\nSubject: numbers\r\n\r\nacme corp 12k\r\n"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    sandbox = Sandbox(desk=DESK, aliases=("sales@harbourpine.example",), accounts=(DANA,), clock=SetClock(FRIDAY))
    with sandbox:
        yield sandbox


def send(box: Sandbox, to: str, content: bytes = NUMBERS, sender: str = DANA) -> Outcome:
    with closing(SmtpOutgoing(box.smtp(), SecretStr(""))) as outgoing:
        return outgoing.send(Envelope(sender, to, content, ""))


@pytest.mark.parametrize(
    "address", [DESK, "Desk@HarbourPine.Example", "desk+q-0117-h4xm@harbourpine.example", "sales@harbourpine.example"]
)
def test_mail_to_the_desk_its_aliases_and_its_plus_addresses_lands_at_the_desk(box: Sandbox, address: str) -> None:
    assert isinstance(send(box, address), Accepted)
    (mail,) = box.messages()
    assert mail.endswith(NUMBERS)
    assert message_from_bytes(mail)["Delivered-To"] == address
    assert box.messages(account=DANA) == box.messages(account=OUTSIDE) == ()


def test_mail_to_an_account_lands_there_and_mail_to_anybody_else_stays_in_the_machine(box: Sandbox) -> None:
    send(box, DANA)
    send(box, "bob@client.example")
    assert box.messages() == ()
    assert len(box.messages(account=DANA)) == 1
    (kept,) = box.messages(account=OUTSIDE)
    assert message_from_bytes(kept)["Delivered-To"] == "bob@client.example"


def test_an_address_that_is_to_be_refused_is_refused_and_the_others_are_not(box: Sandbox) -> None:
    box.refused.add("gone@client.example")
    refused = send(box, "gone@client.example")
    assert isinstance(refused, Refused)
    assert (refused.code, refused.temporary) == (550, False)
    assert "5.1.1" in refused.reply
    assert isinstance(send(box, "here@client.example"), Accepted)
    assert len(box.messages(account=OUTSIDE)) == 1


def test_what_is_received_carries_the_marks_of_a_receiving_server(box: Sandbox) -> None:
    send(box, DESK, sender="bounces@harbourpine.example")
    received = message_from_bytes(box.messages()[0])
    assert received["Return-Path"] == "<bounces@harbourpine.example>"
    assert "by mx.harbourpine.example" in received["Received"]
    assert received["Received"].endswith("Fri, 31 Oct 2025 20:42:11 +0000")
    verdict = "mx.harbourpine.example; dmarc=pass header.from=harbourpine.example"
    assert received.get_all("Authentication-Results") == [verdict]


def test_a_mail_that_brings_its_own_authentication_results_keeps_them_alone(box: Sandbox) -> None:
    own = b"Authentication-Results: mx.harbourpine.example; dmarc=fail header.from=harbourpine.example\r\n"
    send(box, DESK, own + NUMBERS)
    (verdict,) = message_from_bytes(box.messages()[0]).get_all("Authentication-Results") or []
    assert "dmarc=fail" in verdict


@pytest.mark.parametrize("sender", [b"nobody", b"<>", b"\xff\xfe@x y", b"x@b"])
def test_a_from_without_a_readable_domain_is_given_no_pass(sender: bytes) -> None:
    raw = as_received(
        b"From: " + sender + b"\r\n\r\nx", sender="", recipient=DESK, server="mx.example", peer="x", when=FRIDAY
    )
    assert message_from_bytes(raw)["Authentication-Results"] == "mx.example; dmarc=none"


def test_a_client_that_waits_is_told_of_a_new_mail(box: Sandbox) -> None:
    with closing(ImapInbox(box.mailbox(), SecretStr(box.password))) as inbox:
        inbox.uids()
        coming = threading.Timer(0.1, send, args=(box, DESK))
        coming.start()
        assert inbox.wait(30.0)
        coming.join()


def test_folders_can_be_read_from_many_threads_at_once(box: Sandbox) -> None:
    send(box, DESK)
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(len(box.messages()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 8


def test_reading_a_folder_that_is_not_there_says_so(box: Sandbox) -> None:
    with pytest.raises(Never, match="Desk/Done"):
        box.messages("Desk/Done")
    with closing(ImapInbox(box.mailbox(), SecretStr(box.password))) as inbox:
        inbox.make_folders(("Done",))
    assert box.messages("Desk/Done") == ()


def test_the_ports_may_be_chosen_and_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Never, match=str(port)), Sandbox(desk=DESK, imap_port=port):
            pass
    with Sandbox(desk=DESK, imap_port=port) as box:
        assert box.imap_port == port
        assert box.messages() == ()


def test_nothing_of_it_is_left_when_its_block_ends_also_with_clients_still_connected() -> None:
    before = threading.active_count()
    with Sandbox(desk=DESK) as box:
        inbox = ImapInbox(box.mailbox(), SecretStr(box.password))
        outgoing = SmtpOutgoing(box.smtp(), SecretStr(""))
        inbox.open()
        outgoing.send(Envelope(DANA, DESK, NUMBERS, ""))
    inbox.close()
    outgoing.close()
    assert threading.active_count() == before
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", box.imap_port)) != 0


def test_two_run_side_by_side_and_know_nothing_of_each_other() -> None:
    with Sandbox(desk=DESK) as one, Sandbox(desk=DESK) as other:
        send(one, DESK)
        assert len(one.messages()) == 1
        assert other.messages() == ()
