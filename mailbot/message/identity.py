"""What makes two mails one: the hash that every copy of a mail shares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from mailbot.message.model import Attachment

HASHED_FIELDS = ("from", "subject", "date", "message-id")
_BLANKS = b" \t\n\v\f\r"


def content_hash(fields: Sequence[tuple[str, str]], text: str, html: str | None, files: Iterable[Attachment]) -> str:
    """SHA-256, in hex, of From, Subject, Date, Message-ID, the texts and the files of a mail.

    `fields` are lower-case names and values, of HASHED_FIELDS alone and in that order. Blanks and line ends are left
    out, and what is hashed is decoded: neither another folding, another transfer encoding nor the trace fields of
    another road (RFC 5321 section 4.4) change it.
    """
    texts = (*[f"{name}:{value}" for name, value in fields], text, html or "", *[file.sha256 for file in files])
    return hashlib.sha256(b"".join(map(_framed, texts))).hexdigest()


def _framed(text: str) -> bytes:
    """Without its blanks, and behind its length: no text can end where another begins."""
    data = text.encode("utf-8", "replace").translate(None, _BLANKS)
    return len(data).to_bytes(8, "big") + data
