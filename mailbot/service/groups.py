"""Decides and writes a group of mails in one transaction, with a savepoint for each mail that does something.

All mails of a group are judged on what was known before its first one. Most change nothing that another one would have
to know; where one did, those that it concerns are not written, and are decided anew in the next group.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mailbot.deciding.brakes import strangers_an_hour
from mailbot.errors import TryAgain
from mailbot.records import arrivals, last_ok, outbox, writing
from mailbot.records.decision import Decision, Folder
from mailbot.records.known import Known
from mailbot.records.numbers import reserve
from mailbot.records.recall import Read
from mailbot.records.session import passes
from mailbot.service.knowing import known_about
from mailbot.service.office import Office
from mailbot.service.workers import Judged, LostError, Workers

_log = logging.getLogger(__name__)

MOST = 250  # mails in a group
_PART = 40  # of a group: the workers judge one while the records are asked about the next
WAIT_AFTER_FAILURE = timedelta(minutes=1)
_STRANGERS = ("T0", "T1")  # as the trust of a decision is kept
_MOST_REMEMBERED = 10_000
_WAIT_AFTER_CHANGE = timedelta(seconds=1)  # the records moved on: the mail is decided anew


@dataclass(frozen=True, slots=True)
class Failed:
    """A mail whose decision could not be written: what happened, and when to try again."""

    mail: Read
    trouble: str
    wait: timedelta = WAIT_AFTER_FAILURE


@dataclass(frozen=True, slots=True)
class Part:
    """Mails of a group with what is known of them, and their decisions as soon as the workers have them."""

    mails: tuple[tuple[Read, Known], ...]
    decisions: Callable[[], list[Decision]]


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a group. `settled` counts the mails that have their decision; the others of the group are not
    written: `failed` with what happened, `stale` because others before them changed what they were judged on."""

    settled: int
    failed: tuple[Failed, ...] = ()
    stale: tuple[Read, ...] = ()


class Groups:
    """Writes groups of mails that were read."""

    def __init__(self, office: Office, workers: Workers) -> None:
        self._office = office
        self._workers = workers
        self._acting: set[str] = set()  # lanes whose mails do something: one in a group, or the others go stale

    def next_of(self, waiting: Iterable[Read]) -> list[Read]:
        """The mails that make the next group; those of one lane stay in their order."""
        group: list[Read] = []
        taken: set[str] = set()
        for mail in waiting:
            lane = lane_of(mail)
            if lane not in taken and len(group) < MOST:
                group.append(mail)
                if lane in self._acting:
                    taken.add(lane)
        return group

    def write(self, group: Sequence[Read], meanwhile: Callable[[], None]) -> Written:
        """One transaction for the group.

        `meanwhile` is called when the workers have all they need for this group, so that it gives them other work.
        """
        now = self._office.clock.now()
        since = _Since()
        with self._office.database.writing(lanes=[lane_of(mail) for mail in group]) as session:
            ours = arrivals.still_ours(session, [mail.claimed.id for mail in group], self._office.worker)
            mails = [mail for mail in group if mail.claimed.id in ours]
            known = known_about(session, self._office, mails, reserve(session, len(mails)))
            parts = [self._judged(part, now) for part in _parts(zip(mails, known, strict=True))]
            meanwhile()
            failed = [failure for part in parts for failure in self._write_part(session, part, since)]
            self._office.checkpoint("written")
        self._office.checkpoint("committed")
        self._remember(since.lanes)
        return Written(len(mails) - len(failed) - len(since.stale), tuple(failed), tuple(since.stale))

    def _remember(self, lanes: set[str]) -> None:
        if len(self._acting) > _MOST_REMEMBERED:
            self._acting.clear()
        self._acting |= lanes

    def _judged(self, part: Sequence[tuple[Read, Known]], now: datetime) -> Part:
        """Has the workers judge some mails; they are at it when this returns."""
        judged = [Judged(mail.message, known) for mail, known in part]
        return Part(tuple(part), self._workers.judge(judged, now))

    def _write_part(self, session: Session, part: Part, since: _Since) -> list[Failed]:
        """Writes the decisions of a part: those that do nothing all at once, the others one by one."""
        decisions = zip(part.mails, part.decisions(), strict=True)
        decided = [(mail, known, decision) for (mail, known), decision in decisions]
        self._office.checkpoint("judged")
        fresh = [each for each in decided if since.is_fresh(*each)]
        quiet = [each for each in fresh if _is_quiet(*each[1:])]
        others = [each for each in fresh if not _is_quiet(*each[1:])]
        if not self._write_quiet(session, quiet):
            others = fresh
        outcomes = (self._write(session, since, *each) for each in others)
        return [failure for failure in outcomes if failure is not None]

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

    def _write(self, session: Session, since: _Since, mail: Read, known: Known, decision: Decision) -> Failed | None:
        try:
            with session.begin_nested():
                writing.write(session, decision, known, mail.claimed.id, mail.message)
                last_ok.note_sender(session, mail.sender_key, decision.trust, decision.decided_at)
                outbox.prove_sent(
                    session, [letter.ref for letter in known.letters if letter.proven], decision.decided_at
                )
        except TryAgain as moved_on:
            if since.has_written:  # so this group did it: the mail keeps its place before others of its sender
                since.stale.append(mail)
                return None
            return Failed(mail, str(moved_on), wait=_WAIT_AFTER_CHANGE)
        except Exception as trouble:
            if isinstance(trouble, DBAPIError) and passes(trouble):
                raise  # the database itself: nothing of the group is written, and all of it is tried again
            return self.failed(mail, trouble)
        since.has_written = True
        return None

    def failed(self, mail: Read, trouble: Exception) -> Failed:
        """A mail that could not be decided, with what happened in words; what nobody had foreseen is logged whole."""
        if isinstance(trouble, LostError):
            return Failed(mail, str(trouble))
        _log.error("mail %s could not be decided", mail.claimed.id, exc_info=trouble)
        return Failed(mail, f"{type(trouble).__name__}: {trouble}")


def lane_of(mail: Read) -> str:
    """Mails of one lane are decided one after the other: those of one sender, and all that have no sender."""
    return mail.sender_key or mail.message.message_id or mail.message.content_hash


class _Since:
    """What the mails of a group have changed since its first one; asked about each of them in its order."""

    def __init__(self) -> None:
        self.lanes: set[str] = set()
        self.stale: list[Read] = []
        self.has_written = False
        self._contents: set[str] = set()
        self._message_ids: set[str] = set()
        self._strangers: Counter[str] = Counter()

    def is_fresh(self, mail: Read, known: Known, decision: Decision) -> bool:
        """Whether a mail was judged on what is still so."""
        is_fresh, is_quiet = not self._have_changed(mail, known, decision), _is_quiet(known, decision)
        if not is_fresh:
            self.stale.append(mail)
        if not (is_fresh and is_quiet):
            self.lanes.add(lane_of(mail))
            self._message_ids.add(mail.message.message_id or "")
        if is_fresh:
            self._contents.add(mail.message.content_hash)
            self._strangers[decision.duty] += _is_a_strangers(decision)
        return is_fresh

    def _have_changed(self, mail: Read, known: Known, decision: Decision) -> bool:
        """Whether one of its sender did something, whether it may be a copy of one or goes on with its thread, or
        whether strangers have written so much that the brake has to be asked again."""
        return (
            lane_of(mail) in self.lanes
            or mail.message.content_hash in self._contents
            or not self._message_ids.isdisjoint(mail.clues.message_ids)
            or self._have_reached_the_brake(known, decision)
        )

    def _have_reached_the_brake(self, known: Known, decision: Decision) -> bool:
        if not _is_a_strangers(decision) or _is_quiet(known, decision):
            return False
        before = known.brakes.strangers_last_hour.get(decision.duty, 0)
        return before < strangers_an_hour(known.desk) <= before + self._strangers[decision.duty]


def _is_a_strangers(decision: Decision) -> bool:
    """Whether the brake on strangers counts the mail."""
    return decision.trust in _STRANGERS and decision.folder is not Folder.LEAVE


def _is_quiet(known: Known, decision: Decision) -> bool:
    """Whether nothing comes of a mail but the decision itself."""
    return not decision.actions and not any(letter.proven for letter in known.letters)


def _parts(mails: Iterable[tuple[Read, Known]]) -> Iterator[Sequence[tuple[Read, Known]]]:
    """Small parts, so that the records and the workers are busy at the same time."""
    rest = iter(mails)
    while part := list(islice(rest, _PART)):
        yield part
