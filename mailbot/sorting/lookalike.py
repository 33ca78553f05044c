"""Addresses that are made to be mistaken for ours (Unicode TS 39, the few letters that matter in mail domains)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Letters of other scripts that look like a Latin one, and Latin ones that look like each other.
_LOOKS = str.maketrans(
    {
        "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c", "т": "t", "у": "y",
        "х": "x", "ѕ": "s", "і": "i", "ї": "i", "ј": "j", "ԁ": "d", "ԛ": "q", "ԝ": "w", "һ": "h", "ӏ": "i",
        "α": "a", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ω": "w",
        "ı": "i", "ł": "i", "ø": "o", "đ": "d", "ɡ": "g", "ⅼ": "i",
        "0": "o", "1": "i", "l": "i", "5": "s", "-": "",
    }
)  # fmt: skip
_LONGEST_LABEL = 63  # RFC 1035 section 2.3.4


def unicode_domain(domain: str) -> str:
    """The domain as people see it: A-labels decoded, a label that cannot be decoded as it is."""
    return ".".join(_unicode_label(label) for label in domain.lower().split("."))


def lookalike_of(domain: str, own: Iterable[str]) -> str | None:
    """Which of the domains `own` this foreign one is made to look like, or None.

    Either its letters look the same, or it begins with the whole of our domain and ends elsewhere.
    """
    domain = domain.lower()
    for other in sorted(own):
        if domain == other or domain.endswith(f".{other}"):
            return None
    seen = _skeleton(domain)
    for other in sorted(own):
        if seen == _skeleton(other) or f".{domain}".find(f".{other}.") >= 0:
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
    twins = label.casefold().translate(_LOOKS)
    return twins if twins.isascii() else ""


def _unicode_label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > _LONGEST_LABEL:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


@lru_cache(maxsize=1_000)  # our own domains are compared with those of every mail, and mail comes from the same ones
def _skeleton(domain: str) -> str:
    plain = unicodedata.normalize("NFKD", unicode_domain(domain).casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_LOOKS)
    return letters.replace("rn", "m").replace("vv", "w")


def _scripts(text: str) -> set[str]:
    """The scripts of the letters, by the first word of their names: LATIN, CYRILLIC, GREEK."""
    return {unicodedata.name(sign, "UNNAMED").partition(" ")[0] for sign in text if sign.isalpha()}
