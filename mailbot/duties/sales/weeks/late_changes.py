"""A correction of a month that is closed: it waits, the manager is asked what becomes of it, and both are told.

What waits is the difference, because that is what the total lacks. "OCT" changes the entry in its own month, "NOV"
books the difference in the open one, and after "NO" everything stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import KeepWaiting, told
from mailbot.duties.sales.facts.answers import Change, Corrections
from mailbot.duties.sales.facts.cards import EntryCard, LateCard, LateChange
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.particulars import Particulars, Price
from mailbot.duties.sales.talks.correcting import corrected, corrections_of, rep_of
from mailbot.duties.sales.weeks.closings import NO_CLOSINGS, Closings, month_of
from mailbot.duties.sales.weeks.facts import LATE
from mailbot.duties.sales.weeks.guarding import day_of_entry
from mailbot.duties.sales.weeks.late import decider, months_in
from mailbot.duties.sales.weeks.month_names import name_of
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Folder, Question, Send
from mailbot.records.known import Known, PersonCard

TOLD: Final = "sales-late-change"
ASKED: Final = "sales-late-change-asked"
_LONGEST_WORDS: Final = 120


def can_be_decided(facts: object, closings: Closings, known: Known) -> bool:
    """Whether one word settles it: only amounts are changed, in their own currency, and there is somebody to ask."""
    if not isinstance(facts, Corrections) or facts.unclear or decider(known) is None:
        return False
    closed = [change for change in facts.changes if _is_closed(change, closings)]
    return bool(closed) and all(_is_of_an_amount(change) for change in closed)


def _is_of_an_amount(change: Change) -> bool:
    same_currency = change.price is None or change.price.currency == change.entry.price.currency
    return change.client is None and change.period is None and same_currency


def _is_closed(change: Change, closings: Closings) -> bool:
    days = [day_of_entry(change.entry)]
    if change.period is not None:
        days.append(change.period.counting_day(change.entry.said_on, change.day))
    return any(closings.closed_at(day) is not None for day in days)


def difference(change: Change) -> Price:
    """What a change makes of a total."""
    after = change.price.amount if change.price else Decimal(0)
    return Price(after - change.entry.price.amount, change.entry.price.currency)


def ask(s: Situation, _how: NoParameters) -> Plan:
    """Changes what is open; for each closed month one letter to the rep, and one question to who decides."""
    facts, rep, boss = corrections_of(s), rep_of(s), decider(s.known)
    recalled = s.known.recalled.get(NAME)
    closings = recalled.closings if isinstance(recalled, SalesKnown) else NO_CLOSINGS
    closed = [change for change in facts.changes if _is_closed(change, closings)]
    if boss is None or not closed:
        raise OurBug("nobody was to be asked about a correction of a closed month; the rules must hold it")
    still_open = [change for change in facts.changes if change not in closed]
    actions: list[Action] = [*(corrected(s, rep, still_open)[1] if still_open else ())]
    actions += [_kept(s, rep, change, position) for position, change in enumerate(closed, start=1)]
    for month in dict.fromkeys(month_of(day_of_entry(change.entry)).first for change in closed):
        of_it = [
            (number, each) for number, each in enumerate(closed, 1) if month_of(day_of_entry(each.entry)).first == month
        ]
        actions += _letters(s, rep, boss, month, of_it, closings)
    waits = ", ".join(f"{change.entry.client_name} {told(difference(change))}" for change in closed)
    return Plan(f"{rep.name} corrects a closed month ({waits}); asked {boss.name}.", tuple(actions), Folder.ASKED)


def _kept(s: Situation, rep: PersonCard, change: Change, position: int) -> KeepWaiting:
    day = day_of_entry(change.entry)
    return KeepWaiting(
        rep_id=rep.id,
        position=position,
        words=change.evidence.words,
        place=str(change.evidence.place)[:300],
        doubt=Doubt.LATE.value,
        client_words=change.entry.client_name,
        client_id=change.entry.client_id,
        price=difference(change),
        week=change.entry.week,
        said_on=s.today,
        said=Particulars(period=month_of(day), day=day),
    )


def _letters(
    s: Situation,
    rep: PersonCard,
    boss: PersonCard,
    month: date,
    changes: Sequence[tuple[int, Change]],
    closings: Closings,
) -> Iterator[Send]:
    into = closings.open_month(s.today)
    at = (closings.closed_at(month) or s.now).astimezone(s.known.desk.zone)
    told_rep: dict[str, Plain] = {
        "changes": tuple(_told(change) for _, change in changes),
        "month": name_of(month, rep.recipient.language),
        "closed_on": at.date(),
        "closed_at": at,
        "days_ago": (s.today - at.date()).days,
        "decider": boss.recipient.name.split()[0],
    }
    about = f"{s.ref} {month:%Y-%m}"
    yield Send(Draft(rep.recipient, "sales/late_change", told_rep, TOLD, about, answers=s.thread))
    asked: dict[str, Plain] = {
        "rep": rep.recipient.name.split()[0],
        "changes": tuple(_told(change) for _, change in changes),
        **months_in(month, into, boss.recipient.language),
    }
    count = f"{len(changes)} {'line' if len(changes) == 1 else 'lines'}"
    question = Question(
        duty=NAME,
        kind=LATE,
        words=f"{rep.name} corrects {count} of {name_of(month, 'en')}",
        context={
            "positions": [number for number, _ in changes],
            "changes": [_in_question(number, change) for number, change in changes],
            "month": month.isoformat(),
            "into": into.first.isoformat(),
        },
    )
    yield Send(Draft(boss.recipient, "sales/late_change_asked", asked, ASKED, about), question)


def _told(change: Change) -> dict[str, Plain]:
    return {
        "client": change.entry.client_name,
        "before": change.entry.price.amount,
        "after": change.price.amount if change.price else None,
        "currency": change.entry.price.currency,
        "difference": difference(change).amount,
        "words": one_line(change.evidence.words, _LONGEST_WORDS),
    }


def _in_question(position: int, change: Change) -> dict[str, object]:
    price = change.price
    return {
        "position": position,
        "entry_id": change.entry.id,
        "line": change.line,
        "amount": None if price is None else str(price.amount),
        "quantity": None if price is None or price.quantity is None else str(price.quantity),
        "unit": None if price is None or price.unit is None else str(price.unit),
    }


def entries_in(context: Mapping[str, object]) -> tuple[int, ...]:
    """The numbers of the entries that a question is about."""
    return tuple(int(each["entry_id"]) for each in _changes(context))


def with_changes(
    lines: Sequence[LateCard], context: Mapping[str, object], entries: Sequence[EntryCard]
) -> tuple[LateCard, ...] | None:
    """The lines that a question is about, each with the change that it stands for, if it does; None where an entry is
    no longer the one that counts."""
    current = {entry.id: entry for entry in entries if entry.is_current}
    wanted = {int(each["position"]): each for each in _changes(context)}
    if any(int(each["entry_id"]) not in current for each in wanted.values()):
        return None
    return tuple(
        replace(line, change=_change(wanted[line.position], current)) if line.position in wanted else line
        for line in lines
    )


def _changes(context: Mapping[str, object]) -> Iterator[Mapping[str, Any]]:
    found = context.get("changes")
    return (each for each in (found if isinstance(found, list | tuple) else ()) if isinstance(each, Mapping))


def _change(kept: Mapping[str, Any], entries: Mapping[int, EntryCard]) -> LateChange:
    entry = entries[int(kept["entry_id"])]
    amount = _decimal(kept["amount"])
    price = Price(amount, entry.price.currency, _decimal(kept["quantity"]), _decimal(kept["unit"])) if amount else None
    return LateChange(entry, price, int(kept["line"]))


def _decimal(kept: object) -> Decimal | None:
    return None if kept is None else Decimal(str(kept))
