"""The clients that a mail may mean, from the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.naming.aliases import alias_key
from mailbot.duties.sales.naming.clients import Alias, NamedClient
from mailbot.duties.sales.naming.looking_up import Naming, crowded, like_phrase, with_word
from mailbot.duties.sales.tables import SalesAlias, SalesEntry
from mailbot.records.name_index.keeping import names_of
from mailbot.records.names import name_key
from mailbot.records.tables import Client, Person
from mailbot.records.together import first_of_each, found_for, once, writing_colleague

_MOST_OWN: Final = 500
_MOST_ALIASES: Final = 500
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


def clients_named(session: Session, naming: Naming, rep_id: int) -> tuple[tuple[NamedClient, ...], tuple[str, ...]]:
    """The clients whose names share a word with the mail or are like what it says, and the rep's own; and the words
    that too many share."""
    names = once(session, names_of)
    by_word = (found_for(session, _with_words, word) or () for word in naming.looked_up)
    alike = (found_for(session, _like_phrases, phrase) or () for phrase in naming.phrases)
    ids = frozenset(chain.from_iterable((*by_word, *alike)))
    clients = _clients(session, sorted(ids), rep_id)
    words = {word for client in clients if client.id in ids for word in client.words}
    return clients, crowded({*words, *naming.words}, names)


def aliases(session: Session, rep_id: int, clients: Sequence[NamedClient]) -> tuple[Alias, ...]:
    """What the rep calls clients; and the names of clients that were merged into these."""
    own = found_for(session, _aliases_of, rep_id, writing_colleague) or ()
    return (*own, *_former_names(session, clients))


def _with_words(session: Session, words: Sequence[str]) -> dict[str, tuple[int, ...]]:
    names = once(session, names_of)
    return {word: with_word(word, names) for word in words}


def _like_phrases(session: Session, phrases: Sequence[str]) -> dict[str, tuple[int, ...]]:
    names = once(session, names_of)
    return {phrase: like_phrase(phrase, names) for phrase in phrases}


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
