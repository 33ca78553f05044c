"""Who asks for a report, says a rate, or lets a draft go: read in the mails of colleagues. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.numbers.periods import day_of
from mailbot.duties.sales.reports.facts import (
    DRAFT_OK,
    DRAFT_SETTLED,
    RATE_SAID,
    RATE_WANTED,
    REPORT_ASKED,
    By,
    DraftSettled,
    RateSaid,
    Scope,
    Wish,
)
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.reports.wording import Asked, asked_for
from mailbot.message.model import Evidence, Message, Place
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.names import name_words
from mailbot.records.tables import Role
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice

KINDS: Final = (REPORT_ASKED, RATE_SAID, DRAFT_SETTLED)
_MANAGES: Final = frozenset((Role.MANAGER, Role.COORDINATOR))
_RATE = re.compile(
    r"(?:1[ \u00a0]?)?(?P<of>[A-Za-z]{3})?[ \u00a0]*[=:]?[ \u00a0]*(?P<value>[0-9]{1,7}(?:[.,][0-9]{1,9})?)"
    r"(?:[ \u00a0]?(?P<into>[A-Za-z]{3}))?[ \u00a0]*[.!]?"
)
_LONGEST_RATE: Final = 60  # characters of a line that may say one
_DRAFT_WORDS: Final = (
    Option("yes", ("ok", "okay", "send", "senden", "raus")),
    Option("no", ("stop", "nicht"), numbered=False),
)


def asked_or_answered(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine | None:
    """What a colleague's mail says about reports; None where it says nothing of them."""
    person = known.sender.person if known.sender else None
    if person is None or sorted_as.automatic is not None:
        return None
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is not None and question.duty == NAME and sorted_as.trust.trust >= Trust.T4:
        if question.kind == RATE_WANTED:
            return _rate_said(message, question, person)
        if question.kind == DRAFT_OK:
            return _draft_settled(message, question)
    if sorted_as.trust.trust < Trust.T3 or (person.role is not Role.REP and person.role not in _MANAGES):
        return None
    return _wish(message, known, person)


def _wish(message: Message, known: Known, person: PersonCard) -> Finding | None:
    """A report that is asked for: in the text, or in the subject of a mail without one."""
    today = day_of(message.date, known.desk.zone)
    words = message.body.for_people
    text = words.text.strip()
    if today is None or (not text and message.attachments):
        return None
    asked = asked_for(text or message.subject, today)
    if asked is None:
        return None
    scope = _scope(asked, known.in_role(Role.REP), person)
    if scope is None:
        return None
    start = words.text.find(text) if text else 0
    evidence = (
        words.evidence(start, start + len(text))
        if text
        else Evidence(message.subject, Place("header Subject", 0, len(message.subject)))
    )
    wish = Wish(asked.span or _latest(scope, today), scope, evidence)
    return Finding(NAME, REPORT_ASKED, wish, (evidence,), f"{person.name} asks for a report")


def _latest(scope: Scope, today: date) -> Span:
    """What is meant where no time is named: this week; of forecasts, the last month that is over."""
    return Span.of(SpanKind.MONTH, today).before if scope.judges else Span.of(SpanKind.WEEK, today)


def _scope(asked: Asked, reps: Iterable[PersonCard], person: PersonCard) -> Scope | None:
    """What the report is narrowed to. A rep hears of the own figures alone; None where a name is not one rep's."""
    named = _named(asked.names, reps) if asked.names else ()
    if named is None or (person.role is Role.REP and named not in ((), (person.id,))):
        return None
    rep_id = person.id if person.role is Role.REP else next(iter(named), None)
    if asked.judges:
        return Scope(By.REP, rep_id, judges=True) if asked.by in {None, By.REP} else None
    return Scope(asked.by or (By.REP if rep_id is None else By.CLIENT), rep_id)


def _named(names: tuple[str, ...], reps: Iterable[PersonCard]) -> tuple[int, ...] | None:
    wanted = {word for name in names for word in name_words(name)}
    found = [rep.id for rep in reps if wanted and wanted <= set(name_words(rep.name))]
    return (found[0],) if len(found) == 1 else None


def _rate_said(message: Message, question: QuestionCard, person: PersonCard) -> Finding | NotMine:
    """The first line that is a rate, and nothing else."""
    words = message.body.for_people
    currency, month = str(question.context["currency"]), date.fromisoformat(str(question.context["month"]))
    at = 0
    for line in words.text.splitlines(keepends=True)[:20]:
        value = _rate_in(line.strip(), currency, person.locale) if len(line) <= _LONGEST_RATE else None
        if value is not None:
            start = at + line.index(line.strip())
            evidence = words.evidence(start, start + len(line.strip()))
            facts = RateSaid(question.id, currency, month, value, evidence)
            return Finding(NAME, RATE_SAID, facts, (evidence,), f"it says what one {currency} is worth")
        at += len(line)
    return NotMine(f"it answers {question.letter_ref}, but not with a rate")


def _rate_in(line: str, currency: str, locale: str) -> Decimal | None:
    """CHF 1.12 · 1,12 · 1 CHF = 1.12 USD. With a comma and three digits, only who writes numbers so means a point."""
    found = _RATE.fullmatch(line)
    if found is None or (found["of"] or currency).upper() != currency or (found["into"] or "").upper() == currency:
        return None
    if re.search(r",[0-9]{3}$", found["value"]) and not locale.startswith("de"):
        return None
    value = Decimal(found["value"].replace(",", "."))
    return value if value > 0 else None


def _draft_settled(message: Message, question: QuestionCard) -> Finding | NotMine:
    words = message.body.for_people
    said = choice(words.text, _DRAFT_WORDS)
    if not isinstance(said, Chosen):
        return NotMine(f"it answers {question.letter_ref}, but with neither OK nor NO")
    evidence = words.evidence(said.start, said.end)
    kind, first = SpanKind(str(question.context["kind"])), date.fromisoformat(str(question.context["first"]))
    facts = DraftSettled(question.id, Span.of(kind, first), said.key == "yes", evidence)
    return Finding(NAME, DRAFT_SETTLED, facts, (evidence,), f'it says "{evidence.words}" to {question.letter_ref}')
