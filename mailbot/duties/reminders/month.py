"""What is counted of reminders each month: which benefits were used, and how satisfied clients said they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sqlalchemy import Row, select, union_all
from sqlalchemy.orm import Session

from mailbot.duties.reminders.tables import CheckIn
from mailbot.letters.cleaning import one_line
from mailbot.records.contracts.tables import Contract, Deliverable, DeliverableState, Use
from mailbot.records.in_words import Words
from mailbot.records.known import DeskCard
from mailbot.records.month_figures import Counted, Figure, Month, Unit, mean, share
from mailbot.records.tables import Client

_LONGEST_WORDS: Final = 300
_OF_BENEFITS: Final = (
    Words("contract", "Vertrag"),
    Words("client", "Kunde"),
    Words("benefit", "Leistung"),
    Words("could be used until", "nutzbar bis"),
    Words("used on", "genutzt am"),
)
_OF_SCORES: Final = (
    Words("client", "Kunde"),
    Words("contract", "Vertrag"),
    Words("points of 10", "Punkte von 10"),
    Words("said on", "gesagt am"),
    Words("words", "Wortlaut"),
)


def count(session: Session, _desk: DeskCard, month: Month) -> tuple[Counted, ...]:
    """Benefits that were used in the month or whose time ended in it, and the scores of the month."""
    return _benefits(session, month), _scores(session, month)


def _benefits(session: Session, month: Month) -> Counted:
    """Of those whose time ended in the month, how many had been used."""
    rows = _used_or_ended(session, month)
    benefits = [row.Deliverable for row in rows]
    ended = [each for each in benefits if each.ends_on and month.first <= each.ends_on <= month.last]
    used = [each for each in benefits if each.used_at and month.begins <= each.used_at < month.ends]
    figures = (
        Figure(Words("benefits used", "Leistungen genutzt"), len(used)),
        Figure(
            Words("used, of those that ended", "genutzt, von den abgelaufenen"),
            share(sum(each.use is Use.USED for each in ended), len(ended)),
            Unit.PERCENT,
        ),
    )
    listed = tuple(
        (
            row.ref,
            row.name,
            one_line(row.Deliverable.words, _LONGEST_WORDS),
            row.Deliverable.ends_on,
            month.day(row.Deliverable.used_at) if row.Deliverable.used_at else None,
        )
        for row in rows
    )
    return Counted(Words("Benefits", "Leistungen"), figures, _OF_BENEFITS, listed)


def _used_or_ended(session: Session, month: Month) -> list[Row[Deliverable, str, str]]:
    """The benefits that were used in the month, or whose time ended in it, with their contracts and clients."""
    told = union_all(  # each in words that one index answers
        select(Deliverable.id).where(Deliverable.used_at >= month.begins, Deliverable.used_at < month.ends),
        select(Deliverable.id).where(
            Deliverable.is_benefit,
            Deliverable.use.in_(tuple(Use)),
            Deliverable.ends_on.between(month.first, month.last),
        ),
    )
    found = session.execute(
        select(Deliverable, Contract.ref, Client.name)
        .join(Contract, Contract.id == Deliverable.contract_id)
        .join(Client, Client.id == Contract.client_id)
        .where(
            Deliverable.id.in_(told),
            Deliverable.state != DeliverableState.DROPPED,
            Deliverable.undone_by.is_(None),
            Contract.undone_by.is_(None),
        )
        .order_by(Deliverable.id)
    )
    return [row for row in found if row.Deliverable.is_benefit]


def _scores(session: Session, month: Month) -> Counted:
    rows = session.execute(
        select(CheckIn.score, CheckIn.words, CheckIn.answered_at, Client.name, Contract.ref)
        .join(Client, Client.id == CheckIn.client_id)
        .join(Contract, Contract.id == CheckIn.contract_id)
        .where(
            CheckIn.answered_at >= month.begins,
            CheckIn.answered_at < month.ends,
            CheckIn.score.is_not(None),
            CheckIn.undone_by.is_(None),
        )
        .order_by(CheckIn.answered_at)
    ).all()
    figures = (
        Figure(Words("clients who said how satisfied they are", "Kunden, die ihre Zufriedenheit nannten"), len(rows)),
        Figure(
            Words("satisfaction, on average", "Zufriedenheit im Mittel"),
            mean([Decimal(row.score) for row in rows]),
            Unit.POINTS,
        ),
    )
    listed = tuple(
        (row.name, row.ref, row.score, month.day(row.answered_at), one_line(row.words, _LONGEST_WORDS)) for row in rows
    )
    return Counted(Words("Satisfaction", "Zufriedenheit"), figures, _OF_SCORES, listed)
