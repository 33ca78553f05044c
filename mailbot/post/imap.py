"""Reading a mailbox over IMAP (RFC 3501), by imapclient."""

from __future__ import annotations

import imaplib
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import SecretStr

from mailbot.config import MailboxSettings
from mailbot.errors import Never, TryAgain
from mailbot.post.imap_moving import copy_and_remove
from mailbot.post.imap_session import Session, connect, in_chunks, passes, said_in_words
from mailbot.post.ports import Fetched, FolderState, Listed
from mailbot.post.protection import place

RENEW_IDLE_SECONDS = 28 * 60.0  # a server may log out who is silent for 30 minutes (RFC 3501 section 5.4)
LISTEN_SECONDS = 1.0  # how soon `wait` hears of `close`

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a mail server says of itself and of the folder that is read, for `mailbot doctor`."""

    delimiter: str
    folders: tuple[str, ...]
    keywords: bool  # whether the server keeps flags of our own making (RFC 3501 section 7.1, \\*)
    moves_by: str
    pushes: bool  # whether new mail is told at once (IDLE)
    tls: str | None  # version and cipher; None for plain text on loopback


class ImapInbox:
    """One mailbox on an IMAP server, as `mailbot.post.ports.Inbox` promises it.

    Connects when it is first asked and again after a break. It may be closed from another thread.
    """

    def __init__(self, settings: MailboxSettings, password: SecretStr) -> None:
        self._settings = settings
        self._password = password
        self._session: Session | None = None
        self._state: FolderState | None = None
        self._turn = threading.RLock()  # one conversation at a time
        self._closing = threading.Event()

    def open(self) -> FolderState:
        self._state = None
        with self._asking("opening") as session:
            self._state = self._select(session)
            return self._state

    def uids(self, above: int = 0) -> tuple[int, ...]:
        with self._asking("listing the mails in") as session:
            session.wire.noop()  # or a mail that came since the last command may not be in the view that is searched
            session.wire.heard_of_mail()
            # n:* always names the last mail, also where its UID is below n (RFC 3501 section 6.4.8)
            return tuple(uid for uid in session.found("UID", f"{above + 1}:*") if uid > above)

    def listed(self, uids: tuple[int, ...]) -> tuple[Listed, ...]:
        with self._asking("listing sizes in") as session:
            found = session.fetched(uids, "RFC822.SIZE", "INTERNALDATE")
            return tuple(
                Listed(uid, data[b"RFC822.SIZE"], _in_utc(data.get(b"INTERNALDATE")))
                for uid, data in found
                if b"RFC822.SIZE" in data
            )

    def fetch(self, uids: tuple[int, ...]) -> tuple[Fetched, ...]:
        with self._asking("fetching mails of") as session:
            found = session.fetched(uids, "BODY.PEEK[]")
            # an expunged mail comes as nothing, as NIL or as an empty string
            return tuple(Fetched(uid, data[b"BODY[]"]) for uid, data in found if data.get(b"BODY[]"))

    def make_folders(self, names: tuple[str, ...]) -> None:
        with self._asking("making the desk's folders beside") as session:
            root = self._settings.root
            wanted = [session.folder(root), *(session.folder(root, name) for name in names)]
            there = {name for _, _, name in session.client.list_folders("", wanted[0] + "*")}
            for name in wanted:
                if name not in there:
                    _log.info("%s: making the folder %r", place(self._settings), name)
                    session.make(name)
                session.client.subscribe_folder(name)

    def move(self, uids: tuple[int, ...], folder: str) -> tuple[int, ...]:
        with self._asking(f"moving mails to {self._settings.root}/{folder} from") as session:
            target = session.folder(self._settings.root, folder)
            if not session.can("MOVE"):
                return copy_and_remove(session, self._settings.folder, target, uids)
            for chunk in in_chunks(uids):
                session.client.move(chunk, target)
            return ()

    def wait(self, seconds: float) -> bool:
        if self._closing.is_set():
            return False
        end = time.monotonic() + seconds
        with self._asking("waiting for mail in") as session:
            if session.wire.heard_of_mail():
                return True
            pushes = session.can("IDLE")
            while pushes and not self._closing.is_set() and (left := end - time.monotonic()) > 0:
                if self._listen(session, min(left, RENEW_IDLE_SECONDS)):
                    return True
        if not pushes:
            self._closing.wait(seconds)
        return False

    def close(self) -> None:
        self._closing.set()
        with self._turn:
            if self._session is not None:
                with suppress(OSError, imaplib.IMAP4.error):
                    self._session.wire.begin()
                    self._session.wire.logout()
            self._drop()

    def diagnose(self) -> Diagnosis:
        """What the server can do, and what the folder keeps. Raises as the other calls do."""
        with self._asking("looking at") as session:
            selected = session.client.select_folder(self._settings.folder)
            return Diagnosis(
                delimiter=session.delimiter,
                folders=tuple(sorted(str(name) for _, _, name in session.client.list_folders())),
                keywords=b"\\*" in selected.get(b"PERMANENTFLAGS", ()),
                moves_by=_way_of_moving(session),
                pushes=session.can("IDLE"),
                tls=session.wire.tls_in_words(),
            )

    def _listen(self, session: Session, seconds: float) -> bool:
        end = time.monotonic() + seconds
        tag = session.wire.idle_begin()
        heard = session.wire.heard_of_mail()
        while not heard and not self._closing.is_set() and (left := end - time.monotonic()) > 0:
            heard = session.wire.idle_heard(min(left, LISTEN_SECONDS))
        session.wire.idle_end(tag)
        return heard

    @contextmanager
    def _asking(self, doing: str) -> Iterator[Session]:
        """One conversation with the server: connected, with its deadline, and with its errors in words."""
        with self._turn:
            try:
                with said_in_words(f"{place(self._settings)}: {doing} {self._settings.folder!r}", self._settings):
                    session = self._connected()
                    session.wire.begin()
                    yield session
            except BaseException:
                self._drop()  # after a break nobody knows where in the conversation the server is
                raise

    def _connected(self) -> Session:
        if self._session is None:
            self._session = connect(self._settings, self._password)
            now = self._select(self._session)
            if self._state is not None and now.uidvalidity != self._state.uidvalidity:
                before, self._state = self._state.uidvalidity, None
                raise TryAgain(
                    f"{place(self._settings)}: {self._settings.folder!r} was numbered anew while the connection was "
                    f"down (UIDVALIDITY {before}, now {now.uidvalidity}): open it again, old UIDs name other mails"
                )
        return self._session

    def _select(self, session: Session) -> FolderState:
        folder = self._settings.folder
        try:
            answer = session.client.select_folder(folder)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            kind = TryAgain if passes(str(error)) else Never
            raise kind(f"{place(self._settings)}: the folder {folder!r} cannot be opened: {error}") from error
        if b"UIDVALIDITY" not in answer:
            raise Never(
                f"{place(self._settings)}: {folder!r} has no UIDVALIDITY: its mails cannot be told apart for long"
            )
        return FolderState(answer[b"UIDVALIDITY"], answer.get(b"UIDNEXT", 0))

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(OSError):
                session.wire.shutdown()


def _in_utc(received: datetime | None) -> datetime | None:
    return received.astimezone(UTC) if received else None


def _way_of_moving(session: Session) -> str:
    if session.can("MOVE"):
        return "MOVE"
    return "COPY and UID EXPUNGE" if session.can("UIDPLUS") else "COPY and EXPUNGE"
