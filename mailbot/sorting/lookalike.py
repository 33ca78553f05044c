"""Addresses that are made to be mistaken for ours (Unicode TS 39, the few letters that matter in mail domains)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from mailbot.message.skeletons import LOOKS, skeleton, unicode_domain


def lookalike_of(domain: str, own: Iterable[str]) -> str | None:
    """Which of the domains `own` this foreign one is made to look like, or None.

    Either its letters look the same, or it begins with the whole of our domain and ends elsewhere.
    """
    domain = domain.lower()
    own = sorted(own)
    if any(domain == other or domain.endswith(f".{other}") for other in own):
        return None
    seen = skeleton(domain)
    for other in own:
        if seen == skeleton(other) or f".{domain}".find(f".{other}.") >= 0:
            return other
    return None


def mixes_scripts(address: str) -> bool:
    """Whether one label of an address, or its local part, has letters of more than one script."""
    local, _, domain = address.rpartition("@")
    return any(len(_scripts(part)) > 1 for part in (local, *unicode_domain(domain).split(".")))


def read_as_latin(domain: str) -> str | None:
    """What a reader takes a domain for whose letters are of another alphabet and pass for Latin ones; None for others.

    One such label is enough, if none of its letters would give it away.
    """
    labels = unicode_domain(domain).split(".")
    seen = [_looks_latin(label) or label for label in labels]
    return ".".join(seen) if seen != labels else None


def _looks_latin(label: str) -> str:
    """The Latin letters that those of a label look like; "" where it has some already, or one that looks like none."""
    letters = [sign for sign in label.casefold() if sign.isalpha()]
    if not letters or "LATIN" in _scripts("".join(letters)):
        return ""
    twins = label.casefold().translate(LOOKS)
    return twins if twins.isascii() else ""


def _scripts(text: str) -> set[str]:
    """The scripts of the letters, by the first word of their names: LATIN, CYRILLIC, GREEK."""
    if text.isascii():
        return {"LATIN"}  # it has letters of no other
    return {unicodedata.name(sign, "UNNAMED").partition(" ")[0] for sign in text if sign.isalpha()}
