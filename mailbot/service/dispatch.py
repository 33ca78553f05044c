"""From the outbox to the SMTP server.

Before the hand-over of a letter begins, that is committed; after it, what became of it. The commit that notes the one
begins the next. A letter is never handed over twice: where nobody can know, it is parked and named to a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from mailbot.post.ports import Accepted, Envelope, NotSent, Outcome, Outgoing, Refused, Unsure
from mailbot.records import outbox
from mailbot.records.arrivals import Lease
from mailbot.records.outbox import Ready
from mailbot.service.incidents import Incidents
from mailbot.service.office import Office

_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
_BATCH = 50

Note = Callable[[Session], None]


class Dispatch:
    """Hands letters over, one after the other."""

    def __init__(self, office: Office, outgoing: Outgoing, incidents: Incidents, letters_per_hour: int) -> None:
        self._office = office
        self._outgoing = outgoing
        self._incidents = incidents
        self._letters_per_hour = letters_per_hour

    def step(self) -> int:
        """Hands over what is due. Returns how many letters the server took; 0 too where it cannot be reached."""
        self._park_the_lost()
        self._incidents.name_letters()
        taken = 0
        reached = True
        while reached and (letters := self._claim()):
            self._office.checkpoint("letters claimed")
            sent, reached = self._hand_over(letters)
            taken += sent
        self._incidents.name_letters()
        return taken

    def _lease(self) -> Lease:
        return Lease(self._office.worker, self._office.clock.now() + LEASE)

    def _park_the_lost(self) -> None:
        with self._office.database.writing() as session:
            outbox.park_the_lost(session, self._office.clock.now())

    def _claim(self) -> tuple[Ready, ...]:
        """Letters that are due. Over the limit of an hour sending stops until a person resumes it; alarms go out."""
        now = self._office.clock.now()
        with self._office.database.reading() as session:
            sent = outbox.sent_lately(session, now)
            stopped = outbox.is_stopped(session, now)
        if sent >= self._letters_per_hour and not stopped:
            self._incidents.stop_sending(sent, self._letters_per_hour)
        with self._office.database.writing() as session:
            at_most = min(_BATCH, max(self._letters_per_hour - sent, 1))
            return outbox.claim(session, self._lease(), now, at_most)

    def _hand_over(self, letters: tuple[Ready, ...]) -> tuple[int, bool]:
        """Hands letters over until all are gone or the server cannot be reached."""
        taken = 0
        note: Note | None = None
        for place, letter in enumerate(letters):
            if not self._begin(letter, note):
                note = None
                continue
            self._office.checkpoint("hand-over begun")
            outcome = self._outgoing.send(
                Envelope(letter.envelope_sender, letter.recipient, letter.content, letter.ref)
            )
            self._office.checkpoint("handed over")
            note = self._note(letter, outcome)
            taken += isinstance(outcome, Accepted)
            if isinstance(outcome, NotSent):
                self._finish(note)
                self._let_go(letters[place + 1 :])
                _log.warning("letters wait: %s", outcome.why)
                return taken, False
        self._finish(note)
        return taken, True

    def _begin(self, letter: Ready, note: Note | None) -> bool:
        """Notes what became of the letter before, and that this one begins, in one commit."""
        with self._office.database.writing() as session:
            if note is not None:
                note(session)
            return outbox.begin(session, letter.id, self._lease())

    def _finish(self, note: Note | None) -> None:
        if note is not None:
            with self._office.database.writing() as session:
                note(session)
            self._office.checkpoint("noted")

    def _let_go(self, letters: tuple[Ready, ...]) -> None:
        with self._office.database.writing() as session:
            outbox.let_go(session, [letter.id for letter in letters], self._lease())

    def _note(self, letter: Ready, outcome: Outcome) -> Note:
        """What will be written about this hand-over."""
        now = self._office.clock.now()
        match outcome:
            case Accepted(reply):
                return lambda session: outbox.sent(session, letter.id, reply, now)
            case Refused(temporary=True, reply=reply):
                return lambda session: self._wait(session, letter, reply)
            case Refused(reply=reply):
                return lambda session: outbox.refused(session, letter.id, reply)
            case NotSent(why):
                return lambda session: self._wait(session, letter, why)
            case Unsure(why):
                return lambda session: outbox.unsure(session, letter.id, why)

    def _wait(self, session: Session, letter: Ready, reply: str) -> None:
        outbox.put_back(session, letter, reply, self._office.clock.now())

    def close(self) -> None:
        """Leaves the server."""
        self._outgoing.close()
