"""What who decides about months says to the desk: what becomes of late lines, "close October", and
targets. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from mailbot.deciding.late import LateAnswer
from mailbot.duties.sales.facts.cards import LateCard
from mailbot.duties.sales.facts.kinds import LATE_ANSWER, NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.numbers.periods import day_of
from mailbot.duties.sales.numbers.phrases import words_of
from mailbot.duties.sales.targets.facts import TARGETS
from mailbot.duties.sales.targets.reading import Office, targets
from mailbot.duties.sales.weeks.closings import month_of
from mailbot.duties.sales.weeks.facts import LATE, MONTH_ANSWER, MONTH_ORDER, MonthAnswer, MonthOrder
from mailbot.duties.sales.weeks.late import NEXT, NO, REOPEN
from mailbot.duties.sales.weeks.late_changes import with_changes
from mailbot.message.model import Message, Words
from mailbot.records.known import Known, QuestionCard
from mailbot.records.tables import Role
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.months import MONTH_OF, MONTHS
from mailbot.sorting.one_word import Chosen, Option, choice

DECIDERS: Final = (Role.MANAGER, Role.COORDINATOR)
_LONGEST_EVIDENCE: Final = 200
_LONGEST_ORDER: Final = 120  # characters of the first line
_CLOSE: Final = frozenset(("close", "schließe", "schliesse", "schließ", "abschließen", "abschliessen", "schließen"))
_REOPEN: Final = frozenset(("reopen", "öffne", "oeffne", "öffnen", "oeffnen", "unlock"))
_BESIDE: Final = frozenset(
    """please pls bitte the den again wieder month monat now jetzt thanks thank you danke and und ab for us uns ok hi
    hello hallo moin desk""".split()  # noqa: SIM905
)


def of_a_decider(message: Message, known: Known, recalled: SalesKnown, sorted_as: Sorted) -> Finding | NotMine | None:
    """The answer about late lines, or the order about a month, of who may give it; None for everything else."""
    person = known.sender.person if known.sender else None
    if person is None or person.role not in DECIDERS or sorted_as.trust.trust < Trust.T4 or sorted_as.automatic:
        return None
    if commanded(message.body.for_people.text):
        return None
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is not None and question.duty == NAME and question.kind == LATE:
        return _answer(message.body.for_people, question, recalled)
    if (found := _targets(message, known, recalled, sorted_as)) is not None:
        return found
    if sorted_as.answers is not None:
        return _settled_before(message.body.for_people, sorted_as.answers.letter.ref, recalled)
    return _order(message, known)


def _answer(words: Words, question: QuestionCard, recalled: SalesKnown) -> Finding | NotMine:
    lines = with_changes(_lines_of(question, recalled), question.context, recalled.entries)
    if lines is None:
        return NotMine(f"it answers {question.letter_ref}, but what was to be changed has changed since")
    if not lines:
        return NotMine(f"it answers {question.letter_ref}, but those lines are no longer waiting")
    month = month_of(date.fromisoformat(str(question.context["month"])))
    into = month_of(date.fromisoformat(str(question.context["into"])))
    said = _choice(words.text, month.first, into.first)
    end = min(len(words.text), _LONGEST_EVIDENCE)
    evidence = words.evidence(said.start, said.end) if said else words.evidence(0, end)
    key = said.key if said else ""
    facts = MonthAnswer(question.id, lines, month, into, key, evidence)
    why = (
        f"it says {key} to {question.letter_ref}" if key else f"it answers {question.letter_ref} with none of its words"
    )
    return Finding(NAME, MONTH_ANSWER, facts, (evidence,), why)


def _choice(text: str, month: date, into: date) -> Chosen | None:
    """One of the three words, and nothing besides that a person would have to read."""
    options = (
        Option(REOPEN, MONTHS[month.month - 1], numbered=False),
        Option(NEXT, MONTHS[into.month - 1], numbered=False),
        Option(NO, numbered=False),
    )
    said = choice(text, options)
    return said if isinstance(said, Chosen) and not said.besides else None


def _lines_of(question: QuestionCard, recalled: SalesKnown) -> tuple[LateCard, ...]:
    positions = question.context.get("positions")
    wanted = set(positions) if isinstance(positions, list | tuple) else set()
    answered = question.context.get("pending_id")
    return tuple(
        line
        for line in recalled.late
        if line.id == answered or (line.decision_ref == question.decision_ref and line.position in wanted)
    )


def _settled_before(words: Words, letter_ref: str, recalled: SalesKnown) -> Finding | None:
    """The answer to a question about late lines that was settled before."""
    closed = next((each for each in recalled.closed if each.letter_ref == letter_ref and each.kind == LATE), None)
    if closed is None:
        return None
    month, into = (date.fromisoformat(str(closed.context[each])) for each in ("month", "into"))
    said = _choice(words.text, month, into)
    if said is None:
        return None
    evidence = words.evidence(said.start, said.end)
    return Finding(NAME, LATE_ANSWER, LateAnswer(closed, evidence), (evidence,), f"it answers {letter_ref}, settled")


# --- target Dana Q4 60k ----------------------------------------------------------------------------------------------


def _targets(message: Message, known: Known, recalled: SalesKnown, sorted_as: Sorted) -> Finding | None:
    """The targets that a mail sets, or one that answers our letter about them."""
    answered = sorted_as.answers.letter if sorted_as.answers else None
    today = day_of(message.date, known.desk.zone)
    person = known.sender.person if known.sender else None
    if today is None or person is None or (answered is not None and answered.purpose != TARGETS):
        return None
    office = Office(
        known.in_role(Role.REP), recalled.plans, today, known.desk.currency, person.locale, recalled.products
    )
    order = targets(message.body.for_people, office)
    if order is None:
        return None
    evidence = (*(each.evidence for each in order.targets), *(each.evidence for each in order.unclear))
    return Finding(NAME, TARGETS, order, evidence, "it says what is to be sold")


# --- close October ---------------------------------------------------------------------------------------------------


def _order(message: Message, known: Known) -> Finding | None:
    """ "Close October", "reopen October please", "Oktober wieder öffnen": in the first line, and nothing else there."""
    words, today = message.body.for_people, day_of(message.date, known.desk.zone)
    line = next((each for each in words.text.split("\n") if each.strip()), "")
    if today is None or len(line) > _LONGEST_ORDER or "?" in line:
        return None
    said = words_of(line)
    months = [MONTH_OF[each] for each in said if each in MONTH_OF]
    verbs = [each for each in said if each in _CLOSE | _REOPEN]
    years = [int(each) for each in said if each.isdecimal() and len(each) == 4]
    others = [each for each in said if each not in _CLOSE | _REOPEN | _BESIDE and each not in MONTH_OF]
    if len(months) != 1 or len(verbs) != 1 or len(others) > len(years) or len(years) > 1:
        return None
    month = month_of(_nearest(months[0], years, today))
    if month.first > today:
        return None
    start = words.text.index(line)
    evidence = words.evidence(start, start + len(line))
    closes = verbs[0] in _CLOSE
    why = f"it says to {'close' if closes else 'open'} {month.first:%m/%Y}"
    return Finding(NAME, MONTH_ORDER, MonthOrder(month, closes, evidence), (evidence,), why)


def _nearest(month: int, years: list[int], today: date) -> date:
    """The month of that name: of the year that is named, else the last one that has begun."""
    if years:
        return date(min(max(years[0], 1990), 2100), month, 1)
    return date(today.year if month <= today.month else today.year - 1, month, 1)
