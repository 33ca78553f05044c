"""Message-IDs of header values (RFC 5322 section 3.6.4), without their angle brackets."""

from __future__ import annotations

import re

_IN_ANGLES = re.compile(r"<([^<>]*+)>")
_UNWANTED = re.compile(r"[\s\x00-\x1f\x7f]+")
_MOST_CHARACTERS = 998  # a line holds no more (RFC 5322 section 2.1.1)


def message_ids(value: str, most: int = 100) -> tuple[str, ...]:
    """The ids in the order they stand, each once; without angle brackets every word with an "@" counts as one.

    Of more than `most` the first and the last are kept: the thread's beginning, and what was answered.
    """
    if not value:
        return ()
    written: list[str] = _IN_ANGLES.findall(_UNWANTED.sub("", value))
    if not written:
        written = [_UNWANTED.sub("", word.strip("<>,;\"'")) for word in value.split() if "@" in word]
    ids = list(dict.fromkeys([one for one in written if one and len(one) <= _MOST_CHARACTERS]))
    return tuple(ids if len(ids) <= most else [ids[0], *ids[len(ids) - most + 1 :]])


def message_id(value: str) -> str | None:
    """The one id of a Message-ID field, also when its brackets are missing; None when it is empty."""
    ids = message_ids(value, 1)
    if ids:
        return ids[0]
    bare = _UNWANTED.sub("", value.strip("<> \t"))
    return bare[:_MOST_CHARACTERS] or None
