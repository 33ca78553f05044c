"""A sheet of plans in a workbook: never counted, and offered to its rep as what is expected; one word takes it.

Until that word nothing of it is noted. What a question offered stands in the question, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import Aside, Numbers, SetAside
from mailbot.duties.sales.facts.particulars import Particulars, Price, Stage, sums
from mailbot.duties.sales.forecast_actions import NoteForecast
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.reports.titles import title
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.message.model import Evidence, Words
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import PersonCard, QuestionCard
from mailbot.records.questions import CloseQuestion
from mailbot.sorting.model import Finding, NotMine
from mailbot.sorting.one_word import Chosen, Option, choice

PLAN_SHEET: Final = "plan-sheet"  # the kind of the question whether a sheet of plans is what its rep expects
PLAN_ANSWER: Final = "plan-answer"
_WORDS: Final = (Option("yes", numbered=False), Option("no", numbered=False))
_MOST_ROWS: Final = 20
_LONGEST_WORDS: Final = 120


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of a sheet of plans, for a client of the rep's own."""

    client_id: int
    client: str
    price: Price
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """The word about a sheet of plans: `said` is yes or no, and "" where it is neither."""

    question_id: int
    rows: tuple[PlannedRow, ...]
    period: Period
    said: str
    evidence: Evidence


def planned_rows(facts: Numbers, rep: PersonCard) -> tuple[PlannedRow, ...]:
    """What can be offered: rows of plan sheets that name one client of the rep's own and one amount."""
    found = (_row(aside, rep) for aside in facts.asides if aside.why is SetAside.PLANNED)
    return tuple(row for row in found if row is not None)[:_MOST_ROWS]


def _row(aside: Aside, rep: PersonCard) -> PlannedRow | None:
    client, price = aside.client, aside.price
    if client is None or client.owner_id != rep.id or price is None or price.amount <= 0:
        return None
    return PlannedRow(client.id, client.name, price, aside.evidence.words, str(aside.evidence.place)[:300])


def offer(s: Situation, rep: PersonCard, facts: Numbers) -> Iterator[Send]:
    """The question whether the plan is what is expected of this quarter; none where there is nothing to offer."""
    rows = planned_rows(facts, rep)
    if not rows or facts.said_on is None:
        return
    quarter = Span.of(SpanKind.QUARTER, facts.said_on)
    names: dict[str, Plain] = {
        "rows": tuple(
            {"client": row.client, "amount": row.price.amount, "currency": row.price.currency} for row in rows
        ),
        "totals": _prices(rows),
        "quarter": title(quarter, rep.language),
    }
    question = Question(
        duty=NAME,
        kind=PLAN_SHEET,
        words=f"Is the sheet of plans what {rep.name} expects of {title(quarter, 'en')}?",
        context={
            "first": quarter.first.isoformat(),
            "last": quarter.last.isoformat(),
            "rows": [_kept(row) for row in rows],
        },
    )
    draft = Draft(rep.recipient, "sales/plan_offered", names, "sales-plan", f"{s.ref}/plan", answers=s.thread)
    yield Send(draft, question)


def plan_answer(words: Words, question: QuestionCard) -> Finding | NotMine:
    """YES or NO to a sheet of plans."""
    said = choice(words.text, _WORDS)
    is_clear = isinstance(said, Chosen) and not said.besides
    evidence = words.evidence(0, min(len(words.text), _LONGEST_WORDS))
    key = said.key if isinstance(said, Chosen) and is_clear else ""
    context = question.context
    period = Period(date.fromisoformat(str(context["first"])), date.fromisoformat(str(context["last"])))
    facts = PlanAnswer(question.id, _rows_in(context), period, key, evidence)
    why = f"it says {key or 'neither yes nor no'} to the sheet of plans of {question.decision_ref}"
    return Finding(NAME, PLAN_ANSWER, facts, (evidence,), why)


def settle(s: Situation, _how: NoParameters) -> Plan:
    """YES notes each row as expected, in the place of what was expected of the same before; NO notes nothing."""
    answer = s.finding.facts
    rep = s.known.sender.person if s.known.sender else None
    if not isinstance(answer, PlanAnswer) or not answer.said or rep is None:
        raise OurBug("a sheet of plans was about to be settled without an answer; the rules must hold it")
    takes = answer.said == "yes"
    quarter = Span.of(SpanKind.QUARTER, answer.period.first)
    facts: dict[str, Plain] = {
        "taken": takes,
        "totals": _prices(answer.rows),
        "quarter": title(quarter, rep.language),
    }
    actions: list[Action] = [CloseQuestion(answer.question_id, answer.evidence.words)]
    actions += _noted(s, rep, answer) if takes else ()
    told = Draft(rep.recipient, "sales/plan_settled", facts, "sales-plan-settled", s.ref, answers=s.thread)
    what = "is noted as expected" if takes else "is not noted"
    return Plan(f"{rep.name}: the plan for {title(quarter, 'en')} {what}.", (*actions, Send(told)))


def _noted(s: Situation, rep: PersonCard, answer: PlanAnswer) -> Iterator[NoteForecast]:
    recalled = s.known.recalled.get(NAME)
    earlier = recalled.forecasts if isinstance(recalled, SalesKnown) else ()
    for row in answer.rows:
        same = (each for each in earlier if (each.client_id, each.period) == (row.client_id, answer.period))
        yield NoteForecast(
            rep_id=rep.id,
            client_id=row.client_id,
            client_name=row.client,
            price=row.price,
            period=answer.period,
            said_on=s.today,
            words=row.words,
            place=row.place,
            said=Particulars(stage=Stage.OPEN, period=answer.period),
            supersedes=next((each.id for each in same if not each.product), None),
        )


def _kept(row: PlannedRow) -> dict[str, object]:
    return {
        "client_id": row.client_id,
        "client": row.client,
        "amount": str(row.price.amount),
        "currency": row.price.currency,
        "words": one_line(row.words, _LONGEST_WORDS),
        "place": row.place,
    }


def _rows_in(context: Mapping[str, Any]) -> tuple[PlannedRow, ...]:
    return tuple(
        PlannedRow(
            client_id=int(each["client_id"]),
            client=str(each["client"]),
            price=Price(Decimal(str(each["amount"])), str(each["currency"])),
            words=str(each["words"]),
            place=str(each["place"]),
        )
        for each in context["rows"]
    )


def _prices(rows: Sequence[PlannedRow]) -> tuple[Plain, ...]:
    return tuple({"amount": each.amount, "currency": each.currency} for each in sums(row.price for row in rows))
