"""Which web pages the desk looks at, and how long it waits for one: [web]."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Allowed:
    """Addresses inside the company whose pages may be looked at; `port` is None where any port may be asked."""

    network: Network
    port: int | None = None

    @classmethod
    def parse(cls, written: object) -> object:
        """Of "10.20.0.5", "10.20.0.0/24:8080" or "[fd00::5]:443"; ValueError says how it is written."""
        if not isinstance(written, str):
            return written
        address, port = _apart(written.strip())
        try:
            return cls(ipaddress.ip_network(address), _port(port))
        except ValueError as refusal:
            raise ValueError(
                f'{written!r} is no address of a network, with or without a port: write "10.20.0.5:8080", '
                f'"10.20.0.0/24" or "[fd00::5]:443" ({refusal})'
            ) from refusal

    def covers(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> bool:
        """Whether this address at this port is one of them."""
        return address in self.network and self.port in (None, port)


def _apart(written: str) -> tuple[str, str]:
    """Address and port; an address of IPv6 that has a port stands in brackets."""
    if written.startswith("["):
        address, _, rest = written[1:].partition("]")
        return address, rest.removeprefix(":")
    if written.count(":") > 1:
        return written, ""
    address, _, port = written.partition(":")
    return address, port


def _port(written: str) -> int | None:
    if not written:
        return None
    if not written.isdecimal() or not 1 <= int(written) <= 65_535:
        raise ValueError(f"{written!r} is no port")
    return int(written)
