"""Who sends the artwork: "Artwork contact is Raj Patel, raj@delphiwindows.example"."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.contracts.facts import Artwork
from mailbot.duties.contracts.intake.page import Page

_ARTWORK = re.compile(
    r"\b(?:artwork|print data|copy contact|creatives?|druckdaten|druckvorlagen?|druckunterlagen|motive?)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}[A-Za-z0-9]")
_NEAR: Final = 160  # characters behind the word in which the address stands
_MOST_WORDS: Final = 5
_BEFORE_A_NAME: Final = frozenset(
    (
        *(
            "contact",
            "is",
            "from",
            "comes",
            "by",
            "via",
            "to",
            "be",
            "sent",
            "will",
            "send",
            "sends",
            "for",
            "the",
            "person",
        ),
        *(
            "kontakt",
            "ansprechpartner",
            "ansprechpartnerin",
            "ist",
            "von",
            "vom",
            "kommt",
            "kommen",
            "über",
            "bei",
            "frau",
        ),
        *("liefert", "schickt", "herr", "herrn", "für", "die", "mr", "ms", "mrs", "an"),
    )
)


def artwork_in(page: Page) -> Artwork | None:
    """The person, taken out of the page; None where the words name no address for it."""
    found = _ARTWORK.search(page.left)
    address = _ADDRESS.search(page.left, found.end(), found.end() + _NEAR) if found else None
    if found is None or address is None:
        return None
    name = _name(page.text[found.end() : address.start()])
    return Artwork(name, address[0], page.take(found.start(), address.end()))


def _name(between: str) -> str:
    words = re.findall(r"[^\W\d_][\w.'’-]*", between)
    while words and words[0].casefold().rstrip(".") in _BEFORE_A_NAME:
        words.pop(0)
    return " ".join(words) if len(words) <= _MOST_WORDS else ""
