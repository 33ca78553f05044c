"""What was known when a decision was made, kept beside it: a replay sees that day, not today."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mailbot.errors import Never
from mailbot.records.known import Known

_KNOWN: TypeAdapter[Known] = TypeAdapter(Known)


def pack(known: Known) -> bytes:
    """Known as compressed JSON, without the key that signs."""
    return zlib.compress(_KNOWN.dump_json(replace(known, key=b"")), level=1)


def unpack(packed: bytes, recalled: Mapping[str, type]) -> Known:
    """Known as it was packed; `recalled` says of which type each duty's part is.

    Never where a newer or older version of the program kept something that this one cannot read.
    """
    try:
        known = _KNOWN.validate_json(zlib.decompress(packed))
        parts = {
            duty: _adapter(recalled[duty]).validate_python(part)
            for duty, part in known.recalled.items()
            if duty in recalled
        }
    except (ValidationError, zlib.error) as trouble:
        raise Never(
            f"what was known for this decision cannot be read any more ({trouble}); "
            "it was kept by another version of mailbot, and this mail is left out of the replay"
        ) from trouble
    return replace(known, recalled=parts)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
