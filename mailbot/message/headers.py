"""Header blocks: raw bytes to fields (RFC 5322 section 2.2), unfolded, and their values as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mailbot.message.charsets import decode, guess_charset
from mailbot.message.defects import Defects
from mailbot.message.encoded_words import decode_words
from mailbot.message.limits import Limits
from mailbot.message.model import Header

# A field, or else one line that is none. "From :" with blanks before the colon is obsolete syntax (RFC 5322 section
# 4.5) and still a From field.
_FIELD_OR_LINE = re.compile(r"([!-9;-~]++)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)(?:\n|\Z)|[^\n]*+(?:\n|\Z)")
_HEADER_END = re.compile(rb"\n\r*\n")
_MBOX_LINE = re.compile(r">?From [^\n]*+(?:\n|\Z)")
_PART_FIELD = re.compile(r"^content-[a-z-]{2,40}[ \t]*+:", re.IGNORECASE | re.MULTILINE | re.ASCII)
_EMPTY_LINE = re.compile(rb"\r*\n")
# No server writes encoded words here (RFC 2047 section 5), or reads them: it would not know a forged field as its own.
_BY_SERVERS = frozenset({"authentication-results", "received"})
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Head(NamedTuple):
    """A header block: its fields, where the body begins, and whether all of the block was read.

    The values of its fields are unfolded but not decoded; bytes above 127 are read as in the charset of all of it.
    `is_plain`: all of them are printable ASCII without encoded words, and need no decoding, as those of most mails.
    `by_key` holds them by their names in lower case. A tuple, because every part of a mail has one.
    """

    fields: tuple[Header, ...]
    body_start: int
    complete: bool
    is_plain: bool
    by_key: Mapping[str, list[Header]]

    def named(self, key: str) -> Sequence[Header]:
        """All fields of that name (lower case), topmost first."""
        return self.by_key.get(key, ())

    def first(self, key: str) -> Header | None:
        """The topmost field of that name (lower case)."""
        fields = self.by_key.get(key)
        return fields[0] if fields else None


def read_head(raw: bytes, start: int, end: int, limits: Limits, defects: Defects, *, is_of_part: bool = False) -> Head:
    """The header block that begins at `start`; it ends at an empty line or before the first line that is no field.

    Only in the header of a part such a line is passed over where a field of MIME follows: there it decides nothing but
    what is text, and at the top of a mail other servers have already read that the header ends with it.
    """
    if empty := _EMPTY_LINE.match(raw, start, end):
        return _head((), empty.end(), complete=True)
    cap = min(end, start + limits.header_bytes)
    blank = _HEADER_END.search(raw, start, cap)
    complete = blank is not None or cap == end
    block_end = blank.start() + 1 if blank else cap
    block = raw[start:block_end].decode("latin-1")  # a character for each byte, whatever it means
    fields: list[Header] = []
    is_plain = block.isascii() and "=?" not in block and len(block) <= limits.value_characters
    goes_on_at: int | None = 0
    for found in _FIELD_OR_LINE.finditer(block):
        name, value = found.groups()
        if goes_on_at and found.start() < goes_on_at:
            continue
        if name is None:
            goes_on_at = _behind_a_line(block, found.start(), defects, is_in_part=is_of_part and bool(fields))
            if goes_on_at is not None:
                continue
            if complete:
                defects.note("header", "a line that is no header field; read as the beginning of the body")
                return _head(_with_charset(block, fields), start + found.start(), complete=True, is_plain=is_plain)
            break
        if len(fields) == limits.header_fields:
            defects.note("header", f"more than {limits.header_fields} fields, the others are not read")
            complete = False
            break
        text = value.strip(" \r")
        if not text.isprintable() or len(text) > limits.value_characters:
            text = _unfolded(text, name, limits, defects)
            is_plain = is_plain and text.isprintable()
        fields.append(Header(name, text))
    if blank is None and not complete:
        defects.note("header", f"longer than {limits.header_bytes} bytes, the rest is not read")
        blank = _HEADER_END.search(raw, block_end, end)
    return _head(_with_charset(block, fields), blank.end() if blank else end, complete=complete, is_plain=is_plain)


def _head(fields: tuple[Header, ...], body_start: int, *, complete: bool, is_plain: bool = False) -> Head:
    by_key: dict[str, list[Header]] = {}
    for each in fields:
        key = each.name.lower()
        if key in by_key:
            by_key[key].append(each)
        else:
            by_key[key] = [each]
    return Head(fields, body_start, complete, is_plain, by_key)


def _behind_a_line(block: str, start: int, defects: Defects, *, is_in_part: bool) -> int | None:
    """Where the fields go on behind a line that is none; None where the header ends with it."""
    if start == len(block) or _MBOX_LINE.match(block, start):
        return start
    behind = _PART_FIELD.search(block, start) if is_in_part else None
    if behind is None:
        return None
    defects.note("header", "a line that is no header field, passed over")
    return behind.start()


def _unfolded(value: str, name: str, limits: Limits, defects: Defects) -> str:
    value = value.replace("\r\n", "\n")
    if "\r" in value:
        value = "\n".join([line.rstrip("\r") for line in value.split("\n")])
    value = value.replace("\n", "").replace("\t", " ").strip(" \r")
    if "\r" in value:
        defects.note(f"header {name[:60]}", "a carriage return inside a line, read as a blank")
        value = value.replace("\r", " ")
    if len(value) > limits.value_characters:
        defects.note(f"header {name[:60]}", f"longer than {limits.value_characters} characters, the rest is not shown")
    return value


def _with_charset(block: str, fields: list[Header]) -> tuple[Header, ...]:
    """One guess for all unencoded 8-bit values of a header: together they say more than each alone."""
    if block.isascii():
        return tuple(fields)
    odd = {at: each.value.encode("latin-1") for at, each in enumerate(fields) if not each.value.isascii()}
    charset = guess_charset(b"\n".join(odd.values())) if odd else None
    return tuple(
        each._replace(value=decode(odd[at], charset)[0]) if at in odd else each for at, each in enumerate(fields)
    )


def decoded(head: Head, limits: Limits) -> tuple[Header, ...]:
    """The fields with their values decoded."""
    return head.fields if head.is_plain else tuple([header_of(field, limits) for field in head.fields])


def header_of(written: Header, limits: Limits) -> Header:
    """The field with its value decoded and free of control characters; what servers wrote of it is not decoded."""
    name, text = written
    if "=?" not in text and text.isprintable() and len(text) <= limits.value_characters:
        return written
    text = text[: limits.value_characters]
    if name.lower() in _BY_SERVERS:
        return Header(name, text if text.isprintable() else _CONTROLS.sub("\ufffd", text))
    return Header(name, clean_line(decode_words(text, limits.encoded_words)))


def clean_line(text: str) -> str:
    """One line of text: no NUL, and a blank for every run of control characters and line ends."""
    if text.isprintable():
        return text
    return _CONTROLS.sub(" ", text.replace("\0", "")).strip()
