"""The drafts of a course get their numbers and become letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import count

from mailbot.deciding.levels import proposed
from mailbot.deciding.matter import Course, Matter
from mailbot.letters.compose import compose
from mailbot.letters.model import Draft, Letterhead
from mailbot.letters.templates import Templates
from mailbot.message.addresses import address_key
from mailbot.records.decision import Action, Send
from mailbot.records.known import Known


def composed(course: Course, matter: Matter) -> Course:
    """The course with all its letters written, those that go out first in number; with the proposal, where one is due.

    Raises what `letters.compose` raises.
    """
    if course.planned:
        planned_from = 2 + sum(isinstance(action, Send) for action in course.actions)  # one is left for the proposal
        course = replace(course, planned=_written(course.planned, planned_from, matter))
    course = proposed(course, matter)
    return replace(course, actions=_written(course.actions, 1, matter)) if course.actions else course


def with_letters(
    actions: Iterable[Action], known: Known, ref: str, now: datetime, templates: Templates, first: int = 1
) -> tuple[Action, ...]:
    """The actions of the decision `ref` with their letters written, numbered from `first` on.

    Raises what `letters.compose` raises.
    """
    desk, numbers = known.desk, count(first)
    head = Letterhead(desk.company, desk.name, desk.address, ref, known.key, now, desk.zone)
    return tuple(
        replace(action, letter=compose(_offering(action.draft, known), next(numbers), head, templates))
        if isinstance(action, Send)
        else action
        for action in actions
    )


def _written(actions: Iterable[Action], first: int, matter: Matter) -> tuple[Action, ...]:
    return with_letters(actions, matter.known, matter.ref, matter.now, matter.orders.templates, first)


def _offering(draft: Draft, known: Known) -> Draft:
    """A letter to a contact of a client can be stopped by one word; one to a colleague or a stranger cannot."""
    key = address_key(draft.to.address)
    parties = (party for party in (known.sender, *known.parties) if party is not None)
    is_contact = any(party.key == key and party.contact is not None for party in parties) or any(
        address_key(contact.address) == key for client in known.clients for contact in client.contacts
    )
    return replace(draft, offers_stop=draft.offers_stop or is_contact)
