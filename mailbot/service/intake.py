"""From one folder on the IMAP server to committed decisions, and from there to the folder each mail belongs in.

First the mail is stored, raw; then it is decided; then, and only then, it is moved. Every step can be repeated after
a crash: what is stored is known by its key, what is decided has its decision, what is moved is no longer there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from mailbot.config import MailboxSettings
from mailbot.post.ports import FolderState, Inbox, Listed
from mailbot.records import arrivals
from mailbot.records.arrivals import Claimed, Incoming, Mark
from mailbot.records.decision import Folder
from mailbot.service.office import Office
from mailbot.service.settling import Settling

_log = logging.getLogger(__name__)

_FOLDERS = tuple(folder.value for folder in Folder if folder is not Folder.LEAVE)
_LISTED_AT_ONCE = 500


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
        self._was_checked: int | None = None  # the UIDVALIDITY for which the whole folder was compared once

    def step(self) -> int:
        """Brings in what is new, settles what waits, and files what is decided. Returns how many were settled."""
        state = self._inbox.open()
        self._inbox.make_folders(_FOLDERS)
        mark = self._mark(state)
        self.file(state)
        settled = self._settling.settle_waiting(self._settings.batch)
        for batch in self._new(state, mark):
            claimed = self._accept(state, mark, batch)
            settled += self._settling.settle(claimed)
            self.file(state)
        self._was_checked = state.uidvalidity
        self.file(state)
        return settled

    def _mark(self, state: FolderState) -> Mark:
        """Where reading this folder stands; at the first time, and under a new UIDVALIDITY, where it begins."""
        with self._office.database.reading() as session:
            mark = arrivals.read_mark(session, self._name, self._settings.folder)
        if mark is not None and mark.uidvalidity == state.uidvalidity:
            return mark
        if mark is not None:
            # Every mail has a new UID. Those we know are recognised as copies; those from before our time stay out.
            _log.warning(
                "mailbox %s: UIDVALIDITY changed from %s to %s", self._name, mark.uidvalidity, state.uidvalidity
            )
            new = Mark(state.uidvalidity, first_uid=1, last_uid=0, since=mark.since)
        elif self._settings.start == "all":
            new = Mark(state.uidvalidity, first_uid=1, last_uid=0, since=None)
        else:
            new = Mark(state.uidvalidity, state.uidnext, state.uidnext - 1, since=self._office.clock.now())
        with self._office.database.writing() as session:
            arrivals.set_mark(session, self._name, self._settings.folder, new)
        return new

    def _new(self, state: FolderState, mark: Mark) -> Iterator[list[Listed]]:
        """Mails that are not stored yet, in batches.

        Once after each start the whole folder is compared, because a server may show a mail late, below the mark.
        """
        if self._was_checked == state.uidvalidity:
            uids: Sequence[int] = self._inbox.uids(above=mark.last_uid)
        else:
            uids = self._not_stored(state, self._inbox.uids(above=mark.first_uid - 1))
        for start in range(0, len(uids), _LISTED_AT_ONCE):
            listed = self._inbox.listed(tuple(uids[start : start + _LISTED_AT_ONCE]))
            ours = [
                mail for mail in listed if mark.since is None or mail.received is None or mail.received >= mark.since
            ]
            for first in range(0, len(ours), self._settings.batch):
                yield ours[first : first + self._settings.batch]

    def _not_stored(self, state: FolderState, uids: Sequence[int]) -> list[int]:
        missing: list[int] = []
        with self._office.database.reading() as session:
            for start in range(0, len(uids), 10_000):
                some = uids[start : start + 10_000]
                stored = arrivals.stored_uids(session, self._name, self._settings.folder, state.uidvalidity, some)
                missing += [uid for uid in some if uid not in stored]
        return missing

    def _accept(self, state: FolderState, mark: Mark, batch: Sequence[Listed]) -> tuple[Claimed, ...]:
        """Fetches and stores a batch. The size is looked at first: what is too big is noted and never fetched."""
        small = tuple(mail.uid for mail in batch if mail.size <= self._largest)
        raw = {mail.uid: mail.raw for mail in self._inbox.fetch(small)} if small else {}
        self._office.checkpoint("fetched")
        mails = [
            Incoming(mail.uid, mail.size, self._moment(mail), raw.get(mail.uid))
            for mail in batch
            if mail.uid in raw or mail.size > self._largest
        ]
        last = max(mail.uid for mail in batch)
        with self._office.database.writing() as session:
            claimed = arrivals.accept(
                session, self._name, self._settings.folder, state.uidvalidity, mails, self._settling.lease()
            )
            arrivals.set_mark(
                session,
                self._name,
                self._settings.folder,
                Mark(state.uidvalidity, mark.first_uid, last, mark.since),
            )
            self._office.checkpoint("stored")
        self._office.checkpoint("accepted")
        return claimed

    def _moment(self, mail: Listed) -> datetime:
        return mail.received or self._office.clock.now()

    def file(self, state: FolderState) -> None:
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
        """Leaves the server."""
        self._inbox.close()
