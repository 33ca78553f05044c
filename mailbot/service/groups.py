"""Decides and writes a group of mails in one transaction; one that cannot be written leaves the others as they are.

All mails of a group are judged on what was known before its first one. Most change nothing that another one would have
to know; where one did, those that it concerns are not written, and are decided anew in the next group.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from math import ceil

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mailbot.deciding.brakes import strangers_an_hour
from mailbot.duties.hints import seen_of
from mailbot.errors import TryAgain
from mailbot.records import arrivals, snapshot, writing
from mailbot.records.decision import Decision, Folder
from mailbot.records.known import Known, PersonCard
from mailbot.records.numbers import reserve
from mailbot.records.parties import people
from mailbot.records.recall import Read, listened_among
from mailbot.records.session import passes
from mailbot.service.knowing import known_about
from mailbot.service.office import Office
from mailbot.service.road import Judged
from mailbot.service.worker import LostError
from mailbot.service.workers import Workers

_log = logging.getLogger(__name__)

MOST = 250  # mails in a group
_PARTS = 5  # of a group: the workers judge one while the records are asked about the next
_SMALLEST_PART = 8  # mails: each part is sent by itself, which has its price
WAIT_AFTER_FAILURE = timedelta(minutes=1)
_STRANGERS = ("T0", "T1")  # as the trust of a decision is kept
_MOST_REMEMBERED = 10_000
_WAIT_AFTER_CHANGE = timedelta(seconds=1)  # the records moved on: the mail is decided anew


_Decided = tuple[Read, Known, Decision]


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
    written: `failed` with what happened; `wait` for another group, because mails before them changed what they were
    judged on."""

    settled: int
    failed: tuple[Failed, ...] = ()
    wait: tuple[Read, ...] = ()


class Groups:
    """Writes groups of mails that were read."""

    def __init__(self, office: Office, workers: Workers) -> None:
        self._office = office
        self._workers = workers
        # Lanes whose mails do something, the newest last: one mail in a group, or the others go stale.
        self._acting: dict[str, None] = {}
        self._staff: tuple[PersonCard, ...] = ()

    def staff(self, session: Session) -> tuple[PersonCard, ...]:
        """Who is on the staff now; the same value as before where nobody has changed, which is quick to compare."""
        before, now = self._staff, tuple(people(session).values())  # other mailboxes ask meanwhile, in their threads
        if now == before:
            return before
        self._staff = now
        return now

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
            numbers = reserve(session, len(mails))
            mails = self._listened_to(session, mails)
            known = known_about(session, self._office, mails, numbers)
            size = max(_SMALLEST_PART, ceil(len(mails) / _PARTS))
            parts = [self._judged(part, now) for part in _parts(zip(mails, known, strict=True), size)]
            meanwhile()
            failed = [failure for part in parts for failure in self._write_part(session, part, since)]
            self._office.checkpoint("written")
        self._office.checkpoint("committed")
        self._remember(mails, since.lanes)
        return Written(len(mails) - len(failed) - len(since.stale), tuple(failed), tuple(since.stale))

    def _listened_to(self, session: Session, mails: Sequence[Read]) -> list[Read]:
        """The mails, each listened to among those who are on the staff now: what somebody writes who has just come to
        it, or from an address that has just become his, is not taken for a stranger's."""
        staff = self.staff(session)
        among = ((mail, listened_among(mail, staff)) for mail in mails)
        outdated = [replace(mail, among=those) for mail, those in among if mail.among != those]
        heard = dict(zip((mail.claimed.id for mail in outdated), self._listen_again(outdated), strict=True))
        return [heard.get(mail.claimed.id, mail) for mail in mails]

    def _listen_again(self, mails: Sequence[Read]) -> Iterator[Read]:
        outcomes = self._workers.listen([(mail.sealed, mail.among) for mail in mails])
        for mail, outcome in zip(mails, outcomes, strict=True):
            if isinstance(outcome, LostError):
                raise outcome
            yield replace(mail, clues=outcome)

    def _remember(self, group: Sequence[Read], acting: set[str]) -> None:
        """A lane is remembered until a group in which it does nothing, or until it is the oldest of too many."""
        for lane in (*map(lane_of, group), *acting):
            self._acting.pop(lane, None)
        self._acting |= dict.fromkeys(acting)
        for oldest in list(islice(self._acting, max(0, len(self._acting) - _MOST_REMEMBERED))):
            del self._acting[oldest]

    def _judged(self, part: Sequence[tuple[Read, Known]], now: datetime) -> Part:
        """Has the workers judge some mails; they are at it when this returns."""
        judged = [Judged(mail.sealed, known, seen_of(mail.clues)) for mail, known in part]
        return Part(tuple(part), self._workers.judge(judged, now))

    def _write_part(self, session: Session, part: Part, since: _Since) -> list[Failed]:
        """Writes the decisions of a part all at once; where one of them cannot be written, each by itself."""
        decisions = zip(part.mails, part.decisions(), strict=True)
        decided = [(mail, known, decision) for (mail, known), decision in decisions]
        self._office.checkpoint("judged")
        fresh = [each for each in decided if since.is_fresh(*each)]
        if self._trouble_with(session, fresh) is None:
            since.has_written |= any(not _is_quiet(known, decision) for _, known, decision in fresh)
            return []
        outcomes = (self._write(session, since, each) for each in fresh)
        return [failure for failure in outcomes if failure is not None]

    def _write(self, session: Session, since: _Since, decided: _Decided) -> Failed | None:
        mail = decided[0]
        trouble = self._trouble_with(session, [decided])
        if trouble is None:
            since.has_written = True
        elif not isinstance(trouble, TryAgain):
            return self.failed(mail, trouble)
        elif not since.has_written:
            return Failed(mail, str(trouble), wait=_WAIT_AFTER_CHANGE)
        else:  # this group itself moved the records on: the mail keeps its place before others of its sender
            since.stale.append(mail)
        return None

    def _trouble_with(self, session: Session, mails: Sequence[_Decided]) -> Exception | None:
        """Writes some decisions, or nothing of them and says why. What the database itself lacks is raised: then
        nothing of the group is written, and all of it is tried again."""
        entries = [writing.Entry(decision, known, mail.claimed.id, mail.sealed) for mail, known, decision in mails]
        try:
            with session.begin_nested():
                writing.write_all(session, entries)
        except Exception as trouble:
            if isinstance(trouble, DBAPIError) and passes(trouble):
                raise
            snapshot.forget_circumstances(session)
            return trouble
        return None

    def failed(self, mail: Read, trouble: Exception) -> Failed:
        """A mail that could not be decided, with what happened in words; what nobody had foreseen is logged whole."""
        if isinstance(trouble, LostError):
            return Failed(mail, str(trouble))
        _log.error("mail %s could not be decided", mail.claimed.id, exc_info=trouble)
        return Failed(mail, f"{type(trouble).__name__}: {trouble}")


def lane_of(mail: Read) -> str:
    """Mails of one lane are decided one after the other: those of one sender, and all that have no sender."""
    return mail.sender_key or mail.cover.message_id or mail.cover.content_hash


class _Since:
    """What the mails of a group have changed since its first one; asked about each of them in its order."""

    def __init__(self) -> None:
        self.lanes: set[str] = set()
        self.stale: list[Read] = []
        self.has_written = False
        self._contents: set[str] = set()
        self._message_ids: set[str] = set()
        self._clients: set[int] = set()
        self._strangers: Counter[str] = Counter()

    def is_fresh(self, mail: Read, known: Known, decision: Decision) -> bool:
        """Whether a mail was judged on what is still so."""
        is_fresh, is_quiet = not self._have_changed(mail, known, decision), _is_quiet(known, decision)
        if not is_fresh:
            self.stale.append(mail)
        if not (is_fresh and is_quiet):
            self.lanes |= {lane_of(mail), *_same_person(known)}
            self._message_ids.add(mail.cover.message_id or "")
            self._clients |= _clients_of(known)
        if is_fresh:
            self._contents.add(mail.cover.content_hash)
            self._strangers[decision.duty] += _is_a_strangers(decision)
        return is_fresh

    def _have_changed(self, mail: Read, known: Known, decision: Decision) -> bool:
        """Whether one of its sender or about its client did something, whether it may be a copy of one or goes on with
        its thread, or whether strangers have written so much that the brake has to be asked again."""
        return (
            not self.lanes.isdisjoint((lane_of(mail), *_same_person(known)))
            or mail.cover.content_hash in self._contents
            or not self._message_ids.isdisjoint(mail.clues.message_ids)
            or not self._clients.isdisjoint(_clients_of(known))
            or self._have_reached_the_brake(known, decision)
        )

    def _have_reached_the_brake(self, known: Known, decision: Decision) -> bool:
        if not _is_a_strangers(decision) or _is_quiet(known, decision):
            return False
        before = known.brakes.strangers_last_hour.get(decision.duty, 0)
        return before < strangers_an_hour(known.desk) <= before + self._strangers[decision.duty]


def _same_person(known: Known) -> tuple[str, ...]:
    """The addresses of a colleague: what he writes from one of them may go on with what came from another."""
    return known.sender.keys if known.sender and known.sender.person else ()


def _clients_of(known: Known) -> set[int]:
    """The clients that a mail is from or about: what one contact writes may change how the desk treats the others."""
    return {client.id for client in known.clients}


def _is_a_strangers(decision: Decision) -> bool:
    """Whether the brake on strangers counts the mail."""
    return decision.trust in _STRANGERS and decision.folder is not Folder.LEAVE


def _is_quiet(known: Known, decision: Decision) -> bool:
    """Whether nothing comes of a mail but the decision itself."""
    return not decision.actions and not any(letter.proven for letter in known.letters)


def _parts(mails: Iterable[tuple[Read, Known]], size: int) -> Iterator[Sequence[tuple[Read, Known]]]:
    """Small parts, so that the records and the workers are busy at the same time."""
    rest = iter(mails)
    while part := list(islice(rest, size)):
        yield part
