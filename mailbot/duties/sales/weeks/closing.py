"""A month is closed by the clock, on its day of the next month; or by the manager's word, which also opens it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, NoParameters, Plan, Situation
from mailbot.duties.duty import Upkeep
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.settings import settings_of
from mailbot.duties.sales.weeks.actions import CloseMonth
from mailbot.duties.sales.weeks.closings import NO_CLOSINGS, Closings, closes_at, month_to_close
from mailbot.duties.sales.weeks.facts import MonthOrder
from mailbot.duties.sales.weeks.month_names import name_of, word_for
from mailbot.duties.sales.weeks.recalling import closings
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import DeskCard, Known
from mailbot.records.tables import DecisionRow

CLOSE: Final = "close"  # the kind of these decisions
ORDERED: Final = "sales-month"


@dataclass(frozen=True, slots=True)
class Months:
    """Which months are closed, and since when the desk is at work; what was before, nobody told it."""

    closings: Closings
    at_work_since: date | None


def load(session: Session, known: Known, _: datetime) -> Months:
    """Every month that was closed, and the day of the first decision."""
    first = session.scalar(select(func.min(DecisionRow.decided_at)))
    return Months(closings(session), local_date(first, known.desk.zone) if first else None)


def due(months: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """The month whose hour has come, unless somebody has said something of it already: what was opened stays open."""
    if not isinstance(months, Months) or months.at_work_since is None:
        return ()
    hour, zone = settings_of(known.desk).month_closes, known.desk.zone
    month = month_to_close(now, hour, zone)
    if months.closings.of(month.first) is not None or month.last < months.at_work_since:
        return ()
    what = f"{name_of(month.first, 'en')} {month.first.year}"
    closing = CloseMonth(month.first, is_closed=True, at=closes_at(month, hour, zone))
    return (Due(CLOSE, f"the hour has come at which {what} closes", Plan(f"{what} is closed.", (closing,))),)


def _hour(desk: DeskCard) -> time:
    return settings_of(desk).month_closes.at


ON_TIME: Final = Upkeep(job="close", at=_hour, recall=load, due=due)
MISSED: Final = Upkeep(job="close-missed", at=time(0, 0), recall=load, due=due)  # by a desk that was not running


# --- by the manager's word -------------------------------------------------------------------------------------------


def order(s: Situation, _how: NoParameters) -> Plan:
    """Closes the month that is named, or opens it again; and says so."""
    facts = s.finding.facts
    sender = s.known.sender.person if s.known.sender else None
    if not isinstance(facts, MonthOrder) or sender is None:
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for an order about a month")
    recalled = s.known.recalled.get(NAME)
    known = recalled.closings if isinstance(recalled, SalesKnown) else NO_CLOSINGS
    is_closed = known.closed_at(facts.month.first) is not None
    language = sender.recipient.language
    names: dict[str, Plain] = {
        "month": name_of(facts.month.first, language),
        "year": f"{facts.month.first.year}",
        "closed": facts.closes,
        "before": is_closed is facts.closes,
        "word": word_for(facts.month.first, language),
    }
    told = Send(Draft(sender.recipient, "sales/month_ordered", names, ORDERED, s.ref, answers=s.thread))
    what = f"{name_of(facts.month.first, 'en')} {facts.month.first.year}"
    summary = f"{sender.name}: {what} is {'closed' if facts.closes else 'open again'}."
    if is_closed is facts.closes:
        return Plan(f"{summary[:-1]}, as it was.", (told,))
    return Plan(summary, (CloseMonth(facts.month.first, facts.closes, s.now), told))
