"""smtplib over our own Stream, and the end of DATA told apart from the rest of it.

smtplib's replies have no end for a server that goes on talking, and its `data` cannot say whether a connection was lost
before the last byte of a letter (certainly not sent) or after it (nobody knows).
"""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from collections.abc import Sequence

from mailbot.errors import OurBug
from mailbot.post.stream import Stream

LONGEST_REPLY_LINE = 8 * 1024  # RFC 5321 section 4.5.3.1.5 asks for 512
MOST_REPLY_LINES = 200
END_OF_DATA = b".\r\n"

Reply = tuple[int, str]


class Wire(smtplib.SMTP):
    """The commands of SMTP on one connection. Each has its own time, as Stream says; all breaks are OSErrors."""

    def __init__(self, host: str, port: int, timeout: float, tls: ssl.SSLContext | None) -> None:
        self._stream = Stream(host, port, timeout, tls)
        super().__init__(timeout=timeout, local_hostname=_own_name(self._stream.socket))

    def greeting(self) -> Reply:
        return self._reply()

    def say(self, command: str) -> Reply:
        """One command and its reply."""
        self.putcmd(command)
        return self._reply()

    def tell(self, commands: Sequence[str]) -> None:
        """Several commands in one breath (RFC 2920); `reply` gives the answer to each, in their order."""
        self.send("".join(f"{_one_line(command)}\r\n" for command in commands))

    def reply(self) -> Reply:
        """The next answer of the server."""
        return self._reply()

    def introduce(self) -> Reply:
        """EHLO, and HELO where the server is too old for it; the extensions stand in `esmtp_features`."""
        code, said = self.ehlo()
        if code != 250:
            code, said = self.helo()
        return code, _text(said)

    def protect(self, tls: ssl.SSLContext) -> None:
        """The handshake after STARTTLS (RFC 3207): everything that was said in plain text is forgotten."""
        self._stream.protect(tls)
        self.ehlo_resp = self.helo_resp = None
        self.esmtp_features = {}

    def tls_in_words(self) -> str | None:
        return self._stream.tls_in_words()

    def log_in(self, user: str, password: str) -> Reply:
        """AUTH PLAIN, else AUTH LOGIN (RFC 4954), in UTF-8."""
        offered = self.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            return self.say("AUTH PLAIN " + _base64("\0" + user + "\0" + password))
        for words in ("AUTH LOGIN", _base64(user)):
            code, said = self.say(words)
            if code != 334:
                return code, said
        return self.say(_base64(password))

    def send_content(self, content: bytes) -> None:
        """The lines of a letter, dots doubled, without the end of data: a server that gets no more cannot accept it."""
        self._stream.send(content)

    def send_end_of_data(self) -> None:
        """The final dot, in one piece. Raises OSError only where the network took no byte of it."""
        self._stream.socket.send(END_OF_DATA)

    def final_reply(self, seconds: float) -> Reply:
        """The answer to the end of data, for which a server may take its time."""
        return self._reply(seconds)

    def send(self, s: bytes | str) -> None:  # type: ignore[override]
        self._stream.send(s.encode(self.command_encoding) if isinstance(s, str) else s)

    def getreply(self) -> tuple[int, bytes]:
        return self._read_reply(None)

    def close(self) -> None:
        self._stream.close()

    def _reply(self, seconds: float | None = None) -> Reply:
        code, said = self._read_reply(seconds)
        return code, _text(said)

    def _read_reply(self, seconds: float | None) -> tuple[int, bytes]:
        self._stream.begin(seconds)
        lines: list[bytes] = []
        for _ in range(MOST_REPLY_LINES):
            line = self._stream.readline(LONGEST_REPLY_LINE)
            code = line[:3]
            lines.append(line[4:].strip())
            if not code.isdigit():
                raise ConnectionAbortedError(f"the server says something that is no SMTP reply: {line[:80]!r}")
            if line[3:4] != b"-":
                return int(code), b"\n".join(lines)
        raise ConnectionAbortedError(f"the server's reply has more than {MOST_REPLY_LINES} lines")


def _one_line(command: str) -> str:
    if "\r" in command or "\n" in command:
        raise OurBug(f"a command with a line break was about to be said: {command!r}")
    return command


def _own_name(connected: socket.socket) -> str:
    """What we call ourselves in EHLO: the full host name, else the address (RFC 5321 section 4.1.3)."""
    name = socket.gethostname()
    if "." in name and name.isascii() and name.isprintable():
        return name
    address = str(connected.getsockname()[0])
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def _text(said: bytes) -> str:
    return said.decode("utf-8", "backslashreplace")


def _base64(words: str) -> str:
    return base64.b64encode(words.encode()).decode("ascii")
