"""imaplib over our own Stream.

imaplib's socket file has no end for a server that answers one byte at a time, refuses a line above one million bytes
(the UIDs of a large inbox), and keeps what was read before the TLS handshake as if it had been said after it.
"""

from __future__ import annotations

import imaplib
import ssl

from mailbot.post.stream import Stream


class Wire(imaplib.IMAP4):
    """The commands of IMAP on one connection. Each call has its time from `begin()` on, as Stream says."""

    def __init__(self, host: str, port: int, timeout: float, tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        super().__init__(host, port, timeout)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        self._stream = Stream(host, port, timeout or 0.0, self._tls)
        self.sock = self._stream.socket  # imapclient sets its timeout, and nothing else

    def read(self, size: int) -> bytes:
        return self._stream.read(size)

    def readline(self) -> bytes:
        try:
            return self._stream.readline()
        except ConnectionAbortedError:
            self._check_bye()  # what the server said before it hung up tells more
            raise

    def send(self, data: bytes) -> None:  # type: ignore[override]
        self._stream.send(data)

    def shutdown(self) -> None:
        self._stream.close()

    def begin(self) -> None:
        self._stream.begin()

    def tls_in_words(self) -> str | None:
        return self._stream.tls_in_words()

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> tuple[str, list[None]]:  # type: ignore[override]
        """STARTTLS (RFC 3501 section 6.2.1): everything that was said in plain text is forgotten."""
        kind, data = self._simple_command("STARTTLS")
        if kind != "OK":
            raise self.error(f"STARTTLS is refused: {data!r}")
        self._stream.protect(ssl_context or ssl.create_default_context())
        self.sock = self._stream.socket
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
        self._stream.begin(seconds)
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
