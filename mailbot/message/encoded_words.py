"""Encoded words in header values (RFC 2047), in one pass, also where they are written wrongly."""

from __future__ import annotations

import binascii
import re

from mailbot.message.charsets import decode
from mailbot.message.transfer import from_base64

_START = re.compile(r"=\?([\w.:+*()-]{1,60})\?([bBqQ])\?", re.ASCII)


def decode_words(text: str, most: int = 2_000) -> str:
    """`text` with its encoded words decoded; white space between two encoded words is dropped (section 6.2).

    Words of one charset that follow each other are joined before decoding, for many programs cut them inside a
    character. Also read: words that touch other text, blanks inside a word, missing base64 padding, and a last word
    without its end. After `most` words the rest is left as written.
    """
    if "=?" not in text:
        return text
    pieces: list[str] = []
    run: list[tuple[str, str]] = []
    charset, position = "", 0
    for _ in range(most):
        found = _START.search(text, position)
        end = text.find("?=", found.end()) if found else -1
        if found is None or end < 0:
            break
        between, following = text[position : found.start()], found[1].lower()
        is_apart = not _blank(between)
        if run and (is_apart or following != charset):
            pieces.append(_text(run, charset))
            run = []
        if is_apart or (not pieces and not run):
            pieces.append(between)
        charset = following
        run.append((found[2].lower(), text[found.end() : end]))
        position = end + 2
    if run:
        pieces.append(_text(run, charset))
    pieces.append(text[position:])
    return "".join(pieces)


def _blank(text: str) -> bool:
    return not text or text.isspace()


def _text(run: list[tuple[str, str]], charset: str) -> str:
    """The words of one charset; a base64 word that was cut inside its groups of four goes on in the next."""
    data: list[bytes] = []
    pending = ""
    for encoding, word in run:
        if encoding == "b":
            pending += word
            if len(pending) % 4 and not pending.endswith("="):
                continue
        if pending:
            data.append(from_base64(pending.encode("utf-8", "replace"))[0])
            pending = ""
        if encoding == "q":
            data.append(binascii.a2b_qp(word.replace(" ", "_").encode("utf-8", "replace"), header=True))
    if pending:
        data.append(from_base64(pending.encode("utf-8", "replace"))[0])
    return decode(b"".join(data), charset)[0]
