"""What this duty writes to a rep: what was booked, what was changed, and which client was meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.duties.sales.facts.answers import Change, ClientAnswer
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME, WHICH_CLIENT
from mailbot.duties.sales.facts.lines import ForecastLine, Numbers, UnclearLine
from mailbot.duties.sales.facts.particulars import Price, Stage, sums
from mailbot.duties.sales.grids.letters import asides
from mailbot.duties.sales.grids.totals import Checked
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.duties.sales.numbers.periods import Period, Week
from mailbot.duties.sales.talks.consequences import consequences
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.tables import Role

BOOKED: Final = "sales-booked"
CORRECTED: Final = "sales-corrected"
PLACED: Final = "sales-placed"
ASKED: Final = "sales-which-client"

_LONGEST_WORDS: Final = 120


def booked(
    s: Situation,
    rep: PersonCard,
    facts: Numbers,
    unclear: Sequence[UnclearLine],
    handed: Sequence[tuple[UnclearLine, PersonCard]] = (),
    total: Checked | None = None,
) -> Send:
    """The one confirmation of a mail of numbers; `unclear` are the lines that no question of its own asks about,
    `handed` those that a colleague is asked about, `total` the one that its lines were missing in."""
    coordinator = next(iter(s.known.in_role(Role.COORDINATOR)), None)
    names: dict[str, Plain] = {
        **_counted(facts),
        "expected": tuple(_expected(line) for line in facts.expected),
        "contracts": tuple(
            {"client": line.client.name, "day": line.contract_of} for line in facts.lines if line.contract_of
        ),
        "unclear": tuple(_unclear(line) for line in unclear),
        "handed": tuple(
            _line(line.client.name, line.price, line.evidence.words) | {"owner": owner.name}
            for line, owner in handed
            if line.client and line.price
        ),
        "asides": asides(facts),
        "total": total.told() if total else None,
        "coordinator": coordinator.name if coordinator else None,
        "example_change": min(2, len(facts.lines)),
        "example_drop": min(3, len(facts.lines)),
    }
    return Send(_draft(s, rep, "sales/booked", names, BOOKED))


def _told_again(facts: Numbers) -> tuple[Plain, ...]:
    """The lines that may be a sale told a second time: their numbers, and when the first one was told."""
    return tuple(
        _line(line.client.name, line.price, line.evidence.words)
        | {"number": number, "day": line.like.said_on, "yesterday": line.like.said_on == _day_before(facts)}
        for number, line in enumerate(facts.lines, start=1)
        if line.like
    )


def _counted(facts: Numbers) -> dict[str, Plain]:
    """The lines that count: those that are booked, those that were there already, and those that were perhaps."""
    return {
        "week": _counted_for(facts),
        "lines": tuple(_line(line.client.name, line.price, line.evidence.words) for line in facts.lines),
        "elsewhere": _elsewhere(facts),
        "totals": _prices(facts.totals()),
        "repeated": tuple(
            _line(line.entry.client_name, line.entry.price, line.evidence.words) | {"earlier": line.entry.booked_at}
            for line in facts.repeated
        ),
        "again": _told_again(facts),
    }


def which_client(s: Situation, rep: PersonCard, line: UnclearLine, position: int) -> Send:
    """A question of its own for one line: a digit or a word of the name is the answer."""
    if line.price is None:
        raise ValueError("a line without an amount is not asked about")
    names: dict[str, Plain] = {
        "name": line.name,
        "words": one_line(line.evidence.words, _LONGEST_WORDS),
        "amount": line.price.amount,
        "currency": line.price.currency,
        "choices": tuple(
            {
                "name": client.name,
                "owner": None if client.owner_id == rep.id else client.owner_name or "",
                "last": client.last if client.owner_id == rep.id else None,
            }
            for client in line.choices
        ),
    }
    question = Question(
        duty=NAME,
        kind=WHICH_CLIENT,
        words=f'Which client is "{one_line(line.evidence.words, _LONGEST_WORDS)}"?',
        context={"position": position, "choices": tuple(_choice(client) for client in line.choices)},
    )
    draft = _draft(s, rep, "sales/which_client", names, ASKED, about=f"{s.ref}/{position}")
    return Send(draft, question)


def corrected(s: Situation, rep: PersonCard, changes: Sequence[Change], total: Checked | None = None) -> Send:
    """Every change, before and after; the lines keep their numbers. `total` is the one that the changed lines make."""
    names: dict[str, Plain] = {
        "changes": tuple(
            {
                "number": change.line,
                "client": change.entry.client_name,
                "week": change.entry.week.number,
                "before": change.entry.price.amount,
                "before_currency": change.entry.price.currency,
                "after": change.price.amount if change.price else None,
                "currency": change.price.currency if change.price else change.entry.price.currency,
                "moved_to": change.client.name if change.client else None,
                "asked": change.client.owner_name if change.client and change.client.owner_id != rep.id else None,
                "first": change.period.first if change.period else None,
                "last": change.period.last if change.period else None,
            }
            for change in changes
        ),
        "differences": _prices(
            tuple(
                each
                for each in sums(
                    price
                    for change in changes
                    for price in (_kept(change, rep), Price(-change.entry.price.amount, change.entry.price.currency))
                    if price is not None
                )
                if each.amount
            )
        ),
        "total": total.told() if total and total.agrees else None,
        **consequences(s, rep, changes),
    }
    return Send(_draft(s, rep, "sales/corrected", names, CORRECTED))


def placed(s: Situation, rep: PersonCard, answer: ClientAnswer, client: NamedClient) -> Send:
    """The waiting line is booked, for the client that the rep named."""
    names: dict[str, Plain] = {
        "week": _week(answer.pending.week),
        "lines": (_line(client.name, answer.pending.price, answer.pending.words),),
        "is_new": False,
        "learned": answer.learned or None,
    }
    return Send(_draft(s, rep, "sales/placed", names, PLACED))


def _draft(
    s: Situation, rep: PersonCard, template: str, facts: dict[str, Plain], purpose: str, about: str = ""
) -> Draft:
    return Draft(
        to=rep.recipient,
        template=template,
        facts=facts,
        purpose=purpose,
        object=about or s.ref,
        answers=s.thread,
    )


def _kept(change: Change, rep: PersonCard) -> Price | None:
    """What the rep has of a line after a change; nothing of one that goes to a colleague's client."""
    return change.price if change.client is None or change.client.owner_id == rep.id else None


def _counted_for(facts: Numbers) -> Plain:
    """The one period that all lines count for, where they name the same; else the week of the mail."""
    named = {line.said.period for line in facts.lines}
    period = named.pop() if len(named) == 1 else None
    return _week(facts.week) if period is None else _period(period)


def _elsewhere(facts: Numbers) -> tuple[Plain, ...]:
    """The lines that count for a period of their own, by their numbers."""
    own = facts.week.period if facts.week else None
    if len({line.said.period for line in facts.lines}) < 2:
        return ()
    return tuple(
        {"line": number, "period": _period(line.said.period)}
        for number, line in enumerate(facts.lines, start=1)
        if line.said.period not in {None, own} and line.said.period is not None
    )


def _period(period: Period) -> Plain:
    week = Week.of(period.first)
    return {"number": week.number if week.period == period else None, "first": period.first, "last": period.last}


def _expected(line: ForecastLine) -> Plain:
    """What is noted beside the ledger; without an amount, the words of the line say it."""
    return {
        "client": line.client.name,
        "amount": line.price.amount if line.price else None,
        "currency": line.price.currency if line.price else None,
        "words": one_line(line.evidence.words, _LONGEST_WORDS),
        "lost": line.said.stage is Stage.LOST,
        "before": _before(line),
    }


def _before(line: ForecastLine) -> Plain:
    """What was expected until now, where a line changes it."""
    before = line.replaces.price if line.replaces and line.said.stage is Stage.OPEN else None
    return None if before is None else {"amount": before.amount, "currency": before.currency}


def _day_before(facts: Numbers) -> date | None:
    return facts.said_on - timedelta(days=1) if facts.said_on else None


def _week(week: Week | None) -> Plain:
    return None if week is None else {"number": week.number, "first": week.first, "last": week.last}


def _line(client: str, price: Price, words: str) -> dict[str, Plain]:
    return {
        "client": client,
        "amount": price.amount,
        "currency": price.currency,
        "words": one_line(words, _LONGEST_WORDS),
    }


def _prices(prices: Sequence[Price]) -> tuple[Plain, ...]:
    return tuple({"amount": price.amount, "currency": price.currency} for price in prices)


def _unclear(line: UnclearLine) -> dict[str, Plain]:
    """The words, why they were not booked, and the names and amounts that the reason speaks of."""
    return {
        "words": one_line(line.evidence.words, _LONGEST_WORDS),
        "doubt": line.doubt.value,
        "client": line.client.name if line.client else None,
        "owner": line.client.owner_name if line.client and line.doubt is Doubt.ANOTHERS_CLIENT else None,
        "stated": line.price.amount if line.price and line.doubt is Doubt.TOTAL_DIFFERS else None,
        "difference": abs(line.other.amount - line.price.amount) if line.other and line.price else None,
        "is_less": bool(line.other and line.price and line.other.amount < line.price.amount),
        "other": line.other.amount if line.other else None,
        "currency": line.other.currency if line.other else None,
    }


def _choice(client: NamedClient) -> dict[str, object]:
    return {
        "id": client.id,
        "name": client.name,
        "owner_id": client.owner_id,
        "owner_name": client.owner_name,
    }
