"""One logged-in IMAP connection: how it comes about, what its server can do, and what its refusals mean."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import LoginError
from pydantic import SecretStr

from mailbot.config import MailboxSettings, Security
from mailbot.errors import MailbotError, Never, TryAgain
from mailbot.post.imap_wire import Wire
from mailbot.post.protection import place, refuses_tls, tls_for
from mailbot.post.stream import InjectedBytesError

# Response codes (RFC 5530, RFC 9051 section 7.1) that pass by themselves, and those that a person has to mend.
PASSING_CODES = frozenset({"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "EXPUNGEISSUED", "CORRUPTION", "THROTTLED"})
LASTING_CODES = frozenset(
    {"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED", "CONTACTADMIN", "NOPERM"}
    | {"NONEXISTENT", "CANNOT", "OVERQUOTA", "CLIENTBUG"}
)
# Servers without response codes say it in words.
PASSING_WORDS = ("too many", "maximum number of connections", "try again", "temporar", "rate limit", "unavailable")
UIDS_PER_COMMAND = 500  # 20,000 UIDs in one line are refused; 500 stay below the 8,192 bytes of RFC 7162 section 4
_CODE = re.compile(r"\[([A-Z][A-Z0-9-]*)")


Fields = Mapping[bytes, Any]  # what FETCH gives of one mail: numbers, bytes, moments, None, as the item has it


class _Client(IMAPClient):  # type: ignore[misc]
    """imapclient over our own Wire."""

    def __init__(self, settings: MailboxSettings) -> None:
        self._settings = settings
        self._context = tls_for(settings)
        seconds = settings.timeout_seconds
        super().__init__(settings.host, settings.port, ssl=settings.security is Security.TLS, timeout=seconds)
        self._imap.debug = 0  # at its own setting every body is turned into text for a log that nobody reads
        self.normalise_times = False

    def _create_IMAP4(self) -> Wire:  # noqa: N802 - the name is imapclient's
        first = self._context if self._settings.security is Security.TLS else None
        return Wire(self._settings.host, self._settings.port, self._settings.timeout_seconds, first)

    @property
    def wire(self) -> Wire:
        wire: Wire = self._imap
        return wire

    def protect(self) -> None:
        self.starttls(self._context)


@dataclass(frozen=True, slots=True)
class Session:
    """A connection that is logged in.

    `client` is imapclient's, which has no types: it stays inside post/. `prefix` and `delimiter` are those of the
    user's own folders (NAMESPACE, RFC 2342); a server without folders below folders has no delimiter.
    """

    client: IMAPClient
    wire: Wire
    capabilities: frozenset[str]
    prefix: str
    delimiter: str

    def can(self, capability: str) -> bool:
        return capability in self.capabilities

    def found(self, *criteria: str | int) -> tuple[int, ...]:
        """The UIDs in the selected folder that fit (SEARCH), ascending."""
        return tuple(sorted(self.client.search(list(criteria))))

    def fetched(self, uids: tuple[int, ...], *items: str) -> Iterator[tuple[int, Fields]]:
        """FETCH, in portions that fit into one command. A mail that is gone is left out, or has fields missing."""
        for chunk in in_chunks(uids):
            yield from self._fetch(chunk, items).items()

    def _fetch(self, uids: tuple[int, ...], items: tuple[str, ...]) -> Mapping[int, Fields]:
        try:
            found: Mapping[int, Fields] = self.client.fetch(uids, items)
        except imaplib.IMAP4.error as error:
            if "[EXPUNGEISSUED]" not in str(error):
                raise
            self.wire.noop()  # now the server may tell which mails are gone (RFC 5530), and it knows them no more
            found = self.client.fetch(uids, items)
        return found

    def make(self, folder: str) -> None:
        """CREATE; a folder that another desk has made meanwhile is there, as it is wanted (RFC 5530)."""
        try:
            self.client.create_folder(folder)
        except imaplib.IMAP4.error as error:
            if "[ALREADYEXISTS]" not in str(error):
                raise

    def folder(self, *parts: str) -> str:
        """The name of a folder of ours on this server; a `/` in a part stands for the server's own delimiter."""
        steps = [step for part in parts for step in part.split("/") if step]
        for step in steps:
            if self.delimiter and self.delimiter in step:
                raise Never(
                    f"the folder name {step!r} contains {self.delimiter!r}, which this server puts between folders"
                )
        if not self.delimiter and len(steps) > 1:
            raise Never(f"this server has no folders below folders: {'/'.join(steps)!r} cannot be made")
        name = self.delimiter.join(steps)
        return name if name.startswith(self.prefix) or steps[0].upper() == "INBOX" else self.prefix + name


def connect(settings: MailboxSettings, password: SecretStr) -> Session:
    """Connects, protects the connection, and logs in.

    Raises Never for what a person has to mend (password, certificate, no TLS), TryAgain for what may pass.
    """
    client: _Client | None = None
    try:
        with said_in_words(f"{place(settings)}: connecting", settings):
            client = _Client(settings)
            _refuse_preauth(client, settings)
            if settings.security is Security.STARTTLS:
                _start_tls(client, settings)
            _log_in(client, settings, password)
            return _look_around(client)
    except BaseException:
        if client is not None:
            client.wire.shutdown()
        raise


def _refuse_preauth(client: _Client, settings: MailboxSettings) -> None:
    if client.wire.state == "AUTH":
        raise Never(
            f"{place(settings)}: the server greets with PREAUTH, as if somebody were logged in already. This is "
            "refused: it would read a mailbox that nobody proved to be ours, and STARTTLS would be skipped"
        )


def _start_tls(client: _Client, settings: MailboxSettings) -> None:
    if not client.has_capability("STARTTLS"):
        raise Never(
            f"{place(settings)}: the server does not offer STARTTLS, or somebody on the way took the offer out. "
            "Nothing was sent. Write security = 'tls' with the server's TLS port (993)"
        )
    try:
        client.protect()
    except InjectedBytesError as error:
        raise Never(
            f"{place(settings)}: somebody puts words into the server's mouth: {error}. Nothing was sent"
        ) from error


def _log_in(client: _Client, settings: MailboxSettings, password: SecretStr) -> None:
    secret = password.get_secret_value()
    if not settings.user or not secret:
        raise Never(f"{place(settings)}: user or password is empty; set both for this mailbox")
    try:
        if client.has_capability("AUTH=PLAIN"):
            client.plain_login(settings.user, secret)
        elif client.has_capability("LOGINDISABLED"):
            raise Never(f"{place(settings)}: the server lets nobody log in on this connection (LOGINDISABLED)")
        else:
            client.login(_quoted(settings.user), _plain_ascii(secret, settings))
    except LoginError as error:
        # imapclient makes one error of a wrong password and of a connection that was cut: its cause tells.
        raise _login_error(settings, error, secret) from None


def _quoted(user: str) -> str:
    """LOGIN's first argument, which imaplib does not quote (RFC 3501 section 9, quoted)."""
    escaped = user.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _plain_ascii(secret: str, settings: MailboxSettings) -> str:
    if not (secret + settings.user).isascii() or not (secret + settings.user).isprintable():
        raise Never(f"{place(settings)}: user and password must be printable ASCII for a server without AUTH=PLAIN")
    return secret


def _login_error(settings: MailboxSettings, error: Exception, secret: str) -> MailbotError:
    said = str(error).replace(secret, "…")
    cut = isinstance(error.__context__, imaplib.IMAP4.abort)
    if cut or passes(said):
        return TryAgain(f"{place(settings)}: the login of {settings.user!r} did not go through: {said}")
    return Never(f"{place(settings)}: the login of {settings.user!r} is refused: {said}. Check user and password")


def _look_around(client: _Client) -> Session:
    capabilities = frozenset(word.decode("ascii", "replace") for word in client.capabilities())
    prefix, delimiter = "", ""
    if "NAMESPACE" in capabilities and (personal := client.namespace().personal):
        prefix, delimiter = personal[0][0], personal[0][1] or ""
    if not delimiter:
        root = client.list_folders("", "")
        delimiter = root[0][1].decode("ascii") if root and root[0][1] else ""
    return Session(client, client.wire, capabilities, prefix, delimiter)


def in_chunks(uids: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """UIDs in portions that fit into one command."""
    for start in range(0, len(uids), UIDS_PER_COMMAND):
        yield uids[start : start + UIDS_PER_COMMAND]


def passes(said: str) -> bool:
    """Whether a refusal passes by itself: a limit, a server that is busy."""
    codes = set(_CODE.findall(said))
    if codes & LASTING_CODES:
        return False
    return bool(codes & PASSING_CODES) or any(words in said.lower() for words in PASSING_WORDS)


def lasts(said: str) -> bool:
    """Whether the server's own response code says that a person has to mend something."""
    return bool(set(_CODE.findall(said)) & LASTING_CODES)


@contextmanager
def said_in_words(doing: str, settings: MailboxSettings) -> Iterator[None]:
    """Turns what imaplib, imapclient and the network raise into TryAgain and Never, with words."""
    try:
        yield
    except ssl.SSLError as error:
        raise refuses_tls(settings, error) or TryAgain(f"{doing}: the connection broke: {error}") from error
    except OSError as error:
        raise TryAgain(f"{doing}: {error or type(error).__name__}") from error
    except imaplib.IMAP4.abort as error:
        raise TryAgain(f"{doing}: the connection broke: {error}") from error
    except imaplib.IMAP4.error as error:
        kind = Never if lasts(str(error)) else TryAgain
        raise kind(f"{doing}: the server refused: {error}") from error
    except (ValueError, LookupError) as error:
        raise TryAgain(f"{doing}: the server's answer cannot be read: {error!r}") from error
