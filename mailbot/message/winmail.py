"""The winmail.dat of a mail, opened: what Outlook packed into it is a part of the mail like any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.message.charsets import decode
from mailbot.message.compressed_rtf import decompress
from mailbot.message.content import content_of, place_of
from mailbot.message.defects import Defects
from mailbot.message.filenames import type_of
from mailbot.message.limits import Limits
from mailbot.message.rtf import read_rtf
from mailbot.message.structure import Part
from mailbot.message.tnef import BrokenTnefError, Packed, PackedFile, charset_of, unpack

_TYPES: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_NAME: Final = "winmail.dat"
_UNNAMED: Final = frozenset({"", "application/octet-stream"})


@dataclass(frozen=True, slots=True)
class Winmail:
    """What was in one: the text in plain words and as HTML, where there are such, and the files, types filled in."""

    plain: str | None
    html: str | None
    files: tuple[PackedFile, ...]


def open_winmails(raw: bytes, root: Part, limits: Limits, defects: Defects) -> dict[str, Winmail]:
    """Every winmail.dat that can be opened, by the path of its part. One that is broken is a defect, and stays a file;
    so does one in which there is nothing to read, a receipt for instance.

    Words are read from the first alone: a mail has one text.
    """
    opened: dict[str, Winmail] = {}
    for part in root.leaves():
        if part.content_type not in _TYPES and (part.filename or "").lower() != _NAME:
            continue
        try:
            packed = unpack(content_of(raw, part, defects))
        except BrokenTnefError as broken:
            defects.note(place_of(part), f"{_NAME} cannot be opened: {broken}")
            continue
        if packed.files or packed.has_words:
            plain, html = (None, None) if opened else _words(packed, limits, defects)
            opened[part.path] = Winmail(plain, html, tuple(map(_typed, packed.files)))
    return opened


def _typed(file: PackedFile) -> PackedFile:
    if file.content_type.lower() not in _UNNAMED:
        return file
    return PackedFile(file.filename, type_of(file.filename), file.content)


def _words(packed: Packed, limits: Limits, defects: Defects) -> tuple[str | None, str | None]:
    plain = _decoded(packed.plain, limits, defects)
    html = _decoded(packed.html, limits, defects)
    if packed.rtf is not None and not (plain and html):
        data, trouble = decompress(packed.rtf, limits.rich_text_bytes)
        if trouble:
            defects.note(_NAME, trouble)
        rich = read_rtf(data)
        if rich.is_cut:
            defects.note(_NAME, "RTF of too many words and groups, the rest is not read")
        if rich.is_html:
            html = html or rich.text
        else:
            plain = plain or rich.text
    return plain or None, html or None


def _decoded(body: tuple[bytes, int] | None, limits: Limits, defects: Defects) -> str | None:
    if body is None:
        return None
    data, code_page = body
    text, trouble = decode(data[: 2 * limits.text_characters], charset_of(code_page), limits.detected_bytes)
    if trouble:
        defects.note(_NAME, trouble)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if len(text) > limits.text_characters or len(data) > 2 * limits.text_characters:
        defects.note(_NAME, f"longer than {limits.text_characters} characters, the rest is not read")
    return text[: limits.text_characters]
