"""What is due by the clock is done one thing after the other, each in a transaction of its own: what fails for one
stops no other.

Nothing of what failed is written. It is logged, the coordinator is told of its job once on each local date, and it is
tried again: at the next ring, and where it fails then, later and later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.config import Level
from mailbot.deciding.decide import decide_due
from mailbot.deciding.ruling import trouble_of
from mailbot.deciding.to_a_person import coordinator
from mailbot.deciding.verbs import Due, Plan
from mailbot.errors import MailbotError, TryAgain
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records import writing
from mailbot.records.decision import Send
from mailbot.records.known import Known
from mailbot.records.numbers import begin_run, reserve
from mailbot.records.outbox import ALARM
from mailbot.records.recall import known_by_the_clock
from mailbot.records.session import told_apart
from mailbot.service.office import Office

_log = logging.getLogger(__name__)

_FIRST_REST: Final = timedelta(minutes=1)  # after the second failure in a row
_LONGEST_REST: Final = timedelta(minutes=5)
_LONGEST_WORDS: Final = 300  # characters of what happened
_PASSES_BY_ITSELF: Final = 2  # times in a row that the database may fail something before a person is told


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to be done by the clock: a job, or what a person said yes to, which `about` names.

    `place` is what its checkpoints are called; `lanes` are locked while it is done.
    """

    job: str
    place: str
    lanes: Iterable[str] = ()
    about: str = ""

    def __str__(self) -> str:
        return f"{self.job} (the yes to {self.about})" if self.about else self.job


@dataclass(frozen=True, slots=True)
class _Setback:
    """How often something failed in a row, and until when it is left alone."""

    times: int
    until: datetime


class _FailedError(Exception):
    """Work failed, and not the transaction around it."""

    def __init__(self, trouble: Exception) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


class Containing:
    """Does errands, and keeps in mind which of them fail."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._setbacks: dict[str, _Setback] = {}
        self._may_pass: list[TryAgain] = []

    @property
    def failing(self) -> tuple[str, ...]:
        """What did not go through when it was tried last."""
        return tuple(self._setbacks)

    def is_left_alone(self, errand: Errand, now: datetime) -> bool:
        """Whether it failed so lately that it is not tried again yet."""
        setback = self._setbacks.get(str(errand))
        return setback is not None and now < setback.until

    def do(self, errand: Errand, work: Callable[[Session], int], now: datetime) -> int:
        """Does the work in one transaction, and returns what it counts; 0 where it fails, and nothing is written.

        Raises only what happens around the work: where no transaction can be begun or committed, none of the others
        would go through either.
        """
        try:
            with self._office.database.writing(errand.lanes) as session:
                done = self._done(session, work)
                self._office.checkpoint(f"{errand.place} written")
        except _FailedError as failed:
            self._failed(errand, failed.trouble, now)
            return 0
        self._office.checkpoint(f"{errand.place} committed")
        self._setbacks.pop(str(errand), None)
        return done

    def complain(self) -> None:
        """Raises TryAgain where something that failed since the last complaint may go through later."""
        may_pass, self._may_pass = self._may_pass, []
        if may_pass:
            raise TryAgain("; ".join(map(str, may_pass))) from may_pass[0]

    def _done(self, session: Session, work: Callable[[Session], int]) -> int:
        try:
            with told_apart(self._office.database.called):
                done = work(session)
                session.flush()  # what the database does not take is the fault of this work, and not of the commit
        except Exception as trouble:
            raise _FailedError(trouble) from trouble
        return done

    def _failed(self, errand: Errand, trouble: Exception, now: datetime) -> None:
        if isinstance(trouble, MailbotError):
            _log.warning("%s did not go through: %s", errand, trouble)
        else:
            _log.error("%s did not go through", errand, exc_info=trouble)
        before = self._setbacks.get(str(errand))
        times = before.times + 1 if before else 1
        self._setbacks[str(errand)] = _Setback(times, now + _rest(times))
        if isinstance(trouble, TryAgain):
            self._may_pass.append(TryAgain(f"{errand}: {trouble}"))
        if times > _PASSES_BY_ITSELF or not isinstance(trouble.__cause__, DBAPIError):
            self._tell(errand, _in_words(trouble), now)

    def _tell(self, errand: Errand, trouble: str, now: datetime) -> None:
        """Tells the coordinator, once on each local date for each job. Where that fails too, the next failure tells."""
        today = local_date(now, self._office.desk.zone)
        try:
            with self._office.database.writing() as session:
                if begin_run(session, f"told of {errand.job}", today, now):
                    self._write(session, errand, trouble, now)
        except Exception:  # noqa: BLE001  (not swallowed: it is logged, and told by the next failure)
            _log.exception("nobody could be told that %s did not go through", errand)

    def _write(self, session: Session, errand: Errand, trouble: str, now: datetime) -> None:
        office = self._office
        known = known_by_the_clock(session, office.desk, office.secret, reserve(session, 1)[0])
        why = f"{errand} did not go through: {trouble}"
        plan = Plan(why, self._letters(errand, trouble, known, now), acts_from=Level.WATCH)
        decision = decide_due(Due("broken job", why, plan), office.orders.desk, "", known, office.orders, now)
        writing.write(session, decision, known)

    def _letters(self, errand: Errand, trouble: str, known: Known, now: datetime) -> tuple[Send, ...]:
        """The letter to the coordinator, which asks nothing; none where there is none."""
        to, desk = coordinator(known), self._office.orders.desk
        if to is None:
            return ()
        facts: dict[str, Plain] = {"job": errand.job, "about": errand.about, "tried": now, "error": trouble}
        today = local_date(now, known.desk.zone).isoformat()
        return (Send(Draft(to.recipient, f"{desk}/broken_job", facts, f"{ALARM}job", errand.job, today)),)


def _in_words(trouble: Exception) -> str:
    """What happened, in a line: what is raised on purpose speaks for itself."""
    return one_line(str(trouble), _LONGEST_WORDS) if isinstance(trouble, MailbotError) else trouble_of(trouble)


def _rest(times: int) -> timedelta:
    """How long something is left alone that failed so often in a row; after the first time it is tried at once."""
    return timedelta() if times == 1 else min(_FIRST_REST * 2 ** min(times - 2, 8), _LONGEST_REST)
