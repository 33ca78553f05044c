"""RTF as Outlook packs it ([MS-OXRTFCP]): undone as far as it goes, and no further than a cap."""

from __future__ import annotations

import struct
from typing import Final

_HEADER: Final = struct.Struct("<II4sI")
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_RING: Final = 4096
# What every text may point back to before it has said anything itself (section 2.1.3.1.2).
_KNOWN_BEFORE: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    b"Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b"
    b"\\i\\u\\tab\\tx"
)


def decompress(data: bytes, most: int) -> tuple[bytes, str | None]:
    """The RTF, at most `most` bytes of it, and what was wrong, or None. Never raises; linear in what it gives."""
    if len(data) < _HEADER.size:
        return b"", "compressed RTF without a beginning"
    size, plain_size, kind, _ = _HEADER.unpack_from(data)
    content = data[_HEADER.size : size + 4]
    if kind == _PLAIN:
        return content[: min(plain_size, most)], None if plain_size <= most else _too_long(most)
    if kind != _COMPRESSED:
        return b"", f"RTF packed in an unknown way, {kind!r}"
    whole, is_ended = _undone(content, most)
    if len(whole) > most:
        return whole[:most], _too_long(most)
    return whole, None if is_ended else "compressed RTF breaks off"


def _too_long(most: int) -> str:
    return f"RTF longer than {most} bytes, the rest is not read"


def _undone(content: bytes, most: int) -> tuple[bytes, bool]:
    """Eight tokens behind each control byte: a byte as it is, or where in the last 4,096 bytes it was said before."""
    before = len(_KNOWN_BEFORE)
    said = bytearray(_KNOWN_BEFORE)
    at = 0
    while at < len(content) and len(said) - before <= most:
        control = content[at]
        at += 1
        if not control and at + 8 <= len(content):
            said += content[at : at + 8]
            at += 8
            continue
        for bit in range(8):
            if at >= len(content):
                return bytes(said[before:]), False
            if not control >> bit & 1:
                said.append(content[at])
                at += 1
                continue
            token = int.from_bytes(content[at : at + 2], "big")
            at += 2
            write, offset, length = len(said) % _RING, token >> 4, (token & 15) + 2
            if offset == write:
                return bytes(said[before:]), True
            _repeat(said, (write - offset) % _RING, length)
    return bytes(said[before:]), False


def _repeat(said: bytearray, distance: int, length: int) -> None:
    """Says again what stands `distance` bytes back; what it says is there to be repeated at once."""
    if distance > len(said):
        # The ring is written as it is filled: what no byte has been written to yet is a blank.
        blanks = min(distance - len(said), length)
        said.extend(b" " * blanks)
        length -= blanks
        if not length:
            return
    start = len(said) - distance
    piece = bytes(said[start : start + length])
    said.extend((piece * (length // len(piece) + 1))[:length])
