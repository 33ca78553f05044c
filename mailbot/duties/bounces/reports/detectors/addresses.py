"""Addresses in the words of a mail system: bare or in brackets, at the end of a sentence, several in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mailbot.message.addresses import address_key

# An address in the words of a mail system; what stands around it is cut off by `tidy`. Chinese, Japanese and Korean
# sentences run into an address without a blank.
ADDRESS: Final = (
    r"[^\s<>()\[\]\"',;:@|\\\u2e80-\uffff]{1,64}@[A-Za-z0-9\u00c0-\u1fff][A-Za-z0-9.\-\u00c0-\u1fff]{0,253}+"
)
ANY_ADDRESS: Final = re.compile(ADDRESS)

_ROW = re.compile(rf"(?:[ \t,;<>\"']{{1,6}}{ADDRESS}){{1,100}}+[ \t,;.>\"']{{0,6}}(?:\n|$)")
_TYPED = re.compile(r"^(?:smtp|rfc-?822|mailto|to|email)=", re.IGNORECASE)
_PRIVATE = ("/o=", "/cn=", "imceaex-")


def tidy(address: str) -> str:
    """The address without what stands around it in running text; "" where none is left."""
    local, _, domain = _TYPED.sub("", address.strip("*=.`|{}")).rpartition("@")
    domain = domain.rstrip(".-_")
    is_whole = local and domain and not local.lower().startswith(_PRIVATE)
    return f"{local}@{domain}" if is_whole else ""


def addresses_named(text: str) -> tuple[str, ...]:
    """The different addresses in the words of a mail system, in order."""
    lines = "\n".join(line for line in text.split("\n") if "@" in line)  # an address stands on one line
    found = {address_key(address): address for address in map(tidy, ANY_ADDRESS.findall(lines)) if address}
    return tuple(found.values())


def row_of_addresses(text: str, end: int) -> Iterator[tuple[int, str]]:
    """More addresses on the line of one that ends at `end`, and where they stand, if nothing else follows there."""
    row = _ROW.match(text, end)
    for found in ANY_ADDRESS.finditer(row[0]) if row else ():
        yield end + found.start(), found[0]
