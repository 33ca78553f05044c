"""A server that says what a test wants it to say, for answers that no real server can be brought to give."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """The connection to one client, as a script sees it."""

    socket: socket.socket
    heard: list[bytes] = field(default_factory=list)  # every line of every client, in order
    unread: bytearray = field(default_factory=bytearray)

    def say(self, *lines: str) -> None:
        """Sends lines; CRLF is added."""
        self.socket.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def hear(self) -> bytes | None:
        """The next line without its end; None when the client has gone."""
        while b"\n" not in self.unread:
            data = self.socket.recv(65536)
            if not data:
                return None
            self.unread += data
        line, _, rest = bytes(self.unread).partition(b"\n")
        self.unread[:] = rest
        self.heard.append(line.rstrip(b"\r"))
        return self.heard[-1]

    def protect(self, context: ssl.SSLContext) -> None:
        self.socket = context.wrap_socket(self.socket, server_side=True)


Script = Callable[[Line], None]


@dataclass(frozen=True, slots=True)
class ScriptedServer:
    port: int
    heard: list[bytes]  # every line that any client has sent


@contextmanager
def scripted_server(*scripts: Script) -> Iterator[ScriptedServer]:
    """Serves clients one after the other, each with the next script; further clients are turned away."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for script in scripts:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                line = Line(connection, heard)
                with suppress(OSError):  # the client may go in the middle of the script
                    script(line)
                line.socket.close()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield ScriptedServer(listener.getsockname()[1], heard)
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join()
