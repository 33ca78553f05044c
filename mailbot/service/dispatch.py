"""From the outbox to the SMTP server.

Before the hand-over of a letter begins, that is committed; after it, what became of it. The commit that notes the one
begins the next. A letter is never handed over twice: where nobody can know, it is parked and named to a person.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from mailbot.errors import Never
from mailbot.post.ports import Accepted, Envelope, LeftAlone, NotSent, Outcome, Outgoing, Refused, Unsure
from mailbot.records import outbox, outbox_status
from mailbot.records.arrivals import Lease
from mailbot.records.outbox import Ready
from mailbot.service.incidents import Incidents
from mailbot.service.office import Office
from mailbot.service.reaching import Reach

LEASE = timedelta(minutes=5)
HAND_OVER = timedelta(minutes=20)  # longer than a hand-over can take: the server alone may think for ten minutes
_BATCH = 50

Note = Callable[[Session], None]


class Dispatch:
    """Hands letters over, one after the other."""

    def __init__(self, office: Office, outgoing: Outgoing, incidents: Incidents, letters_per_hour: int) -> None:
        self._office = office
        self._outgoing = outgoing
        self._incidents = incidents
        self._letters_per_hour = letters_per_hour
        self._unwritten: list[Note] = []  # what became of letters, until that is committed
        self._leaving = threading.Event()
        self._reach = Reach()

    def step(self) -> int:
        """Hands over what is due. Returns how many letters the server took; 0 too where it cannot be reached, and
        while the pause after that lasts.

        Ends between two letters where the dispatch is closed meanwhile.
        """
        self._write_notes()
        self._look_after_the_rest()
        self._incidents.name_letters()
        taken = 0
        reached = self._reach.may_ask(self._office.clock.now())
        while reached and not self._leaving.is_set() and (letters := self._claim()):
            self._office.checkpoint("letters claimed")
            sent, reached = self._hand_over(letters)
            taken += sent
            self._incidents.name_letters()
        return taken

    def _lease(self, length: timedelta = LEASE) -> Lease:
        return Lease(self._office.worker, self._office.clock.now() + length)

    def _look_after_the_rest(self) -> None:
        now = self._office.clock.now()
        with self._office.database.reading() as session:
            are_left_over = outbox.are_left_over(session, now)
        if are_left_over:
            with self._office.database.writing() as session:
                outbox.park_the_lost(session, now)
                outbox.release_the_held(session, now)
        self._office.checkpoint("parked")

    def _claim(self) -> tuple[Ready, ...]:
        """Letters that are due. Over the limit of an hour sending stops until a person resumes it; alarms go out."""
        now = self._office.clock.now()
        with self._office.database.reading() as session:
            sent = outbox_status.sent_lately(session, now)
            stopped = outbox_status.is_stopped(session, now)
            are_due = outbox.are_due(session, now)
            are_more = are_due and sent >= self._letters_per_hour and outbox.are_due_beside_alarms(session, now)
        if are_more and not stopped:
            self._incidents.stop_sending(sent, self._letters_per_hour)
        if not are_due:
            return ()
        with self._office.database.writing() as session:
            at_most = min(_BATCH, max(self._letters_per_hour - sent, 1))
            return outbox.claim(session, self._lease(), now, at_most)

    def _hand_over(self, letters: tuple[Ready, ...]) -> tuple[int, bool]:
        """Hands letters over until all are gone or the server cannot be reached."""
        taken = 0
        for place, letter in enumerate(letters):
            if self._leaving.is_set():
                self._let_go(letters[place:])
                break
            outcome = self._send(letter, letters[place:])
            taken += isinstance(outcome, Accepted)
            if isinstance(outcome, NotSent):
                self._write_notes()
                self._let_go(letters[place:])
                self._reach.not_reached(outcome.why, self._office.clock.now())
                return taken, False
            self._reach.reached()
        self._write_notes()
        return taken, True

    def _begin(self, letter: Ready) -> bool:
        """Notes what became of the letter before, and that this one begins, in one commit."""
        with self._office.database.writing() as session:
            for note in self._unwritten:
                note(session)
            begun = outbox.begin(session, letter.id, self._lease(HAND_OVER), self._office.clock.now())
        self._unwritten.clear()
        self._office.checkpoint("hand-over begun")
        return begun

    def _send(self, letter: Ready, not_sent: tuple[Ready, ...]) -> Outcome:
        try:
            outcome = self._outgoing.send(
                Envelope(letter.envelope_sender, letter.recipient, letter.content, letter.ref),
                lambda: self._begin(letter),
            )
        except Never as trouble:  # a wrong password, a certificate: certainly not sent, and neither are the others
            self._unwritten.append(self._note(letter, NotSent(str(trouble))))
            self._write_notes()
            self._let_go(not_sent)
            raise
        self._office.checkpoint("handed over")
        if not isinstance(outcome, LeftAlone):
            self._unwritten.append(self._note(letter, outcome))
        return outcome

    def _write_notes(self) -> None:
        """Writes what became of letters; where that fails it is kept for the next step."""
        if not self._unwritten:
            return
        with self._office.database.writing() as session:
            for note in self._unwritten:
                note(session)
        self._unwritten.clear()
        self._office.checkpoint("noted")

    def _let_go(self, letters: tuple[Ready, ...]) -> None:
        with self._office.database.writing() as session:
            outbox.let_go(session, [letter.id for letter in letters], self._office.worker)

    def _note(self, letter: Ready, outcome: Accepted | Refused | NotSent | Unsure) -> Note:
        """What will be written about this hand-over."""
        now, worker = self._office.clock.now(), self._office.worker
        match outcome:
            case Accepted(reply):
                return lambda session: outbox.sent(session, letter.id, reply, now)
            case Refused(temporary=True, reply=reply):
                return lambda session: outbox.put_back(session, letter, worker, reply, now)
            case Refused(reply=reply):
                return lambda session: outbox.refused(session, letter.id, worker, reply)
            case NotSent(why):
                return lambda session: outbox.put_back(session, letter, worker, why, now)
            case Unsure(why):
                return lambda session: outbox.unsure(session, letter.id, worker, why)

    def close(self) -> None:
        """Leaves the server. A step that is under way ends with its letter."""
        self._leaving.set()
        self._outgoing.close()
