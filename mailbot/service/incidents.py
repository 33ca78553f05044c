"""What goes wrong with a mail or a letter, and is not for the rules to settle: it becomes a decision, and a person is
told once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from mailbot.deciding.decide import decide_due
from mailbot.deciding.verbs import Due, Plan
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.records import outbox, writing
from mailbot.records.arrivals import Claimed
from mailbot.records.decision import Action, Folder, Question, Send
from mailbot.records.known import Known
from mailbot.records.numbers import reserve
from mailbot.records.outbox import ALARM, InTrouble
from mailbot.records.pauses import StopSending
from mailbot.records.recall import known_by_the_clock
from mailbot.records.tables import Arrival, ArrivalState, LetterState, Role
from mailbot.service.office import Office


@dataclass(frozen=True, slots=True)
class Alarm:
    """What an alarm is about (for one purpose and one thing it is said once), and what the coordinator is asked."""

    purpose: str
    about: str
    asks: str
    context: Mapping[str, Any]


class Incidents:
    """Writes one decision for each thing that went wrong."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def too_big(self, mail: Claimed) -> None:
        """A mail that was never fetched, because of its size."""
        facts: dict[str, Plain] = {
            "alarm": "too_big",
            "megabytes": round(mail.size / 1_000_000),
            "mailbox": mail.mailbox,
            "received": mail.arrived_at,
            "folder": Folder.HELD.value,
        }
        why = f"a mail of {mail.size / 1_000_000:.1f} MB is larger than [limits] mail_megabytes allows"
        self._about_mail(mail, "too big", why, facts)

    def set_aside(self, mail: Claimed) -> None:
        """A mail that could not be decided, however often it was tried."""
        error = mail.trouble or "nobody knows why"
        facts: dict[str, Plain] = {
            "alarm": "set_aside",
            "mailbox": mail.mailbox,
            "received": mail.arrived_at,
            "error": error,
            "tries": mail.tries,
            "folder": Folder.HELD.value,
        }
        self._about_mail(mail, "set aside", f"it was tried {mail.tries} times; the last time: {error}", facts)

    def name_letters(self) -> None:
        """Letters that were refused for good, or whose fate nobody knows, and that no person has been told of."""
        with self._office.database.reading() as session:
            letters = outbox.in_trouble(session)
        for letter in letters:
            self._about_letter(letter)

    def stop_sending(self, sent: int, limit: int) -> None:
        """Stops the outbox of the whole desk until a person resumes it."""
        now = self._office.clock.now()
        with self._office.database.writing() as session:
            if outbox.is_stopped(session, now):
                return
            waiting = outbox.count_by_state(session).get(LetterState.WAITING, 0)
            facts: dict[str, Plain] = {
                "alarm": "breaker",
                "counted": sent,
                "limit": limit,
                "period": "hour",
                "held": waiting,
                "sender": None,
            }
            why = f"{sent} letters went out within an hour, and {limit} are allowed ([brakes] letters_per_hour)"
            stop = StopSending("*", why)
            tell = self._ask(facts, Alarm("breaker", now.isoformat(timespec="minutes"), "resume", {"scope": "*"}))
            self._write(session, "circuit broken", why, tell, extra=(stop,))

    def _about_mail(self, mail: Claimed, kind: str, why: str, facts: Mapping[str, Plain]) -> None:
        with self._office.database.writing() as session:
            arrival = session.get_one(Arrival, mail.id, with_for_update=True)
            if arrival.state is not ArrivalState.ACCEPTED:
                return
            tell = self._ask(facts, Alarm("mail", str(mail.id), kind.replace(" ", "-"), {"arrival": mail.id}))
            self._write(session, kind, why, tell, arrival_id=mail.id)

    def _about_letter(self, letter: InTrouble) -> None:
        is_unsure = letter.state is LetterState.UNSURE
        facts: dict[str, Plain] = {
            "alarm": "unsure_letter" if is_unsure else "refused_letter",
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
            tell = self._ask(facts, Alarm("letter", letter.ref, kind.replace(" ", "-"), {"letter": letter.ref}))
            self._write(session, kind, why, tell)

    def _ask(self, facts: Mapping[str, Plain], alarm: Alarm) -> Callable[[Known], tuple[Send, ...]]:
        """The letter to the coordinator, for when it is known who that is; none where nobody is."""

        def to(known: Known) -> tuple[Send, ...]:
            question = Question(self._office.orders.desk, alarm.asks, str(facts["alarm"]), alarm.context)
            return tuple(
                Send(
                    Draft(
                        to=Recipient(person.address, person.name, person.language),
                        template=f"{self._office.orders.desk}/alarm",
                        facts=facts,
                        purpose=ALARM + alarm.purpose,
                        object=alarm.about,
                    ),
                    question,
                )
                for person in known.in_role(Role.COORDINATOR)[:1]
            )

        return to

    def _write(
        self,
        session: Session,
        kind: str,
        why: str,
        tell: Callable[[Known], tuple[Send, ...]],
        *,
        arrival_id: int | None = None,
        extra: tuple[Action, ...] = (),
    ) -> None:
        now = self._office.clock.now()
        orders = self._office.orders
        known = known_by_the_clock(session, self._office.desk, self._office.secret, reserve(session, 1)[0], now)
        plan = Plan(why, (*extra, *tell(known)))
        decision = decide_due(Due(kind, why, plan), orders.desk, "", known, orders, now)
        if arrival_id is not None:
            decision = replace(decision, origin="mail", folder=Folder.HELD)
        writing.write(session, decision, known, arrival_id)
