"""What the records say about the sales a rep's mail may speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any, Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.commission.recalling import asked_about, sold_in_months_of
from mailbot.duties.sales.entries import entries_for, entries_of, kept_price
from mailbot.duties.sales.facts.cards import AskedMail, EntryCard, PendingCard
from mailbot.duties.sales.facts.kinds import NAME, WAS_IT_YOU
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.forecasts import forecasts
from mailbot.duties.sales.grids.in_files import text_of_tables
from mailbot.duties.sales.naming.aliases import alias_key
from mailbot.duties.sales.naming.clients import Alias, NamedClient
from mailbot.duties.sales.naming.looking_up import crowded, like_phrase, with_word, words_in
from mailbot.duties.sales.naming.names_in import phrases_in
from mailbot.duties.sales.numbers.periods import Week, day_of
from mailbot.duties.sales.numbers.phrases import DROPPED, NOT_THE_OLD, said
from mailbot.duties.sales.reports.sent import reports_about
from mailbot.duties.sales.tables import PendingState, SalesAlias, SalesEntry, SalesPending
from mailbot.duties.sales.talks.claims import claim_in
from mailbot.duties.sales.talks.was_it_you import ASKED, about_sender
from mailbot.duties.sales.targets.recalling import plan_cards, products
from mailbot.duties.sales.weeks.facts import LATE
from mailbot.duties.sales.weeks.late_changes import entries_in
from mailbot.duties.sales.weeks.recalling import closings, late_cards, said_lately
from mailbot.message.model import Clues, Message
from mailbot.records.known import Known, QuestionCard
from mailbot.records.name_index.keeping import names_of
from mailbot.records.names import name_key, name_words
from mailbot.records.settled import closed_questions
from mailbot.records.tables import Arrival, Client, DecisionRow, LetterRow, Person, RawMail, Role
from mailbot.records.together import first_of_each, found_for, once, writing_colleague

_FIGURE: Final = re.compile(r"\d")
_LONGEST_TEXT: Final = 20_000  # characters in which clients are looked for
_MOST_OWN: Final = 500
_MOST_ALIASES: Final = 500


def load(session: Session, message: Message, _clues: Clues, known: Known) -> SalesKnown | None:
    """The clients a rep may mean, what he booked that day, and the lines our letters were about; whose name a mail
    bears that came from an address on nobody's file. None for others."""
    if known.sender is None or (known.sender.person is None and known.sender.contact is None):
        return _of_a_stranger(session, message, known)
    rep = known.sender.person
    if rep is not None and rep.role in (Role.MANAGER, Role.COORDINATOR):
        return _of_a_decider(session, message, known)
    if rep is None or rep.role is not Role.REP:
        return None
    clients, crowded = _named(session, message, rep.id)
    entries = entries_for(session, message, known, rep.id)
    corrected = _days_corrected(message, known, entries)
    return SalesKnown(
        clients=clients,
        crowded=crowded,
        aliases=(*_aliases(session, rep.id), *_former_names(session, clients)),
        entries=entries,
        pending=_pending(session, known, rep.id),
        closed=closed_questions(
            session, [letter.ref for letter in known.letters if letter.duty == NAME], NAME, known.sender.keys
        ),
        asked=tuple(
            _asked(session, question)
            for question in known.questions
            if question.duty == NAME and question.kind == WAS_IT_YOU
        ),
        closings=closings(session),
        weeks=said_lately(session, day_of(message.date, known.desk.zone)),
        commission=asked_about(session, message, known, rep),
        forecasts=forecasts(session, rep.id),
        sold=sold_in_months_of(session, corrected, known, rep),
        reported=reports_about(session, corrected),
    )


def _days_corrected(message: Message, known: Known, entries: Sequence[EntryCard]) -> set[date]:
    """The days whose figures the mail may change: of all entries, where it answers a letter of ours or corrects."""
    answers = any(letter.duty == NAME for letter in known.letters)
    if not answers and said(message.body.for_people.text[:_LONGEST_TEXT], NOT_THE_OLD | DROPPED) is None:
        return set()
    return {entry.counts_on for entry in entries if entry.is_current and entry.counts_on is not None}


def _of_a_decider(session: Session, message: Message, known: Known) -> SalesKnown:
    """The late lines that the open questions to this person are about, which months are closed, and, for a mail that
    sets targets, those that count."""
    letters = [letter.ref for letter in known.letters if letter.duty == NAME]
    asked = [each for each in known.questions if each.duty == NAME and each.kind == LATE]
    return SalesKnown(
        clients=(),
        crowded=(),
        entries=entries_of(session, [number for each in asked for number in entries_in(each.context)]),
        pending=(),
        closed=closed_questions(session, letters, NAME, known.sender.keys) if known.sender and letters else (),
        closings=closings(session),
        late=late_cards(session, asked),
        plans=plan_cards(session, message, day_of(message.date, known.desk.zone)),
        products=products(session, message, day_of(message.date, known.desk.zone)),
    )


def _of_a_stranger(session: Session, message: Message, known: Known) -> SalesKnown | None:
    """Nothing is looked up for a mail without figures, or in nobody's name: that is what nearly all strangers write."""
    sender, text = message.sender, message.body.for_people.text
    claim = claim_in(message, known.staff) if _FIGURE.search(text) or message.attachments else None
    if claim is None or sender is None:
        return None
    person_id = claim.fits[0] if claim.fits else 0
    clients, crowded = _named(session, message, person_id)
    if len(claim.fits) == 1:
        asked_on = session.scalar(_LAST_ASKED, {"purpose": ASKED, "about": about_sender(person_id, sender.key)})
        denied = session.scalar(_DENIED, {"rep": person_id, "sender": sender.key[:320]})
        claim = replace(claim, asked_on=asked_on or "", is_denied=denied is not None)
    return SalesKnown(clients, crowded, (), (), (), claim=claim, closings=closings(session))


def _named(session: Session, message: Message, rep_id: int) -> tuple[tuple[NamedClient, ...], tuple[str, ...]]:
    """The clients whose names share a word with the mail or are like what it says, and the rep's own; and the words
    that too many share."""
    text = f"{message.subject}\n{message.body.for_people.text[:_LONGEST_TEXT]}\n{text_of_tables(message)}"
    names = once(session, names_of)
    by_word = (found_for(session, _with_words, word) or () for word in words_in(text))
    alike = (found_for(session, _like_phrases, phrase) or () for phrase in phrases_in(text))
    ids = frozenset(chain.from_iterable((*by_word, *alike)))
    clients = _clients(session, sorted(ids), rep_id)
    words = {word for client in clients if client.id in ids for word in client.words}
    return clients, crowded({*words, *name_words(text)}, names)


def _with_words(session: Session, words: Sequence[str]) -> dict[str, tuple[int, ...]]:
    names = once(session, names_of)
    return {word: with_word(word, names) for word in words}


def _like_phrases(session: Session, phrases: Sequence[str]) -> dict[str, tuple[int, ...]]:
    names = once(session, names_of)
    return {phrase: like_phrase(phrase, names) for phrase in phrases}


def _asked(session: Session, question: QuestionCard) -> AskedMail:
    """The mail that a rep was asked about, and its lines that wait."""
    asking = select(DecisionRow.id, DecisionRow.arrival_id).where(DecisionRow.ref == question.decision_ref)
    decision = session.execute(asking).one()
    waiting = (
        select(SalesPending.id)
        .where(
            SalesPending.made_by == decision.id,
            SalesPending.state == PendingState.WAITING,
            SalesPending.undone_by.is_(None),
        )
        .order_by(SalesPending.id)
    )
    kept = session.scalar(select(RawMail.arrival_id).where(RawMail.arrival_id == decision.arrival_id))
    return AskedMail(question.id, kept, tuple(session.scalars(waiting)))


# The queries stand ready-made: to build them anew for every mail of a rep would cost more than to ask them.
_CLIENT = (
    select(Client.id, Client.name, Client.owner_id, Person.name.label("owner_name"))
    .join(Person, Person.id == Client.owner_id, isouter=True)
    .where(Client.undone_by.is_(None))
)
_OWN = first_of_each(
    _CLIENT.where(Client.owner_id.in_(bindparam("reps", expanding=True))), Client.owner_id, Client.id.asc(), _MOST_OWN
)
_CLIENTS = _CLIENT.where(Client.id.in_(bindparam("ids", expanding=True)))
_LAST_SOLD = (
    select(SalesEntry.rep_id, SalesEntry.client_id, func.max(SalesEntry.counts_on).label("last"))
    .where(SalesEntry.rep_id.in_(bindparam("reps", expanding=True)), SalesEntry.undone_by.is_(None))
    .group_by(SalesEntry.rep_id, SalesEntry.client_id)
)
_NAMES = select(Client.id, Client.name).where(Client.id.in_(bindparam("ids", expanding=True))).order_by(Client.id)
_ALIASES = first_of_each(
    select(SalesAlias.rep_id, SalesAlias.key, SalesAlias.client_id)
    .join(Client, Client.id == SalesAlias.client_id)
    .where(
        SalesAlias.rep_id.in_(bindparam("reps", expanding=True)),
        SalesAlias.undone_by.is_(None),
        Client.undone_by.is_(None),
    ),
    SalesAlias.rep_id,
    SalesAlias.id.desc(),
    _MOST_ALIASES,
)
_ASKED_ABOUT = (
    select(
        SalesPending.id,
        SalesPending.position,
        SalesPending.amount,
        SalesPending.currency,
        SalesPending.quantity,
        SalesPending.unit_amount,
        SalesPending.period_start,
        SalesPending.said_on,
        SalesPending.words,
        SalesPending.name,
        SalesPending.counts_on,
        DecisionRow.ref,
    )
    .join(DecisionRow, DecisionRow.id == SalesPending.made_by)
    .where(
        or_(
            DecisionRow.ref.in_(bindparam("refs", expanding=True)),
            SalesPending.id.in_(bindparam("ids", expanding=True)),
        ),
        SalesPending.rep_id == bindparam("rep"),
        SalesPending.state == PendingState.WAITING,
        SalesPending.undone_by.is_(None),
    )
    .order_by(SalesPending.id)
)
_LAST_ASKED = select(func.max(LetterRow.period)).where(
    LetterRow.purpose == bindparam("purpose"), LetterRow.object == bindparam("about")
)
_DENIED = (
    select(SalesPending.id)
    .join(Arrival, Arrival.id == SalesPending.arrival_id)
    .where(
        SalesPending.rep_id == bindparam("rep"),
        SalesPending.state == PendingState.DROPPED,
        SalesPending.undone_by.is_(None),
        Arrival.sender_key == bindparam("sender"),
    )
    .limit(1)
)


def _clients(session: Session, ids: Sequence[int], rep_id: int) -> tuple[NamedClient, ...]:
    """These clients, and the rep's own, each with its owner; and when the rep last sold to each."""
    own = found_for(session, _own_clients, rep_id, writing_colleague) or ()
    others = (found_for(session, _clients_by_id, each) for each in set(ids) - {client.id for client in own})
    clients = [*own, *(client for client in others if client is not None)]
    last = found_for(session, _last_sold, rep_id, writing_colleague) or {}
    dated = (replace(each, last=last[each.id]) if each.id in last else each for each in clients)
    return tuple(sorted(dated, key=lambda client: client.id))


def _own_clients(session: Session, reps: Sequence[int]) -> dict[int, list[NamedClient]]:
    found: dict[int, list[NamedClient]] = defaultdict(list)
    for row in session.connection().execute(_OWN, {"reps": reps}):
        found[row.owner_id].append(NamedClient(*row))
    return found


def _clients_by_id(session: Session, ids: Sequence[int]) -> dict[int, NamedClient]:
    return {row.id: NamedClient(*row) for row in session.connection().execute(_CLIENTS, {"ids": ids})}


def _last_sold(session: Session, reps: Sequence[int]) -> dict[int, dict[int, date | None]]:
    found: dict[int, dict[int, date | None]] = defaultdict(dict)
    for row in session.connection().execute(_LAST_SOLD, {"reps": reps}):
        found[row.rep_id][row.client_id] = row.last
    return found


def _aliases(session: Session, rep_id: int) -> tuple[Alias, ...]:
    return tuple(found_for(session, _aliases_of, rep_id, writing_colleague) or ())


def _aliases_of(session: Session, reps: Sequence[int]) -> dict[int, list[Alias]]:
    found: dict[int, list[Alias]] = defaultdict(list)
    for row in session.connection().execute(_ALIASES, {"reps": reps}):
        found[row.rep_id].append(Alias(row.key, row.client_id))
    return found


def _former_names(session: Session, clients: Sequence[NamedClient]) -> Iterator[Alias]:
    """The names of clients that were merged into these: to every rep they mean the one that was kept."""
    known = {client.id for client in clients}
    kept = {each: into for each, into in once(session, names_of).stands_for.items() if into in known}
    rows = session.connection().execute(_NAMES, {"ids": sorted(kept)}) if kept else ()
    return (
        Alias(key, kept[row.id]) for row in rows for key in dict.fromkeys((alias_key(row.name), name_key(row.name)))
    )


def _pending(session: Session, known: Known, rep_id: int) -> tuple[PendingCard, ...]:
    """The waiting lines that the open questions to this rep are about."""
    asked = [question for question in known.questions if question.duty == NAME]
    refs = sorted({question.decision_ref for question in asked})
    handed_on = [question.context["pending_id"] for question in asked if "pending_id" in question.context]
    if not refs:
        return ()
    asked_about = {"rep": rep_id, "refs": refs, "ids": handed_on}
    rows = session.connection().execute(_ASKED_ABOUT, asked_about)
    cards = (_pending_card(row) for row in rows)
    return tuple(card for card in cards if card is not None)


def _pending_card(line: Any) -> PendingCard | None:
    """A waiting line that one word can settle; None where its amount or its time is not known."""
    if line.amount is None or line.currency is None or line.period_start is None or line.said_on is None:
        return None
    return PendingCard(
        id=line.id,
        decision_ref=line.ref,
        position=line.position,
        price=kept_price(line.amount, line.currency, line),
        week=Week.of(line.period_start),
        said_on=line.said_on,
        words=line.words,
        name=line.name,
        counts_on=line.counts_on,
    )
