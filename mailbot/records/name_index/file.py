"""The index in one file beside the records, so that a process that starts need not build it: what is asked of it is
read from the file when it is needed.

The file can be lost or damaged at any time, and is built anew; it is written beside its place and put there whole, so a
crash leaves the old one or the new one. First a line of JSON, filled up with blanks: the version, the last change that
is in it, and the sizes of the arrays; then these, each at a multiple of 64 bytes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from mailbot.records.name_index.segment import Segment

VERSION: Final = 1  # to be counted up with every change of how names are folded or taken apart
_HEAD: Final = 4_096  # bytes
_STEP: Final = 64
_AT_ONCE: Final = 1 << 20
_TYPES: Final[Mapping[str, str]] = {  # the arrays of a segment, in their order in the file
    "ids": "<i8", "text": "|u1", "ends": "<u4", "keys": "<u8", "starts": "<u4", "postings": "<u4", "weight": "<f4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """The last change of a name that is in an index: its number, and its token. 0 and "" before the first."""

    change: int
    token: str


NOTHING: Final = Mark(0, "")


class DamagedIndexError(Exception):
    """The file of the index cannot be used; it says why."""


class _Head(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int
    change: int
    token: str
    sizes: tuple[int, ...]  # bytes of each array
    sha256: str = ""  # of the head without this, and of all behind it

    def digest(self) -> hashlib._Hash:
        """To be gone on with over all that is behind the head."""
        return hashlib.sha256(self.model_copy(update={"sha256": ""}).model_dump_json().encode())


def write(file: Path, segment: Segment, mark: Mark) -> None:
    """Puts the index in the place of what was there, or leaves that as it is. Raises OSError. Only its owner can read
    it: it holds the names of clients."""
    arrays = [getattr(segment, name).astype(kind, copy=False).view(np.uint8) for name, kind in _TYPES.items()]
    head = _Head(version=VERSION, change=mark.change, token=mark.token, sizes=tuple(map(len, arrays)))
    digest = head.digest()
    part = file.with_name(f"{file.name}.part")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "w+b") as written:
        written.write(b" " * _HEAD)
        for array in arrays:
            for piece in (array, np.zeros(-len(array) % _STEP, dtype=np.uint8)):
                digest.update(piece.data)
                written.write(piece.data)
        written.seek(0)
        whole = head.model_copy(update={"sha256": digest.hexdigest()})
        written.write(whole.model_dump_json().encode().ljust(_HEAD - 1) + b"\n")
        written.flush()
        os.fsync(written.fileno())
    part.replace(file)
    _sync(file.parent)


def read(file: Path) -> tuple[Segment, Mark]:
    """The index of a file. FileNotFoundError where there is none, OSError where it cannot be read; DamagedIndexError
    where it is of another version, or not what was written."""
    with file.open("rb") as opened:
        try:
            head = _Head.model_validate_json(opened.read(_HEAD))
        except ValidationError as refusal:
            raise DamagedIndexError(f"its head is none: {refusal.errors()[0]['msg']}") from refusal
        if head.version != VERSION:
            raise DamagedIndexError(f"it is of version {head.version}, and this program writes {VERSION}")
        digest = head.digest()
        while piece := opened.read(_AT_ONCE):
            digest.update(piece)
        if digest.hexdigest() != head.sha256:
            raise DamagedIndexError("its bytes are not those that were written")
        mapped = np.asarray(np.memmap(opened, dtype=np.uint8, mode="r"))
    return Segment(**_arrays(mapped, head.sizes)), Mark(head.change, head.token)


def _arrays(mapped: NDArray[np.uint8], sizes: tuple[int, ...]) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {}
    place = _HEAD
    for (name, kind), size in zip(_TYPES.items(), sizes, strict=True):
        found[name] = mapped[place : place + size].view(kind)
        place += size + -size % _STEP
    return found


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Until the block ends no other process writes this file; who comes second waits. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file.with_name(f"{file.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600), "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
