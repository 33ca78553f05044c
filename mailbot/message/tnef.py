"""Outlook's winmail.dat: a mail packed in Microsoft's own format, TNEF ([MS-OXTNEF]), its text and its files unpacked.

The one Python library for it (tnefparse) stands still since 2021, copies the rest of the file at every step, and
counts to four thousand million where it is told to.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mailbot.message.charsets import decode

_SIGNATURE: Final = 0x223E9F78
_ATTRIBUTE: Final = struct.Struct("<BHHI")  # level, id, type, length ([MS-OXTNEF] section 2.1.3.1)
_PROPERTY: Final = struct.Struct("<HH")
_NUMBER: Final = struct.Struct("<I")
_MOST_ATTRIBUTES: Final = 20_000
_MOST_PROPERTIES: Final = 20_000
_MOST_VALUES: Final = 100_000

# Attributes (section 2.1.3.2).
_OEM_CODE_PAGE, _BODY, _MESSAGE_PROPERTIES = 0x9007, 0x800C, 0x9003
_NEW_FILE, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005

# Properties ([MS-OXPROPS]), and how they are written ([MS-OXCDATA] section 2.11.1).
_PLAIN_BODY, _RTF_BODY, _HTML_BODY, _CODE_PAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_DISPLAY_NAME, _DATA, _SHORT_NAME, _LONG_NAME, _MIME_TYPE = 0x3001, 0x3701, 0x3704, 0x3707, 0x370E
_UTF_16: Final = 1200
_CHARSETS: Final = {
    _UTF_16: "utf-16le", 1201: "utf-16be", 10_000: "mac-roman", 20_127: "us-ascii", 20_866: "koi8-r", 21_866: "koi8-u",
    50_220: "iso-2022-jp", 51_932: "euc-jp", 51_949: "euc-kr", 52_936: "hz", 54_936: "gb18030", 65_001: "utf-8",
}  # fmt: skip
_NAMED: Final = 0x8000
_MANY: Final = 0x1000
_OF_TEXT, _OF_WIDE_TEXT, _OF_OBJECT, _OF_BYTES = 0x1E, 0x1F, 0x0D, 0x102
_FIXED_SIZES: Final = {
    0x00: 0, 0x01: 0, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8,
    0x48: 16,
}  # fmt: skip
_OF_ANY_SIZE: Final = frozenset({_OF_TEXT, _OF_WIDE_TEXT, _OF_OBJECT, _OF_BYTES})
_INTERFACE_SIZE: Final = 16  # before the bytes of an object stands what kind of object it is


class BrokenTnefError(Exception):
    """The bytes are not TNEF, or end before they should; the words say where. Nothing outside sees it raised."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file in it. `content_type` is "" where none was written; a packed mail is TNEF again."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: the bodies that there are, undecoded, with the Windows code page of each, and the files.

    `rtf` is still compressed ([MS-OXRTFCP]). A code page of 1200 is UTF-16 with the low byte first.
    """

    plain: tuple[bytes, int] | None
    html: tuple[bytes, int] | None
    rtf: bytes | None
    files: tuple[PackedFile, ...]

    @property
    def has_words(self) -> bool:
        """Whether there is a body in any form."""
        return self.plain is not None or self.html is not None or self.rtf is not None


@dataclass(slots=True)
class _OpenFile:
    title: str = ""
    long_name: str = ""
    content_type: str = ""
    content: bytes = b""


@dataclass(slots=True)
class _OpenMail:
    code_page: int = 1252
    plain: tuple[bytes, int] | None = None
    html: tuple[bytes, int] | None = None
    rtf: bytes | None = None
    files: list[_OpenFile] = field(default_factory=list)


def unpack(data: bytes) -> Packed:
    """Unpacks a winmail.dat. Linear in its size; raises BrokenTnefError alone, wherever it is not as it should be."""
    if len(data) < 6 or _NUMBER.unpack_from(data)[0] != _SIGNATURE:
        raise BrokenTnefError("does not begin as a winmail.dat does")
    mail = _OpenMail()
    for is_of_file, name, content in _attributes(data):
        if is_of_file:
            _take_of_file(mail, name, content)
        else:
            _take_of_mail(mail, name, content)
    files = (PackedFile(file.long_name or file.title, file.content_type, file.content) for file in mail.files)
    return Packed(mail.plain, mail.html, mail.rtf, tuple(files))


def _attributes(data: bytes) -> Iterator[tuple[bool, int, bytes]]:
    """Whether each attribute belongs to a file, its id, and its bytes; their checksum is held against them."""
    at = 6
    for _ in range(_MOST_ATTRIBUTES):
        if at >= len(data):
            return
        if at + _ATTRIBUTE.size > len(data):
            raise _too_short("an attribute", at)
        level, name, _, length = _ATTRIBUTE.unpack_from(data, at)
        start = at + _ATTRIBUTE.size
        at = start + length + 2
        if level not in {1, 2} or at > len(data):
            raise _too_short("an attribute", start)
        content = data[start : start + length]
        if sum(content) & 0xFFFF != int.from_bytes(data[at - 2 : at], "little"):
            raise BrokenTnefError(f"the checksum at byte {at - 2} is wrong")
        yield level == 2, name, content
    if at < len(data):
        raise BrokenTnefError(f"more than {_MOST_ATTRIBUTES} attributes")


def _take_of_mail(mail: _OpenMail, name: int, content: bytes) -> None:
    if name == _OEM_CODE_PAGE and len(content) >= 4:
        mail.code_page = _NUMBER.unpack_from(content)[0]
    elif name == _BODY:
        mail.plain = mail.plain or (content, mail.code_page)
    elif name == _MESSAGE_PROPERTIES:
        found = {prop: (kind, value) for prop, kind, value in _properties(content)}
        if _CODE_PAGE in found:
            mail.code_page = int.from_bytes(found[_CODE_PAGE][1], "little")
        if _PLAIN_BODY in found:
            mail.plain = _text_of(*found[_PLAIN_BODY], mail.code_page)
        if _HTML_BODY in found:
            mail.html = _text_of(*found[_HTML_BODY], mail.code_page)
        if _RTF_BODY in found:
            mail.rtf = found[_RTF_BODY][1]


def _text_of(kind: int, value: bytes, code_page: int) -> tuple[bytes, int]:
    return value, _UTF_16 if kind == _OF_WIDE_TEXT else code_page


def _take_of_file(mail: _OpenMail, name: int, content: bytes) -> None:
    if name == _NEW_FILE or not mail.files:
        mail.files.append(_OpenFile())
    file = mail.files[-1]
    if name == _FILE_TITLE:
        file.title = _words(_OF_TEXT, content, mail.code_page)
    elif name == _FILE_DATA:
        file.content = content
    elif name == _FILE_PROPERTIES:
        _describe(file, content, mail.code_page)


def _describe(file: _OpenFile, content: bytes, code_page: int) -> None:
    """The properties of a file say its names better than the attribute does, which has them as MS-DOS had."""
    for prop, kind, value in _properties(content):
        if prop == _DATA:
            file.content = value[_INTERFACE_SIZE:] if kind == _OF_OBJECT else value
        elif prop == _LONG_NAME:
            file.long_name = _words(kind, value, code_page)
        elif prop == _MIME_TYPE:
            file.content_type = _words(kind, value, code_page)
        elif prop in {_SHORT_NAME, _DISPLAY_NAME} and not file.title:
            file.title = _words(kind, value, code_page)


def _words(kind: int, value: bytes, code_page: int) -> str:
    text, _ = decode(value, charset_of(_UTF_16 if kind == _OF_WIDE_TEXT else code_page))
    return text.partition("\0")[0]


def charset_of(code_page: int) -> str:
    """The name that mails give to a Windows code page."""
    if 28_590 < code_page < 28_606:
        return f"iso-8859-{code_page - 28_590}"
    return _CHARSETS.get(code_page, f"cp{code_page}")


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Id, kind and first value of each property ([MS-OXTNEF] section 2.1.3.4); the named ones are passed over."""
    reader = _Reader(data)
    count = reader.number()
    if count > _MOST_PROPERTIES:
        raise BrokenTnefError(f"more than {_MOST_PROPERTIES} properties")
    for _ in range(count):
        kind, name = _PROPERTY.unpack(reader.take(_PROPERTY.size))
        if name >= _NAMED:
            reader.skip_name()
        value = reader.value(kind)
        if name < _NAMED and value is not None:
            yield name, kind & ~_MANY, value


class _Reader:
    """Takes numbers and values from bytes, in order."""

    __slots__ = ("_at", "_data", "_left")

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._left = data, 0, _MOST_VALUES

    def take(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise _too_short("a property", self._at)
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def number(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def sized(self) -> bytes:
        """Bytes behind their number, filled up to the next multiple of four; the last may lack its filling."""
        size = self.number()
        taken = self.take(size)
        self._at = min(self._at + -size % 4, len(self._data))
        return taken

    def skip_name(self) -> None:
        self.take(16)
        if self.number() == 1:
            self.sized()
        else:
            self.number()

    def value(self, kind: int) -> bytes | None:
        """The value, of many the first; None where there is none."""
        single = kind & ~_MANY
        if single in _OF_ANY_SIZE:
            first: bytes | None = None
            for _ in range(self._count()):
                value = self.sized()
                first = value if first is None else first
            return first
        if single not in _FIXED_SIZES:
            raise BrokenTnefError(f"a property of the unknown kind {kind:#06x}")
        size = _FIXED_SIZES[single]
        if not kind & _MANY:
            return self.take(size)
        # Of many, the two-byte ones stand together and are filled up only at the end.
        packed = 2 if single == 0x02 else size
        count = self._count()
        return self.take(count * packed + -(count * packed) % 4)[:packed]

    def _count(self) -> int:
        count = self.number()
        self._left -= count
        if self._left < 0:
            raise BrokenTnefError(f"more than {_MOST_VALUES} values")
        return count


def _too_short(what: str, at: int) -> BrokenTnefError:
    return BrokenTnefError(f"{what} at byte {at} is longer than what is left")
