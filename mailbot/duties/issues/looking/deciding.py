"""What follows from what was seen. Pure.

At first: the client hears what we saw, and who has it; the department gets a task with the same facts. After a DONE: a
page that is there closes the issue, and the client is asked; one that is not goes back to the department, and the
client hears nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.issues.actions import Close, Reopen
from mailbot.duties.issues.looking import letters
from mailbot.duties.issues.looking.facts import SeenPage
from mailbot.duties.issues.looking.recalling import load
from mailbot.duties.issues.tables import IssueState
from mailbot.letters.cleaning import one_line
from mailbot.records.contracts.actions import SetDeliverable
from mailbot.records.contracts.tables import DeliverableState
from mailbot.records.decision import Action
from mailbot.records.known import Known, PersonCard
from mailbot.records.looks import CloseLook
from mailbot.records.tables import Role

LOOKED: Final = "looked"
_LONGEST_WORDS: Final = 80


def due(seen: object, known: Known, _: datetime) -> tuple[Due, ...]:
    """One decision for each look."""
    pages = [each for each in seen if isinstance(each, SeenPage)] if isinstance(seen, tuple) else []
    told: Counter[str] = Counter()  # letters that these decisions write, by address
    return tuple(_decided(each, known, told) for each in pages)


def _decided(page: SeenPage, known: Known, told: Counter[str]) -> Due:
    match page.issue.state:
        case IssueState.OPEN:
            is_told = _may_be_told(page, known, told[page.issue.address_key])
            told[page.issue.address_key] += is_told
            plan = _first(page, known, is_told=is_told)
        case IssueState.CLAIMED if page.look.seen.verdict.is_well:
            plan = _is_done(page, known)
        case IssueState.CLAIMED:
            plan = _is_not_done(page, known)
        case _:
            plan = Plan(f"{page.issue.ref} is {page.issue.state}: nothing follows from the look.", _closed(page))
    why = f"{page.look.url} was looked at for {page.issue.ref}: {page.look.seen.verdict.value}"
    return Due(LOOKED, why, plan, once=f"look {page.look.id}")


def _may_be_told(page: SeenPage, known: Known, told: int) -> bool:
    """One acknowledgement a day is enough; what asks or answers something goes out beside it, a few times a day."""
    if page.letters_lately + told >= known.desk.answers_per_address_and_day:
        return False
    return page.says_something or not (page.acknowledged_lately or told)


def _first(page: SeenPage, known: Known, *, is_told: bool) -> Plan:
    worker = _worker(page, known)
    written = [letters.to_client(page, worker)] if is_told else []
    if worker is not None:
        written.append(letters.task(page, worker, is_told=is_told))
    seen = page.look.seen.verdict.value
    hears = "is told" if is_told else "was written to today"
    return Plan(f"{page.issue.ref}: {page.look.url} {seen}; {page.issue.who} {hears}.", (*_closed(page), *written))


def _is_done(page: SeenPage, known: Known) -> Plan:
    worker = _worker(page, known)
    actions: list[Action] = [*_closed(page), *_points_there(page), Close(page.issue.id, page.issue.ref)]
    actions.append(letters.is_good(page, worker))
    if worker is not None:
        actions.append(letters.seen_done(page, worker))
    return Plan(f"{page.issue.ref}: {page.look.url} was seen to work; {page.issue.who} is asked.", tuple(actions))


def _points_there(page: SeenPage) -> Iterator[Action]:
    """What was sold leads to the page from now on that was seen."""
    sold = page.sold
    if sold is not None and sold.target is not None and sold.target != page.look.url:
        words = one_line(sold.words, _LONGEST_WORDS)
        yield SetDeliverable(sold.id, words, sold.state, DeliverableState.DELIVERED, target=page.look.url)


def _is_not_done(page: SeenPage, known: Known) -> Plan:
    worker = _worker(page, known)
    back = (letters.not_done(page, worker),) if worker is not None else ()
    to = worker.name if worker else "nobody"
    said = f"{page.issue.ref}: {page.look.url} {page.look.seen.verdict.value}; back to {to}."
    return Plan(said, (*_closed(page), Reopen(page.issue.id, page.issue.ref), *back))


def _closed(page: SeenPage) -> tuple[Action, ...]:
    return (CloseLook(page.look.id),)


def _worker(page: SeenPage, known: Known) -> PersonCard | None:
    """The department that has it, else who answers for it, else the coordinator."""
    found = known.person(page.issue.department_id) or known.person(page.issue.owner_id)
    return found or next(iter(known.in_role(Role.COORDINATOR)), None)


LOOKS: Final = Upkeep(job="looked", at=None, recall=load, due=due)
