"""Decides stored mails, in groups that share a commit, and writes the decisions.

A group holds at most one mail of each sender, so that every mail is decided on what the one before it left behind.
What a mail does to its worker, or to its decision, costs that mail one of its tries and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mailbot.errors import TryAgain
from mailbot.records import arrivals, outbox, writing
from mailbot.records.arrivals import Claimed, Lease
from mailbot.records.decision import Decision
from mailbot.records.known import Known
from mailbot.records.numbers import reserve
from mailbot.records.recall import Read
from mailbot.records.session import passes
from mailbot.service.incidents import Incidents
from mailbot.service.knowing import known_about
from mailbot.service.office import Office
from mailbot.service.workers import Judged, LostError, Workers

_log = logging.getLogger(__name__)

GROUP = 48
_PART = 12  # of a group: the workers judge one while the records are asked about the next
LEASE = timedelta(minutes=5)
_WAIT_AFTER_FAILURE = timedelta(minutes=1)
_WAIT_AFTER_CHANGE = timedelta(seconds=1)  # the records moved on: the mail is decided anew


@dataclass(frozen=True, slots=True)
class Failed:
    """A mail whose decision could not be written: what happened, and when to try again."""

    mail: Read
    trouble: str
    wait: timedelta = _WAIT_AFTER_FAILURE


@dataclass(frozen=True, slots=True)
class Part:
    """Mails of a group, what is known of them, and their decisions as soon as the workers have them."""

    mails: tuple[Read, ...]
    known: tuple[Known, ...]
    decisions: Callable[[], list[Decision]]


class Settling:
    """Takes claimed mails to their decisions."""

    def __init__(self, office: Office, workers: Workers, incidents: Incidents, tries: int) -> None:
        self._office = office
        self._workers = workers
        self._incidents = incidents
        self._tries = tries

    def lease(self) -> Lease:
        """A lease for this worker, from now on."""
        return Lease(self._office.worker, self._office.clock.now() + LEASE)

    def settle_waiting(self, at_once: int) -> int:
        """Settles mails that nobody has: left over from a crash, or waiting for another try. Returns how many."""
        settled = 0
        while claimed := self._claim(at_once):
            settled += self.settle(claimed)
        return settled

    def _claim(self, at_once: int) -> tuple[Claimed, ...]:
        with self._office.database.writing() as session:
            claimed = arrivals.claim(session, self.lease(), self._office.clock.now(), at_once)
        self._office.checkpoint("claimed")
        return claimed

    def settle(self, claimed: Sequence[Claimed]) -> int:
        """Decides mails that are claimed by this worker, in their order. Returns how many were decided.

        Where something else than a mail goes wrong, those that are not settled are given back at once.
        """
        try:
            return self._settle(claimed)
        except BaseException:
            self._let_go(claimed)
            raise

    def _settle(self, claimed: Sequence[Claimed]) -> int:
        readable = [mail for mail in claimed if mail.raw is not None and mail.tries < self._tries]
        for mail in claimed:
            if mail.raw is None:
                self._incidents.too_big(mail)
            elif mail.tries >= self._tries:
                self._incidents.set_aside(mail)
        settled = len(claimed) - len(readable)
        for group in _groups(self._read(readable)):
            settled += self._settle_group(group)
        return settled

    def _read(self, claimed: Sequence[Claimed]) -> Iterator[Read]:
        """Every mail that can be read, in order; the workers read on while the first ones are settled."""
        outcomes = self._workers.read([mail.raw or b"" for mail in claimed])
        for mail, outcome in zip(claimed, outcomes, strict=True):
            self._office.checkpoint("read")
            if isinstance(outcome, LostError):
                self._put_back(mail.id, str(outcome), _WAIT_AFTER_FAILURE)
            else:
                yield Read(replace(mail, raw=None), *outcome)

    def _settle_group(self, group: Sequence[Read]) -> int:
        """Where one mail spoils it for all, nothing of the group is written, and each is settled by itself."""
        try:
            settled, failed = self._write_group(group)
        except TryAgain:
            raise
        except Exception as trouble:  # noqa: BLE001  (whatever a mail does to us: it is put back, counted, and named)
            if len(group) > 1:
                return sum(self._settle_group([mail]) for mail in group)
            settled, failed = 0, [_failed(group[0], trouble)]
        for failure in failed:
            self._put_back(failure.mail.claimed.id, failure.trouble, failure.wait)
        return settled

    def _write_group(self, group: Sequence[Read]) -> tuple[int, list[Failed]]:
        """One transaction for the group, and a savepoint for each mail in it. Returns how many were settled, and those
        that could not be written."""
        now = self._office.clock.now()
        with self._office.database.writing(lanes=[_lane(mail) for mail in group]) as session:
            ours = arrivals.still_ours(session, [mail.claimed.id for mail in group], self._office.worker)
            mails = [mail for mail in group if mail.claimed.id in ours]
            parts = [self._known_and_judged(session, part, now) for part in _parts(mails)]
            written = [failure for part in parts for failure in self._write_part(session, part)]
            self._office.checkpoint("written")
        self._office.checkpoint("committed")
        failed = [failure for failure in written if failure is not None]
        return len(mails) - len(failed), failed

    def _known_and_judged(self, session: Session, mails: Sequence[Read], now: datetime) -> Part:
        """Loads what is known of some mails, and has the workers judge them; they are at it when this returns."""
        known = known_about(session, self._office, mails, reserve(session, len(mails)))
        judged = [Judged(mail.message, each) for mail, each in zip(mails, known, strict=True)]
        return Part(tuple(mails), tuple(known), self._workers.judge(judged, now))

    def _write_part(self, session: Session, part: Part) -> list[Failed | None]:
        """Writes the decisions of a part: those that do nothing all at once, the others one by one."""
        decided = list(zip(part.mails, part.known, part.decisions(), strict=True))
        self._office.checkpoint("judged")
        quiet: list[tuple[Read, Known, Decision]] = []
        others: list[tuple[Read, Known, Decision]] = []
        for each in decided:
            (quiet if _is_quiet(*each) else others).append(each)
        if not self._write_quiet(session, quiet):
            others = decided
        return [self._write(session, *each) for each in others]

    def _write_quiet(self, session: Session, mails: Sequence[tuple[Read, Known, Decision]]) -> bool:
        """False where one of them cannot be written: then it shows which, when each is written by itself."""
        try:
            with session.begin_nested():
                writing.write_quiet(
                    session,
                    [writing.Quiet(decision, known, mail.claimed.id, mail.message) for mail, known, decision in mails],
                )
        except Exception as trouble:
            if isinstance(trouble, DBAPIError) and passes(trouble):
                raise
            return False
        return True

    def _write(self, session: Session, mail: Read, known: Known, decision: Decision) -> Failed | None:
        try:
            with session.begin_nested():
                writing.write(session, decision, known, mail.claimed.id, mail.message)
                outbox.prove_sent(
                    session, [letter.ref for letter in known.letters if letter.proven], decision.decided_at
                )
        except TryAgain as moved_on:
            return Failed(mail, str(moved_on), wait=_WAIT_AFTER_CHANGE)
        except Exception as trouble:
            if isinstance(trouble, DBAPIError) and passes(trouble):
                raise  # the database itself: nothing of the group is written, and all of it is tried again
            return _failed(mail, trouble)
        return None

    def _put_back(self, arrival_id: int, trouble: str, wait: timedelta) -> None:
        _log.warning("mail %s is put back: %s", arrival_id, trouble)
        with self._office.database.writing() as session:
            arrivals.put_back(session, arrival_id, self._office.worker, trouble, self._office.clock.now(), wait)
        self._office.checkpoint("put back")

    def _let_go(self, claimed: Sequence[Claimed]) -> None:
        with suppress(TryAgain), self._office.database.writing() as session:  # else they come back with their lease
            arrivals.let_go(session, [mail.id for mail in claimed], self._office.worker)


def _failed(mail: Read, trouble: Exception) -> Failed:
    if isinstance(trouble, LostError):
        return Failed(mail, str(trouble))
    _log.error("mail %s could not be decided", mail.claimed.id, exc_info=trouble)
    return Failed(mail, f"{type(trouble).__name__}: {trouble}")


def _is_quiet(_mail: Read, known: Known, decision: Decision) -> bool:
    """Whether nothing comes of a mail but the decision itself."""
    return not decision.actions and not any(letter.proven for letter in known.letters)


def _lane(mail: Read) -> str:
    """Mails of one lane are decided one after the other: those of one sender, and all that have no sender."""
    return mail.sender_key or mail.message.message_id or mail.message.content_hash


def _parts(mails: Sequence[Read]) -> Iterator[Sequence[Read]]:
    """Small parts, so that the records and the workers are busy at the same time."""
    for start in range(0, len(mails), _PART):
        yield mails[start : start + _PART]


def _groups(mails: Iterable[Read]) -> Iterator[list[Read]]:
    """Cuts mails into groups in their order; a lane stands in a group once."""
    group: list[Read] = []
    lanes: set[str] = set()
    for mail in mails:
        lane = _lane(mail)
        if lane in lanes or len(group) == GROUP:
            yield group
            group, lanes = [], set()
        group.append(mail)
        lanes.add(lane)
    if group:
        yield group
