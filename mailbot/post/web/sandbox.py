"""A small web inside this process, on 127.0.0.1, for `mailbot demo` and for tests: hosts and pages from a table.

Hosts that are not in the table do not exist, and no name server is asked. What says https is answered in plain text:
nobody signs certificates for names that are made up, and nothing leaves this machine.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self

from httpcore import SOCKET_OPTION, NetworkStream

from mailbot.config import WebSettings
from mailbot.config.web import Allowed
from mailbot.post.web.looking import WebLooker
from mailbot.post.web.wire import Endpoint, NoSuchHostError, Wire
from mailbot.records.page_seen import PageSeen

HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class SandboxPage:
    """What stands at an address: a page with this title and these links, or, where `leads_to` says so, a redirect."""

    title: str
    words: str = ""
    status: int = 200
    leads_to: str = ""
    links: tuple[str, ...] = ()


class PlainWire(Wire):
    """Speaks plain text where TLS was to be: only for servers inside this process."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        return _WithoutTls(super().connect_tcp(host, port, timeout, local_address, socket_options))


class _WithoutTls(NetworkStream):
    def __init__(self, stream: NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        return self

    def get_extra_info(self, info: str) -> object:
        return None if info == "ssl_object" else self._stream.get_extra_info(info)


class SandboxWeb:
    """The web while its `with` block lasts. `pages` are by host and path ("coastalbuilder.example/partners"), and may
    be changed at any time."""

    def __init__(self, pages: Mapping[str, SandboxPage]) -> None:
        self.pages = dict(pages)
        self._server = ThreadingHTTPServer((HOST, 0), lambda *args: _Handler(self.pages, *args))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="web")
        allowed = Allowed.parse(f"{HOST}:{self._server.server_address[1]}")
        self._looker = WebLooker(WebSettings.model_validate({"allow": [allowed]}), self._resolve, wire=PlainWire)

    def look(self, url: str) -> PageSeen:
        """What is seen there, by the same looker that looks at real pages."""
        return self._looker.look(url)

    def _resolve(self, host: str, _port: int) -> list[Endpoint]:
        if host in {page.partition("/")[0] for page in self.pages}:
            return [Endpoint(HOST, self._server.server_address[1])]
        raise NoSuchHostError(f"{host}: there is no such host in the sandbox")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, pages: Mapping[str, SandboxPage], *args: Any) -> None:
        self._pages = pages
        super().__init__(*args)

    def do_GET(self) -> None:
        """One page, or none."""
        asked = f"{(self.headers['Host'] or '').partition(':')[0]}{self.path}"
        page = self._pages.get(asked, SandboxPage("Page not found", status=404))
        links = "".join(f'<a href="{escape(each)}">{escape(each)}</a>' for each in page.links)
        title, words = escape(page.title), escape(page.words)
        body = f"<title>{title}</title><h1>{title}</h1><p>{words}</p>{links}".encode()
        self.send_response(302 if page.leads_to else page.status)
        if page.leads_to:
            self.send_header("Location", page.leads_to)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Who was here is nobody's business."""
