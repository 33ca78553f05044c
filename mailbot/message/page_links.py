"""Where a page links to, and whether it links to an address that it is to link to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import islice
from typing import Final
from urllib.parse import unquote

from mailbot.message.html import read_links
from mailbot.message.limits import Limits
from mailbot.message.web_addresses import WebAddress

_MOST: Final = 2_000  # links of one page


class LinkSeen(StrEnum):
    """Whether a page links to the address that it is to link to."""

    THERE = "there"
    ELSEWHERE = "elsewhere"  # to that host, but to another page of it
    MISSING = "missing"  # no link that a program can see: a script may put it there


def links_on(html: str, at: WebAddress) -> tuple[str, ...] | None:
    """The addresses that the links of a page at `at` lead to, each once; None where they cannot be told."""
    written = read_links(html, Limits())
    if written is None:
        return None
    base = at.leads_to(written[0]) if written[0] else at
    addresses = (str(found) for each in islice(written[1:], _MOST) if (found := (base or at).leads_to(each)))
    return tuple(dict.fromkeys(addresses))


def link_among(wanted: str, links: Iterable[str]) -> tuple[LinkSeen, str]:
    """Whether one of these leads to the address that is wanted; where one leads elsewhere on its host, to which page.

    With www. and without it, by http and by https, an address is the same. A link that only adds a query, or that
    carries the address in its own (so do those that count clicks), leads there.
    """
    address = WebAddress.parse(wanted)
    if address is None:
        return LinkSeen.MISSING, ""
    elsewhere = ""
    for link in links:
        found = WebAddress.parse(link)
        if found is None:
            continue
        if _place(found) == _place(address) or _is_without_query(found, address) or _carries(link, address):
            return LinkSeen.THERE, link
        if _host(found) == _host(address) and not elsewhere:
            elsewhere = link
    return (LinkSeen.ELSEWHERE, elsewhere) if elsewhere else (LinkSeen.MISSING, "")


def _host(address: WebAddress) -> str:
    return address.host.removeprefix("www.")


def _place(address: WebAddress) -> tuple[str, str]:
    return _host(address), address.asks_for.rstrip("/")


def _is_without_query(found: WebAddress, wanted: WebAddress) -> bool:
    path, _, query = found.asks_for.partition("?")
    return bool(query) and (_host(found), path.rstrip("/")) == _place(wanted)


def _carries(link: str, wanted: WebAddress) -> bool:
    _, _, query = unquote(link).partition("?")
    return f"//{wanted.authority}{wanted.asks_for}".rstrip("/") in query
