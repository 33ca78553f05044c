"""Where a mail goes in the sandbox, and what a receiving server writes on top of it: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import format_datetime, parseaddr

_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Routes:
    """Which account an address belongs to. Plus-addresses belong to the address without the plus."""

    desk: str
    aliases: frozenset[str]
    accounts: frozenset[str]
    outside: str  # takes what is for nobody here, so that nothing leaves the machine

    def account_for(self, recipient: str) -> str:
        address = without_plus(recipient)
        if address == self.desk or address in self.aliases:
            return self.desk
        return address if address in self.accounts else self.outside


def without_plus(address: str) -> str:
    """An address in small letters, without its +detail (RFC 5233)."""
    local_part, at, domain = address.lower().rpartition("@")
    return local_part.split("+", 1)[0] + at + domain


def as_received(raw: bytes, *, sender: str, recipient: str, server: str, peer: str, when: datetime) -> bytes:
    """The mail as it lies in the mailbox: with Return-Path, Delivered-To, Received and Authentication-Results on top.

    In the sandbox everybody is who they say they are: where a mail carries no Authentication-Results of its own it is
    given dmarc=pass for the domain of its From (RFC 8601). A mail that carries one keeps it, so that a demo can show
    what happens to a forged one.
    """
    raw = _LINE_END.sub(b"\r\n", raw)
    headers = BytesHeaderParser(policy=compat32).parsebytes(raw)
    lines = [
        f"Return-Path: <{sender}>",
        f"Delivered-To: {recipient}",
        f"Received: from {peer} by {server} with ESMTP for <{recipient}>; {format_datetime(when)}",
    ]
    if "Authentication-Results" not in headers:
        domain = parseaddr(str(headers.get("From", "")))[1].rpartition("@")[2]
        verdict = f"dmarc=pass header.from={domain}" if _DOMAIN.fullmatch(domain) else "dmarc=none"
        lines.append(f"Authentication-Results: {server}; {verdict}")
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace") + raw
