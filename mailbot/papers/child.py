"""The child process: reads one PDF from its input and writes its text to its output, as JSON."""

from __future__ import annotations

import io
import json
import logging
import sys
from dataclasses import asdict

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mailbot.guarded.limits import TOO_MUCH, limit
from mailbot.papers.bounds import BEGINNING, LIMITS, MOST_CHARACTERS, MOST_PAGES, WITHIN
from mailbot.papers.values import PaperText, Unread


def main() -> None:
    """Within its limits; ends with TOO_MUCH where they do not suffice."""
    limit(LIMITS)
    logging.disable()
    raw = sys.stdin.buffer.read(LIMITS.most_read + 1)
    try:
        found = text_of(raw)
    except (MemoryError, RecursionError):
        sys.exit(TOO_MUCH)
    sys.stdout.write(json.dumps(asdict(found), ensure_ascii=True))


def text_of(raw: bytes) -> PaperText:
    """The text of the file, or why there is none."""
    if BEGINNING not in raw[:WITHIN]:
        return PaperText(unread=Unread.BROKEN)
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return PaperText(unread=Unread.PASSWORD)
        return _of_pages(reader)
    except (PyPdfError, NotImplementedError):
        return PaperText(unread=Unread.BROKEN)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged file makes it stumble over
        return PaperText(unread=Unread.BROKEN)


def _of_pages(reader: PdfReader) -> PaperText:
    pages: list[str] = []
    length, is_cut = 0, False
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES or length >= MOST_CHARACTERS:
            is_cut = True
            break
        text = page.extract_text().encode("utf-8", "replace").decode("utf-8")
        pages.append(text[: MOST_CHARACTERS - length])
        is_cut = is_cut or len(text) > MOST_CHARACTERS - length
        length += len(pages[-1])
    whole = "\n".join(pages)
    return PaperText(whole, is_cut) if whole.strip() else PaperText(unread=Unread.NO_TEXT)


if __name__ == "__main__":
    main()
