"""Named places that the service passes, so that a test can stop it exactly there."""

from __future__ import annotations

from typing import Protocol


class Checkpoint(Protocol):
    """Is told the name of each place the service passes."""

    def __call__(self, place: str, /) -> None: ...


def unwatched(place: str, /) -> None:
    """Nobody is watching."""
