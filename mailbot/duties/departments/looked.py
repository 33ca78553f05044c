"""What follows when the pages of a claim were looked at: it counts, goes back, or is shown to a person.

Pages that count already are looked at again now and then; of those that are still there nobody hears.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.departments import letters
from mailbot.duties.departments.actions import ClosePageTask, task_kind
from mailbot.duties.departments.facts import NAME, Item
from mailbot.duties.departments.recalling import items_by_id
from mailbot.duties.departments.settings import settings_of
from mailbot.duties.duty import Upkeep
from mailbot.message.page_links import LinkSeen
from mailbot.message.web_addresses import WebAddress
from mailbot.records.contracts.actions import SetDeliverable
from mailbot.records.contracts.tables import DeliverableState
from mailbot.records.decision import Action
from mailbot.records.in_words import Words
from mailbot.records.known import ClientCard, Known, PersonCard
from mailbot.records.looks import CloseLook, Look, LookState, PageLook, seen_for
from mailbot.records.page_seen import Verdict
from mailbot.records.parties import clients_by_id
from mailbot.records.questions import OpenTask
from mailbot.suggestions import meant_host

LOOKED: Final = "looked"


@dataclass(frozen=True, slots=True)
class Seen:
    """All looks at what one claim names, the page first; and the client it is for, with its contacts.

    `had_link`: the page was seen to link to its target before.
    """

    item: Item
    looks: tuple[Look, ...]
    client: ClientCard | None
    had_link: bool = False


_LOOKS: Final = select(PageLook.about).where(
    PageLook.duty == NAME, PageLook.about.in_(bindparam("abouts", expanding=True)), PageLook.undone_by.is_(None)
)
_WAITING: Final = _LOOKS.where(PageLook.state == LookState.WAITING)
_SEEN_TO_LINK: Final = _LOOKS.where(PageLook.state == LookState.CLOSED, PageLook.link == LinkSeen.THERE).distinct()


def load(session: Session, known: Known, _now: datetime) -> tuple[Seen, ...]:
    """The things whose pages were all looked at, and of which nothing was made yet."""
    by_item: dict[int, list[Look]] = defaultdict(list)
    for look in seen_for(session, NAME):
        by_item[_item_of(look.about)].append(look)
    if not by_item:
        return ()
    named = [f"{item} {which}" for item in by_item for which in ("page", "target")]
    unfinished = {_item_of(about) for about in _about(session, _WAITING, named)}
    items = items_by_id(session, set(by_item) - unfinished)
    clients = clients_by_id(session, {item.client_id for item in items}, {each.id: each for each in known.staff})
    linked = _about(session, _SEEN_TO_LINK, [f"{item.id} page" for item in items])
    return tuple(
        Seen(item, _newest(by_item[item.id]), clients.get(item.client_id), f"{item.id} page" in linked)
        for item in items
    )


def _about(session: Session, looks: Select[str], abouts: Sequence[str]) -> frozenset[str]:
    """Those of these pages about which there is such a look."""
    return frozenset(session.connection().execute(looks, {"abouts": abouts}).scalars())


def _item_of(about: str) -> int:
    return int(about.partition(" ")[0])


def _newest(looks: Sequence[Look]) -> tuple[Look, ...]:
    """All of them, the page before its target."""
    return tuple(sorted(looks, key=lambda look: (look.about, look.id)))


def due(found: object, known: Known, _now: datetime) -> tuple[Due, ...]:
    """One decision for each claim and each page that is gone; one for all pages that are still there."""
    seen = [each for each in found if isinstance(each, Seen)] if isinstance(found, tuple) else []
    still_there = [each for each in seen if each.item.state is not DeliverableState.CLAIMED and _is_well(each)]
    others = [each for each in seen if each not in still_there]
    dues = [Due(LOOKED, "its pages were looked at", _plan(each, known), _once((each,))) for each in others]
    if still_there:
        dues.append(Due(LOOKED, "pages were looked at again", _nothing_new(still_there), _once(still_there)))
    return tuple(dues)


def _once(seen: Sequence[Seen]) -> str:
    return f"looks up to {max(look.id for each in seen for look in each.looks)}"


def _is_well(seen: Seen) -> bool:
    return not _bad(seen)


def _bad(seen: Seen) -> list[Look]:
    """The looks that did not find what they should. A link that no program ever saw is not missed later."""
    is_missed = seen.item.state is DeliverableState.CLAIMED or seen.had_link
    fine = {None, LinkSeen.THERE} if is_missed else {None, LinkSeen.THERE, LinkSeen.MISSING}
    return [look for look in seen.looks if not (look.seen.verdict.is_well and look.link in fine)]


def _is_for_a_person(look: Look, seen: Seen) -> bool:
    """Whether the look says nothing: a page that is not shown, or a link that a script may have put there."""
    return look.seen.verdict.shows_nothing or (look.link is LinkSeen.MISSING and not seen.had_link)


def _nothing_new(seen: Sequence[Seen]) -> Plan:
    count = len(seen)
    summary = "1 page is still there." if count == 1 else f"{count} pages are still there."
    return Plan(summary, tuple(CloseLook(look.id) for each in seen for look in each.looks))


def _plan(seen: Seen, known: Known) -> Plan:
    """What one thing comes to. Where what is to be looked at has changed meanwhile, the looks are only closed."""
    closed = tuple(CloseLook(look.id) for look in seen.looks)
    item, about = seen.item, f"{letters.what(seen.item)} for {seen.item.client}"
    if item.state not in (DeliverableState.CLAIMED, DeliverableState.DELIVERED):
        return Plan(f"{about} is {item.state.value} meanwhile.", closed)
    if _is_well(seen):
        return Plan(f"Seen: {about}.", (*closed, *_delivered(seen, known)))
    bad = _bad(seen)
    if all(_is_for_a_person(look, seen) for look in bad):
        return Plan(f"A person has to look: {about}.", (*closed, *_to_a_person(seen, known)))
    told = ", ".join(f"{look.url}: {_in_a_word(look)}" for look in bad)
    return Plan(f"Not as it should be: {about} ({told}).", (*closed, *_back(seen, known)))


def _in_a_word(look: Look) -> str:
    return look.seen.verdict.value if not look.seen.verdict.is_well else f"no link to {look.wants}"


def _delivered(seen: Seen, known: Known) -> Iterator[Action]:
    yield _set(seen.item, DeliverableState.DELIVERED)
    yield ClosePageTask(seen.item.id, letters.what(seen.item))
    department = known.person(seen.item.department_id)
    if department is not None:
        yield letters.seen(seen.item, seen.looks, department)
    if seen.client is not None and settings_of(known.desk).tell_client:
        told = letters.live(seen.item, seen.client)
        if told is not None:
            yield told


def _to_a_person(seen: Seen, known: Known) -> Iterator[Action]:
    if seen.item.state is DeliverableState.CLAIMED:
        for coordinator in letters.coordinators(known)[:1]:
            yield letters.look_yourself(seen.item, _bad(seen), coordinator)


def _back(seen: Seen, known: Known) -> Iterator[Action]:
    """Back to the department, with what was probably meant. What had been up is a task besides: no due date follows
    it any more."""
    yield _set(seen.item, DeliverableState.ORDERED)
    department = known.person(seen.item.department_id)
    if department is not None:
        was_up = seen.item.state is DeliverableState.DELIVERED
        yield letters.wrong(seen.item, seen.looks, _meant(seen), department, was_up=was_up)
        if was_up:
            yield _task(seen.item, department)


def _task(item: Item, department: PersonCard) -> OpenTask:
    about = f"{letters.what(item)}, {item.client} ({item.contract})"
    words = Words(f"The page is gone or wrong: {about}", f"Die Seite fehlt oder stimmt nicht mehr: {about}")
    return OpenTask(NAME, task_kind(item.id), words.to(department.language), department.id, item.client_id)


def _meant(seen: Seen) -> str | None:
    """Where a link was probably to lead whose host does not exist: the same page at a host of the client's."""
    if seen.client is None:
        return None
    domains = [contact.address.rpartition("@")[2].lower() for contact in seen.client.contacts]
    for look in seen.looks:
        address = WebAddress.parse(look.url)
        if look.seen.verdict is Verdict.NO_SUCH_HOST and look.about.endswith(" target") and address is not None:
            host = meant_host(address.host, domains)
            if host is not None:
                www = "www." if address.host.startswith("www.") else ""
                return str(address.at(f"{www}{host}"))
    return None


def _set(item: Item, state: DeliverableState) -> SetDeliverable:
    return SetDeliverable(item.id, letters.what(item), item.state, state)


LOOKING: Final = Upkeep(job="looked", at=None, recall=load, due=due)
