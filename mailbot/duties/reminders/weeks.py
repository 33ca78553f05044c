"""Once a week: to each owner what the own clients answered and said, how satisfied they are, and what has lapsed.
Nothing where they said nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.reminders.settings import NAME
from mailbot.duties.reminders.tables import BenefitAnswer, CheckIn, ClientWord, Reminder, Rung
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.contracts.tables import Deliverable
from mailbot.records.decision import Send
from mailbot.records.known import Known
from mailbot.records.numbers import is_first_run
from mailbot.records.tables import Client, Contact

WEEK: Final = "clients-week"
_AT: Final = time(8, 0)
_JOB: Final = "week"
_SHOWN: Final = 6  # lines of each kind
_LONGEST: Final = 160  # characters of what somebody said


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to tell an owner. `what` is the kind of it, as templates name it; `about` the benefit or the score."""

    owner_id: int
    what: str
    client: str
    contact: str
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class WeekOfClients:
    """The week that begins, and what is told of the one before."""

    monday: date
    lines: tuple[Line, ...]


def load(session: Session, known: Known, now: datetime) -> WeekOfClients | None:
    """What there is to tell, on the first working day of the week on which the desk is at work."""
    today = local_date(now, known.desk.zone)
    monday = today - timedelta(days=today.weekday())
    if not is_first_run(session, f"{NAME}.{_JOB}", known.desk, monday, today):
        return None
    since = datetime.combine(monday - timedelta(days=7), _AT, known.desk.zone)
    until = datetime.combine(monday, _AT, known.desk.zone)
    return WeekOfClients(monday, tuple(_lines(session, since, until)))


# Clients that somebody looks after: only an owner is told.
_OWNED: Final = (Client.owner_id.is_not(None), Client.undone_by.is_(None))


def _lines(session: Session, since: datetime, until: datetime) -> Iterator[Line]:
    yield from _of_benefits(session, since, until)
    yield from _of_scores(session, since, until)
    yield from _of_words(session, since, until)
    yield from _of_what_lapsed(session, since.date(), until.date())


def _of_benefits(session: Session, since: datetime, until: datetime) -> Iterator[Line]:
    answers = (
        select(Client.owner_id, BenefitAnswer.said, Client.name, Contact.name, Deliverable.words, BenefitAnswer.words)
        .select_from(BenefitAnswer)
        .join(Client, Client.id == BenefitAnswer.client_id)
        .join(Contact, Contact.id == BenefitAnswer.contact_id)
        .join(Deliverable, Deliverable.id == BenefitAnswer.deliverable_id)
        .where(BenefitAnswer.at >= since, BenefitAnswer.at < until, BenefitAnswer.undone_by.is_(None), *_OWNED)
    )
    for owner, said, client, contact, about, words in session.execute(answers.order_by(BenefitAnswer.id)):
        yield _line(owner, said.value, client, contact, about, words)


def _of_scores(session: Session, since: datetime, until: datetime) -> Iterator[Line]:
    scores = (
        select(Client.owner_id, Client.name, Contact.name, CheckIn.score, CheckIn.words)
        .select_from(CheckIn)
        .join(Client, Client.id == CheckIn.client_id)
        .join(Contact, Contact.id == CheckIn.contact_id)
        .where(CheckIn.answered_at >= since, CheckIn.answered_at < until, CheckIn.undone_by.is_(None), *_OWNED)
    )
    for owner, client, contact, score, words in session.execute(scores.order_by(CheckIn.id)):
        yield _line(owner, "score", client, contact, str(score), words)


def _of_words(session: Session, since: datetime, until: datetime) -> Iterator[Line]:
    said = (
        select(Client.owner_id, ClientWord.kind, Client.name, Contact.name, ClientWord.words)
        .select_from(ClientWord)
        .join(Client, Client.id == ClientWord.client_id)
        .join(Contact, Contact.id == ClientWord.contact_id)
        .where(ClientWord.at >= since, ClientWord.at < until, ClientWord.undone_by.is_(None), *_OWNED)
    )
    for owner, kind, client, contact, words in session.execute(said.order_by(ClientWord.id)):
        yield _line(owner, kind.value, client, contact, "", words)


def _of_what_lapsed(session: Session, since: date, until: date) -> Iterator[Line]:
    lapsed = (
        select(Client.owner_id, Client.name, Deliverable.words)
        .select_from(Reminder)
        .join(Client, Client.id == Reminder.client_id)
        .join(Deliverable, Deliverable.id == Reminder.deliverable_id)
        .where(
            Reminder.rung == Rung.LAPSED,
            Reminder.reached_on >= since,
            Reminder.reached_on < until,
            Reminder.undone_by.is_(None),
            *_OWNED,
        )
    )
    for owner, client, about in session.execute(lapsed.order_by(Reminder.id)):
        yield _line(owner, "lapsed", client, "", about, "")


def _line(owner_id: int | None, what: str, client: str, contact: str, about: str, words: str) -> Line:
    return Line(owner_id or 0, what, client, contact, one_line(about, _LONGEST), one_line(words, _LONGEST))


def due(week: object, known: Known, _: datetime) -> tuple[Due, ...]:
    """One decision, with a letter to each owner whose clients said something."""
    if not isinstance(week, WeekOfClients) or not week.lines:
        return ()
    sends = tuple(_letters(week, known))
    year, number, _day = week.monday.isocalendar()
    plan = Plan(f"Told what clients said before week {number} of {year}.", sends)
    return (Due(WEEK, "what clients said", plan),) if sends else ()


def _letters(week: WeekOfClients, known: Known) -> Iterator[Send]:
    by_owner: Mapping[int, list[Line]] = defaultdict(list)
    for line in week.lines:
        by_owner[line.owner_id].append(line)
    for owner in known.staff:
        lines = by_owner.get(owner.id, [])
        if lines:
            facts: dict[str, Plain] = {
                "lines": tuple(_row(line) for line in lines[:_SHOWN]),
                "more": max(len(lines) - _SHOWN, 0),
            }
            period = week.monday.isoformat()
            yield Send(Draft(owner.recipient, f"{NAME}/week", facts, WEEK, str(owner.id), period))


def _row(line: Line) -> Plain:
    return {
        "what": line.what,
        "client": line.client,
        "contact": line.contact,
        "about": line.about,
        "words": line.words,
    }


WEEKS: Final = Upkeep(job=_JOB, at=_AT, recall=load, due=due)
