"""One mailbox on each kind of IMAP server: the suite of IMAP behaviour runs over all of them."""

from __future__ import annotations

import imaplib
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from mailbot.config import MailboxSettings, Security
from mailbot.post.imap import ImapInbox
from mailbot.post.sandbox import PASSWORD as SANDBOX_PASSWORD
from mailbot.post.sandbox import Sandbox
from tests.faultproxy import Edit, FaultProxy, fault_proxy
from tests.servers import PASSWORD, Dovecot

DESK = "desk@harbourpine.example"
_CAPABILITIES = re.compile(rb"^(?:\* |\S+ OK \[|\* OK \[)CAPABILITY [^\r\]]*", re.MULTILINE)


def hide(*names: str) -> Edit:
    """Takes capabilities out of what an IMAP server says of itself, so that a client sees a poorer one."""
    hidden = {name.encode() for name in names}

    def edit(data: bytes) -> bytes:
        def without(match: re.Match[bytes]) -> bytes:
            return b" ".join(word for word in match[0].split(b" ") if word not in hidden)

        return _CAPABILITIES.sub(without, data)

    return edit


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An empty mailbox on a real server, with what another mail program might do to it meanwhile.

    `proxy` stands between `inbox()` and the server; `other()` goes around it.
    """

    kind: str
    user: str
    password: str
    server_port: int
    proxy: FaultProxy
    open_inboxes: ExitStack

    @property
    def moves_at_once(self) -> bool:
        return self.kind in {"dovecot", "sandbox"}

    @property
    def pushes(self) -> bool:
        return self.kind != "poor"

    def inbox(self, *, folder: str = "INBOX", password: str | None = None, seconds: float = 10.0) -> ImapInbox:
        settings = MailboxSettings(
            host="127.0.0.1",
            port=self.proxy.port,
            security=Security.PLAINTEXT_LOOPBACK,
            user=self.user,
            folder=folder,
            timeout_seconds=seconds,
        )
        inbox = ImapInbox(settings, SecretStr(self.password if password is None else password))
        return self.open_inboxes.enter_context(closing(inbox))

    @contextmanager
    def other(self, folder: str | None = None) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.server_port) as client:
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client.login(self.user, self.password)
            if folder is not None:
                assert client.select(folder)[0] == "OK"
            yield client

    def add(self, *mails: bytes, folder: str = "INBOX") -> None:
        with self.other() as client:
            for mail in mails:
                assert client.append(folder, "", "", mail)[0] == "OK"

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        """The mails of a folder as they are now, seen without the code under test and in order of their arrival."""
        with self.other(folder) as client:
            found = client.uid("FETCH", "1:*", "(BODY.PEEK[])")[1]
            return [part[1] for part in found if isinstance(part, tuple)]

    def flags(self, folder: str = "INBOX") -> list[str]:
        with self.other(folder) as client:
            found = client.uid("FETCH", "1:*", "(FLAGS)")[1]
            return [part.decode() for part in found if isinstance(part, bytes)]

    def mark_deleted(self, uid: int) -> None:
        with self.other("INBOX") as client:
            assert client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")[0] == "OK"

    def remove(self, uid: int) -> None:
        with self.other("INBOX") as client:
            client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
            assert client.expunge()[0] == "OK"


KINDS = (
    pytest.param("dovecot", marks=pytest.mark.dovecot),
    pytest.param("dovecot-without-move", marks=pytest.mark.dovecot),
    "sandbox",
    "poor",  # no MOVE, no UIDPLUS, no IDLE, no keywords
)


@pytest.fixture(params=KINDS)
def mailbox(request: pytest.FixtureRequest) -> Iterator[Mailbox]:
    with ExitStack() as ending:
        yield _mailbox(request.param, request.getfixturevalue, ending)


@pytest.fixture
def sandbox_mailbox() -> Iterator[Mailbox]:
    """For behaviour that does not depend on the kind of server."""
    with ExitStack() as ending:
        yield _mailbox("sandbox", lambda _name: None, ending)


def _mailbox(kind: str, fixture: Callable[[str], object], ending: ExitStack) -> Mailbox:
    if kind.startswith("dovecot"):
        dovecot = fixture("dovecot")
        assert isinstance(dovecot, Dovecot)
        user, password, port = dovecot.new_user(), PASSWORD, dovecot.imap_port
    else:
        box = ending.enter_context(Sandbox(desk=DESK))
        user, password, port = DESK, SANDBOX_PASSWORD, box.imap_port
    hidden = {"dovecot-without-move": ("MOVE",), "poor": ("MOVE", "UIDPLUS", "IDLE", "LITERAL+")}.get(kind, ())
    proxy = ending.enter_context(fault_proxy(port, edit=hide(*hidden)))
    return Mailbox(kind, user, password, port, proxy, ending.enter_context(ExitStack()))


def mail(number: int, words: str = "twelve thousand") -> bytes:
    """A small mail of its own."""
    return (
        f"From: Dana Reyes <dana@harbourpine.example>\r\nMessage-ID: <{number}@iphone.dana>\r\n"
        f"Subject: numbers {number}\r\n\r\nAcme Corp {words}\r\n"
    ).encode()


def until(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    """Waits for what a server does in its own time."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"it has not happened in {seconds:.0f} seconds"
        time.sleep(0.02)
