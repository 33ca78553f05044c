"""What a letter carries besides its words: a picture that its HTML part shows, a file that is enclosed. Pure."""

from __future__ import annotations

import re
from base64 import encodebytes
from collections.abc import Sequence
from typing import Final

from mailbot.errors import OurBug
from mailbot.letters.fields import LINE_END, field
from mailbot.letters.model import Enclosure

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_END: Final = LINE_END.encode()


def content_id(name: str, signed_ref: str) -> str:
    """The Content-ID by which the HTML part of a letter names one of its pictures (RFC 2392), without brackets."""
    return f"{name}.{signed_ref}@enclosed"


def part_of(enclosure: Enclosure, signed_ref: str) -> bytes:
    """An enclosure as a part of a letter (RFC 2183). Its name is one of ours: OurBug for anything else."""
    if not _SAFE_NAME.fullmatch(enclosure.name):
        raise OurBug(f"an enclosure may not be called {enclosure.name!r}: use letters, digits, points and dashes")
    shown = [field("Content-ID", f"<{content_id(enclosure.name, signed_ref)}>")] if enclosure.is_shown else []
    disposition = "inline" if enclosure.is_shown else "attachment"
    head = [
        field("Content-Type", f'{enclosure.media_type}; name="{enclosure.name}"'),
        field("Content-Transfer-Encoding", "base64"),
        *shown,
        field("Content-Disposition", f'{disposition}; filename="{enclosure.name}"'),
        LINE_END,
    ]
    return "".join(head).encode() + encodebytes(enclosure.content).replace(b"\n", _END)


def multipart(subtype: str, boundary: str, parts: Sequence[bytes], parameters: str = "") -> bytes:
    """Parts as one (RFC 2046 section 5.1), with its Content-Type and without any other field; one part is itself.

    `boundary` has to begin with "=_", which stands in no quoted-printable text (RFC 2045 section 6.7) and in no base64.
    """
    if len(parts) == 1:
        return parts[0]
    delimiter = f"--{boundary}".encode()
    head = field("Content-Type", f'multipart/{subtype}; boundary="{boundary}"{parameters}') + LINE_END
    body = b"".join(piece for part in parts for piece in (delimiter, _END, part, _END))
    return head.encode() + body + delimiter + b"--" + _END
