"""The form in which the names of clients are kept in the index: folded as names are compared, without a legal form at
the end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from mailbot.records.names import SPELT_OUT

_SPELT_OUT: Final = SPELT_OUT | str.maketrans({"ł": "l", "ı": "i"})
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b|\w\.)")  # "G.m.b.H.", "S.r.l.": one word
_AND = re.compile(r"(?<= )(?:and|und|u|the)(?= )")
_NO_WORD = re.compile(r"[^\w\n]+|_")
_COMBINING = re.compile("[\u0300-\u036f]")
_LEGAL: Final = (
    r"gmbh|mbh|ag|kg|kgaa|ohg|gbr|ug|haftungsbeschraenkt|se|eg|ek|e k|co|inc|incorporated|llc|llp|lp|ltd|limited|corp"
    r"|corporation|plc|sa|sas|sarl|srl|spa|bv|nv|ab|oy|as|aps|sp z oo|sro|kft|sl|partg|mbb"
)
_AT_THE_END = re.compile(rf"(?<=\w)(?: (?:{_LEGAL}))+ *$", re.MULTILINE)


def folded(names: Sequence[str]) -> list[str]:
    """Each name as one line of words with one blank between them; "" where it holds no letter and no digit.

    All of them at once, because a step over a long text costs no more than over a short one.
    """
    text = "\n".join(" ".join(name.split()) for name in names).casefold()
    if not text.isascii():
        text = _COMBINING.sub(
            "", unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_SPELT_OUT))
        )
    text = _NO_WORD.sub(" ", _INITIALS.sub("", text))
    text = _AT_THE_END.sub("", _AND.sub("", text))
    return [" ".join(line.split()) for line in text.split("\n")]
