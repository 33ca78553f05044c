"""The content of one part: bytes behind the transfer encoding, and text behind the charset."""

from __future__ import annotations

from mailbot.message.charsets import decode
from mailbot.message.defects import Defects
from mailbot.message.limits import Limits
from mailbot.message.structure import Part
from mailbot.message.transfer import undo
from mailbot.message.visibility import without_unseen


def content_of(raw: bytes, part: Part, defects: Defects) -> bytes:
    """The part's bytes, transfer encoding undone."""
    content, trouble = undo(raw[part.start : part.end], part.encoding)
    if trouble:
        defects.note(place_of(part), trouble)
    return content


def text_of_part(raw: bytes, part: Part, limits: Limits, defects: Defects) -> str:
    """The part as text: line ends are "\\n", no NUL and no sign without width, at most `text_characters` long."""
    data = content_of(raw, part, defects)
    if len(data) > 2 * limits.text_characters:
        defects.note(place_of(part), f"longer than {2 * limits.text_characters} bytes, the rest is not read")
        data = data[: 2 * limits.text_characters]
    text, trouble = decode(data, part.parameters.get("charset"), limits.detected_bytes)
    if trouble:
        defects.note(place_of(part), trouble)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        defects.note(place_of(part), "NUL characters, taken out")
        text = text.replace("\0", "")
    text = without_unseen(text)
    if len(text) > limits.text_characters:
        defects.note(place_of(part), f"longer than {limits.text_characters} characters, the rest is not read")
        text = text[: limits.text_characters]
    return text


def place_of(part: Part) -> str:
    """How defects name the part."""
    return f"part {part.path}" if part.path else "text"
