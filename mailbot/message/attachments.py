"""The files that came with a mail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from mailbot.message.content import content_of
from mailbot.message.defects import Defects
from mailbot.message.filenames import clean_filename
from mailbot.message.limits import Limits
from mailbot.message.model import Attachment
from mailbot.message.structure import Part
from mailbot.message.winmail import Winmail


def read_attachments(
    raw: bytes, root: Part, texts: frozenset[str], winmails: Mapping[str, Winmail], limits: Limits, defects: Defects
) -> tuple[Attachment, ...]:
    """Every part without parts that is a file, or not among the `texts` (their paths), decoded, with its hash.

    A file whose words had to stand for the text, because there were no others, is still a file. An attached mail
    (message/rfc822) is kept as its bytes; of a winmail.dat that was opened, what was in it.
    """
    parts = [part for part in root.leaves() if _is_file(part) or not _is_text(part, texts)]
    found: list[Attachment] = []
    left_out = 0
    for part in parts:
        packed = len(winmails[part.path].files) if part.path in winmails else 1
        room = limits.attachments - len(found)
        left_out += max(packed - room, 0)
        if packed and room:
            found.extend(list(_files(raw, part, winmails, limits, defects))[:room])
    if left_out:
        defects.note("mail", f"more than {limits.attachments} attachments, {left_out} others are not read")
    return tuple(found)


def _files(
    raw: bytes, part: Part, winmails: Mapping[str, Winmail], limits: Limits, defects: Defects
) -> Iterator[Attachment]:
    if part.path not in winmails:
        yield _attachment(part.filename or "", part.content_type, content_of(raw, part, defects), limits)
        return
    for file in winmails[part.path].files:
        yield _attachment(file.filename, file.content_type, file.content, limits)


def _attachment(filename: str, content_type: str, content: bytes, limits: Limits) -> Attachment:
    name = clean_filename(filename, content_type, limits.filename_characters)
    return Attachment(name, content_type, len(content), hashlib.sha256(content).hexdigest(), content)


def _is_text(part: Part, texts: frozenset[str]) -> bool:
    return part.path in texts or part.content_type in {"text/plain", "text/html"}


def _is_file(part: Part) -> bool:
    return bool(part.filename) or part.disposition == "attachment"
