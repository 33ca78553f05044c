"""What the records hold of booked lines: those that a mail may speak of, with all that has superseded them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final, TypeVar

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
from mailbot.records.together import first_of_each, found_for, found_for_each, writing_colleague

Asked = TypeVar("Asked", bound=Hashable)
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
_NAMED = first_of_each(
    _ENTRY.add_columns(SalesEntry.rep_id).where(
        SalesEntry.rep_id.in_(bindparam("reps", expanding=True)),
        or_(
            DecisionRow.ref.in_(bindparam("refs", expanding=True)),
            SalesEntry.id.in_(bindparam("ids", expanding=True)),
        ),
    ),
    SalesEntry.made_by,
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
    of_days = found_for(session, _booked, (rep_id, first, last), partial(_by_the_writer, first, last)) or ()
    of_names = found_for_each(session, _named, tuple(_names(known, rep_id)), _names_by_the_writer)
    cards = {card.id: card for found in (of_days, *of_names.values()) for card in found}
    return tuple(cards[key] for key in sorted(cards))


_Booked = tuple[int, date, date]  # by whom, and the days between which it was said
_Named = tuple[int, str | int]  # by whom, and the decision that booked it, by its reference, or the entry by its number


def _by_the_writer(first: date, last: date, known: Known) -> Iterator[_Booked]:
    return ((rep_id, first, last) for rep_id in writing_colleague(known))


def _names_by_the_writer(known: Known) -> Iterator[_Named]:
    return (name for rep_id in writing_colleague(known) for name in _names(known, rep_id))


def _names(known: Known, rep_id: int) -> Iterator[_Named]:
    """What the letters that the mail names confirmed, and what the open questions are about."""
    for letter in known.letters:
        if letter.duty == NAME:
            yield rep_id, letter.decision_ref
    for question in known.questions:
        for ref in answers_before(question.context):
            yield rep_id, ref
        asked = question.context.get("entry_id") if question.kind == RESENT else None
        if isinstance(asked, int):
            yield rep_id, asked


def _booked(session: Session, asked: Sequence[_Booked]) -> dict[_Booked, tuple[EntryCard, ...]]:
    reps: dict[tuple[date, date], list[int]] = defaultdict(list)
    for rep_id, first, last in asked:
        reps[first, last].append(rep_id)
    rows = [
        ((row.rep_id, first, last), row)
        for (first, last), ids in reps.items()
        for row in session.connection().execute(_BOOKED, {"reps": ids, "first": first, "last": last})
    ]
    return _told_apart(session, rows)


def _named(session: Session, asked: Sequence[_Named]) -> dict[_Named, tuple[EntryCard, ...]]:
    wanted = {
        "reps": sorted({rep_id for rep_id, _ in asked}),
        "refs": [name for _, name in asked if isinstance(name, str)],
        "ids": [name for _, name in asked if isinstance(name, int)],
    }
    rows = session.connection().execute(_NAMED, wanted)
    named = [((row.rep_id, name), row) for row in rows for name in (row.ref, row.id)]
    return _told_apart(session, named)


def _told_apart(session: Session, found: Iterable[tuple[Asked, Any]]) -> dict[Asked, tuple[EntryCard, ...]]:
    """The entries that were found for each of those who asked, with all that has superseded them."""
    booked: dict[int, Any] = {}
    about: dict[int, set[Asked]] = defaultdict(set)
    for asked, row in found:
        booked[row.id] = row
        about[row.id].add(asked)
    cards: dict[Asked, list[EntryCard]] = defaultdict(list)
    for card in _with_corrections(session, booked.values()):
        about[card.id] |= about[card.supersedes_id or card.id]  # what corrects an entry comes after it
        for each in about[card.id]:
            cards[each].append(card)
    return {each: tuple(of_each) for each, of_each in cards.items()}


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
