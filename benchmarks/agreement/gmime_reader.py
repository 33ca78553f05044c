"""Reads mails with GMime: a path a line on standard input, a mail a line of JSON on standard output.

A program of its own, for the Python of the system, which alone has the bindings; it knows nothing of the desk.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gi

gi.require_version("GMime", "3.0")
from gi.repository import GMime  # noqa: E402  (the version is chosen before)


def main() -> None:
    """Answers until there are no more paths."""
    GMime.init()
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            seen: dict[str, object] | None = sight(Path(line.rstrip("\n")).read_bytes())
        except Exception:  # noqa: BLE001  (what it cannot read, it has no opinion on)
            seen = None
        print(json.dumps(seen), flush=True)


def sight(raw: bytes) -> dict[str, object]:
    """What GMime sees in a mail."""
    message = GMime.Parser.new_with_stream(GMime.StreamMem.new_with_buffer(raw)).construct_message(None)
    fields = message.get_header_list()
    named = [fields.get_header_at(number).get_name().lower() for number in range(fields.get_count())]
    written = message.get_from()
    senders = [written.get_address(number) for number in range(written.length())] if named.count("from") == 1 else []
    plain: list[str] = []
    html: list[str] = []
    files: list[tuple[str, str]] = []
    for part in leaves(message.get_mime_part()):
        kind = part.get_content_type().get_mime_type().lower()
        name = part.get_filename() if isinstance(part, GMime.Part) else part.get_content_type_parameter("name")
        if isinstance(part, GMime.TextPart) and not name and not part.is_attachment():
            {"text/plain": plain, "text/html": html}.get(kind, []).append(part.get_text() or "")
        else:
            files.append((name or "", kind))
    return {
        "senders": [one.get_addr() for one in senders if isinstance(one, GMime.InternetAddressMailbox)],
        "subject": message.get_subject() or "",
        "plain": plain,
        "html": html,
        "files": files,
        "content_type": message.get_mime_part().get_content_type().get_mime_type().lower(),
    }


def leaves(part: Any) -> Iterator[Any]:
    """The parts that have no parts; an attached mail is one of them."""
    if not isinstance(part, GMime.Multipart):
        yield part
        return
    for number in range(part.get_count()):
        yield from leaves(part.get_part(number))


if __name__ == "__main__":
    main()
