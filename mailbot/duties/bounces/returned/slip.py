"""A slip of the finger in the domain of a dead address: gmial.com, southstra.example."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA

from mailbot.message.addresses import address_key

# Where people have a mailbox that do not have one at their company, in the countries of our two languages.
GREAT_PROVIDERS: Final = (
    "aol.com",
    "gmail.com",
    "gmx.at",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "outlook.com",
    "t-online.de",
    "web.de",
    "yahoo.com",
)
_SHORTEST = 6  # letters of a domain; below that one slip makes too many real names


def slip_in(address: str, domains: Iterable[str] = ()) -> str | None:
    """The address as it was probably meant: its domain is one slip (a letter too many, too few, wrong, or two letters
    swapped) from one of these domains or of a great provider. None where there is no such one, or more than one."""
    local = address.rpartition("@")[0]
    written = address_key(address).rpartition("@")[2]
    known = {each.lower() for each in (*GREAT_PROVIDERS, *domains) if len(each) >= _SHORTEST}
    if not local or written in known or len(written) < _SHORTEST:
        return None
    near = [each for each in sorted(known) if OSA.distance(written, each, score_cutoff=1) == 1]
    return f"{local}@{near[0]}" if len(near) == 1 else None
