"""One look at one page: from its address to what a reader would find there.

Redirects are followed and shown, each address on the way is judged anew, TLS verifies, no cookie, no password and no
proxy takes part, and of what a server sends only the beginning is read.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import httpcore

from mailbot.config import WebSettings
from mailbot.message.web_addresses import WebAddress
from mailbot.post.web.page import page_of
from mailbot.post.web.wire import (
    Deadline,
    NoSuchHostError,
    NotPublicError,
    Resolve,
    UntrustedError,
    Wire,
    by_the_system,
)
from mailbot.records.page_seen import PageSeen, Verdict

_MOST_BYTES: Final = 512 * 1024  # of one page
_MOST_REDIRECTS: Final = 8
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})  # RFC 9110 section 15.4
_NOT_SHOWN: Final = frozenset({401, 402, 403, 407, 429, 451})
_TROUBLES: Final[dict[type[Exception], Verdict]] = {
    NoSuchHostError: Verdict.NO_SUCH_HOST,
    NotPublicError: Verdict.NOT_PUBLIC,
    UntrustedError: Verdict.TLS_FAULT,
    httpcore.TimeoutException: Verdict.TOO_SLOW,
    httpcore.ProtocolError: Verdict.SERVER_FAULT,
    httpcore.NetworkError: Verdict.REFUSED,
}
_HEADERS: Final = (
    ("User-Agent", "mailbot (checks whether a page is there)"),
    ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ("Accept-Encoding", "identity"),
    ("Connection", "close"),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one server said: its status, where it sends us, and the beginning of its page."""

    status: int
    location: str
    body: bytes
    charset: str | None


class WebLooker:
    """Looks at pages as [web] allows. `resolve` knows the addresses of hosts, `tls` whom to trust; `wire` connects."""

    def __init__(
        self,
        settings: WebSettings,
        resolve: Resolve = by_the_system,
        tls: ssl.SSLContext | None = None,
        wire: type[Wire] = Wire,
    ) -> None:
        self._settings = settings
        self._resolve = resolve
        self._tls = tls or ssl.create_default_context()
        self._wire = wire

    def look(self, url: str) -> PageSeen:
        """What is seen at an address, within the seconds of the settings. Never raises for what others do."""
        address = WebAddress.parse(url)
        if address is None:
            return PageSeen(Verdict.NO_WEB_ADDRESS, (url,))
        path = [address]
        try:
            return self._follow(path, Deadline.after(self._settings.seconds_per_page))
        except tuple(_TROUBLES) as trouble:
            verdict = next(verdict for kind, verdict in _TROUBLES.items() if isinstance(trouble, kind))
            return _seen(verdict, path, trouble)

    def _follow(self, path: list[WebAddress], deadline: Deadline) -> PageSeen:
        """Asks one server after the other, until one has a page, or none; `path` grows with the addresses."""
        while True:
            answer = self._ask(path[-1], deadline)
            if answer.status not in _REDIRECTS or not answer.location:
                return _judged(path, answer)
            following = path[-1].leads_to(answer.location)
            if following is None:
                return _seen(Verdict.NO_WEB_ADDRESS, path, f"it leads on to {answer.location[:200]!r}")
            is_circle = following in path
            path.append(following)
            if is_circle or len(path) > _MOST_REDIRECTS + 1:
                return _seen(Verdict.TOO_MANY_REDIRECTS, path, "it leads in a circle" if is_circle else "")

    def _ask(self, address: WebAddress, deadline: Deadline) -> _Answer:
        wire = self._wire(self._settings.allow, self._resolve, deadline)
        with (
            httpcore.ConnectionPool(ssl_context=self._tls, max_connections=1, network_backend=wire) as pool,
            pool.stream("GET", _url_of(address), headers=[("Host", address.authority), *_HEADERS]) as response,
        ):
            named = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
            is_read = response.status not in _REDIRECTS and _is_text(named.get("content-type", ""))
            body = _beginning(response, named.get("content-encoding", "")) if is_read else b""
            return _Answer(response.status, named.get("location", ""), body, _charset(named.get("content-type", "")))


def _url_of(address: WebAddress) -> httpcore.URL:
    return httpcore.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode("ascii"),
        port=address.port,
        target=address.asks_for.encode("ascii"),
    )


def _beginning(response: httpcore.Response, encoding: str) -> bytes:
    """As much of a page as is read; unpacked where a server packs it though it was asked not to."""
    held = bytearray()
    for chunk in response.iter_stream():
        held += chunk
        if len(held) >= _MOST_BYTES:
            break
    return _unpacked(bytes(held[:_MOST_BYTES]), encoding.strip().lower())


def _unpacked(body: bytes, encoding: str) -> bytes:
    """The bytes of gzip or deflate, at most as many as of any page (RFC 9110 section 8.4.1); b"" for other codings."""
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return b""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(body, _MOST_BYTES)
    except zlib.error:
        return b""  # what is no gzip is no text either; the status still counts


def _is_text(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind in ("", "text/html", "application/xhtml+xml", "text/plain")


def _charset(content_type: str) -> str | None:
    _, named, rest = content_type.partition("charset=")
    return rest.partition(";")[0].strip(" \"'") or None if named else None


def _judged(path: Sequence[WebAddress], answer: _Answer) -> PageSeen:
    """The last answer, in a word."""
    page = page_of(answer.body, answer.charset, path[-1])
    seen = partial(PageSeen, path=_written(path), status=answer.status, title=page.title)
    if answer.status in _NOT_SHOWN:
        return seen(Verdict.NOT_SHOWN)
    if 400 <= answer.status < 500:
        return seen(Verdict.NOT_FOUND)
    if not 200 <= answer.status < 300:
        return seen(Verdict.SERVER_FAULT)
    if page.says_not_found:
        return seen(Verdict.SAYS_NOT_FOUND, said=page.says_not_found)
    return seen(Verdict.FOUND, links=page.links if answer.body else None)


def _seen(verdict: Verdict, path: Sequence[WebAddress], why: object) -> PageSeen:
    return PageSeen(verdict, _written(path), why=str(why))


def _written(path: Sequence[WebAddress]) -> tuple[str, ...]:
    return tuple(str(address) for address in path)
