"""Header blocks: raw bytes to fields (RFC 5322 section 2.2), unfolded, and their values as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from mailbot.message.charsets import decode, guess_charset
from mailbot.message.defects import Defects
from mailbot.message.encoded_words import decode_words
from mailbot.message.limits import Limits
from mailbot.message.model import Header

# "From :" with blanks before the colon is obsolete syntax (RFC 5322 section 4.5) and still a From field.
_FIELD = re.compile(rb"([!-9;-~]++)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)(?:\n|\Z)")
_HEADER_END = re.compile(rb"\n\r*\n")
_MBOX_LINE = re.compile(rb">?From [^\n]*+(?:\n|\Z)")
_PART_FIELD = re.compile(rb"^content-[a-z-]{2,40}[ \t]*+:", re.IGNORECASE | re.MULTILINE)
_EMPTY_LINE = re.compile(rb"\r*\n")
_FOLD = re.compile(rb"\r*\n")
# No server writes encoded words here (RFC 2047 section 5), or reads them: it would not know a forged field as its own.
_BY_SERVERS = frozenset({"authentication-results", "received"})
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A header field as it came: name as written, `key` its lower case, value unfolded but not decoded."""

    name: str
    key: str
    raw: bytes
    charset: str | None = None

    @property
    def text(self) -> str:
        """The value as text, encoded words still encoded; bytes above 127 as in the charset of all the header."""
        return self.raw.decode("ascii") if self.raw.isascii() else decode(self.raw, self.charset)[0]


@dataclass(frozen=True, slots=True)
class Head:
    """A header block: its fields, where the body begins, and whether all of the block was read."""

    fields: tuple[Field, ...]
    body_start: int
    complete: bool

    def named(self, key: str) -> list[Field]:
        """All fields of that name (lower case), topmost first."""
        return [field for field in self.fields if field.key == key]

    def first(self, key: str) -> Field | None:
        """The topmost field of that name (lower case)."""
        return next((field for field in self.fields if field.key == key), None)


def read_head(raw: bytes, start: int, end: int, limits: Limits, defects: Defects, *, is_of_part: bool = False) -> Head:
    """The header block that begins at `start`; it ends at an empty line or before the first line that is no field.

    Only in the header of a part such a line is passed over where a field of MIME follows: there it decides nothing but
    what is text, and at the top of a mail other servers have already read that the header ends with it.
    """
    if empty := _EMPTY_LINE.match(raw, start, end):
        return Head((), empty.end(), complete=True)
    cap = min(end, start + limits.header_bytes)
    blank = _HEADER_END.search(raw, start, cap)
    complete = blank is not None or cap == end
    block_end = blank.start() + 1 if blank else cap
    fields: list[Field] = []
    position = start
    while position < block_end:
        found = _FIELD.match(raw, position, block_end)
        if found is None:
            if line := _MBOX_LINE.match(raw, position, block_end):
                position = line.end()
                continue
            if is_of_part and fields and (behind := _PART_FIELD.search(raw, position, block_end)):
                defects.note("header", "a line that is no header field, passed over")
                position = behind.start()
                continue
            if complete:
                defects.note("header", "a line that is no header field; read as the beginning of the body")
                return Head(_with_charset(fields), position, complete=True)
            break
        if len(fields) == limits.header_fields:
            defects.note("header", f"more than {limits.header_fields} fields, the others are not read")
            complete = False
            break
        fields.append(_field(found[1], found[2], limits, defects))
        position = found.end()
    if blank is None and not complete:
        defects.note("header", f"longer than {limits.header_bytes} bytes, the rest is not read")
        blank = _HEADER_END.search(raw, block_end, end)
    return Head(_with_charset(fields), blank.end() if blank else end, complete)


@lru_cache(maxsize=1_000)
def _names(name: bytes) -> tuple[str, str]:
    written = name.decode("ascii")
    return written, written.lower()


def _field(name: bytes, value: bytes, limits: Limits, defects: Defects) -> Field:
    if b"\n" in value:
        value = _FOLD.sub(b"", value)
    if b"\t" in value:
        value = value.replace(b"\t", b" ")
    value = value.strip(b" \t\r")
    written, key = _names(name)
    if b"\r" in value:
        defects.note(f"header {written[:60]}", "a carriage return inside a line, read as a blank")
        value = value.replace(b"\r", b" ")
    if len(value) > limits.value_characters:
        defects.note(
            f"header {written[:60]}", f"longer than {limits.value_characters} characters, the rest is not shown"
        )
    return Field(written, key, value)


def _with_charset(fields: list[Field]) -> tuple[Field, ...]:
    """One guess for all unencoded 8-bit values of a header: together they say more than each alone."""
    odd = [field.raw for field in fields if not field.raw.isascii()]
    if not odd:
        return tuple(fields)
    charset = guess_charset(b"\n".join(odd))
    return tuple(field if field.raw.isascii() else replace(field, charset=charset) for field in fields)


def header_of(field: Field, limits: Limits) -> Header:
    """The field with its value decoded and free of control characters; what servers wrote of it is not decoded."""
    text = field.text
    if len(text) > limits.value_characters:
        text = text[: limits.value_characters]
    if field.key in _BY_SERVERS:
        return Header(field.name, _CONTROLS.sub("\ufffd", text))
    return Header(field.name, clean_line(decode_words(text, limits.encoded_words)))


def clean_line(text: str) -> str:
    """One line of text: no NUL, and a blank for every run of control characters and line ends."""
    if text.isprintable():
        return text
    return _CONTROLS.sub(" ", text.replace("\0", "")).strip()
