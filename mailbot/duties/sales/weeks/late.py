"""Lines for a month that is closed: they wait, the manager is asked what becomes of them, and both are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import Supersede, told
from mailbot.duties.sales.facts.cards import LateCard, LateChange
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import Numbers, UnclearLine
from mailbot.duties.sales.facts.particulars import Price, sums
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.weeks.actions import BookLate, CorrectLate, RefuseLate
from mailbot.duties.sales.weeks.closings import Closings, month_of
from mailbot.duties.sales.weeks.facts import LATE, MonthAnswer
from mailbot.duties.sales.weeks.month_names import name_of, word_for
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Language, Plain
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import Role

TOLD: Final = "sales-late"
ASKED: Final = "sales-late-asked"
SETTLED: Final = "sales-late-settled"
NEXT, REOPEN, NO = "next", "reopen", "no"
_LONGEST_WORDS: Final = 120


def decider(known: Known) -> PersonCard | None:
    """Who decides about a month that is closed: the manager, else the coordinator; None where there is neither."""
    return next(iter((*known.in_role(Role.MANAGER), *known.in_role(Role.COORDINATOR))), None)


def late_lines(facts: Numbers, known: Known) -> list[UnclearLine]:
    """The lines whose month is closed and that are clear in all else, where there is somebody to decide."""
    if decider(known) is None or facts.said_on is None:
        return []
    return [line for line in facts.unclear if line.doubt is Doubt.LATE and line.client and line.price and _day(line)]


def _day(line: UnclearLine) -> date | None:
    """The last day that a line may count for."""
    if line.said.period is not None:
        return line.said.period.counting_day(line.said.day or line.said.period.last)
    return line.said.day


@dataclass(frozen=True, slots=True)
class Late:
    """What letters say of a late line; `day` is the one that the mail names for it."""

    client: str
    price: Price
    day: date | None
    words: str


def ask(s: Situation, rep: PersonCard, facts: Numbers, lines: Sequence[UnclearLine]) -> Iterator[Send]:
    """For each closed month one letter to the rep, and one question to who decides."""
    if facts.said_on is None:
        return
    months = dict.fromkeys(month_of(day).first for line in lines if (day := _day(line)))
    for month in months:
        of_it = [line for line in lines if (day := _day(line)) and month_of(day).first == month]
        late = [
            Late(line.client.name, line.price, line.said.day, line.evidence.words)
            for line in of_it
            if line.client and line.price
        ]
        yield from ask_about(
            s, rep, month, facts.said_on, late, {"positions": [facts.unclear.index(line) + 1 for line in of_it]}
        )


def ask_about(
    s: Situation, rep: PersonCard, month: date, said_on: date, lines: Sequence[Late], about: Mapping[str, object]
) -> Iterator[Send]:
    """One letter to the rep, and one question to who decides, about lines of one closed month; `about` says in the
    question which lines those are."""
    boss, recalled = decider(s.known), s.known.recalled.get(NAME)
    if boss is None or not isinstance(recalled, SalesKnown):
        return
    yield _telling(s, rep, boss, month, lines, recalled.closings)
    yield _asking(s, rep, boss, month, recalled.closings.open_month(said_on), lines, about)


def _telling(
    s: Situation, rep: PersonCard, boss: PersonCard, month: date, lines: Sequence[Late], closings: Closings
) -> Send:
    closed = (closings.closed_at(month) or s.now).astimezone(s.known.desk.zone)
    facts: dict[str, Plain] = {
        "totals": _prices([line.price for line in lines]),
        "month": name_of(month, rep.recipient.language),
        "closed_on": closed.date(),
        "closed_at": closed,
        "days_ago": (s.today - closed.date()).days,
        "decider": boss.recipient.name.split()[0],
    }
    return Send(Draft(rep.recipient, "sales/late", facts, TOLD, f"{s.ref} {month:%Y-%m}", answers=s.thread))


def _asking(
    s: Situation,
    rep: PersonCard,
    boss: PersonCard,
    month: date,
    into: Period,
    lines: Sequence[Late],
    about: Mapping[str, object],
) -> Send:
    language = boss.recipient.language
    names: dict[str, Plain] = {
        "rep": rep.recipient.name.split()[0],
        **months_in(month, into, language),
        "lines": tuple(
            {
                "client": line.client,
                "amount": line.price.amount,
                "currency": line.price.currency,
                "day": line.day,
                "words": one_line(line.words, _LONGEST_WORDS),
            }
            for line in lines
        ),
    }
    question = Question(
        duty=NAME,
        kind=LATE,
        words=f"{rep.name}: {len(lines)} late {'line' if len(lines) == 1 else 'lines'} for {name_of(month, 'en')}",
        context={**about, "month": month.isoformat(), "into": into.first.isoformat()},
    )
    return Send(Draft(boss.recipient, "sales/late_asked", names, ASKED, f"{s.ref} {month:%Y-%m}"), question)


def months_in(month: date, into: Period, language: Language) -> dict[str, Plain]:
    """What the two months are called, and the words that choose them."""
    return {
        "month": name_of(month, language),
        "word": word_for(month, language),
        "into": name_of(into.first, language),
        "into_word": word_for(into.first, language),
    }


# --- the answer ------------------------------------------------------------------------------------------------------


def settle(s: Situation, _how: NoParameters) -> Plan:
    """Books the lines in their own month or in the open one, or refuses them; who decided and who sent them hear it."""
    answer = s.finding.facts
    boss = s.known.sender.person if s.known.sender else None
    if not isinstance(answer, MonthAnswer) or not answer.said or boss is None:
        raise OurBug("late lines were about to be settled without an answer; the rules must hold it")
    actions: list[Action] = [CloseQuestion(answer.question_id, answer.evidence.words)]
    actions += [action for line in answer.lines for action in _settled(line, answer)]
    actions += [_heard(s, boss, boss, answer)]
    rep = s.known.person(answer.lines[0].rep_id)
    if rep is not None:
        actions.append(_heard(s, rep, boss, answer))
    total = ", ".join(told(price) for price in sums(line.price for line in answer.lines))
    month = name_of((answer.month if answer.said == REOPEN else answer.into).first, "en")
    done = "changed" if answer.said == REOPEN and any(line.change for line in answer.lines) else "booked"
    outcome = f"not {done}" if answer.said == NO else f"{done} in {month}"
    return Plan(
        f"{boss.name}: {total} that came late for {name_of(answer.month.first, 'en')}: {outcome}.", tuple(actions)
    )


def _settled(line: LateCard, answer: MonthAnswer) -> Iterator[Action]:
    if answer.said == NO:
        yield RefuseLate(line.id, line.client_name)
    elif answer.said == REOPEN and line.change is not None:
        yield from _changed(line, line.change)
    else:
        in_its_month = answer.said == REOPEN
        period = line.period if in_its_month else answer.into
        yield BookLate(
            pending_id=line.id,
            client_id=line.client_id,
            client_name=line.client_name,
            price=line.price,
            period=period,
            counts_on=line.counts_on if in_its_month else period.counting_day(line.said_on),
        )


def _changed(line: LateCard, change: LateChange) -> tuple[Action, ...]:
    """The entry is changed in its own month, and the line that waited for it waits no more."""
    superseding = Supersede(
        entry_id=change.entry.id,
        client_name=line.client_name,
        before=change.entry.price,
        price=change.price,
        line=change.line,
        words=line.words,
        place=line.place[:64],
        said_on=change.entry.said_on,
    )
    return CorrectLate(line.id, line.client_name), superseding


def _heard(s: Situation, to: PersonCard, boss: PersonCard, answer: MonthAnswer) -> Send:
    language = to.recipient.language
    facts: dict[str, Plain] = {
        "said": answer.said,
        "decider": None if to.id == boss.id else boss.recipient.name.split()[0],
        "totals": _prices([line.price for line in answer.lines]),
        "lines": tuple(_told(line) for line in answer.lines),
        "corrects": any(line.change for line in answer.lines),
        **months_in(answer.month.first, answer.into, language),
    }
    thread = s.thread if to.id == boss.id else None
    return Send(Draft(to.recipient, "sales/late_settled", facts, SETTLED, f"{s.ref} {to.id}", answers=thread))


def _told(line: LateCard) -> Plain:
    change = line.change
    return {
        "client": line.client_name,
        "amount": line.price.amount,
        "currency": line.price.currency,
        "before": change.entry.price.amount if change else None,
        "after": change.price.amount if change and change.price else None,
    }


def _prices(prices: Sequence[Price]) -> tuple[Plain, ...]:
    return tuple({"amount": each.amount, "currency": each.currency} for each in sums(prices))
