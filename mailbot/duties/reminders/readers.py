"""Whom a letter of our own accord goes to, and what may stand in its way, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.letters.model import Language, Recipient


class Hindrance(StrEnum):
    """Why a client is not written to of our own accord today."""

    PAUSED = "paused"  # the client is angry
    OPEN_CONCERN = "open concern"  # something of theirs is not solved yet
    AWAY = "away"
    STOPPED = "stopped"  # wants no reminders
    UNREACHABLE = "unreachable"  # no address that works
    HOLIDAY = "holiday"  # at the client's
    WRITTEN_TODAY = "written today"

    @property
    def silences_calls(self) -> bool:
        """Whether its owner is not to call about a benefit either: other talk goes before."""
        return self in (Hindrance.PAUSED, Hindrance.OPEN_CONCERN, Hindrance.AWAY, Hindrance.HOLIDAY)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is written to, and what stands in the way of that today; None: nothing."""

    contact_id: int
    address_key: str
    to: Recipient
    hindrance: Hindrance | None = None


@dataclass(frozen=True, slots=True)
class ClientSide:
    """A client: who looks after it, and whose public holidays it keeps; None where nobody knows."""

    id: int
    name: str
    language: Language
    owner_id: int | None
    holidays: str | None = None
    hindrance: Hindrance | None = None
