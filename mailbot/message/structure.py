"""The tree of a mail's parts (MIME, RFC 2046), found in one pass a level with caps on parts and depth.

The standard library's parser reads every line of a mail as an object: 25 MB of empty lines take it a minute and
gigabytes. Here a part is a slice of the raw bytes, and delimiter lines are searched, not split.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mailbot.message.defects import Defects
from mailbot.message.headers import Head, read_head
from mailbot.message.limits import Limits
from mailbot.message.parameters import Parametrised, parse_parameters

_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]*(?:\r*\n|\r*\Z)")
_GUESSED_BOUNDARY = re.compile(rb"(?:^|\n)--([^\r\n]{1,200}?)[ \t]*\r*\n")
_CARRIAGE_RETURN, _LINE_FEED = 0x0D, 0x0A
_MOST_DELIMITERS = 50_000  # lines that only begin like a delimiter are counted too
_NO_PARAMETERS = Parametrised("", {}, complete=True)


class Part(NamedTuple):
    """One part: its header, its body as a slice of the raw mail, and its own parts.

    `path` numbers it as IMAP does (RFC 3501 section 6.4.5): "1", "2.1"; the whole mail is "". One that says it has
    parts and has none is a multipart without children, but for the whole mail, which then is text. A tuple, because a
    mail has several.
    """

    path: str
    head: Head
    content_type: str
    parameters: Mapping[str, str]
    disposition: str
    filename: str | None
    encoding: str
    start: int
    end: int
    children: tuple[Part, ...]

    def leaves(self) -> list[Part]:
        """The parts that have no parts, in the order of the mail."""
        return [leaf for child in self.children for leaf in child.leaves()] if self.children else [self]

    def every(self) -> list[Part]:
        """This part and all below it, in the order of the mail."""
        return [self, *[part for child in self.children for part in child.every()]] if self.children else [self]


class Tree:
    """Builds the parts of one mail. Attached mails (message/rfc822) are leaves: they are read on their own or never."""

    __slots__ = ("_defects", "_left", "_limits", "_raw")

    def __init__(self, raw: bytes, limits: Limits, defects: Defects) -> None:
        self._raw, self._limits, self._defects, self._left = raw, limits, defects, limits.parts

    def root(self, start: int, end: int) -> Part:
        """The whole mail as a part."""
        return self._part("", start, end, depth=0, default="text/plain")

    def _part(self, path: str, start: int, end: int, depth: int, default: str) -> Part:
        head = read_head(self._raw, start, end, self._limits, self._defects, is_of_part=depth > 0)
        typed = self._parametrised(head, "content-type")
        content_type = typed.value if _TYPE.fullmatch(typed.value) else default
        if typed.value and content_type != typed.value:
            self._defects.note(_place(path), f'content type "{typed.value[:60]}" is none, read as {default}')
        placed = self._parametrised(head, "content-disposition")
        disposition, *_ = placed.value.split(None, 1) or ("",)
        children: tuple[Part, ...] = ()
        if content_type.startswith("multipart/"):
            children = self._children(path, typed, head.body_start, end, depth)
            if not children and depth == 0:
                content_type = "text/plain"
        filename = placed.parameters.get("filename") or typed.parameters.get("name")
        encoding = written.value.partition(";")[0] if (written := head.first("content-transfer-encoding")) else ""
        start = min(head.body_start, end)
        return Part(path, head, content_type, typed.parameters, disposition, filename, encoding, start, end, children)

    def _parametrised(self, head: Head, key: str) -> Parametrised:
        field = head.first(key)
        if field is None:
            return _NO_PARAMETERS
        read = parse_parameters(field.value[: self._limits.value_characters], self._limits.parameters)
        if not read.complete:
            self._defects.note(f"header {field.name}", f"more than {self._limits.parameters} parameters")
        return read

    def _children(self, path: str, typed: Parametrised, start: int, end: int, depth: int) -> tuple[Part, ...]:
        if depth >= self._limits.depth:
            self._defects.note(_place(path), f"parts nested deeper than {self._limits.depth}, kept as a file")
            return ()
        boundary = self._boundary(path, typed.parameters.get("boundary"), start, end)
        default = "message/rfc822" if typed.value == "multipart/digest" else "text/plain"
        children: list[Part] = []
        left_out = 0
        for part_start, part_end in self._slices(boundary, start, end) if boundary else ():
            if self._left == 0:
                left_out += 1
                continue
            self._left -= 1
            name = f"{path}.{len(children) + 1}" if path else str(len(children) + 1)
            children.append(self._part(name, part_start, part_end, depth + 1, default))
        if left_out:
            self._defects.note(_place(path), f"more than {self._limits.parts} parts, {left_out} others are not read")
        if not children:
            self._defects.note(_place(path), "says it has parts but has none")
        return tuple(children)

    def _boundary(self, path: str, declared: str | None, start: int, end: int) -> bytes | None:
        if declared:
            boundary = declared.rstrip().encode("utf-8", "replace")[:250]
            if boundary and self._raw.find(b"--" + boundary, start, end) >= 0:
                return boundary
        guess = _GUESSED_BOUNDARY.search(self._raw, start, min(end, start + 20_000))
        if guess is None:
            return None
        self._defects.note(_place(path), "the boundary between the parts is missing or wrong, and was guessed")
        return guess[1].removesuffix(b"--") or None

    def _slices(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The bodies between the delimiter lines (RFC 2046 section 5.1.1); an unclosed last one runs to the end.

        The line end before a delimiter belongs to it.
        """
        delimiter = b"--" + boundary
        opened: int | None = None
        position = start
        for _ in range(_MOST_DELIMITERS):
            at = self._raw.find(delimiter, position, end)
            if at < 0:
                break
            position = at + len(delimiter)
            line_end = _AFTER_BOUNDARY.match(self._raw, position, end)
            if line_end is None or (at > start and self._raw[at - 1] != _LINE_FEED):
                continue
            if opened is not None:
                yield opened, max(at - 2 if self._raw[at - 2] == _CARRIAGE_RETURN else at - 1, opened)
            if line_end[1]:
                return
            opened = position = line_end.end()
        if opened is not None and opened < end:
            self._defects.note("mail", "the last part is not closed")
            yield opened, end


def _place(path: str) -> str:
    return f"part {path}" if path else "mail"
