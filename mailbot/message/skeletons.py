"""How a mail domain looks to a reader (Unicode TS 39, the few letters that matter in mail domains).

Two domains with the same skeleton may be mistaken for each other; the records keep it, so that they are found by it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters of other scripts that look like a Latin one, and Latin ones that look like each other.
LOOKS = str.maketrans(
    {
        "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c", "т": "t", "у": "y",
        "х": "x", "ѕ": "s", "і": "i", "ї": "i", "ј": "j", "ԁ": "d", "ԛ": "q", "ԝ": "w", "һ": "h", "ӏ": "i",
        "α": "a", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ω": "w",
        "ı": "i", "ł": "i", "ø": "o", "đ": "d", "ɡ": "g", "ⅼ": "i",
        "0": "o", "1": "i", "l": "i", "5": "s", "-": "",
    }
)  # fmt: skip
_LONGEST_LABEL = 63  # RFC 1035 section 2.3.4
_MOST_LABELS = 8


def unicode_domain(domain: str) -> str:
    """The domain as people see it: A-labels decoded, a label that cannot be decoded as it is."""
    domain = domain.lower()
    return ".".join(map(_unicode_label, domain.split("."))) if "xn--" in domain else domain


@lru_cache(maxsize=1_000)  # our own domains are compared with those of every mail, and mail comes from the same ones
def skeleton(domain: str) -> str:
    """What is left of a domain where letters that look alike are the same letter."""
    letters = unicode_domain(domain).casefold()
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters)
        letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return letters.translate(LOOKS).replace("rn", "m").replace("vv", "w")


def skeletons_within(domain: str) -> tuple[str, ...]:
    """The skeletons that a reader may see in a domain: its own, and those of the names that stand inside it, as in
    "harbourpine.example.attacker.example"; the first few of a domain that is long."""
    labels = domain.split(".")[:_MOST_LABELS]
    inside = [".".join(labels[start:end]) for start in range(len(labels)) for end in range(start + 2, len(labels))]
    return tuple(dict.fromkeys(map(skeleton, (domain, *inside))))


def _unicode_label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > _LONGEST_LABEL:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
