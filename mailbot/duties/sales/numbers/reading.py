"""A rep's mail of numbers: every statement judged, put beside what was sent before, and its totals checked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from mailbot.duties.sales.facts.answers import Corrections
from mailbot.duties.sales.facts.kinds import CORRECTION, NAME, NUMBERS
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.grids.reading import said_in, tables_in
from mailbot.duties.sales.naming.clients import Meant, NamedClient, Unknown
from mailbot.duties.sales.numbers.case import Bench, Case, Text, case_of, is_total
from mailbot.duties.sales.numbers.forecast_changes import with_corrected_forecasts
from mailbot.duties.sales.numbers.forwarded import ordered_in
from mailbot.duties.sales.numbers.judging import judged
from mailbot.duties.sales.numbers.lines import Ground, Told, told
from mailbot.duties.sales.numbers.periods import FIRST_YEAR, Mention, Week, day_of, mentions
from mailbot.duties.sales.numbers.phrases import (
    ABOUT_NUMBERS,
    NOTHING_SOLD,
    PERHAPS_NOTHING_SOLD,
    SPELT_OUT,
    first_word_of,
    is_only,
    said,
    words_of,
)
from mailbot.duties.sales.numbers.settling import is_a_line, settled, sums_up
from mailbot.duties.sales.numbers.shared import one_for_each
from mailbot.duties.sales.numbers.sources import said_once
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.duties.sales.numbers.subject import Subject
from mailbot.duties.sales.numbers.two_texts import compared, compared_with_plain
from mailbot.duties.sales.numbers.units import unit_in
from mailbot.duties.sales.talks.answers import corrections_by_amount, says_not_the_old
from mailbot.message.model import Evidence, Message
from mailbot.money.figure import IN_ONES
from mailbot.money.numerals import Habit, habit_of, habit_shown
from mailbot.records.known import Known, PersonCard
from mailbot.records.names import LEGAL_FORMS
from mailbot.records.tables import Role
from mailbot.sorting.model import Finding, NotMine
from mailbot.sorting.months import MONTH_OF


def numbers(message: Message, known: Known, recalled: SalesKnown, rep: PersonCard) -> Finding | NotMine:
    """All statements of the mail, each judged; and what it holds that is no text."""
    today = day_of(message.date, known.desk.zone)
    ground = _ground(message, rep, recalled, today)
    tables = tables_in(message, recalled.book(rep.id), ground.habit)
    text = tables.outside(message.body.for_people.text)
    found = told(text, ground)
    if corrected := corrections_by_amount(message.body.for_people, found.statements, recalled, ground.habit):
        return _correction(corrected)
    of_subject = mentions(message.subject, ground.habit, ground.today)
    of_tables = mentions(tables.title, ground.habit, ground.today)
    announced = _telling(_announced(of_subject, found), of_tables)
    bench = replace(
        _bench(message, known, recalled, rep, today, announced), is_of_several=_is_of_several(of_subject, found, today)
    )
    about_numbers = _is_about_numbers(message) or bool(found.announced)
    is_of_a_week = about_numbers or any(time.week for time in of_subject)
    in_tables = said_in(tables, bench, ground.habit, message.body.for_people)
    has_rows = any((in_tables.in_text, *in_tables.lines, in_tables.asides))
    cases = _cases(found, of_subject, bench)
    is_elsewhere = False
    if not has_rows and not any(_is_claimed(case, about_numbers) for case in cases):
        is_elsewhere = (read_there := _elsewhere(message, ground, of_subject, bench)) is not None
        found, cases, bench = read_there or (found, cases, bench)
    others = (*in_tables.wrong_totals, *(tables.unread if is_of_a_week else ()))
    zero = not has_rows and _says_zero(text, cases)
    corrects = any(each.old or says_not_the_old(each, ground.habit) for each in found.statements)
    is_meant = has_rows or any(isinstance(case.meaning, Meant) for case in cases)
    order = () if is_meant else ordered_in(message, ground, bench)
    is_claimed = is_elsewhere or any(_is_claimed(case, about_numbers) for case in cases)
    if not (zero or others or has_rows or corrects or order or is_claimed):
        return _of_forecasts_alone(message, recalled, bench)
    sales = [case for at, case in enumerate(cases) if is_a_line(case, zero=zero) and not sums_up(case, cases[:at])]
    of_text = compared([judged(case, bench) for case in sales], message, found, ground, tables)
    totals = [case for case in cases if is_total(case.statement) and not case.statement.below_signature]
    once = said_once((*of_text, *order, *in_tables.in_text), compared_with_plain(in_tables.lines, message), text)
    facts = settled(once.lines, totals, bench, recalled.entries, others, zero)
    facts = replace(facts, asides=(*in_tables.asides, *once.twice))
    facts = with_corrected_forecasts(facts, message.body.for_people, recalled, bench.book)
    return Finding(NAME, NUMBERS, facts, _evidence(facts), _why(facts))


def _correction(corrected: Corrections) -> Finding:
    evidence = tuple(change.evidence for change in corrected.changes)
    return Finding(NAME, CORRECTION, corrected, evidence, "it says which booked amount was wrong, and the right one")


def _of_forecasts_alone(message: Message, recalled: SalesKnown, bench: Bench) -> Finding | NotMine:
    """ "Blue Ridge is dead": no amount, and yet something of what was expected."""
    nothing = Numbers(bench.week, bench.today, (), (), (), zero=False)
    facts = with_corrected_forecasts(nothing, message.body.for_people, recalled, bench.book)
    if not facts.expected:
        return NotMine("no line of it says an amount for a client")
    return Finding(NAME, NUMBERS, facts, _evidence(facts), "it says what became of an expectation")


def _cases(found: Told, of_subject: Sequence[Mention], bench: Bench) -> list[Case]:
    parted = (each for statement in found.statements for each in one_for_each(statement, bench.book))
    return [case_of(_timed(statement, of_subject), bench) for statement in parted]


def _elsewhere(
    message: Message, ground: Ground, of_subject: Sequence[Mention], bench: Bench
) -> tuple[Told, list[Case], Bench] | None:
    """The statements below a sign-off that stands above them, else those of the subject; None where there are none.

    A subject that answers or forwards repeats words of others.
    """
    texts: list[tuple[Text, str]] = [(message.body.for_figures, message.body.for_figures.text)]
    subject = Subject(message.subject)
    if not subject.is_of_another:
        texts.append((subject, message.subject))
    for words, text in texts:
        found = told(text, ground)
        cases = _cases(found, of_subject if words is not subject else (), replace(bench, words=words, subject=""))
        if any(not isinstance(case.meaning, Unknown) and case.figure.is_marked for case in cases):
            return found, cases, replace(bench, words=words, subject="")
    return None


def _ground(message: Message, rep: PersonCard, recalled: SalesKnown, today: date | None) -> Ground:
    names = words_of(rep.name)
    return Ground(
        habit=_habit(message.body.for_people.text, rep.locale),
        today=today or date(FIRST_YEAR, 1, 1),
        own_names=frozenset((" ".join(names), *names)),
        telling_names=tuple(_telling_names(recalled.clients)),
        unit=unit_in(message.subject) or IN_ONES,
    )


def _telling_names(clients: Iterable[NamedClient]) -> Iterator[tuple[str, ...]]:
    """The names in which digits or months stand, without their legal forms: they are no amounts and no times."""
    for client in clients:
        told = tuple(word for word in words_of(client.name) if word not in LEGAL_FORMS)
        if len(told) > 1 and any(word in MONTH_OF or any(map(str.isdigit, word)) for word in told):
            yield from dict.fromkeys((told, tuple(word.translate(SPELT_OUT) for word in told)))


def _habit(text: str, locale: str) -> Habit:
    """How the writer parts numbers: as the mail shows, where all its numbers that can be read in one way agree."""
    own = habit_of(locale)
    return habit_shown(text, own) or own


def _telling(times: Sequence[Mention], of_tables: Sequence[Mention]) -> Sequence[Mention]:
    """The times that the mail announces; those that its tables bear, where it announces no week."""
    return times if any(time.week is not None for time in times) else of_tables or times


def _announced(of_subject: Sequence[Mention], found: Told) -> Sequence[Mention]:
    """The times of the subject and of the text; those of the subject alone, where it names one week and the text has
    headings for others: it then speaks of the lines above these."""
    weeks = {time.week for time in of_subject if time.week is not None}
    is_headed = any(time.week is not None or time.is_now for time in found.periods)
    return of_subject if len(weeks) == 1 and is_headed else (*of_subject, *found.announced)


def _is_of_several(of_subject: Sequence[Mention], found: Told, today: date | None) -> bool:
    """Whether several periods are announced that have begun, and nothing says which of them a line is of that stands
    below none."""
    weeks = {time.period for time in of_subject if time.week is not None}
    headed = {time.period for time in found.periods if time.first is None or today is None or time.first <= today}
    return len(weeks) > 1 or (not weeks and len(headed) > 1)


def _week(times: Sequence[Mention], today: date | None) -> Week | None:
    """The week the mail is about: the one it announces, else that of its date. Where it announces several, each
    stands in the heading of its lines."""
    if today is None:
        return None
    announced = {time.week for time in times if time.week is not None}
    return announced.pop() if len(announced) == 1 else Week.of(today)


def _bench(
    message: Message,
    known: Known,
    recalled: SalesKnown,
    rep: PersonCard,
    today: date | None,
    times: Sequence[Mention],
) -> Bench:
    others = (person for person in known.staff if person.id != rep.id and person.role is not Role.DEPARTMENT)
    return Bench(
        words=message.body.for_people,
        book=recalled.book(rep.id),
        currency=rep.currency,
        week=_week(times, today),
        today=today,
        colleagues=frozenset(first_word_of(person.name) for person in others) - {""},
        subject=message.subject,
        closings=recalled.closings,
        is_stated=len({time.week for time in times if time.week is not None}) == 1,
    )


def _timed(statement: Statement, of_subject: Sequence[Mention]) -> Statement:
    """The statement with the periods of the subject, where it names none; a week there is that of the mail already,
    and a day that of the mail."""
    if any(not time.is_day for time in statement.times):
        return statement
    return replace(
        statement, times=(*statement.times, *(time for time in of_subject if time.week is None and not time.is_day))
    )


def _is_claimed(case: Case, about_numbers: bool) -> bool:
    """Whether a statement makes the mail one of numbers: it names a client, or writes money, or the mail says so."""
    if case.statement.below_signature or "?" in case.rest:
        return False
    if not isinstance(case.meaning, Unknown) or about_numbers:
        return True
    return any(figure.is_marked and figure.trouble is None for figure in case.statement.figures)


def _is_about_numbers(message: Message) -> bool:
    """Whether its subject says so, or the name of one of its files."""
    names = " ".join(file.filename.replace("_", " ") for file in message.attachments)
    return bool(said(message.subject, ABOUT_NUMBERS)) or bool(said(names, ABOUT_NUMBERS))


def _says_zero(text: str, cases: Sequence[Case]) -> bool:
    """Whether the rep reports that nothing was sold: in so many words, at the beginning of a line; or in words that say
    so where no line names a client."""
    if any(is_only(_CLAUSE.split(line, maxsplit=1)[0], NOTHING_SOLD) for line in text.split("\n")):
        return True
    if said(text, _ZERO_IN_WORDS):
        return True
    names_a_client = any(not isinstance(case.meaning, Unknown) for case in cases)
    return not names_a_client and said(text, PERHAPS_NOTHING_SOLD) is not None


_CLAUSE: Final = re.compile(r"[,.;!]")
_ZERO_IN_WORDS: Final = frozenset(phrase for phrase in NOTHING_SOLD if " " in phrase)


def _evidence(facts: Numbers) -> tuple[Evidence, ...]:
    return (
        *(line.evidence for line in facts.lines),
        *(line.evidence for line in facts.unclear),
        *(line.evidence for line in facts.repeated),
        *(line.evidence for line in facts.expected),
        *(aside.evidence for aside in facts.asides),
        *(aside.order for aside in facts.asides if aside.order is not None),
    )


def _why(facts: Numbers) -> str:
    said_zero = ", and says that nothing was sold" if facts.zero else ""
    expected = f", and expects {len(facts.expected)}" if facts.expected else ""
    return (
        f"a rep writes {len(facts.lines)} clear and {len(facts.unclear)} unclear lines of numbers{expected}{said_zero}"
    )
