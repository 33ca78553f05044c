"""Header fields as they are written, so that no value can break out of its line (RFC 5322 section 2.2).

The library would parse every value that it is given, and take longer over that than all the rest of a letter takes. It
writes what needs its judgement: the words of a Subject beyond ASCII, and the name of the desk, which is made once.
"""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import Address
from email.policy import SMTP
from functools import lru_cache
from textwrap import wrap
from typing import Final

from mailbot.errors import OurBug

LINE_END: Final = "\r\n"
_SHORT_LINE: Final = 78  # RFC 5322 section 2.1.1
_ONE_LINE = re.compile(r"[ -~]+")


def field(name: str, value: str) -> str:
    """A field whose value is ASCII on one line already; Message-IDs are put one on a line, nothing else is folded.

    The folding of the library would turn a long Message-ID into an encoded word. OurBug for any other value.
    """
    if not _ONE_LINE.fullmatch(value):
        raise OurBug(f"a header value that is not one line of ASCII: {value[:200]!r}")
    return f"{name}: {value.replace('> <', f'>{LINE_END} <')}{LINE_END}"


def subject_field(words: str) -> str:
    """The Subject, on lines of 78 characters wherever it can be folded. OurBug for more than one line of words.

    The first word always stands on the first line, even where it is too long for it: the folding of the library leaves
    that line empty, and some programs then show no subject.
    """
    if len(words.splitlines()) > 1:
        raise OurBug(f"a header value of more than one line: {words[:200]!r}")
    if not words.isascii():
        encoded = Header(words, "utf-8", maxlinelen=76, header_name="Subject").encode(linesep=LINE_END)
        return f"Subject: {encoded}{LINE_END}"  # RFC 2047 section 2: at most 76 on a line
    start = "Subject: "
    lines = wrap(
        words, _SHORT_LINE, initial_indent=start, subsequent_indent=" ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return (LINE_END.join(lines) or start) + LINE_END


@lru_cache(maxsize=100)  # every letter of a desk is from the desk
def from_field(name: str, address: str) -> str:
    """The From with a display name, quoted or encoded where it has to be. `address` is one that can be written to."""
    return str(SMTP.header_factory("From", Address(name, addr_spec=address)).fold(policy=SMTP))
