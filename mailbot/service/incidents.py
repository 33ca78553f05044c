"""What goes wrong with a mail or a letter, and is not for the rules to settle: it becomes a decision, and a person is
told once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mailbot.config import Level
from mailbot.deciding.brakes import strangers_an_hour
from mailbot.deciding.decide import decide_due
from mailbot.deciding.to_a_person import coordinator
from mailbot.deciding.verbs import Due, Plan
from mailbot.letters.model import Draft, Plain
from mailbot.records import outbox_status, writing
from mailbot.records.arrivals import Claimed
from mailbot.records.decision import Action, Folder, Question, Send
from mailbot.records.in_words import Words
from mailbot.records.known import Known
from mailbot.records.numbers import reserve
from mailbot.records.outbox import ALARM
from mailbot.records.outbox_status import InTrouble
from mailbot.records.pauses import StopSending
from mailbot.records.questions import OpenTask
from mailbot.records.recall import known_by_the_clock
from mailbot.records.stored_mail import is_undecided
from mailbot.records.tables import ArrivalState, LetterState
from mailbot.service.office import Office


@dataclass(frozen=True, slots=True)
class Alarm:
    """What an alarm says and asks of the coordinator. Who raises it sees to it that it is said once.

    `template` is a letter of the desk's; `asks` the kind of its question, and `words` what is asked, in a line. Where
    strangers can cause any number of them, `task` is what the letters of the morning say of those that are too many.
    """

    template: str
    facts: Mapping[str, Plain]
    purpose: str
    about: str
    asks: str
    words: str
    context: Mapping[str, Any]
    task: Words | None = None


class Incidents:
    """Writes one decision for each thing that went wrong."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def too_big(self, mail: Claimed) -> None:
        """A mail that was never fetched, because of its size."""
        facts: dict[str, Plain] = {
            "megabytes": round(mail.size / 1_000_000),
            "mailbox": mail.mailbox,
            "received": mail.arrived_at,
            "folder": self._folder().value,
        }
        why = f"a mail of {mail.size / 1_000_000:.1f} MB is larger than [limits] mail_megabytes allows"
        task = Words(
            f"a mail of {facts['megabytes']} MB is too big to read",
            f"eine Mail mit {facts['megabytes']} MB ist zu groß zum Lesen",
        )
        self._about_mail(mail, ArrivalState.TOO_BIG.value, "too_big", why, facts, task)

    def set_aside(self, mail: Claimed) -> None:
        """A mail that could not be decided, however often it was tried."""
        error = mail.trouble or "nobody knows why"
        facts: dict[str, Plain] = {
            "mailbox": mail.mailbox,
            "received": mail.arrived_at,
            "error": error,
            "tries": mail.tries,
            "folder": self._folder().value,
        }
        why = f"it was tried {mail.tries} times; the last time: {error}"
        task = Words(
            f"a mail could not be settled in {mail.tries} tries",
            f"eine Mail ließ sich in {mail.tries} Versuchen nicht klären",
        )
        self._about_mail(mail, ArrivalState.SET_ASIDE.value, "set_aside", why, facts, task)

    def name_letters(self) -> None:
        """Letters that were refused for good, or whose fate nobody knows, and that no person has been told of."""
        with self._office.database.reading() as session:
            letters = outbox_status.in_trouble(session)
        for letter in letters:
            self._about_letter(letter)

    def stop_sending(self, sent: int, limit: int) -> None:
        """Stops the outbox of the whole desk until a person resumes it."""
        now = self._office.clock.now()
        with self._office.database.writing(lanes=["stop sending"]) as session:
            if outbox_status.is_stopped(session, now):
                return
            waiting = outbox_status.count_by_state(session).get(LetterState.WAITING, 0)
            facts: dict[str, Plain] = {"counted": sent, "limit": limit, "held": waiting}
            why = f"{sent} letters went out within an hour, and {limit} are allowed ([brakes] letters_per_hour)"
            stop = StopSending("*", why)
            moment = now.isoformat(timespec="minutes")
            alarm = Alarm("breaker", facts, "breaker", moment, "resume", why, {"scope": "*"})
            self._write(session, "circuit broken", why, alarm, extra=(stop,))

    def _folder(self) -> Folder:
        """Where a mail goes that nobody could decide; a desk that only watches leaves it as it is."""
        watches = self._office.desk.level(self._office.orders.desk) is Level.WATCH
        return Folder.LEAVE if watches else Folder.HELD

    def _about_mail(
        self, mail: Claimed, kind: str, template: str, why: str, facts: Mapping[str, Plain], task: Words
    ) -> None:
        with self._office.database.writing() as session:
            if not is_undecided(session, mail.id, self._office.worker):
                return
            asks, context = kind.replace(" ", "-"), {"arrival": mail.id}
            alarm = Alarm(template, facts, "mail", str(mail.id), asks, why, context, task)
            self._write(session, kind, why, alarm, arrival_id=mail.id)
        self._office.checkpoint("incident committed")

    def _about_letter(self, letter: InTrouble) -> None:
        is_unsure = letter.state is LetterState.UNSURE
        facts: dict[str, Plain] = {
            "letter": {
                "ref": letter.ref,
                "to": letter.recipient,
                "subject": letter.subject,
                "moment": letter.created_at,
            },
            "error": letter.reply,
        }
        kind = "unsure letter" if is_unsure else "refused letter"
        why = f"{letter.ref} to {letter.recipient}: {letter.reply}"
        with self._office.database.writing() as session:
            if not outbox_status.begin_telling(session, letter, self._office.clock.now()):
                return
            template, asks = kind.replace(" ", "_"), kind.replace(" ", "-")
            alarm = Alarm(template, facts, "letter", letter.ref, asks, why, {"letter": letter.ref})
            self._write(session, kind, why, alarm)
        self._office.checkpoint("incident committed")

    def _said(self, session: Session, alarm: Alarm, known: Known, now: datetime) -> tuple[Send | OpenTask, ...]:
        """The letter to the coordinator, or a task where strangers have caused letters enough in this hour; nothing
        where there is no coordinator."""
        desk = self._office.orders.desk
        to = coordinator(known)
        if to is None:
            return ()
        written = outbox_status.written_lately(session, ALARM + alarm.purpose, now)
        if alarm.task and written >= strangers_an_hour(known.desk):
            return (OpenTask(desk, alarm.asks, alarm.task.to(to.recipient.language), to.id),)
        # the number makes it a letter of its own: the same mail, or letter, may get into trouble once more
        period = str(known.number)
        draft = Draft(to.recipient, f"{desk}/{alarm.template}", alarm.facts, ALARM + alarm.purpose, alarm.about, period)
        return (Send(draft, Question(desk, alarm.asks, alarm.words, alarm.context)),)

    def _write(
        self,
        session: Session,
        kind: str,
        why: str,
        alarm: Alarm,
        *,
        arrival_id: int | None = None,
        extra: tuple[Action, ...] = (),
    ) -> None:
        now = self._office.clock.now()
        orders = self._office.orders
        known = known_by_the_clock(session, self._office.desk, self._office.secret, reserve(session, 1)[0])
        plan = Plan(why, (*extra, *self._said(session, alarm, known, now)), acts_from=Level.WATCH)
        decision = decide_due(Due(kind, why, plan), orders.desk, "", known, orders, now)
        if arrival_id is not None:
            decision = replace(decision, origin="mail", folder=self._folder())
        writing.write(session, decision, known, arrival_id)
        self._office.checkpoint("incident written")
