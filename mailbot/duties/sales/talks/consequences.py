"""What follows from a correction beside the entry itself: reports that had gone out, and the rep's commission. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailbot.deciding.verbs import Situation
from mailbot.duties.sales.commission.computing import statement
from mailbot.duties.sales.commission.facts import SoldLine
from mailbot.duties.sales.facts.answers import Change
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.reports.titles import title
from mailbot.duties.sales.settings import commission_of
from mailbot.duties.sales.weeks.guarding import day_of_entry
from mailbot.letters.model import Plain
from mailbot.records.known import PersonCard
from mailbot.records.tables import Role


def consequences(s: Situation, rep: PersonCard, changes: Sequence[Change]) -> dict[str, Plain]:
    """The reports that will go out corrected, and who is told; the commission before and after, where it changes."""
    recalled = s.known.recalled.get(NAME)
    if not isinstance(recalled, SalesKnown):
        return {"reports": (), "told": None, "commissions": ()}
    managers = s.known.in_role(Role.MANAGER) or s.known.in_role(Role.COORDINATOR)
    days = {day_of_entry(change.entry) for change in changes}
    found = [
        (each.span, reader)
        for each in recalled.reported
        for reader in managers[:1]
        if set(reader.keys) & set(each.sent_to) and any(each.span.holds(day) for day in days)
    ]
    return {
        "reports": tuple(title(span, rep.language) for span, _ in found),
        "told": found[0][1].recipient.name.split()[0] if found else None,
        "commissions": tuple(_commissions(s, rep, recalled, changes)),
    }


def _commissions(
    s: Situation, rep: PersonCard, recalled: SalesKnown, changes: Sequence[Change]
) -> Iterator[dict[str, Plain]]:
    """Of each month in which a changed line counts: what the rep earned by all lines, before and after."""
    rules = commission_of(s.known.desk)
    if rules is None:
        return
    for month, lines in recalled.sold:
        before = statement(rules, rep.name, lines).totals()
        after = statement(rules, rep.name, _changed(lines, month, rep, changes)).totals()
        if before != after:
            yield {"month": f"{month.first:%m/%Y}", "before": _prices(before), "after": _prices(after)}


def _changed(
    lines: Sequence[SoldLine], month: Period, rep: PersonCard, changes: Sequence[Change]
) -> tuple[SoldLine, ...]:
    """The lines as they are after the changes; what goes to a colleague, or out of the month, is there no more."""
    by_entry = {change.entry.id: change for change in changes}
    found = ((line, by_entry.get(line.entry_id)) for line in lines)
    changed = (line if change is None else _after(line, change, rep) for line, change in found)
    return tuple(line for line in changed if line is not None and month.first <= line.day <= month.last)


def _after(line: SoldLine, change: Change, rep: PersonCard) -> SoldLine | None:
    if change.price is None or (change.client is not None and change.client.owner_id != rep.id):
        return None
    period = change.period
    return replace(
        line,
        amount=change.price.amount,
        currency=change.price.currency,
        client=change.client.name if change.client else line.client,
        day=line.day if period is None else period.counting_day(change.entry.said_on, change.day),
    )


def _prices(prices: Sequence[Price]) -> tuple[Plain, ...]:
    return tuple({"amount": each.amount, "currency": each.currency} for each in prices)
