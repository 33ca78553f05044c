"""Content-Transfer-Encoding (RFC 2045 section 6), undone leniently: damaged input gives what can still be had."""

from __future__ import annotations

import binascii
import re

_BASE64_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64_LETTERS))
_AS_IT_IS = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit"})
_UU = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})
_MOST_UU_LINES = 400_000  # 45 bytes a line
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n", re.MULTILINE)


def undo(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The content behind the transfer encoding, and what was wrong with it, or None. Never raises."""
    name = encoding.strip().lower()
    if name in _AS_IT_IS:
        return data, None
    if name == "base64":
        return from_base64(data)
    if name == "quoted-printable":
        return binascii.a2b_qp(data), None
    if name in _UU:
        return _from_uu(data)
    return data, f'unknown transfer encoding "{encoding[:40]}", left as it is'


def from_base64(data: bytes) -> tuple[bytes, str | None]:
    """Base64 with foreign characters, padding in the middle and missing padding overlooked."""
    try:
        return binascii.a2b_base64(data, strict_mode=False), None
    except binascii.Error:
        letters = data.translate(None, _NOT_BASE64)
        whole = len(letters) - (1 if len(letters) % 4 == 1 else 0)
        return binascii.a2b_base64(letters[:whole] + b"=" * (-whole % 4)), "base64 is damaged or incomplete"


def _from_uu(data: bytes) -> tuple[bytes, str | None]:
    begin = _UU_BEGIN.search(data)
    lines: list[bytes] = []
    for line in data[begin.end() if begin else 0 :].split(b"\n", _MOST_UU_LINES)[:_MOST_UU_LINES]:
        if line.rstrip() in {b"end", b"", b"`"}:
            break
        try:
            lines.append(binascii.a2b_uu(line.rstrip(b"\r")))
        except binascii.Error:
            return b"".join(lines), "uuencoded content is damaged"
    return b"".join(lines), None
