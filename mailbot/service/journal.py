"""What the running desk says of itself: one event, one line of JSON, whatever strangers wrote into it."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import TextIO

# Controls (C1 too), separators of lines, and marks that turn the direction of what follows: a terminal or a reader of
# lines would obey them. JSON itself escapes only those below U+0020.
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_TRACE = 8_000


def json_line(value: object) -> str:
    """A plain value as JSON on one line, in which nothing is left that a terminal would obey."""
    return escaped(json.dumps(value, ensure_ascii=False, separators=(", ", ": "), default=str))


def escaped(text: str) -> str:
    """JSON with the characters escaped that a terminal would obey."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class JsonLines(logging.Formatter):
    """A record of the log as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.threadName,
            "from": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)[-_LONGEST_TRACE:]
        return json_line(line)


def keep_journal(stream: TextIO) -> None:
    """Sends everything that is logged to this stream, as JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in ("alembic", "apscheduler", "imapclient", "mail.log"):  # each of their steps is an event to them
        logging.getLogger(name).setLevel(logging.WARNING)
