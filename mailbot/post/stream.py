"""A connection to a mail server as bytes: every wait has an end, every line and every portion has a largest size."""

from __future__ import annotations

import socket
import ssl
import time

SLOWEST_BYTES_PER_SECOND = 16 * 1024  # a server that is slower than this makes no progress
LONGEST_LINE = 32 * 1024 * 1024  # the UIDs of four million mails
LARGEST_PORTION = 128 * 1024 * 1024  # above any limit for a mail that can be configured
AT_ONCE = 256 * 1024
NO_TIME = 0.001  # zero would mean: do not wait at all, not even for what has arrived


class InjectedBytesError(Exception):
    """Something was said in plain text between STARTTLS and the handshake (CVE-2011-0411 and its family)."""


class Stream:
    """A TCP connection, in plain text or over TLS.

    What is received after `begin()` has to be there `timeout` seconds later, plus the time that it takes at
    SLOWEST_BYTES_PER_SECOND; then TimeoutError. All other breaks are OSErrors too.
    """

    def __init__(self, host: str, port: int, timeout: float, tls: ssl.SSLContext | None) -> None:
        self._host = host
        self._timeout = timeout
        self._received = bytearray()
        self.socket = socket.create_connection((host, port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or small commands wait 40 ms for an ACK
        self.begin()
        if tls is not None:
            self._handshake(tls)

    def begin(self, seconds: float | None = None) -> None:
        """A new exchange starts: its time counts from now."""
        self._deadline = time.monotonic() + (self._timeout if seconds is None else seconds)

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes."""
        if size > LARGEST_PORTION:
            raise ConnectionAbortedError(f"the server announces {size} bytes at once; {LARGEST_PORTION} are the most")
        while len(self._received) < size:
            self._receive()
        return self._take(size)

    def readline(self, longest: int = LONGEST_LINE) -> bytes:
        """One line with its end. What came of a line before a TimeoutError is kept for the next call."""
        searched = 0
        while (end := self._received.find(b"\n", searched)) < 0:
            searched = len(self._received)
            if searched > longest:
                raise ConnectionAbortedError(f"the server sends a line of more than {longest} bytes")
            self._receive()
        return self._take(end + 1)

    def send(self, data: bytes) -> None:
        """Hands all bytes to the network, in portions that have the whole timeout each."""
        self.socket.settimeout(self._timeout)
        for start in range(0, len(data), AT_ONCE):
            self.socket.sendall(data[start : start + AT_ONCE])

    def protect(self, tls: ssl.SSLContext) -> None:
        """The handshake after STARTTLS. Raises InjectedBytesError where more came in plain text than the go-ahead."""
        if self._received:
            raise InjectedBytesError(f"{len(self._received)} bytes came in plain text after STARTTLS")
        self._handshake(tls)

    def tls_in_words(self) -> str | None:
        """Version and cipher of TLS; None for plain text."""
        if not isinstance(self.socket, ssl.SSLSocket):
            return None
        cipher = self.socket.cipher()
        return f"{self.socket.version()}, {cipher[0] if cipher else 'no cipher'}"

    def close(self) -> None:
        self.socket.close()

    def _handshake(self, tls: ssl.SSLContext) -> None:
        try:
            self.socket = tls.wrap_socket(self.socket, server_hostname=self._host)
        except BaseException:
            self.socket.close()
            raise

    def _receive(self) -> None:
        try:
            self.socket.settimeout(max(self._deadline - time.monotonic(), NO_TIME))
            data = self.socket.recv(AT_ONCE)
        except TimeoutError:
            raise TimeoutError("the server did not answer in time") from None
        if not data:
            raise ConnectionAbortedError("the server closed the connection")
        self._received += data
        self._deadline += len(data) / SLOWEST_BYTES_PER_SECOND

    def _take(self, size: int) -> bytes:
        taken = bytes(self._received[:size])
        del self._received[:size]
        return taken
