"""A rep's mail of numbers: every statement judged, put beside what was sent before, and its totals checked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from mailbot.duties.sales.facts import (
    CORRECTION,
    DAYS_ALIKE,
    NAME,
    NUMBERS,
    ClearLine,
    Doubt,
    EntryCard,
    ForecastLine,
    Numbers,
    RepeatedLine,
    SalesKnown,
    UnclearLine,
    sums,
)
from mailbot.duties.sales.grids.reading import Line, said_in, tables_in
from mailbot.duties.sales.money.numerals import habit_of
from mailbot.duties.sales.naming.clients import Book, Unknown
from mailbot.duties.sales.numbers.judging import Bench, Case, case_of, is_total, judged
from mailbot.duties.sales.numbers.lines import Ground, Statement, told
from mailbot.duties.sales.numbers.periods import FIRST_YEAR, Mention, Week, day_of, mentions
from mailbot.duties.sales.numbers.phrases import ABOUT_NUMBERS, NOTHING_SOLD, is_only, said, words_of
from mailbot.duties.sales.numbers.two_texts import compared, compared_with_plain
from mailbot.duties.sales.talks.answers import corrections_by_amount, says_not_the_old
from mailbot.message.model import Evidence, Message
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Role
from mailbot.sorting.model import Finding, NotMine


def numbers(message: Message, known: Known, recalled: SalesKnown, rep: PersonCard) -> Finding | NotMine:
    """All statements of the mail, each judged; and what it holds that is no text."""
    today = day_of(message.date, known.desk.zone)
    ground = _ground(rep, recalled, today)
    book = recalled.book(rep.id)
    tables = tables_in(message, book, ground.habit)
    text = tables.outside(message.body.for_people.text)
    found = told(text, ground)
    of_subject = mentions(message.subject, ground.habit, ground.today)
    if corrected := corrections_by_amount(message.body.for_people, found.statements, recalled, ground.habit):
        evidence = tuple(change.evidence for change in corrected.changes)
        return Finding(
            NAME, CORRECTION, corrected, evidence, "it says which booked amount was wrong, and the right one"
        )
    week = _week((*of_subject, *found.announced), today, mentions(tables.title, ground.habit, ground.today))
    bench = _bench(message, known, book, rep, today, week)
    cases = [case_of(_timed(statement, of_subject), bench) for statement in found.statements]
    about_numbers = _is_about_numbers(message) or bool(found.announced)
    in_tables = said_in(tables, bench, ground.habit)
    others = (
        *in_tables.wrong_totals,
        *(tables.unread if about_numbers or any(time.week for time in of_subject) else ()),
    )
    zero = _says_zero(text)
    corrects = any(says_not_the_old(statement, ground.habit) for statement in found.statements)
    has_rows = bool(in_tables.lines or in_tables.asides)
    if not (zero or others or has_rows or corrects or any(_is_claimed(case, about_numbers) for case in cases)):
        return NotMine("no line of it says an amount for a client")
    of_text = compared([judged(case, bench) for case in cases if _is_a_line(case)], message, found, ground, tables)
    totals = [case for case in cases if is_total(case.statement) and not case.statement.below_signature]
    facts = _settled(
        (*of_text, *compared_with_plain(in_tables.lines, message)), totals, bench, recalled.entries, others, zero
    )
    facts = replace(facts, asides=in_tables.asides)
    return Finding(NAME, NUMBERS, facts, _evidence(facts), _why(facts))


def _ground(rep: PersonCard, recalled: SalesKnown, today: date | None) -> Ground:
    names = words_of(rep.name)
    return Ground(
        habit=habit_of(rep.locale),
        today=today or date(FIRST_YEAR, 1, 1),
        own_names=frozenset((" ".join(names), *names)),
        names_with_digits=tuple(client.words for client in recalled.clients if any(map(str.isdigit, client.name))),
    )


def _week(times: Sequence[Mention], today: date | None, of_tables: Sequence[Mention] = ()) -> Week | None:
    """The week the mail is about: the one it announces, else the one its tables bear, else that of its date; None
    where it announces several."""
    announced = {time.week for time in times if time.week is not None}
    announced = announced or {time.week for time in of_tables if time.week is not None}
    if today is None or len(announced) > 1:
        return None
    return announced.pop() if announced else Week.of(today)


def _bench(message: Message, known: Known, book: Book, rep: PersonCard, today: date | None, week: Week | None) -> Bench:
    others = (person for person in known.staff if person.id != rep.id and person.role is not Role.DEPARTMENT)
    return Bench(
        words=message.body.for_people,
        book=book,
        currency=rep.currency or known.desk.currency,
        week=week,
        today=today,
        colleagues=frozenset(first_name for person in others for first_name in words_of(person.name)[:1]),
        subject=message.subject,
    )


def _timed(statement: Statement, of_subject: tuple[Mention, ...]) -> Statement:
    """The statement with the times of the subject; a week there is the week of the mail already."""
    return replace(statement, times=(*statement.times, *(time for time in of_subject if time.week is None)))


def _is_claimed(case: Case, about_numbers: bool) -> bool:
    """Whether a statement makes the mail one of numbers: it names a client, or writes money, or the mail says so."""
    if case.statement.below_signature or "?" in case.rest:
        return False
    if not isinstance(case.meaning, Unknown) or about_numbers:
        return True
    return any(figure.is_marked and figure.trouble is None for figure in case.statement.figures)


def _settled(
    said: Sequence[Line],
    totals: Sequence[Case],
    bench: Bench,
    entries: Sequence[EntryCard],
    others: Sequence[UnclearLine],
    zero: bool,
) -> Numbers:
    """Each line in its place: to be booked, expected, to be asked about, there already; and the totals checked."""
    current = [entry for entry in entries if entry.is_current]
    earlier = [entry for entry in current if entry.said_on == bench.today]
    lines: list[ClearLine] = []
    unclear: list[UnclearLine] = []
    expected: list[ForecastLine] = []
    repeated: list[RepeatedLine] = []
    for each in said:
        match _against_earlier(each, earlier):
            case ClearLine() as line:
                lines.append(replace(line, like=_like(line, bench, current)))
            case UnclearLine() as line:
                unclear.append(line)
            case ForecastLine() as line:
                expected.append(line)
            case RepeatedLine() as line:
                repeated.append(line)
                earlier.remove(line.entry)
    wrong = [total for case in totals if (total := _wrong_total(case, bench, lines, unclear, repeated))]
    return Numbers(
        week=bench.week,
        said_on=bench.today,
        lines=tuple(lines),
        unclear=(*unclear, *wrong, *others),
        repeated=tuple(repeated),
        zero=zero,
        expected=tuple(expected),
    )


def _is_a_line(case: Case) -> bool:
    return not (is_total(case.statement) or _is_furniture(case))


def _is_about_numbers(message: Message) -> bool:
    """Whether its subject says so, or the name of one of its files."""
    names = " ".join(file.filename.replace("_", " ") for file in message.attachments)
    return bool(said(message.subject, ABOUT_NUMBERS)) or bool(said(names, ABOUT_NUMBERS))


def _is_furniture(case: Case) -> bool:
    """Digits of a signature that was not seen as one."""
    return case.statement.below_signature and isinstance(case.meaning, Unknown)


def _against_earlier(line: Line, earlier: Sequence[EntryCard]) -> Line | RepeatedLine:
    """A clear line beside what this rep sent for its client earlier on the same day."""
    if not isinstance(line, ClearLine):
        return line
    of_client = [entry for entry in earlier if entry.client_id == line.client.id]
    same = next((entry for entry in of_client if _is_same(line, entry)), None)
    if same is not None:
        return RepeatedLine(line.evidence, same)
    if of_client:
        return UnclearLine(
            line.evidence,
            Doubt.DIFFERS,
            line.client.name,
            line.price,
            line.client,
            other=of_client[-1].price,
            said=line.said,
            earlier=of_client[-1],
        )
    return line


def _like(line: ClearLine, bench: Bench, entries: Sequence[EntryCard]) -> EntryCard | None:
    """What was booked for the same client and amount in the days before."""
    return next(
        (
            entry
            for entry in reversed(entries)
            if bench.today is not None
            and timedelta() < bench.today - entry.said_on <= timedelta(days=DAYS_ALIKE)
            and entry.client_id == line.client.id
            and (entry.price.amount, entry.price.currency) == (line.price.amount, line.price.currency)
        ),
        None,
    )


def _is_same(line: ClearLine, entry: EntryCard) -> bool:
    price, booked = line.price, entry.price
    return (price.amount, price.currency) == (booked.amount, booked.currency) and _letters(
        line.evidence.words
    ) == _letters(entry.words)


def _letters(words: str) -> str:
    return "".join(words.casefold().split())


def _wrong_total(
    case: Case,
    bench: Bench,
    lines: Sequence[ClearLine],
    unclear: Sequence[UnclearLine],
    repeated: Sequence[RepeatedLine],
) -> UnclearLine | None:
    """The total where it is not what the lines add up to, with or without those that are not clear."""
    statement = case.statement
    evidence = bench.words.evidence(statement.start, statement.end)
    stated = case.price
    if stated is None:
        return UnclearLine(evidence, Doubt.TOTAL_DIFFERS)
    booked = [line.price for line in lines] + [line.entry.price for line in repeated]
    readable = booked + [line.price for line in unclear if line.price is not None]
    added = [price for prices in (booked, readable) for price in sums(prices) if price.currency == stated.currency]
    if any(price.amount == stated.amount for price in added):
        return None
    return UnclearLine(evidence, Doubt.TOTAL_DIFFERS, price=stated, other=added[0] if added else None)


def _says_zero(text: str) -> bool:
    """Whether the rep reports that nothing was sold: in so many words, or in a line of its own."""
    return any(is_only(line, NOTHING_SOLD) for line in text.split("\n")) or bool(said(text, _ZERO_IN_WORDS))


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
    return f"a rep writes {len(facts.lines)} clear and {len(facts.unclear)} unclear lines of numbers{said_zero}"
