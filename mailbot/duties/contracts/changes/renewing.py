"""A contract goes on: the one that follows it has its things again, moved into the new time. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from mailbot.duties.contracts.changes.said import AGAIN, NUMBER, SAME_TERMS
from mailbot.duties.contracts.changes.worth import figures_in
from mailbot.duties.contracts.facts import ContractReading, Issue, Promise, Renewal, Term, Value
from mailbot.duties.contracts.intake.promises import counted
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.duties.contracts.settings import Kind
from mailbot.records.contracts.cards import ContractCard, DeliverableCard
from mailbot.records.contracts.dates import last_day, months_later
from mailbot.records.contracts.tables import Contract, ContractState, DeliverableState

_MOST_MONTHS: Final = 120


def renewed(words: str, contract: ContractCard, reader: Reader) -> ContractReading:
    """The contract that follows this one: as long as the words say, or as this one was; worth what they say, or the
    same where they say that its terms stay. What is worth something that nobody has said is asked."""
    length = _months_said(words) or months_of(contract)
    starts_on = contract.ends_on + timedelta(days=1)
    term = Term(starts_on, last_day(starts_on, length), _length_said(words))
    return ContractReading(
        term=term,
        value=_value(words, contract, reader),
        promises=_promises(contract, term, reader),
        renewal=Renewal(contract.renews, contract.notice_days, None, contract.ref) if contract.renews else None,
        artwork=None,
    )


def ended_on(contract: Contract | ContractCard) -> date | None:
    """The last day of a contract that has ended; None of one whose renewal is in time."""
    return contract.ends_on if contract.state is ContractState.ENDED else None


def months_of(contract: ContractCard) -> int:
    """How many months a contract runs; at least one."""
    after = contract.ends_on + timedelta(days=1)
    months = (after.year - contract.starts_on.year) * 12 + after.month - contract.starts_on.month
    return max(months, 1)


def _months_said(words: str) -> int | None:
    found = AGAIN.search(words)
    if found is None:
        return None
    number = counted(found["number"]) if found["number"] else 1
    months = number * 12 if found["unit"].casefold().startswith(("y", "j")) else number
    return months if months <= _MOST_MONTHS else None


def _length_said(words: str) -> str:
    found = AGAIN.search(words)
    return found[0] if found else ""


def _value(words: str, contract: ContractCard, reader: Reader) -> Value | None:
    amounts = figures_in(NUMBER.sub(" ", AGAIN.sub(" ", words)), reader)
    if len(amounts) == 1 and amounts[0].amount is not None:
        return Value(abs(amounts[0].amount), contract.currency, " ".join(words.split()))
    if amounts:
        readings = tuple(
            amount for each in amounts for amount in (each.readings or (each.amount,)) if amount is not None
        )
        return Value(None, contract.currency, " ".join(words.split()), readings)
    same = SAME_TERMS.search(words)
    if same is None or contract.value is None:
        return None
    return Value(contract.value, contract.currency, same[0])


def _promises(contract: ContractCard, term: Term, reader: Reader) -> tuple[Promise, ...]:
    lines: dict[int, list[DeliverableCard]] = defaultdict(list)
    for row in contract.deliverables:
        if row.state is not DeliverableState.DROPPED:
            lines[row.position].append(row)
    kinds = {kind.name: kind for kind in reader.arrangements.kinds}
    return tuple(_again(rows, kinds.get(rows[0].kind), contract, term, reader) for rows in lines.values())


def _again(
    rows: Sequence[DeliverableCard], kind: Kind | None, contract: ContractCard, term: Term, reader: Reader
) -> Promise:
    """The same thing in the new time: in the issues that its words name there, or so many months later."""
    first = rows[0]
    months = (term.starts_on.year - contract.starts_on.year) * 12 + term.starts_on.month - contract.starts_on.month
    issues: tuple[Issue, ...] = ()
    if kind is not None and kind.in_issues:
        issues = reader.months(term).issues_in(first.words) or _moved_issues(rows, months, reader)
    return Promise(
        kind=first.kind,
        quantity=sum(row.quantity for row in rows),
        words=first.words,
        issues=issues,
        starts_on=None if issues else _moved(first.starts_on, months),
        ends_on=None if issues else _moved(first.ends_on, months),
        percent=first.percent,
        list_price=first.list_price,
    )


def _moved_issues(rows: Sequence[DeliverableCard], months: int, reader: Reader) -> tuple[Issue, ...]:
    first_days = [_first_of(row.issue) for row in rows]
    later = [months_later(day, months) for day in first_days if day is not None]
    return tuple(Issue(day, reader.arrangements.issues.get(day)) for day in later)


def _first_of(issue: str | None) -> date | None:
    try:
        return date.fromisoformat(f"{issue}-01")
    except ValueError:
        return None


def _moved(day: date | None, months: int) -> date | None:
    """The same day so many months later; the last day of a month stays one."""
    if day is None:
        return None
    is_last = (day + timedelta(days=1)).day == 1
    return months_later(day + timedelta(days=1), months) - timedelta(days=1) if is_last else months_later(day, months)
