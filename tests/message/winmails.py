"""Writes a winmail.dat as Outlook does ([MS-OXTNEF]), so that tests say what is in one."""

from __future__ import annotations

import struct
from base64 import encodebytes

BODY, CODE_PAGE, NEW_FILE, TITLE, DATA, FILE_PROPERTIES, PROPERTIES = (
    0x0002800C, 0x00069007, 0x00069002, 0x00018010, 0x0006800F, 0x00069005, 0x00069003,
)  # fmt: skip
PLAIN, RTF, HTML, TEXT_CODE_PAGE, LONG_NAME, MIME_TYPE, OBJECT = (
    0x1000, 0x1009, 0x1013, 0x3FDE, 0x3707, 0x370E, 0x3701,
)  # fmt: skip


def winmail(*attributes: bytes) -> bytes:
    """The whole file."""
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def attribute(name: int, content: bytes, level: int = 1) -> bytes:
    """One attribute with its checksum; level 2 belongs to a file."""
    return struct.pack("<BII", level, name, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def properties(*written: bytes) -> bytes:
    """The bytes of a list of properties."""
    return struct.pack("<I", len(written)) + b"".join(written)


def number(name: int, value: int) -> bytes:
    """A property that is a number."""
    return struct.pack("<HHi", 0x0003, name, value)


def words(name: int, value: str) -> bytes:
    """A property that is a text, in UTF-16."""
    return sized(0x001F, name, (value + "\0").encode("utf-16-le"))


def octets(name: int, value: bytes) -> bytes:
    """A property that is bytes."""
    return sized(0x0102, name, value)


def sized(kind: int, name: int, value: bytes) -> bytes:
    """A property of any size."""
    return struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def file(title: bytes, content: bytes, *written: bytes) -> bytes:
    """A file, with the title that MS-DOS would give it and properties that say more."""
    described = attribute(FILE_PROPERTIES, properties(*written), 2) if written else b""
    return b"".join(
        (
            attribute(NEW_FILE, bytes(14), 2),
            attribute(TITLE, title + b"\0", 2),
            attribute(DATA, content, 2),
            described,
        )
    )


def packed_rtf(text: bytes) -> bytes:
    """RTF packed without repeating anything ([MS-OXRTFCP])."""
    eights = [text[at : at + 8] for at in range(0, len(text), 8)]
    said = 207 + len(text)
    tokens = b"".join(b"\0" + eight for eight in eights[:-1])
    rest = eights[-1] if eights else b""
    if len(rest) == 8:
        tokens, rest = tokens + b"\0" + rest, b""
    tokens += bytes([1 << len(rest)]) + rest + struct.pack(">H", (said % 4096) << 4)
    return struct.pack("<II4sI", len(tokens) + 12, len(text), b"LZFu", 0) + tokens


def mail_with(packed: bytes, text: str | None = "see attached") -> bytes:
    """A mail with a winmail.dat, beside a text or alone."""
    part = (
        b'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n'
        + encodebytes(packed)
    )
    sender = b"From: Dana Reyes <dana@harbourpine.example>\n"
    if text is None:
        return sender + part
    plain = b"--b\nContent-Type: text/plain; charset=utf-8\n\n" + text.encode() + b"\n"
    return sender + b"Content-Type: multipart/mixed; boundary=b\n\n" + plain + b"--b\n" + part + b"--b--\n"
