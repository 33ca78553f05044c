"""What was known when a decision was made, kept beside it: a replay sees that day, not today.

It is kept in two parts. The circumstances, that is the desk and its staff, are the same for thousands of decisions and
are kept once; the rest is kept with each.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from mailbot.errors import Never
from mailbot.records.known import Known
from mailbot.records.rows import insert_into, table_of
from mailbot.records.tables import CircumstancesRow

_KNOWN: TypeAdapter[Known] = TypeAdapter(Known)
_CIRCUMSTANCES = {"desk", "staff"}
_NEVER_KEPT = {"key"}  # it signs
_CIRCUMSTANCES_TABLE = table_of(CircumstancesRow)
_FOUND = select(_CIRCUMSTANCES_TABLE.c.id).where(_CIRCUMSTANCES_TABLE.c.digest == bindparam("digest"))


def pack(known: Known) -> bytes:
    """Known as compressed JSON, but for the circumstances and the key that signs."""
    return zlib.compress(_KNOWN.dump_json(known, exclude=_CIRCUMSTANCES | _NEVER_KEPT), level=1)


def circumstances_of(session: Session, known: Known) -> int:
    """The key of the row that keeps the circumstances; a new one where they were never like this before."""
    found = session.info.get(_CIRCUMSTANCES_TABLE)
    if found and found[0] is known.desk and found[1] is known.staff:
        return int(found[2])
    content = _KNOWN.dump_json(known, include=_CIRCUMSTANCES)
    digest = hashlib.sha256(content).hexdigest()
    key = _kept(session, digest)
    if key is None:
        row = {"digest": digest, "content": zlib.compress(content)}
        session.execute(insert_into(session, CircumstancesRow).values(row).on_conflict_do_nothing())
        key = _kept(session, digest)
    session.info[_CIRCUMSTANCES_TABLE] = (known.desk, known.staff, key)
    return int(key or 0)


def forget_circumstances(session: Session) -> None:
    """To be called where a savepoint was rolled back: the row that keeps them may be gone with it."""
    session.info.pop(_CIRCUMSTANCES_TABLE, None)


def _kept(session: Session, digest: str) -> int | None:
    return session.connection().execute(_FOUND, {"digest": digest}).scalar()


def unpack(
    packed: bytes, circumstances: bytes, recalled: Mapping[str, type], settings: Mapping[str, type] | None = None
) -> Known:
    """Known as it was packed; `recalled` and `settings` say of which type each duty's part is. Others are left out.

    Never where a newer or older version of the program kept something that this one cannot read.
    """
    try:
        common, own = zlib.decompress(circumstances), zlib.decompress(packed)
        known = _KNOWN.validate_json(b'{"key": "", ' + common[1:-1] + b", " + own[1:])
        parts = _typed(known.recalled, recalled)
        of_desk = _typed(known.desk.settings, settings or {})
    except (ValidationError, zlib.error) as trouble:
        raise Never(
            f"what was known for this decision cannot be read any more ({trouble}); "
            "it was kept by another version of mailbot, and this mail is left out of the replay"
        ) from trouble
    return replace(known, recalled=parts, desk=replace(known.desk, settings=of_desk))


def _typed(parts: Mapping[str, object], types: Mapping[str, type]) -> dict[str, object]:
    return {duty: _adapter(types[duty]).validate_python(part) for duty, part in parts.items() if duty in types}


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
