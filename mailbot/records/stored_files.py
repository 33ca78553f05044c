"""Files that came with mails and are kept as they came: receipts, signed contracts. Each is kept once, by its hash."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from mailbot.errors import OurBug
from mailbot.records.base import Base, UtcDateTime

LARGEST_FILE: Final = 15 * 1024 * 1024  # bytes; a larger one stays with its mail alone


class StoredFile(Base):
    """The bytes of a file, as they came, and its SHA-256 in hexadecimal. Its time begins at `stored_at`, when it last
    came. `content` is None once that is over: the hash stays, and proves a copy that somebody else has kept."""

    __tablename__ = "stored_files"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


def store(session: Session, content: bytes, media_type: str, now: datetime) -> str:
    """Keeps a file, from now on; the same bytes are kept once. Returns its hash."""
    if len(content) > LARGEST_FILE:
        raise OurBug(f"a file of {len(content)} bytes was about to be kept; the most are {LARGEST_FILE}")
    key = sha256(content).hexdigest()
    known = session.get(StoredFile, key)
    if known is not None:
        known.content, known.stored_at = content, max(known.stored_at, now)
    else:
        kept = StoredFile(sha256=key, media_type=media_type[:100], size=len(content), content=content, stored_at=now)
        session.add(kept)
    session.flush()
    return key
