"""One form for text that is compared: canonical caseless matching (The Unicode Standard, section 3.13, D145).

Folded, not lower-cased: "STRASSE" and "Straße" are one word, and an umlaut is the same letter whether it was typed
as one sign or as two.
"""

from __future__ import annotations

import re
import unicodedata

# Python normalises a long run of combining marks in quadratic time. No word of any language needs pieces this long.
_PIECE = re.compile(r"[\s\S]?[^\x00-\x7f]{1,200}")


def folded(text: str) -> str:
    """The text as it is compared. Linear in its length, for any text."""
    if text.isascii():
        return text.lower()
    return _PIECE.sub(_folded_piece, text).casefold()


def _folded_piece(piece: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFD", piece[0])
    return unicodedata.normalize("NFC", decomposed.casefold())
