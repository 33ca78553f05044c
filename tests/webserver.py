"""A real web server on loopback that answers as a test wants: pages, lost pages, circles, drips, bodies without end."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

from mailbot.post.web.wire import Endpoint, NoSuchHostError
from tests.servers import Certificates

HOST = "127.0.0.1"
_PORTION = b"x" * 65_536


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server says to a request."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


@dataclass(frozen=True, slots=True)
class Endless:
    """A body of so many bytes as its head announces, and as nobody can want."""

    announced: int = 10_000_000_000


@dataclass(frozen=True, slots=True)
class Drip:
    """One byte now and then, for as long as the server runs."""

    every: float = 0.05
    in_the_head: bool = False


@dataclass(frozen=True, slots=True)
class HangUp:
    """The connection ends without a word."""


Said: TypeAlias = Reply | Endless | Drip | HangUp


def page(title: str, *paragraphs: str, status: int = 200) -> Reply:
    """A page as publishers have them."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return Reply(f"<html><head><title>{title}</title></head><body>{told}</body></html>".encode(), status)


def link(address: str) -> str:
    """A banner that leads somewhere, as a paragraph of a page."""
    return f'<a href="{address}"><img src="/banner.png" alt="banner"></a>'


def leads_to(location: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status=status, headers={"Location": location})


@dataclass
class WebServer:
    """The server. `pages` maps "host/path" (without the port) to what is said; all else is a 404."""

    port: int
    pages: dict[str, Said] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # what was asked for, in its order
    headers: list[dict[str, str]] = field(default_factory=list)
    sent: int = 0  # bytes of bodies without end
    closing: threading.Event = field(default_factory=threading.Event)

    def resolve(self, host: str, port: int) -> list[Endpoint]:
        """The hosts of `pages` are all at this server, and other names do not exist; a number is where it says."""
        if host.replace(".", "").isdecimal():
            return [Endpoint(host, port)]
        if host in {name.partition("/")[0] for name in self.pages}:
            return [Endpoint(HOST, self.port)]
        raise NoSuchHostError(f"{host}: Name or service not known")


@contextmanager
def web_server(certificates: Certificates | None = None) -> Iterator[WebServer]:
    """Runs a server, over TLS where it is given certificates."""
    made: list[WebServer] = []
    server = _Server((HOST, 0), lambda *args: _Handler(made[0], *args))
    made.append(WebServer(server.server_address[1]))
    if certificates is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates.certificate, certificates.key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, name="web server")
    thread.start()
    try:
        yield made[0]
    finally:
        made[0].closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close waits for them
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who has seen enough hangs up; that is no fault of the server."""


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: WebServer, *args: Any) -> None:
        self._site = site
        super().__init__(*args)

    def do_GET(self) -> None:
        host = (self.headers["Host"] or "").rpartition(":")[0] or self.headers["Host"]
        self._site.asked.append(f"{host}{self.path}")
        self._site.headers.append(dict(self.headers.items()))
        said = self._site.pages.get(f"{host}{self.path}", page("404 Not Found", "Nothing here.", status=404))
        _SAY[type(said)](self, said)

    def say(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def pour(self, endless: Endless) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(endless.announced))
        self.end_headers()
        while self._site.sent < endless.announced and not self._site.closing.is_set():
            self.wfile.write(_PORTION)
            self._site.sent += len(_PORTION)

    def drip(self, drip: Drip) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        if not drip.in_the_head:
            self.wfile.write(b"yes\r\nContent-Type: text/html\r\n\r\n")
        while not self._site.closing.wait(drip.every):
            self.wfile.write(b"x")

    def hang_up(self, _said: HangUp) -> None:
        self.close_connection = True

    def log_message(self, *_args: object) -> None:
        """What is asked stands in `asked`."""


_SAY: dict[type, Callable[[_Handler, Any], None]] = {
    Reply: _Handler.say,
    Endless: _Handler.pour,
    Drip: _Handler.drip,
    HangUp: _Handler.hang_up,
}
