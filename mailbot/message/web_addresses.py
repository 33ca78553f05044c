"""Addresses of web pages as people write them: which stand in a text, and what each one asks for (RFC 3986, RFC 9110).

Nothing here is a link, and nothing is fetched: an address is read, or it is none. What a browser would hide from its
reader (a name and a password before the host) is refused.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Self
from urllib.parse import quote, urljoin, urlsplit

import idna

LONGEST: Final = 2_000  # characters of an address
_PORTS: Final = {"http": 80, "https": 443}
_LARGEST_PORT: Final = 65_535
_WRITTEN = re.compile(rf"(?<![\w@./-])(?:https?://|www\.)[^\s<>\"`\u201c\u201d\u201e]{{1,{LONGEST}}}", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,253}[a-z0-9_])?\.?")
_UNWRITTEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_AFTER_IT: Final = ".,;:!?'\u2019*_~"  # belongs to the sentence, and not to the address
_SAFE_IN_PATH: Final = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address of http or https, taken apart. `host` is ASCII and lower-case (IDNA 2008), a number of IPv6 without
    its brackets; `asks_for` is path and query, as they go to the server. The fragment stays with the reader."""

    scheme: str
    host: str
    port: int
    asks_for: str

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """What is written, as an address; None for what is none: another scheme, a password in it, a broken host."""
        text = written.strip()
        if text.lower().startswith("www."):
            text = f"https://{text}"
        if len(text) > LONGEST or _UNWRITTEN.search(text) or "\\" in text:
            return None
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError:
            return None
        host = _host(parts.hostname or "")
        if parts.scheme not in _PORTS or not host or "@" in parts.netloc or port == 0:
            return None
        query = f"?{quote(parts.query, safe=_SAFE_IN_PATH + '?')}" if parts.query else ""
        path = quote(parts.path or "/", safe=_SAFE_IN_PATH)
        return cls(parts.scheme, host, port or _PORTS[parts.scheme], f"{path}{query}")

    def leads_to(self, location: str) -> Self | None:
        """Where an answer of this page sends its reader (RFC 9110 section 10.2.2); None where that is no address."""
        try:
            return self.parse(urljoin(str(self), location.strip()[: LONGEST + 1]))
        except ValueError:
            return None

    def at(self, host: str) -> Self:
        """The same page at another host."""
        return replace(self, host=host)

    @property
    def authority(self) -> str:
        """Host and port, as they stand in the address; the port of its scheme is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.asks_for}"


@dataclass(frozen=True, slots=True)
class WrittenAddress:
    """An address as it stands in a text, without the signs of the sentence around it."""

    written: str
    start: int
    end: int


def web_addresses_in(text: str, most: int = 20) -> tuple[WrittenAddress, ...]:
    """What looks like an address in a text, in its order, at most so many. Linear in the length of the text."""
    found = (_without_the_sentence(match) for match in islice(_WRITTEN.finditer(text), most))
    return tuple(each for each in found if WebAddress.parse(each.written) is not None)


def _without_the_sentence(match: re.Match[str]) -> WrittenAddress:
    """The match without the full stop, the comma or the bracket that the sentence put behind the address."""
    written, before = match[0], ""
    while written != before:
        before = written
        written = written.rstrip(_AFTER_IT)
        for opened, closed in (("(", ")"), ("[", "]")):
            if written.endswith(closed) and written.count(closed) > written.count(opened):
                written = written[:-1]
    return WrittenAddress(written, match.start(), match.start() + len(written))


def _host(written: str) -> str:
    """A host in ASCII; "" where it can be none."""
    host = written.lower()
    if ":" in host:  # brackets stood around it: urlsplit lets nothing else through
        return host if _is_ipv6(host) else ""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return ""
    return host if _HOST.fullmatch(host) and ".." not in host else ""


def _is_ipv6(written: str) -> bool:
    """Whether it is a number of IPv6. One with a zone (RFC 6874) means something on its own machine alone."""
    try:
        return ipaddress.IPv6Address(written).scope_id is None
    except ValueError:
        return False
