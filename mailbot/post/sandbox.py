"""A whole mail server inside this process: pymap for IMAP, aiosmtpd for SMTP, over real sockets on 127.0.0.1.

For `mailbot demo` and for tests. Nothing leaves the machine: mail for an unknown address lands in the account
`OUTSIDE`, where it can be read. Everything is in memory, and each start has a new UIDVALIDITY.
"""

from __future__ import annotations

import asyncio
import threading
from argparse import Namespace
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.reader import ProxyProtocolReader
from pydantic import SecretStr
from pymap.backend.dict import Config, DictBackend, Identity, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from mailbot.clock import Clock, SystemClock
from mailbot.config import MailboxSettings, Security, SmtpSettings
from mailbot.errors import Never
from mailbot.post.imap import ImapInbox
from mailbot.post.sandbox_delivery import Routes, as_received, without_plus

HOST = "127.0.0.1"
PASSWORD = "sandbox"  # noqa: S105 - well known on purpose: the server is for this machine alone, and forgets all
OUTSIDE = "outside@sandbox.example"
LARGEST_MAIL = 64 * 1024 * 1024


class Sandbox:
    """A mail server that runs while its `with` block does.

    `desk`, each of `accounts` and OUTSIDE have a mailbox; their password is PASSWORD. Addresses in `refused` are
    answered with 550 5.1.1; the set may be changed at any time. `clock` dates what is received.
    """

    def __init__(
        self,
        *,
        desk: str,
        aliases: tuple[str, ...] = (),
        accounts: tuple[str, ...] = (),
        authserv_id: str = "",
        imap_port: int = 0,
        smtp_port: int = 0,
        clock: Clock | None = None,
    ) -> None:
        self.desk = desk.lower()
        self.password = PASSWORD
        self.imap_port = imap_port
        self.smtp_port = smtp_port
        self.refused: set[str] = set()
        lowered = frozenset(account.lower() for account in accounts)
        self._routes = Routes(self.desk, frozenset(alias.lower() for alias in aliases), lowered, OUTSIDE)
        self._server_name = authserv_id or "mx." + self.desk.rpartition("@")[2]
        self._clock = clock or SystemClock()
        self._up = threading.Event()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="sandbox mail server")

    def __enter__(self) -> Self:
        self._thread.start()
        self._up.wait()
        if self._failure is not None:
            self._thread.join()
            raise Never(
                f"the sandbox mail server does not come up on {HOST}, ports {self.imap_port} and {self.smtp_port} "
                f"(0 is any that is free): {self._failure}"
            ) from self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._ending.set)
            self._thread.join()

    def mailbox(self, account: str | None = None, folder: str = "INBOX") -> MailboxSettings:
        """The settings of an account (the desk where none is named), as a configuration file would have them."""
        return MailboxSettings(
            host=HOST,
            port=self.imap_port,
            security=Security.PLAINTEXT_LOOPBACK,
            user=(account or self.desk).lower(),
            password=SecretStr(self.password),
            folder=folder,
        )

    def smtp(self) -> SmtpSettings:
        """The settings of the way out."""
        return SmtpSettings(host=HOST, port=self.smtp_port, security=Security.PLAINTEXT_LOOPBACK)

    def messages(self, folder: str = "INBOX", *, account: str | None = None) -> tuple[bytes, ...]:
        """The mails of a folder, oldest first; from any thread. Raises Never where there is no such folder."""
        inbox = ImapInbox(self.mailbox(account, folder), SecretStr(self.password))
        try:
            inbox.open()
            return tuple(mail.raw for mail in inbox.fetch(inbox.uids()))
        finally:
            inbox.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - raised again by __enter__, in the thread that waits for it
            self._failure = error
        finally:
            self._up.set()  # also after a failure: whoever starts the server is told, and never left waiting

    async def _serve(self) -> None:
        self._ending = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        accounts = await _accounts(self._routes)
        imap = await asyncio.start_server(accounts.connection, HOST, self.imap_port)
        async with imap:
            delivery = _Delivery(accounts, self._routes, self.refused, self._server_name, self._clock)
            smtp = await self._loop.create_server(delivery.connection, HOST, self.smtp_port)
            async with smtp:
                self.imap_port = imap.sockets[0].getsockname()[1]
                self.smtp_port = smtp.sockets[0].getsockname()[1]
                self._up.set()
                await self._ending.wait()


class _Config(Config):
    """pymap's settings, without its look-up of this machine's name in the DNS."""

    @property
    def greeting(self) -> bytes:
        return b"sandbox mail server ready"


@dataclass(frozen=True, slots=True)
class _Accounts:
    """The mailboxes, all in memory."""

    login: Login
    connection: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]  # speaks IMAP with a client

    async def append(self, account: str, raw: bytes, clock: Clock) -> None:
        identity = Identity(account, self.login, None, frozenset())
        async with identity.new_session() as session:
            # Through pymap's own session, so that a client that waits in IDLE is told.
            await session.append_messages("INBOX", [AppendMessage(raw, clock.now())])


async def _accounts(routes: Routes) -> _Accounts:
    config = _Config(
        Namespace(passlib_cfg=None, proxy_protocol=None),
        host=HOST,
        port=0,
        tls_enabled=False,
        hash_context=Cleartext(),
        cpu_subsystem=Subsystem.for_asyncio(),
        demo_data=False,
        demo_user=routes.desk,
        demo_password=PASSWORD,
    )
    config.apply_context()
    backend = DictBackend(Login(config), config)
    for account in {routes.desk, routes.outside, *routes.accounts}:
        identity = Identity(account, backend.login, None, frozenset())
        await identity.set(UserMetadata(config, account, password=PASSWORD))
    reader = ProxyProtocolReader(config.proxy_protocol)
    return _Accounts(backend.login, reader.get_callback(IMAPServer(backend.login, config)))


@dataclass(frozen=True)  # no slots: aiosmtpd inspects its members, and early Pythons 3.11 stumble over theirs
class _Delivery:
    """The SMTP side: aiosmtpd asks it at each command."""

    accounts: _Accounts
    routes: Routes
    refused: set[str]
    server_name: str
    clock: Clock

    def connection(self) -> SMTP:
        return SMTP(
            self,
            hostname=self.server_name,
            ident="sandbox",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST_MAIL,
            authenticator=self.authenticate,
            auth_require_tls=False,
        )

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=data.password == PASSWORD.encode())

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused or without_plus(address) in self.refused:
            return f"550 5.1.1 <{address}>: there is no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        delivered: set[str] = set()
        for recipient in envelope.rcpt_tos:
            account = self.routes.account_for(recipient)
            if account in delivered:
                continue
            delivered.add(account)
            raw = as_received(
                envelope.original_content or b"",
                sender=envelope.mail_from or "",
                recipient=recipient,
                server=self.server_name,
                peer=str(session.host_name or "unknown"),
                when=self.clock.now(),
            )
            await self.accounts.append(account, raw, self.clock)
        return "250 2.0.0 Ok: delivered"
