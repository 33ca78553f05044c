"""Decides and writes a group of mails in one transaction, with a savepoint for each mail that does something."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mailbot.errors import TryAgain
from mailbot.records import arrivals, outbox, writing
from mailbot.records.decision import Decision
from mailbot.records.known import Known
from mailbot.records.numbers import reserve
from mailbot.records.recall import Read
from mailbot.records.session import passes
from mailbot.service.knowing import known_about
from mailbot.service.office import Office
from mailbot.service.workers import Judged, LostError, Workers

_log = logging.getLogger(__name__)

_PART = 40  # of a group: the workers judge one while the records are asked about the next
WAIT_AFTER_FAILURE = timedelta(minutes=1)
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


class Groups:
    """Writes groups of mails that were read, at most one of a lane in each."""

    def __init__(self, office: Office, workers: Workers) -> None:
        self._office = office
        self._workers = workers

    def write(self, group: Sequence[Read], meanwhile: Callable[[], None]) -> tuple[int, list[Failed]]:
        """One transaction for the group. Returns how many were settled, and those that could not be written.

        `meanwhile` is called when the workers have all they need for this group, so that it gives them other work.
        """
        now = self._office.clock.now()
        with self._office.database.writing(lanes=[lane_of(mail) for mail in group]) as session:
            ours = arrivals.still_ours(session, [mail.claimed.id for mail in group], self._office.worker)
            mails = [mail for mail in group if mail.claimed.id in ours]
            known = known_about(session, self._office, mails, reserve(session, len(mails)))
            parts = [self._judged(part, now) for part in _parts(zip(mails, known, strict=True))]
            meanwhile()
            written = [failure for part in parts for failure in self._write_part(session, part)]
            self._office.checkpoint("written")
        self._office.checkpoint("committed")
        failed = [failure for failure in written if failure is not None]
        return len(mails) - len(failed), failed

    def _judged(self, part: Sequence[tuple[Read, Known]], now: datetime) -> Part:
        """Has the workers judge some mails; they are at it when this returns."""
        judged = [Judged(mail.message, known) for mail, known in part]
        return Part(tuple(part), self._workers.judge(judged, now))

    def _write_part(self, session: Session, part: Part) -> list[Failed | None]:
        """Writes the decisions of a part: those that do nothing all at once, the others one by one."""
        decisions = zip(part.mails, part.decisions(), strict=True)
        decided = [(mail, known, decision) for (mail, known), decision in decisions]
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
            return self.failed(mail, trouble)
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


def _is_quiet(_mail: Read, known: Known, decision: Decision) -> bool:
    """Whether nothing comes of a mail but the decision itself."""
    return not decision.actions and not any(letter.proven for letter in known.letters)


def _parts(mails: Iterable[tuple[Read, Known]]) -> Iterator[Sequence[tuple[Read, Known]]]:
    """Small parts, so that the records and the workers are busy at the same time."""
    rest = iter(mails)
    while part := list(islice(rest, _PART)):
        yield part
