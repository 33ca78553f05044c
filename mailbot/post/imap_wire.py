"""The bytes of an IMAP connection: imaplib with deadlines, sizes and a STARTTLS that nobody can slip words into.

imaplib's own socket file has no limit for a server that answers one byte at a time, refuses a line above one million
bytes (the UIDs of a large inbox), and keeps what was read before the TLS handshake as if it had been said after it.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import time

SLOWEST_BYTES_PER_SECOND = 16 * 1024  # a line that is slower than this does not count as progress
LONGEST_LINE = 32 * 1024 * 1024  # four million UIDs
LARGEST_LITERAL = 128 * 1024 * 1024  # above any limit for a mail that can be configured
RECEIVED_AT_ONCE = 256 * 1024


class InjectedResponse(imaplib.IMAP4.error):
    """Something was said in plain text between STARTTLS and the handshake (CVE-2011-0411 and its family)."""


class Wire(imaplib.IMAP4):
    """imaplib over a socket of our own.

    Each call has to end `timeout` seconds after `begin()`, plus the time that what it receives takes at
    SLOWEST_BYTES_PER_SECOND; then TimeoutError.
    """

    def __init__(self, host: str, port: int, timeout: float, tls: ssl.SSLContext | None) -> None:
        self._timeout = timeout
        self._tls = tls
        self._received = bytearray()
        self.begin()
        super().__init__(host, port, timeout)

    def begin(self) -> None:
        """A new call starts: its time counts from now."""
        self._deadline = time.monotonic() + self._timeout

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Connects; with implicit TLS the handshake comes first."""
        self.host, self.port = host, port
        plain = socket.create_connection((host, port), timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or small commands wait 40 ms for an ACK
        self.sock = self._tls.wrap_socket(plain, server_hostname=host) if self._tls else plain

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes: a literal."""
        if size > LARGEST_LITERAL:
            raise self.abort(f"the server announces {size} bytes at once; {LARGEST_LITERAL} are the most")
        while len(self._received) < size:
            self._receive()
        return self._take(size)

    def readline(self) -> bytes:
        """One line with its end. What came of a line before a TimeoutError is kept for the next call."""
        searched = 0
        while (end := self._received.find(b"\n", searched)) < 0:
            searched = len(self._received)
            if searched > LONGEST_LINE:
                raise self.abort(f"the server sends a line of more than {LONGEST_LINE} bytes")
            self._receive()
        return self._take(end + 1)

    def send(self, data: bytes) -> None:  # type: ignore[override]
        self.sock.settimeout(self._timeout)
        self.sock.sendall(data)

    def shutdown(self) -> None:
        self.sock.close()

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> tuple[str, list[None]]:  # type: ignore[override]
        """STARTTLS (RFC 3501 section 6.2.1): everything that was said in plain text is forgotten."""
        kind, data = self._simple_command("STARTTLS")
        if kind != "OK":
            raise self.error(f"STARTTLS is refused: {data!r}")
        if self._received:
            raise InjectedResponse(f"{len(self._received)} bytes came in plain text after STARTTLS")
        context = ssl_context or ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self.untagged_responses.clear()
        self._get_capabilities()
        return kind, data

    def idle_begin(self) -> bytes:
        """IDLE (RFC 2177): gives the tag when the server listens."""
        tag: bytes = self._command("IDLE")
        while self._get_response() is not None:
            if self.tagged_commands[tag]:
                raise self.error(f"IDLE is refused: {self.tagged_commands.pop(tag)!r}")
        return tag

    def idle_heard(self, seconds: float) -> bool:
        """Listens for up to `seconds`; True where the server says that a mail has come."""
        self._deadline = time.monotonic() + seconds
        try:
            self._get_response()
        except TimeoutError:
            return False
        self._check_bye()
        return self.heard_of_mail()

    def idle_end(self, tag: bytes) -> None:
        """DONE, and what the server says to it."""
        self.begin()
        self.send(b"DONE\r\n")
        self._command_complete("IDLE", tag)

    def heard_of_mail(self) -> bool:
        """Whether the server has told the size of the folder anew (EXISTS) since this was last asked."""
        return bool(self.untagged_responses.pop("EXISTS", []))

    def tls_in_words(self) -> str | None:
        """Version and cipher of TLS; None for plain text."""
        if not isinstance(self.sock, ssl.SSLSocket):
            return None
        cipher = self.sock.cipher()
        return f"{self.sock.version()}, {cipher[0] if cipher else 'no cipher'}"

    def _receive(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the server did not answer in time")
        self.sock.settimeout(left)
        data = self.sock.recv(RECEIVED_AT_ONCE)
        if not data:
            raise self.abort("the server closed the connection")
        self._received += data
        self._deadline += len(data) / SLOWEST_BYTES_PER_SECOND

    def _take(self, size: int) -> bytes:
        taken = bytes(self._received[:size])
        del self._received[:size]
        return taken
