"""From one folder on the IMAP server to committed decisions, and from there to the folder each mail belongs in.

First the mail is stored, raw; then it is decided; then, and only then, it is moved. Every step can be repeated after
a crash: what is stored is known by its key, what is decided has its decision, what is moved is no longer there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from mailbot.clock import local_date
from mailbot.config import MailboxSettings
from mailbot.errors import Never, TryAgain
from mailbot.post.ports import FolderState, Inbox, Listed
from mailbot.records import arrivals
from mailbot.records.arrivals import Claimed, Incoming, Mark
from mailbot.records.decision import Folder
from mailbot.service.office import Office
from mailbot.service.settling import Settling

_log = logging.getLogger(__name__)

_FOLDERS = tuple(folder.value for folder in Folder if folder is not Folder.LEAVE)
_LISTED_AT_ONCE = 4  # batches


@dataclass(frozen=True, slots=True)
class Batch:
    """Mails that are stored together; with them all mails up to the UID `upto` are stored."""

    mails: tuple[Listed, ...]
    upto: int


class Intake:
    """Reads one mailbox: [mailbox.NAME]."""

    def __init__(
        self, name: str, settings: MailboxSettings, inbox: Inbox, office: Office, settling: Settling, largest_mail: int
    ) -> None:
        self._name = name
        self._settings = settings
        self._inbox = inbox
        self._office = office
        self._settling = settling
        self._largest = largest_mail
        self._compared: tuple[int, date] | None = None  # UIDVALIDITY and day for which the whole folder was compared
        self._not_given: set[int] = set()  # listed UIDs of which FETCH gave nothing, as long as they are listed
        self._leaving = threading.Event()

    def step(self) -> int:
        """Settles what waits, brings in and settles what is new, and files it. Returns how many were settled.

        Ends between two batches where the intake is closed meanwhile.
        """
        state = self._inbox.open()
        self._inbox.make_folders(_FOLDERS)
        mark = self._mark(state)
        today = local_date(self._office.clock.now(), self._office.desk.zone)
        settled = self._settling.settle_waiting(self._settings.batch)
        batches = (self._accept(state, batch) for batch in self._new(state, mark, today))
        with closing(self._settling.settle_in_turn(batches)) as in_turn:
            for decided in in_turn:
                settled += decided
                self._file_meanwhile(state)
                if self._leaving.is_set():
                    return settled
        self._compared = (state.uidvalidity, today)
        settled += self._settling.settle_waiting(self._settings.batch)
        self._file(state)
        return settled

    def _mark(self, state: FolderState) -> Mark:
        """Where reading this folder stands; at the first time, and under a new UIDVALIDITY, where it begins."""
        with self._office.database.reading() as session:
            mark = arrivals.read_mark(session, self._name, self._settings.folder)
        if mark is not None and mark.uidvalidity == state.uidvalidity:
            return mark
        new = self._beginning(state, mark)
        with self._office.database.writing() as session:
            begun = arrivals.begin_mark(session, self._name, self._settings.folder, new)
        self._office.checkpoint("marked")
        return begun

    def _beginning(self, state: FolderState, before: Mark | None) -> Mark:
        next_uid = state.uidnext or max(self._inbox.uids(), default=0) + 1  # UIDNEXT may be missing
        if before is not None:
            # Every mail has a new UID. Those we know are recognised as copies; those from before our time stay out.
            old, now = before.uidvalidity, state.uidvalidity
            _log.warning("mailbox %s: UIDVALIDITY changed from %s to %s", self._name, old, now)
            return Mark(now, first_uid=1, last_uid=0, renumbered_below=next_uid, since=before.since)
        if self._settings.start == "all":
            return Mark(state.uidvalidity, first_uid=1, last_uid=0, renumbered_below=0, since=None)
        return Mark(state.uidvalidity, next_uid, next_uid - 1, renumbered_below=0, since=self._office.clock.now())

    def _new(self, state: FolderState, mark: Mark, today: date) -> Iterator[Batch]:
        """Mails that are not stored yet, in batches.

        After each start, and on each day, the whole folder is compared once, because a server may show a mail late,
        below the mark. What it lists and does not give is asked for at every step.
        """
        if self._compared == (state.uidvalidity, today):
            uids: Sequence[int] = sorted(self._not_given.union(self._inbox.uids(above=mark.last_uid)))
        else:
            uids = self._not_stored(state, self._inbox.uids(above=mark.first_uid - 1))
        at_once = _LISTED_AT_ONCE * self._settings.batch
        for start in range(0, len(uids), at_once):
            yield from self._batches(mark, uids[start : start + at_once])

    def _batches(self, mark: Mark, uids: Sequence[int]) -> Iterator[Batch]:
        listed = sorted(self._inbox.listed(tuple(uids)), key=lambda mail: mail.uid)
        self._not_given -= set(uids).difference(mail.uid for mail in listed)
        ours = [mail for mail in listed if mark.covers(mail.uid, mail.received)]
        for portion in arrivals.portions(ours, self._settings.batch, self._bytes_fetched):
            yield Batch(tuple(portion), portion[-1].uid)
        if not ours or ours[-1].uid != uids[-1]:
            yield Batch((), uids[-1])  # the rest is not ours, or gone: nothing to store, and not to be listed again

    def _bytes_fetched(self, mail: Listed) -> int:
        return mail.size if mail.size <= self._largest else 0

    def _not_stored(self, state: FolderState, uids: Sequence[int]) -> list[int]:
        missing: list[int] = []
        with self._office.database.reading() as session:
            for start in range(0, len(uids), 10_000):
                some = uids[start : start + 10_000]
                stored = arrivals.stored_uids(session, self._name, self._settings.folder, state.uidvalidity, some)
                missing += [uid for uid in some if uid not in stored]
        return missing

    def _accept(self, state: FolderState, batch: Batch) -> tuple[Claimed, ...]:
        """Fetches and stores a batch, but for what another desk has stored meanwhile.

        The size is looked at first: what is too big is noted and never fetched.
        """
        new = frozenset(self._not_stored(state, [mail.uid for mail in batch.mails]))
        listed = [mail for mail in batch.mails if mail.uid in new]
        small = tuple(mail.uid for mail in listed if mail.size <= self._largest)
        raw = {mail.uid: mail.raw for mail in self._inbox.fetch(small)} if small else {}
        self._note_not_given(batch, set(small) - raw.keys())
        self._office.checkpoint("fetched")
        mails = [
            Incoming(mail.uid, mail.size, self._moment(mail), raw.get(mail.uid))
            for mail in listed
            if mail.uid in raw or mail.size > self._largest
        ]
        with self._office.database.writing() as session:
            claimed = arrivals.accept(
                session, self._name, self._settings.folder, state.uidvalidity, mails, self._settling.lease()
            )
            arrivals.advance_mark(session, self._name, self._settings.folder, state.uidvalidity, batch.upto)
            self._office.checkpoint("stored")
        self._office.checkpoint("accepted")
        return claimed

    def _note_not_given(self, batch: Batch, refused: set[int]) -> None:
        if new := refused - self._not_given:
            _log.warning("mailbox %s: the server lists mails and does not give them: UIDs %s", self._name, sorted(new))
        self._not_given.difference_update(mail.uid for mail in batch.mails)
        self._not_given |= refused

    def _moment(self, mail: Listed) -> datetime:
        return mail.received or self._office.clock.now()

    def _file_meanwhile(self, state: FolderState) -> None:
        """Files what is decided so far. Where that fails the mails can wait, and reading goes on; the last filing of
        the step says it again."""
        try:
            self._file(state)
        except (TryAgain, Never) as trouble:
            _log.warning("mailbox %s: decided mails wait to be moved: %s", self._name, trouble)

    def _file(self, state: FolderState) -> None:
        """Moves decided mails to the folders their decisions want, and notes it."""
        while True:
            with self._office.database.reading() as session:
                unfiled = arrivals.unfiled(
                    session, self._name, self._settings.folder, state.uidvalidity, self._settings.batch
                )
            if not unfiled:
                return
            by_folder = sorted(unfiled, key=lambda mail: mail.folder_wanted)
            for folder, mails in groupby(by_folder, key=lambda mail: mail.folder_wanted):
                moved = tuple(mails)
                self._inbox.move(tuple(sorted(mail.uid for mail in moved)), folder)
                self._office.checkpoint("moved")
                with self._office.database.writing() as session:
                    arrivals.filed(session, [mail.id for mail in moved], self._office.clock.now())
                self._office.checkpoint("filed")

    def wait(self) -> bool:
        """Waits until mail may have come, or until the next poll is due."""
        return self._inbox.wait(self._settings.poll_seconds)

    def close(self) -> None:
        """Leaves the server. A step that is under way ends with its batch."""
        self._leaving.set()
        self._inbox.close()
