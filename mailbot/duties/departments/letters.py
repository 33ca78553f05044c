"""The letters of departments: what they are to deliver, what became of their answers, and who else hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.duties.departments.facts import IS_IT_DONE, IS_IT_THERE, MEANT, NAME, Item, Order
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Language, Plain, Recipient, Thread
from mailbot.message.web_addresses import WebAddress
from mailbot.records.contracts.magazine import issue_named
from mailbot.records.contracts.questions import ITEMS
from mailbot.records.contracts.tables import DeliverableState
from mailbot.records.decision import Question, Send
from mailbot.records.known import ClientCard, Known, PersonCard
from mailbot.records.looks import Look
from mailbot.records.tables import AddressStatus, Role

ORDERED: Final = "departments-order"
ANSWERED: Final = "departments-answered"
PROBLEM: Final = "departments-problem"
SEEN: Final = "departments-seen"
WRONG: Final = "departments-wrong"
LIVE: Final = "departments-live"
ON_A_CHANGE: Final = "departments-on-a-change"
LOOK_YOURSELF: Final = "departments-look"
_LONGEST_WORDS: Final = 100
MOST_LINES: Final = 25

Key = tuple[str, str, str]  # purpose, object, period


def line(item: Item, number: int, language: Language, today: date | None = None) -> dict[str, Plain]:
    """One thing, as letters show it to whoever delivers it: nothing of another department's part."""
    return {
        "number": number,
        "what": what(item, language),
        "due": item.due_on,
        "client": item.client,
        "contract": item.contract,
        "percent": _percent(item.percent),
        "list_price": item.list_price,
        "net": item.net,
        "currency": item.currency,
        "is_stuck": item.state is DeliverableState.PROBLEM,
        "is_late": today is not None and is_late(item, today),
    }


def _percent(written: Decimal | None) -> Decimal | int | None:
    """20 of what is kept as 20.0000."""
    return int(written) if written is not None and written == int(written) else written


def lines(items: Sequence[Item], language: Language, today: date | None = None) -> tuple[dict[str, Plain], ...]:
    """All of them, numbered as an answer names them."""
    return tuple(line(item, number, language, today) for number, item in enumerate(items[:MOST_LINES], start=1))


def is_late(item: Item, today: date) -> bool:
    """Whether its due date is over."""
    return item.due_on is not None and item.due_on < today


def what(item: Item, language: Language = "en") -> str:
    """The thing in the words of its contract, with the issue it stands in."""
    words = one_line(item.words, _LONGEST_WORDS)
    return f"{words}: {issue_named(item.issue, language)}" if item.issue and item.issue not in words else words


def to_staff(
    reader: PersonCard,
    template: str,
    facts: Mapping[str, Plain],
    key: Key,
    *,
    asks: Question | None = None,
    answers: Thread | None = None,
    client_id: int | None = None,
) -> Send:
    """A letter to a department or a colleague."""
    purpose, about, period = key
    draft = Draft(
        to=reader.recipient,
        template=f"{NAME}/{template}",
        facts=facts,
        purpose=purpose,
        object=about,
        period=period,
        answers=answers,
        about_client=client_id,
    )
    return Send(draft, asks)


def is_it_done(items: Sequence[Item], meant: str | None = None) -> Question:
    """The question of every letter that a department answers by DONE or PROBLEM."""
    asked = [item.id for item in items[:MOST_LINES]]
    context: dict[str, object] = {ITEMS: asked} | ({MEANT: meant} if meant else {})
    return Question(
        NAME, IS_IT_DONE, f"Is it done: {'; '.join(what(item) for item in items[:3])}?", context, followed=True
    )


def once_more(order: Order) -> Question:
    """The question of an order, as another letter asks it."""
    if order.kind == IS_IT_THERE:
        return Question(NAME, IS_IT_THERE, f"Is it there: {what(order.items[0])}?", {ITEMS: [order.items[0].id]})
    return is_it_done(order.items, order.meant)


# --- what is to be delivered ---


def order(items: Sequence[Item], department: PersonCard, seen_kinds: frozenset[str]) -> Send:
    """A department's own part of one contract. Things of `seen_kinds` count only when they were seen."""
    first = items[0]
    facts: dict[str, Plain] = {
        "contract": first.contract,
        "client": first.client,
        "items": lines(items, department.language),
        "due": min((item.due_on for item in items if item.due_on), default=None),
        "on_the_web": any(item.is_on_the_web(seen_kinds) for item in items),
        "contacts": tuple(dict.fromkeys(item.contact for item in items if item.contact)),
    }
    key = (ORDERED, f"{first.contract} {department.id}", str(min(item.id for item in items)))
    return to_staff(department, "order", facts, key, asks=is_it_done(items), client_id=first.client_id)


# --- what was seen ---


def seen(item: Item, looks: Sequence[Look], department: PersonCard) -> Send:
    """To the department: it was seen, and counts."""
    facts: dict[str, Plain] = {
        "what": what(item, department.language),
        "client": item.client,
        "contract": item.contract,
        "looks": tuple(_look(each) for each in looks),
    }
    return to_staff(department, "seen", facts, _key(SEEN, item, looks), client_id=item.client_id)


def wrong(item: Item, looks: Sequence[Look], meant: str | None, department: PersonCard, *, was_up: bool) -> Send:
    """Back to the department: what was seen instead, and what was probably meant. `was_up`: it was there before."""
    facts: dict[str, Plain] = {
        "what": what(item, department.language),
        "client": item.client,
        "contract": item.contract,
        "due": item.due_on,
        "looks": tuple(_look(each) for each in looks),
        "meant": _host_of(meant) if meant else None,
        "was_up": was_up,
    }
    asks = is_it_done((item,), meant)
    return to_staff(department, "wrong", facts, _key(WRONG, item, looks), asks=asks, client_id=item.client_id)


def look_yourself(item: Item, looks: Sequence[Look], coordinator: PersonCard) -> Send:
    """To the coordinator: only a person can see whether it is there."""
    facts: dict[str, Plain] = {
        "what": what(item, coordinator.language),
        "client": item.client,
        "contract": item.contract,
        "looks": tuple(_look(each) for each in looks),
    }
    asks = Question(NAME, IS_IT_THERE, f"Is it there: {what(item)}?", {ITEMS: [item.id]})
    key = _key(LOOK_YOURSELF, item, looks)
    return to_staff(coordinator, "look_yourself", facts, key, asks=asks, client_id=item.client_id)


def live(item: Item, client: ClientCard) -> Send | None:
    """To the client: what was seen, and nothing else; None where nobody may be written to."""
    contact = next((each for each in client.contacts if each.id == item.contact_id), None)
    contact = contact or next(iter(client.contacts), None)
    if contact is None or contact.address_status is not AddressStatus.OK or client.paused_because or not item.link:
        return None
    language = contact.language or client.language
    facts: dict[str, Plain] = {
        "what": what(item, language),
        "contract": item.contract,
        "link": item.link,
        "target": item.target,
    }
    draft = Draft(
        to=Recipient(contact.address, contact.name, language),
        template=f"{NAME}/live",
        facts=facts,
        purpose=LIVE,
        object=str(item.id),
        about_client=client.id,
        offers_stop=True,
    )
    return Send(draft)


def _key(purpose: str, item: Item, looks: Sequence[Look]) -> Key:
    return purpose, str(item.id), str(max(look.id for look in looks))


def _look(look: Look) -> dict[str, Plain]:
    return {
        "is_target": look.about.endswith(" target"),
        "url": look.url,
        "host": _host_of(look.url),
        "verdict": look.seen.verdict.value,
        "status": look.seen.status,
        "title": look.seen.title or None,
        "said": look.seen.said.rstrip(".") or None,
        "final": look.seen.final if look.redirects else None,
        "wants": look.wants or None,
        "link": look.link.value if look.link else None,
        "links_to": look.links_to or None,
    }


def _host_of(url: str) -> str:
    address = WebAddress.parse(url)
    return address.host if address else url


# --- who else hears of it ---


def problem(
    said: Sequence[tuple[Item, str]], department: PersonCard, reader: PersonCard, about: str, *, is_rep: bool
) -> Send:
    """To the rep and to the coordinator: what is in a department's way, in its own words."""
    facts: dict[str, Plain] = {
        "department": department.name,
        "address": department.address,
        "is_rep": is_rep,
        "problems": tuple(line(item, 0, reader.language) | {"words": words} for item, words in said),
    }
    client_ids = {item.client_id for item, _ in said}
    client_id = client_ids.pop() if len(client_ids) == 1 else None
    return to_staff(reader, "problem", facts, (PROBLEM, about, str(reader.id)), client_id=client_id)


def coordinators(known: Known) -> tuple[PersonCard, ...]:
    """Who coordinates; where nobody does, a manager or the admin."""
    roles = (known.in_role(role) for role in (Role.COORDINATOR, Role.MANAGER, Role.ADMIN))
    return next((found for found in roles if found), ())
