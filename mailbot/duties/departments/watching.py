"""Pages that count are looked at again now and then, a portion of them on each day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import String, cast, exists, or_
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.departments.claims import looks_at
from mailbot.duties.departments.facts import NAME, Item
from mailbot.duties.departments.recalling import items_where
from mailbot.duties.departments.settings import settings_of
from mailbot.duties.duty import Upkeep
from mailbot.records.contracts.tables import Deliverable, DeliverableState
from mailbot.records.known import Known
from mailbot.records.looks import PageLook

WATCH: Final = "watch"
_AT: Final = time(6, 0)


def load(session: Session, known: Known, now: datetime) -> tuple[Item, ...]:
    """The things that are up, and whose page nobody has looked at for as long as the settings say."""
    settings = settings_of(known.desk)
    if not settings.watch_days:
        return ()
    today = local_date(now, known.desk.zone)
    lately = exists().where(
        PageLook.duty == NAME,
        PageLook.about == cast(Deliverable.id, String) + " page",
        PageLook.asked_at > now - timedelta(days=settings.watch_days) + timedelta(hours=1),
        PageLook.undone_by.is_(None),
    )
    return items_where(
        session,
        today,
        Deliverable.state == DeliverableState.DELIVERED,
        Deliverable.link.is_not(None),
        or_(Deliverable.starts_on.is_(None), Deliverable.starts_on <= today),
        or_(Deliverable.ends_on.is_(None), Deliverable.ends_on >= today),
        ~lately,
        most=settings.watch_pages,
    )


def due(found: object, _known: Known, _now: datetime) -> tuple[Due, ...]:
    """One decision for all of them."""
    items = [each for each in found if isinstance(each, Item)] if isinstance(found, tuple) else []
    if not items:
        return ()
    looks = tuple(look for item in items for look in looks_at(item.id, item.link, item.target))
    summary = "1 page is looked at again." if len(items) == 1 else f"{len(items)} pages are looked at again."
    return (Due(WATCH, "they were not looked at for a while", Plan(summary, looks)),)


WATCHING: Final = Upkeep(job="watching", at=_AT, recall=load, due=due)
