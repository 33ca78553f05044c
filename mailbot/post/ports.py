"""The doors of the house: what intake, dispatch and looking may ask of the outside, and what they may rely on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mailbot.records.page_seen import PageSeen


@dataclass(frozen=True, slots=True)
class FolderState:
    """What a folder says of itself when it is opened (RFC 3501 section 2.3.1.1)."""

    uidvalidity: int
    uidnext: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail in a folder, before it is fetched."""

    uid: int
    size: int  # bytes, as the server says (RFC822.SIZE)
    received: datetime | None  # INTERNALDATE, in UTC


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail with its bytes, exactly as the server gave them."""

    uid: int
    raw: bytes


class Inbox(Protocol):
    """One mailbox on an IMAP server.

    Every call has a deadline. A connection that breaks raises TryAgain, and the next call connects anew; a wrong
    password, a certificate that does not verify, a server without TLS raise Never. Nothing here changes a mail but
    `move`: fetching leaves \\Seen as it is.
    """

    def open(self) -> FolderState:
        """Opens the folder that is read, and says its UIDVALIDITY. Connects where needed."""

    def uids(self, above: int = 0) -> tuple[int, ...]:
        """The UIDs greater than `above`, ascending."""

    def listed(self, uids: tuple[int, ...]) -> tuple[Listed, ...]:
        """Size and arrival of these mails. One that is gone meanwhile is left out."""

    def fetch(self, uids: tuple[int, ...]) -> tuple[Fetched, ...]:
        """The bytes of these mails. One that is gone meanwhile (expunged) is left out."""

    def make_folders(self, names: tuple[str, ...]) -> None:
        """Makes the folders that are missing below the root of the desk, and subscribes to them."""

    def move(self, uids: tuple[int, ...], folder: str) -> tuple[int, ...]:
        """Moves mails below the root of the desk: MOVE (RFC 6851), else COPY, \\Deleted and UID EXPUNGE.

        Safe to say again after a crash: a UID that is no longer in the folder has been moved. After a TryAgain let a
        moment pass: a server may still be carrying out what it heard before the connection broke.

        Gives the UIDs that were copied but stay behind, marked \\Deleted: on a server without UIDPLUS, while a mail
        that somebody else marked lies in the folder, removing ours would remove theirs.
        """

    def wait(self, seconds: float) -> bool:
        """Waits until mail may have come (IDLE, RFC 2177, else sleeps); True where the server said so.

        Ends soon after `close`, and at once when it was closed before.
        """

    def close(self) -> None:
        """Logs out; never raises. May be called from another thread, which is how a `wait` is ended."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """How a letter is handed over (RFC 5321): the bytes are final, the Message-ID stands in them."""

    sender: str  # the envelope sender; "" is the null sender
    recipient: str
    content: bytes
    envid: str  # RFC 3461, where the server offers DSN


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took the letter: its answer to the end of DATA."""

    reply: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The server did not take the letter, and said so. `temporary` is a 4yz reply: try later."""

    temporary: bool
    code: int
    reply: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """The connection failed before the letter was handed over: certainly not sent, try later."""

    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """The connection was lost after the last byte of DATA and before the reply: nobody knows (RFC 5321 4.5.5)."""

    why: str


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Whoever asked took the letter back before its hand-over began."""


Outcome = Accepted | Refused | NotSent | Unsure | LeftAlone


def always() -> bool:
    """Nothing has to be noted before a hand-over begins."""
    return True


class Outgoing(Protocol):
    """The way to an SMTP server. Deadlines on everything; TLS that verifies; a broken setting raises Never."""

    def send(self, envelope: Envelope, begin: Callable[[], bool] = always) -> Outcome:
        """Hands over one letter and says what became of it. Never raises for what a server or network does.

        `begin` is asked once, before the first byte of the letter itself goes out, and while the server is busy with
        its envelope: there the caller notes that the hand-over begins. False leaves the letter alone. Where the server
        cannot be reached it is not asked.
        """

    def close(self) -> None:
        """Says QUIT where it can; never raises."""


class Web(Protocol):
    """The way to web pages, one at a time. Every look has one deadline; addresses inside a network are left alone."""

    def look(self, url: str) -> PageSeen:
        """What a reader would find at an address. Never raises for what a server or a network does."""
