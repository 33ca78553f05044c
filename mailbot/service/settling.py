"""Decides stored mails, in groups that share a commit, and writes the decisions.

A group holds at most one mail of each sender, so that every mail is decided on what the one before it left behind.
What a mail does to its worker, or to its decision, costs that mail one of its tries and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from mailbot.errors import TryAgain
from mailbot.records import arrivals, outbox, writing
from mailbot.records.arrivals import Claimed, Lease
from mailbot.records.decision import Decision
from mailbot.records.known import Known
from mailbot.records.numbers import reserve
from mailbot.records.recall import Read, recall
from mailbot.service.incidents import Incidents
from mailbot.service.office import Office
from mailbot.service.workers import Judged, LostError, Workers

_log = logging.getLogger(__name__)

GROUP = 25
LEASE = timedelta(minutes=5)
_WAIT_AFTER_FAILURE = timedelta(minutes=1)
_WAIT_AFTER_CHANGE = timedelta(seconds=1)  # the records moved on: the mail is decided anew at once


@dataclass(frozen=True, slots=True)
class Failed:
    """A mail whose decision could not be written: what happened, and when to try again."""

    mail: Read
    trouble: str
    wait: timedelta = _WAIT_AFTER_FAILURE


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

    def settle_waiting(self, limit: int) -> int:
        """Settles mails that nobody has: left over from a crash, or waiting for another try. Returns how many."""
        with self._office.database.writing() as session:
            claimed = arrivals.claim(session, self.lease(), self._office.clock.now(), limit)
        self._office.checkpoint("claimed")
        return self.settle(claimed)

    def settle(self, claimed: Sequence[Claimed]) -> int:
        """Decides mails that are claimed by this worker, in their order. Returns how many were decided."""
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

    def _read(self, claimed: Sequence[Claimed]) -> list[Read]:
        found: list[Read] = []
        outcomes = self._workers.read([mail.raw or b"" for mail in claimed])
        self._office.checkpoint("read")
        for mail, outcome in zip(claimed, outcomes, strict=True):
            if isinstance(outcome, LostError):
                self._put_back(mail.id, str(outcome), _WAIT_AFTER_FAILURE)
            else:
                found.append(Read(replace(mail, raw=None), *outcome))
        return found

    def _settle_group(self, group: Sequence[Read]) -> int:
        """One transaction for the group, and a savepoint for each mail in it."""
        now = self._office.clock.now()
        failed: list[Failed] = []
        with self._office.database.writing(lanes=[_lane(mail) for mail in group]) as session:
            ours = arrivals.still_ours(session, [mail.claimed.id for mail in group], self.lease())
            mails = [mail for mail in group if mail.claimed.id in ours]
            numbers = reserve(session, len(mails))
            known = self._known(session, mails, numbers)
            decisions = self._workers.judge(
                [Judged(mail.message, each) for mail, each in zip(mails, known, strict=True)], now
            )
            self._office.checkpoint("judged")
            for mail, each, decision in zip(mails, known, decisions, strict=True):
                failure = self._write(session, mail, each, decision)
                if failure is not None:
                    failed.append(failure)
            self._office.checkpoint("written")
        self._office.checkpoint("committed")
        for failure in failed:
            self._put_back(failure.mail.claimed.id, failure.trouble, failure.wait)
        return len(mails) - len(failed)

    def _known(self, session: Session, mails: Sequence[Read], numbers: Sequence[int]) -> list[Known]:
        known = recall(session, self._office.desk, self._office.secret, mails, numbers, self._office.clock.now())
        return [self._with_recalled(session, mail, each) for mail, each in zip(mails, known, strict=True)]

    def _with_recalled(self, session: Session, mail: Read, known: Known) -> Known:
        """What the duties want to know besides; each is told only of the mail, not of what the others asked."""
        recalled = {
            duty.name: found
            for duty in self._office.duties
            if duty.recall is not None
            and (found := duty.recall.load(session, mail.message, mail.clues, known)) is not None
        }
        return replace(known, recalled=recalled) if recalled else known

    def _write(self, session: Session, mail: Read, known: Known, decision: Decision | LostError) -> Failed | None:
        if isinstance(decision, LostError):
            return Failed(mail, str(decision))
        try:
            with session.begin_nested():
                writing.write(session, decision, known, mail.claimed.id, mail.message)
                outbox.prove_sent(
                    session, [letter.ref for letter in known.letters if letter.proven], decision.decided_at
                )
        except OperationalError:
            raise  # the database itself: nothing of the group is written, and all of it is tried again
        except TryAgain as moved_on:
            return Failed(mail, str(moved_on), wait=_WAIT_AFTER_CHANGE)
        except Exception as trouble:  # noqa: BLE001  (whatever a mail does to us: it is put back, counted, and named)
            _log.exception("mail %s could not be written", mail.claimed.id)
            return Failed(mail, f"{type(trouble).__name__}: {trouble}")
        return None

    def _put_back(self, arrival_id: int, trouble: str, wait: timedelta) -> None:
        _log.warning("mail %s is put back: %s", arrival_id, trouble)
        with self._office.database.writing() as session:
            arrivals.put_back(session, arrival_id, trouble, self._office.clock.now(), wait)


def _lane(mail: Read) -> str:
    """Mails of one lane are decided one after the other: those of one sender, and all that have no sender."""
    return mail.sender_key or mail.message.message_id or mail.message.content_hash


def _groups(mails: Sequence[Read]) -> Iterator[list[Read]]:
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
