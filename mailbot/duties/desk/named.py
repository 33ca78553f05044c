"""What the records say to a WHY or an UNDO that names a client in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from sqlalchemy.orm import Session

from mailbot.duties.desk.plain_orders import PlainOrder, figures_in
from mailbot.letters.model import Language
from mailbot.records import undo
from mailbot.records.about_client import clients_named, decisions_about, other_clients, stood_on, stories_about
from mailbot.records.tables import Client, DecisionRow
from mailbot.records.undo import Later, Undoing
from mailbot.records.why import Story

_DAYS: Final = 92  # how far back a sentence reaches
_MOST_STORIES: Final = 4
_MOST_THINGS: Final = 12


@dataclass(frozen=True, slots=True)
class Named:
    """An order in a sentence, with what it is about.

    `clients` are the names that fit, one where it is clear. To a WHY belong the `stories`. To an UNDO belong the
    decisions that it would take back, the newest first (`undoings`), those that later mails built on them (`later`),
    and the other clients of whom they wrote (`others`). `things` counts what it may mean that has nothing to do with
    each other.
    """

    order: PlainOrder
    clients: tuple[str, ...]
    stories: tuple[Story, ...] = ()
    undoings: tuple[Undoing, ...] = ()
    later: tuple[Later, ...] = ()
    others: tuple[str, ...] = ()
    things: int = 0

    @property
    def refs(self) -> tuple[str, ...]:
        """The decisions it is about."""
        return (*(story.ref for story in self.stories), *(undoing.ref for undoing in self.undoings))


def named_in(
    session: Session, orders: Sequence[PlainOrder], written: datetime | None, language: Language, zone: tzinfo
) -> tuple[Named, ...]:
    """The orders of a mail in sentences, each with what it is about; none where one of them names no client."""
    if written is None:
        return ()
    found: list[Named] = []
    for order in orders:
        clients = clients_named(session, order.words)
        if not clients:
            return ()
        found.append(_named(session, order, clients, written - timedelta(days=_DAYS), language, zone))
    return tuple(found)


def _named(
    session: Session, order: PlainOrder, clients: Sequence[Client], since: datetime, language: Language, zone: tzinfo
) -> Named:
    names = tuple(client.name for client in clients)
    if len(clients) > 1:
        return Named(order, names)
    client_id = clients[0].id
    if order.does == "why":
        stories = stories_about(session, client_id, since, language, zone)
        return Named(order, names, stories=_telling(stories, order.figures))
    decisions = [row for row in decisions_about(session, client_id, since) if row.undone_by is None]
    return _to_undo(session, order, names, client_id, decisions, language, zone)


def _telling(stories: Sequence[Story], figures: Sequence[str]) -> tuple[Story, ...]:
    """The stories that speak of the figures; the latest, where there are none, or no figure was named."""
    speaking = [story for story in stories if _figures_of(story) & set(figures)]
    return tuple((speaking or list(stories))[-_MOST_STORIES:])


def _figures_of(story: Story) -> frozenset[str]:
    return figures_in(" ".join(f"{change.before} | {change.after}" for change in story.changes))


def _to_undo(
    session: Session,
    order: PlainOrder,
    names: tuple[str, ...],
    client_id: int,
    decisions: Sequence[DecisionRow],
    language: Language,
    zone: tzinfo,
) -> Named:
    """The newest thing that was decided about the client, with all that belongs to it; how many other things there are
    besides."""
    rows = {row.id: row for row in decisions[-_MOST_THINGS:]}
    for row in tuple(rows.values()):
        rows |= {made.id: made for made in stood_on(session, row) if not other_clients(session, [made.id], client_id)}
    foreseen = {key: undo.foresee(session, rows[key].ref, language, zone) for key in sorted(rows, reverse=True)}
    undoings = tuple(each for each in foreseen.values() if each is not None)
    refs = {each.ref for each in undoings}
    links = {row.ref: undo.built_on_beside(session, row, Client.__tablename__, client_id) for row in rows.values()}
    later = {each.ref: each for undoing in undoings for each in _later(undoing) if each.ref not in refs}
    return Named(
        order,
        names,
        undoings=undoings,
        later=tuple(later[ref] for ref in sorted(later)),
        others=other_clients(session, rows, client_id),
        things=len(_things(links)),
    )


def _later(undoing: Undoing) -> tuple[Later, ...]:
    return undoing.refused.later if undoing.refused else ()


def _things(links: Mapping[str, frozenset[str]]) -> list[set[str]]:
    """The decisions that were built on each other, together. To be about the same client is no such link: what was sold
    to a new client later is a thing of its own."""
    things: list[set[str]] = []
    for ref, later in links.items():
        linked = {ref, *(later & links.keys())}
        touching = [thing for thing in things if thing & linked]
        things = [thing for thing in things if not thing & linked]
        things.append(linked.union(*touching))
    return things
