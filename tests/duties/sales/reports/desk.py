"""A desk whose clock is looked at: what falls due of reports, and what colleagues answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from mailbot.clock import SetClock
from mailbot.config import SalesSettings
from mailbot.duties.sales.reports.due import REPORTS
from mailbot.duties.sales.reports.missing_rates import RATES
from mailbot.duties.sales.tables import SalesReport
from mailbot.records.decision import Decision
from mailbot.records.tables import LetterRow, LetterState
from mailbot.service.office import Office
from mailbot.service.upkeep import Maintenance
from tests.duties.road import SECRET
from tests.duties.sales.mails import mail
from tests.duties.sales.reports.ledgers import EUR_ONLY, desk_of
from tests.duties.sales.road import Road

MINUTE = timedelta(minutes=1)


@dataclass
class Desk:
    """A road of mails, and the clock beside it. Letters count as sent at once."""

    road: Road
    settings: SalesSettings = EUR_ONLY

    def __post_init__(self) -> None:
        self.road.desk = desk_of(self.road, self.settings)

    def rings(self, now: datetime) -> list[LetterRow]:
        """The bell rings at a moment: the letters that come of it, with their bytes."""
        before = {letter.id for letter in self.road.letters()}
        duty = replace(self.road.duty, upkeep=(REPORTS, RATES))
        office = Office(self.road.database, self.road.orders, (duty,), self.road.desk, SECRET, SetClock(now), "test")
        Maintenance(office, 365).step()
        with self.road.database.writing() as session:
            waiting = update(LetterRow).where(LetterRow.state == LetterState.WAITING)
            session.execute(waiting.values(state=LetterState.SENT, sent_at=now))
        return [letter for letter in self.letters() if letter.id not in before]

    def letters(self) -> list[LetterRow]:
        """All letters, with their bytes."""
        with self.road.database.reading() as session:
            return list(session.scalars(select(LetterRow).options(undefer(LetterRow.content)).order_by(LetterRow.id)))

    def reports(self) -> list[SalesReport]:
        return self.road.all_of(SalesReport)

    def answers(self, letter: LetterRow, text: str, sender: str, at: datetime, **headers: str) -> Decision:
        """A reply to a letter, as a mail program writes it."""
        raw = mail(
            text,
            sender,
            at=at,
            subject=f"RE: {letter.subject}",
            to=headers.pop("to", letter.envelope_sender),
            headers={"In-Reply-To": f"<{letter.message_id}>"} | headers,
        )
        return self.road.arrives(raw, at + MINUTE)

    def says(self, text: str, sender: str, at: datetime, subject: str = "x") -> Decision:
        """A new mail."""
        return self.road.arrives(mail(text, sender, at=at, subject=subject), at + MINUTE)


def local(letter: LetterRow) -> str:
    """To whom a letter goes, without the domain."""
    return letter.recipient.partition("@")[0]
