"""Takes stored mails to their decisions, batch by batch, in groups that share a commit.

Every mail is decided on what the one of its sender before it left behind. What a mail does to its worker, or to its
decision, costs that mail one of its tries and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from mailbot.errors import TryAgain
from mailbot.records import arrivals
from mailbot.records.arrivals import Claimed, Lease
from mailbot.records.known import PersonCard
from mailbot.records.recall import Read, recall
from mailbot.service.groups import WAIT_AFTER_FAILURE, Groups, Written
from mailbot.service.incidents import Incidents
from mailbot.service.office import Office
from mailbot.service.road import Read as Outcome
from mailbot.service.worker import LostError
from mailbot.service.workers import Workers

_log = logging.getLogger(__name__)

# Mails that would make a small group by themselves wait for the next batch: to ask the records costs nearly the same.
_FEW = 125
_AT_FIRST = 100  # mails of a batch that are read while the records are asked about the batch before it
LEASE = timedelta(minutes=5)


class Settling:
    """Takes claimed mails to their decisions."""

    def __init__(self, office: Office, workers: Workers, incidents: Incidents, tries: int) -> None:
        self._office = office
        self._workers = workers
        self._incidents = incidents
        self._tries = tries
        self._groups = Groups(office, workers)

    def lease(self) -> Lease:
        """A lease for this worker, from now on."""
        return Lease(self._office.worker, self._office.clock.now() + LEASE)

    def settle_waiting(self, at_once: int) -> int:
        """Settles mails that nobody has: left over from a crash, or waiting for another try. Returns how many."""
        settled = 0
        while claimed := self._claim(at_once):
            settled += sum(self.settle_in_turn([claimed]))
        return settled

    def _claim(self, at_once: int) -> tuple[Claimed, ...]:
        with self._office.database.writing() as session:
            claimed = arrivals.claim(session, self.lease(), self._office.clock.now(), at_once)
        self._office.checkpoint("claimed")
        return claimed

    def settle_in_turn(self, batches: Iterable[Sequence[Claimed]]) -> Generator[int, None, None]:
        """Decides one batch after the other of mails that this worker has claimed; says now and then how many it was.

        While the decisions of a batch are written, the workers read the next one. What is claimed and not settled when
        this ends, because something else than a mail went wrong or nobody goes on, is given back at once.
        """
        begun: list[Batch] = []
        waiting: list[Read] = []  # mails that were read, and have to be decided after others
        try:
            for claimed in batches:
                begun.append(Batch(claimed, self._tries, self._workers, self._staff()))
                if len(begun) == 2:  # one that is settled, and one that is read meanwhile
                    yield self._settle(begun[0], waiting, _FEW, meanwhile=begun[1].begin)
                    del begun[0]
            if begun:
                yield self._settle(begun[0], waiting, 0)
                del begun[0]
        finally:
            unsettled = [mail for batch in begun for mail in batch.claimed] + [mail.claimed for mail in waiting]
            if unsettled:
                self._let_go(unsettled)

    def _settle(
        self, batch: Batch, waiting: list[Read], may_wait: int, meanwhile: Callable[[], None] = lambda: None
    ) -> int:
        """Settles a batch together with the mails that wait, but for so many as may wait on."""
        for mail in batch.too_big:
            self._incidents.too_big(mail)
        for mail in batch.hopeless:
            self._incidents.set_aside(mail)
        settled = len(batch.too_big) + len(batch.hopeless)
        waiting += self._read(batch)
        while waiting:
            group = self._groups.next_of(waiting)
            written = self._settle_group(group, meanwhile)
            settled += written.settled
            done = {mail.claimed.id for mail in group} - {mail.claimed.id for mail in written.wait}
            waiting[:] = [mail for mail in waiting if mail.claimed.id not in done]
            if len(waiting) <= may_wait:
                break
        meanwhile()
        return settled

    def _read(self, batch: Batch) -> Iterator[Read]:
        """Every mail that can be read, in order."""
        for claimed, outcome in batch.outcomes():
            self._office.checkpoint("read")
            mail = replace(claimed, raw=None)
            found = outcome if isinstance(outcome, LostError) else self._opened(Read(mail, *outcome, batch.staff))
            if isinstance(found, LostError):
                self._put_back(mail.id, str(found), WAIT_AFTER_FAILURE)
            else:
                yield found

    def _staff(self) -> tuple[PersonCard, ...]:
        """Who is on the staff now."""
        with self._office.database.reading() as session:
            return self._groups.staff(session)

    def _opened(self, mail: Read) -> Read | LostError:
        """The mail with its files opened, where it has any and its sender is believed: who that is has to be known
        first."""
        if not mail.cover.has_files:
            return mail
        with self._office.database.reading() as session:
            (known,) = recall(session, self._office.desk, self._office.secret, [mail], [0], self._office.clock.now())
        opened = self._workers.open(mail.sealed, known, mail.among)
        return opened if isinstance(opened, LostError) else Read(mail.claimed, *opened, mail.among)

    def _settle_group(self, group: Sequence[Read], meanwhile: Callable[[], None]) -> Written:
        """Where one mail spoils it for all, nothing of the group is written, and each is settled by itself."""
        try:
            written = self._groups.write(group, meanwhile)
        except TryAgain:
            raise
        except Exception as trouble:  # noqa: BLE001  (whatever a mail does to us: it is put back, counted, and named)
            if len(group) > 1:
                return Written(sum(self._settle_group([mail], meanwhile).settled for mail in group))
            written = Written(0, (self._groups.failed(group[0], trouble),))
        for failure in written.failed:
            self._put_back(failure.mail.claimed.id, failure.trouble, failure.wait)
        return written

    def _put_back(self, arrival_id: int, trouble: str, wait: timedelta) -> None:
        _log.warning("mail %s is put back: %s", arrival_id, trouble)
        with self._office.database.writing() as session:
            arrivals.put_back(session, arrival_id, self._office.worker, trouble, self._office.clock.now(), wait)
        self._office.checkpoint("put back")

    def _let_go(self, claimed: Sequence[Claimed]) -> None:
        with suppress(TryAgain), self._office.database.writing() as session:  # else they come back with their lease
            arrivals.let_go(session, [mail.id for mail in claimed], self._office.worker)


class Batch:
    """Claimed mails on their way through the workers, who begin with them as soon as somebody says so."""

    def __init__(self, claimed: Sequence[Claimed], tries: int, workers: Workers, staff: tuple[PersonCard, ...]) -> None:
        self.claimed = claimed
        self.staff = staff
        self.too_big = [mail for mail in claimed if mail.raw is None]
        self.hopeless = [mail for mail in claimed if mail.raw is not None and mail.tries >= tries]
        self._readable = [mail for mail in claimed if mail.raw is not None and mail.tries < tries]
        self._workers = workers
        self._first = self._read(self._readable[:_AT_FIRST])
        self._rest: Iterator[Outcome | LostError] | None = None

    def begin(self) -> None:
        """Lets the workers read the rest, too; once."""
        if self._rest is None:
            self._rest = self._read(self._readable[_AT_FIRST:])

    def _read(self, mails: Sequence[Claimed]) -> Iterator[Outcome | LostError]:
        return self._workers.read([mail.raw or b"" for mail in mails], self.staff)

    def outcomes(self) -> Iterator[tuple[Claimed, Outcome | LostError]]:
        """Each mail with what came of reading it, as soon as that is there."""
        self.begin()
        return zip(self._readable, chain(self._first, self._rest or ()), strict=True)
