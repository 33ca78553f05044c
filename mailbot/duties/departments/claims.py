"""What follows from what a department says of one thing: how it stands then, which pages are looked at. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mailbot.duties.departments.facts import NAME, Item, Said, Says
from mailbot.duties.departments.letters import what
from mailbot.records.contracts.actions import SetDeliverable
from mailbot.records.contracts.tables import DeliverableState
from mailbot.records.decision import Action
from mailbot.records.looks import AskLook


class Outcome(StrEnum):
    """What comes of one claim. The templates have words for each of them."""

    DELIVERED = "delivered"
    LOOKING = "looking"  # a page is looked at first
    WHERE = "where"  # nobody has said where it can be seen
    WHICH_PAGE = "which page"
    PROBLEM = "problem"
    KNOWN = "known"  # it was said before
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one claim comes to."""

    said: Said
    outcome: Outcome
    actions: tuple[Action, ...] = ()


def claimed(said: Said, meant: str | None, seen_kinds: frozenset[str]) -> Claim:
    """A claim, weighed. `meant` is where a link was probably to lead that led nowhere when it was looked at; things of
    `seen_kinds` count only when they were seen."""
    item = said.item
    if item.state is DeliverableState.DROPPED:
        return Claim(said, Outcome.DROPPED)
    if said.says is Says.PROBLEM:
        return Claim(said, Outcome.PROBLEM, (_set(said, DeliverableState.PROBLEM),))
    if item.state is DeliverableState.DELIVERED and said.link is None and said.target is None:
        return Claim(said, Outcome.KNOWN)
    link, target = said.link or item.link, said.target or meant or item.target
    if item.is_on_the_web(seen_kinds) or said.link:
        if link is None:
            return Claim(said, Outcome.WHERE, (_set(said, DeliverableState.CLAIMED, target=said.target),))
        changed = _set(said, DeliverableState.CLAIMED, link=link, target=target)
        return Claim(said, Outcome.LOOKING, (changed, *looks_at(item.id, link, target)))
    if item.issue and said.page is None:
        return Claim(said, Outcome.WHICH_PAGE, (_set(said, DeliverableState.CLAIMED),))
    return Claim(said, Outcome.DELIVERED, (_set(said, DeliverableState.DELIVERED),))


def looks_at(item_id: int, link: str | None, target: str | None) -> Iterator[AskLook]:
    """The looks at a page, which is to link to its target, and at that target."""
    if link:
        yield AskLook(link, f"{item_id} page", NAME, wants=target or "")
    if target:
        yield AskLook(target, f"{item_id} target", NAME)


def _set(said: Said, state: DeliverableState, *, link: str | None = None, target: str | None = None) -> SetDeliverable:
    item: Item = said.item
    return SetDeliverable(item.id, what(item), item.state, state, proof=said.words, link=link, target=target)
