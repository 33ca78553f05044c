"""Which addresses of the network may be asked: public ones, and those that the company has allowed.

It is the very address that a connection goes to which is judged, never a name: names can be made to point anywhere,
and to point elsewhere a moment later.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Final

from mailbot.config.web import Allowed

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an address of IPv4


def may_be_asked(address: str, port: int, allowed: Sequence[Allowed]) -> bool:
    """Whether a connection may go there. What is no address of the network may not be asked."""
    try:
        written = ipaddress.ip_address(address)
    except ValueError:
        return False
    meant = _meant_by(written)
    return any(each.covers(meant, port) for each in allowed) or _is_public(meant)


def _meant_by(address: Address) -> Address:
    """Where a connection really ends: an address of IPv4 may be wrapped in one of IPv6 (RFC 4291 2.5.5.2, RFC 6052)."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def _is_public(address: Address) -> bool:
    """Whether it is in the network that everybody shares. Tunnels (6to4, Teredo) lead to an IPv4 address that nobody
    has judged, and no page stands there any more: they are left alone."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    return not (address.is_site_local or address.sixtofour or address.teredo)
