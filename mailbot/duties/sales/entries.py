"""What the records hold of booked lines: those that a mail may speak of, with all that has superseded them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.facts.cards import EntryCard
from mailbot.duties.sales.facts.kinds import DAYS_ALIKE, NAME, RESENT
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.grids.totals import answers_before
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.tables import EntryKind, SalesEntry, SalesPending
from mailbot.records.known import Known
from mailbot.records.tables import Client, DecisionRow
from mailbot.records.together import first_of_each, found_for, writing_colleague

_MOST_ENTRIES: Final = 500
_DAYS_OF_CORRECTIONS: Final = 42  # how far back a mail may correct what it names by its amount alone
_MOST_CORRECTIONS: Final = 50  # of one entry, one after the other
# The queries stand ready-made: to build them anew for every mail of a rep would cost more than to ask them.
_ENTRY = (
    select(
        SalesEntry.id,
        SalesEntry.kind,
        SalesEntry.line,
        SalesEntry.client_id,
        SalesEntry.amount,
        SalesEntry.currency,
        SalesEntry.quantity,
        SalesEntry.unit_amount,
        SalesEntry.period_start,
        SalesEntry.words,
        SalesEntry.said_on,
        SalesEntry.counts_on,
        SalesEntry.supersedes_id,
        Client.name.label("client_name"),
        DecisionRow.ref,
        DecisionRow.decided_at,
    )
    .join(Client, Client.id == SalesEntry.client_id)
    .join(DecisionRow, DecisionRow.id == SalesEntry.made_by)
    .where(SalesEntry.undone_by.is_(None))
)
_NEWEST = _ENTRY.order_by(SalesEntry.id.desc()).limit(_MOST_ENTRIES)
_NAMED = _NEWEST.where(
    SalesEntry.rep_id == bindparam("rep"),
    or_(
        SalesEntry.said_on.between(bindparam("first"), bindparam("last")),
        DecisionRow.ref.in_(bindparam("refs", expanding=True)),
        SalesEntry.id.in_(bindparam("ids", expanding=True)),
    ),
)
_THESE = _NEWEST.where(SalesEntry.id.in_(bindparam("ids", expanding=True)))
_BOOKED = first_of_each(
    _ENTRY.add_columns(SalesEntry.rep_id).where(
        SalesEntry.rep_id.in_(bindparam("reps", expanding=True)),
        SalesEntry.said_on.between(bindparam("first"), bindparam("last")),
    ),
    SalesEntry.rep_id,
    SalesEntry.id.desc(),
    _MOST_ENTRIES,
)
_CORRECTED = first_of_each(
    _ENTRY.where(SalesEntry.supersedes_id.in_(bindparam("ids", expanding=True))),
    SalesEntry.supersedes_id,
    SalesEntry.id.desc(),
    _MOST_ENTRIES,
)


def entries_for(
    session: Session, known: Known, rep_id: int, today: date | None, *, corrects: bool
) -> tuple[EntryCard, ...]:
    """What the rep booked on the day of the mail and in the days before, what the letters it names confirmed, and what
    open questions are about, corrections included.

    A mail that `corrects` may mean what was booked in the weeks before: those too.
    """
    first, last = _days(today, corrects=corrects)
    named = {letter.decision_ref for letter in known.letters if letter.duty == NAME}
    refs = sorted(named.union(*(answers_before(question.context) for question in known.questions)))
    asked = [question.context.get("entry_id") for question in known.questions if question.kind == RESENT]
    ids = [each for each in asked if isinstance(each, int)]
    if not refs and not ids:
        return found_for(session, _booked, (rep_id, first, last), partial(_by_the_writer, first, last)) or ()
    wanted = {"rep": rep_id, "first": first, "last": last, "refs": refs, "ids": ids}
    return _with_corrections(session, session.connection().execute(_NAMED, wanted))


_Booked = tuple[int, date, date]  # by whom, and the days between which it was said


def _by_the_writer(first: date, last: date, known: Known) -> Iterator[_Booked]:
    return ((rep_id, first, last) for rep_id in writing_colleague(known))


def _booked(session: Session, asked: Sequence[_Booked]) -> dict[_Booked, tuple[EntryCard, ...]]:
    reps: dict[tuple[date, date], list[int]] = defaultdict(list)
    for rep_id, first, last in asked:
        reps[first, last].append(rep_id)
    booked: dict[int, Any] = {}
    about: dict[int, set[_Booked]] = defaultdict(set)
    for (first, last), ids in reps.items():
        for row in session.connection().execute(_BOOKED, {"reps": ids, "first": first, "last": last}):
            booked[row.id] = row
            about[row.id].add((row.rep_id, first, last))
    found: dict[_Booked, list[EntryCard]] = defaultdict(list)
    for card in _with_corrections(session, booked.values()):
        about[card.id] |= about[card.supersedes_id or card.id]  # what corrects an entry comes after it
        for each in about[card.id]:
            found[each].append(card)
    return {each: tuple(cards) for each, cards in found.items()}


def entries_of(session: Session, ids: Sequence[int]) -> tuple[EntryCard, ...]:
    """These entries, and what has superseded them."""
    return _with_corrections(session, session.connection().execute(_THESE, {"ids": sorted(ids)})) if ids else ()


def _with_corrections(session: Session, booked: Iterable[Any]) -> tuple[EntryCard, ...]:
    """Entries with all that has superseded them, so that it is known which of them are current."""
    found: dict[int, Any] = {row.id: row for row in booked}
    for _ in range(_MOST_CORRECTIONS):
        later = session.connection().execute(_CORRECTED, {"ids": sorted(found)}) if found else ()
        new = {row.id: row for row in later if row.id not in found}
        if not new:
            break
        found |= new
    superseded = {row.supersedes_id for row in found.values()}
    return tuple(_card(found[key], superseded) for key in sorted(found))


def _days(today: date | None, *, corrects: bool) -> tuple[date, date]:
    """The days whose entries the mail may be about; none where nobody knows when it was written."""
    if today is None:
        return date.max, date.min
    return today - timedelta(days=_DAYS_OF_CORRECTIONS if corrects else DAYS_ALIKE), today


def _card(row: Any, superseded: set[int | None]) -> EntryCard:
    return EntryCard(
        id=row.id,
        decision_ref=row.ref,
        line=row.line,
        client_id=row.client_id,
        client_name=row.client_name,
        price=kept_price(row.amount, row.currency, row),
        week=Week.of(row.period_start),
        words=row.words,
        said_on=row.said_on,
        booked_at=row.decided_at,
        supersedes_id=row.supersedes_id,
        is_current=row.id not in superseded and row.kind is not EntryKind.CANCELLED,
        counts_on=row.counts_on,
    )


def kept_price(amount: Decimal, currency: str, kept: SalesEntry | SalesPending) -> Price:
    """The price as it was booked."""
    return Price(
        amount=amount,
        currency=currency,
        quantity=kept.quantity,
        unit=kept.unit_amount,
    )
