"""What this duty does by the clock: single refusals are told in the morning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.recalling import NAME
from mailbot.duties.bounces.reports.failure import Outcome, Reason
from mailbot.duties.bounces.tables import Bounce
from mailbot.duties.duty import Upkeep
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import Known
from mailbot.records.pauses import in_force
from mailbot.records.tables import Pause, Role

_MORNING: Final = time(7, 30)
_LONGEST_WORDS: Final = 160
_MOST_DOMAINS: Final = 8


@dataclass(frozen=True, slots=True)
class RefusedBy:
    """A domain that refused letters since yesterday and is not paused, and what it said last."""

    domain: str
    letters: int
    said: str


def load_refusals(session: Session, _: Known, now: datetime) -> tuple[RefusedBy, ...]:
    """The domains that refused letters within a day; those that are paused were told when they were."""
    rows = session.execute(
        select(Bounce.address_key, Bounce.diagnostic, Bounce.status_code)
        .where(
            Bounce.reason == Reason.BLOCKED,
            Bounce.outcome == Outcome.FAILED,
            Bounce.seen_at > now - timedelta(days=1),
            Bounce.undone_by.is_(None),
        )
        .order_by(Bounce.seen_at, Bounce.id)
    ).all()
    paused = set(session.scalars(select(Pause.scope).where(*in_force(now))))
    said = {row.address_key.rpartition("@")[2]: row.diagnostic or row.status_code for row in rows}
    counted = Counter(row.address_key.rpartition("@")[2] for row in rows)
    return tuple(RefusedBy(name, counted[name], said[name]) for name in sorted(counted) if name not in paused)


def refusals_due(found: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One letter to the admin about all of them."""
    domains = [each for each in found if isinstance(each, RefusedBy)] if isinstance(found, tuple) else []
    if not domains:
        return ()
    shown: tuple[Plain, ...] = tuple(
        {"domain": each.domain, "letters": each.letters, "said": one_line(each.said, _LONGEST_WORDS)}
        for each in domains[:_MOST_DOMAINS]
    )
    facts: dict[str, Plain] = {
        "count": sum(each.letters for each in domains),
        "domains": shown,
        "more": max(len(domains) - _MOST_DOMAINS, 0),
    }
    to = letters.the_one_in_charge(known, Role.ADMIN)
    today = local_date(now, known.desk.zone).isoformat()
    letter = Send(Draft(to.recipient, f"{NAME}/refusals", facts, "refusals", "all", today))
    return (Due("refusals", "letters were refused for what we are", Plan("Refused letters were told.", (letter,))),)


REFUSALS: Final = Upkeep(job="refusals", at=_MORNING, recall=load_refusals, due=refusals_due)
