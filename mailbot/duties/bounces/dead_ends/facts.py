"""What a colleague may say of clients who are no longer reached."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.message.model import Evidence
from mailbot.records.known import ClientCard, ContactCard


@dataclass(frozen=True, slots=True)
class DeadMail:
    """An address of a contact at which a letter of the colleague's own did not arrive."""

    client: ClientCard
    contact: ContactCard
    said: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class NotOnFile:
    """An address that did not work and is on no contact: nothing changes. `meant` is who is on file in its stead."""

    address: str
    meant: ContactCard | None


@dataclass(frozen=True, slots=True)
class PostCameBack:
    """A letter by post to a client came back; `words` are why, as far as it was said."""

    client: ClientCard
    words: str
    evidence: Evidence
    is_new: bool


@dataclass(frozen=True, slots=True)
class DeadPhone:
    """A number of a client that reaches nobody."""

    client: ClientCard
    contact_id: int
    written: str
    words: str
    evidence: Evidence
    is_new: bool


@dataclass(frozen=True, slots=True)
class ContactLeft:
    """A contact has left."""

    client: ClientCard
    contact: ContactCard
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Corrected:
    """A contact has another address now."""

    client: ClientCard
    contact: ContactCard
    address: str
    evidence: Evidence


Fact = DeadMail | NotOnFile | PostCameBack | DeadPhone | ContactLeft | Corrected


@dataclass(frozen=True, slots=True)
class DeadEnds:
    """All that a mail says of this kind, in its order. `question` is the open one about a dead address that it answers:
    "she has left"."""

    facts: tuple[Fact, ...]
    question: int | None = None
