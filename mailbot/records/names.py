"""How the names of clients are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_WORD = re.compile(r"[^\W_]+")
LEGAL_FORMS: Final = frozenset(
    (
        "ab",
        "ag",
        "aps",
        "as",
        "bv",
        "co",
        "corp",
        "corporation",
        "eg",
        "ek",
        "gbr",
        "gmbh",
        "haftungsbeschraenkt",
        "inc",
        "incorporated",
        "kg",
        "kft",
        "kgaa",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "mbb",
        "mbh",
        "nv",
        "ohg",
        "oy",
        "partg",
        "plc",
        "sa",
        "sarl",
        "sas",
        "se",
        "sl",
        "spa",
        "srl",
        "sro",
        "ug",
    )
)


def name_key(name: str) -> str:
    """The form in which names are compared: casefolded, umlauts spelt out, accents and punctuation off, words apart.

    "Müller Bau GmbH" and "Mueller-Bau" have the same key: the legal form is left out unless it is all there is.
    """
    words = name_words(name)
    told = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(told or words)


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name or of a text, in the form in which names are compared."""
    spelt = (
        text.lower() if text.isascii() else _bare(unicodedata.normalize("NFC", text).casefold().translate(SPELT_OUT))
    )
    return tuple(_WORD.findall(spelt))


@lru_cache(maxsize=50_000)
def words_of_name(name: str) -> tuple[str, ...]:
    """The same, remembered: the names of clients are compared with every line of every mail."""
    return name_words(name)


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
