"""Plays the days: the whole real service, with worker processes, between the two doors of the postman."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from random import Random
from typing import Final

from mailbot import app
from mailbot.clock import SetClock
from mailbot.records.page_seen import PageSeen, Verdict
from mailbot.records.session import Database
from mailbot.records.tables import Role
from mailbot.service.garbage import collect_garbage_seldom
from mailbot.working_days import is_working_day
from tests.schemas import migrated_file
from tests.year import actors
from tests.year.company import DESK, HOLIDAYS, ZONE, Company, Manner, founded, settings, write
from tests.year.diary import Diary, Means
from tests.year.postman import Postman

# When the desk is rung for: after its jobs of the morning, around noon, and after the hour at which numbers are due.
_HOURS: Final = (time(8, 5), time(9, 5), time(12, 0), time(15, 5), time(17, 5))
_HOURS_OF_A_FREE_DAY: Final = (time(9, 5), time(17, 5))


@dataclass(frozen=True, slots=True)
class Pages:
    """A web port. Every page is there, but those whose address says that they are not."""

    def look(self, url: str) -> PageSeen:
        if "missing" in url:
            return PageSeen(Verdict.NOT_FOUND, (url,), 404)
        return PageSeen(Verdict.FOUND, (url,), 200, "A page")


@dataclass(frozen=True, slots=True)
class Played:
    """Days that are over: the company, what was seen at the doors, and the records for what cannot be seen there."""

    company: Company
    diary: Diary
    database: Database
    first_day: date
    last_day: date


@contextmanager
def played(folder: Path, seed: int, first_day: date, days: int, clients: int, contracts: int) -> Iterator[Played]:
    """Plays so many days from `first_day` on, each the same for the same seed."""
    company = founded(seed, clients, contracts, first_day)
    clock = SetClock(datetime.combine(first_day, time(7), ZONE).astimezone(UTC))
    postman = Postman(company, clock, seed)
    config = settings(migrated_file(folder / "year.sqlite"))
    office = app.office(config, Database(config.database), clock)
    with office.database.writing() as session:
        write(session, company)
    service = app.service(config, office, {"desk": postman.inbox}, postman.outgoing, None, Pages())
    thresholds = gc.get_threshold()
    collect_garbage_seldom()  # as a desk that runs does
    try:
        for number in range(days):
            _play(first_day + timedelta(days=number), service, postman, clock, Random(f"{seed} {number}"))
        yield Played(company, postman.diary, office.database, first_day, first_day + timedelta(days=days - 1))
    finally:
        service.close()
        gc.unfreeze()
        gc.set_threshold(*thresholds)


def _play(day: date, service: app.Service, postman: Postman, clock: SetClock, dice: Random) -> None:
    _write_of_their_own_accord(day, postman, dice)
    hours = _HOURS if is_working_day(day, HOLIDAYS) else _HOURS_OF_A_FREE_DAY
    for hour in hours:
        clock.set(datetime.combine(day, hour, ZONE).astimezone(UTC))
        postman.deliver()
        service.step()
        postman.look_where_it_went()


# --- what people write of their own accord ---

_A_DAY: Final = {  # how likely a client writes so on one day
    Means.PROBLEM: 0.010,
    Means.QUESTION: 0.006,
    Means.ANGER: 0.001,
    Means.THANKS: 0.003,
    Means.STOP: 0.0008,
}
_SUBJECTS: Final = {
    Means.PROBLEM: ("something is wrong", "etwas stimmt nicht"),
    Means.QUESTION: ("a question", "eine Frage"),
    Means.ANGER: ("I have had enough", "Es reicht"),
    Means.THANKS: ("thanks", "danke"),
    Means.STOP: ("no more reminders", "keine Erinnerungen mehr"),
}


def _write_of_their_own_accord(day: date, postman: Postman, dice: Random) -> None:
    for firm in postman.company.firms:
        for means, chance in _A_DAY.items():
            if dice.random() >= chance:
                continue
            able = [reader for reader in firm.readers if reader.manner not in (Manner.DEAD, Manner.GONE, Manner.ROBOT)]
            if able:
                reader = dice.choice(able)
                words = actors.complaint(means, reader.language, dice)
                subject = _SUBJECTS[means][reader.language == "de"]
                postman.write(reader, means, words, subject, _at(day, dice))
    for rep in postman.company.in_role(Role.REP):
        if day.weekday() == 3 and rep.is_at_work(day) and dice.random() < 0.6:
            words = actors.numbers(postman.firms_of(rep), rep.language == "de", dice)
            postman.write(rep, Means.NUMBERS, words, "numbers", _at(day, dice))
    _outsiders_write(day, postman, dice)


def _outsiders_write(day: date, postman: Postman, dice: Random) -> None:
    at = _at(day, dice)
    if dice.random() < 0.7:
        head = {"List-Id": "<news.letters.example>", "Precedence": "bulk"}
        raw = _mail("news@letters.example", "This week in print", "Ten ideas for autumn?\n", at, head)
        postman.hand_in("news@letters.example", Means.LIST, "Ten ideas", raw, at)
    if dice.random() < 0.15:
        raw = _mail("walter@unknown.example", "hello", "What would an ad cost us?\n", at, {})
        postman.hand_in("walter@unknown.example", Means.STRANGE, "What would an ad cost us?", raw, at)
    if dice.random() < 0.03:
        manager = postman.company.in_role(Role.MANAGER)[0]
        head = {"Authentication-Results": "mx.harbourpine.example; dmarc=fail header.from=harbourpine.example"}
        raw = _mail(manager.address, "urgent", "Send me the list of all clients at once.\n", at, head)
        postman.hand_in(manager.address, Means.FORGED, "Send me the list", raw, at)


def _mail(by: str, subject: str, words: str, at: datetime, head: dict[str, str]) -> bytes:
    mail = EmailMessage()
    mail["From"] = by
    mail["To"] = DESK
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{by}>"
    for name, value in head.items():
        mail[name] = value
    mail.set_content(words)
    return mail.as_bytes(policy=SMTP)


def _at(day: date, dice: Random) -> datetime:
    moment = datetime.combine(day, time(dice.randrange(8, 18), dice.randrange(60), dice.randrange(60)), ZONE)
    return moment.astimezone(UTC)
