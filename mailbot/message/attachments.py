"""The files that came with a mail."""

from __future__ import annotations

import hashlib

from mailbot.message.content import content_of
from mailbot.message.defects import Defects
from mailbot.message.filenames import clean_filename
from mailbot.message.limits import Limits
from mailbot.message.model import Attachment
from mailbot.message.structure import Part


def read_attachments(
    raw: bytes, root: Part, texts: frozenset[str], limits: Limits, defects: Defects
) -> tuple[Attachment, ...]:
    """Every part without parts that is a file, or not among the `texts` (their paths), decoded, with its hash.

    A file whose words had to stand for the text, because there were no others, is still a file. An attached mail
    (message/rfc822) is kept as its bytes.
    """
    found: list[Attachment] = []
    for part in root.leaves():
        if not _is_file(part) and (part.path in texts or part.content_type in {"text/plain", "text/html"}):
            continue
        if len(found) == limits.attachments:
            defects.note("mail", f"more than {limits.attachments} attachments, the others are not read")
            break
        content = content_of(raw, part, defects)
        name = clean_filename(part.filename or "", part.content_type, limits.filename_characters)
        found.append(Attachment(name, part.content_type, len(content), hashlib.sha256(content).hexdigest(), content))
    return tuple(found)


def _is_file(part: Part) -> bool:
    return bool(part.filename) or part.disposition == "attachment"
