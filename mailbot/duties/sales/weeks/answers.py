"""What a rep says of a week instead of numbers: ZERO, AWAY until a day, "will send tonight"; and what an automatic
reply of a rep says. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from mailbot.duties.sales.facts.answers import Corrections
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.numbers.periods import Week, day_of
from mailbot.duties.sales.numbers.phrases import NOTHING_SOLD, is_only, said, words_of
from mailbot.duties.sales.numbers.reading import numbers
from mailbot.duties.sales.weeks import phrases
from mailbot.duties.sales.weeks.facts import WEEK_SAID, WeekAnswer
from mailbot.duties.sales.weeks.number_mails import has_sales
from mailbot.duties.sales.weeks.tables import WeekSaid
from mailbot.duties.sales.weeks.too_late import with_late_lines
from mailbot.message.addresses import address_key
from mailbot.message.model import Evidence, Message
from mailbot.records.known import Known, LetterCard, PersonCard
from mailbot.records.names import name_words
from mailbot.records.tables import Role
from mailbot.sorting.absence import said_of_sender
from mailbot.sorting.commands import commanded
from mailbot.sorting.days import mentions
from mailbot.sorting.language import language
from mailbot.sorting.model import Absence, AutomaticKind, Finding, NotMine, Sorted, StandIn, Trust

PURPOSE: Final = "sales-week"  # of the letters that ask for the numbers of a week
NOTED: Final = "sales-week-noted"  # of those that say what was noted instead of numbers

_READ: Final = 2_000  # characters
_SENTENCES = re.compile(r"[.!?;\n]+")
_WEEK_WORDS: Final = frozenset(phrase for phrase in NOTHING_SOLD if " " in phrase)


@dataclass(frozen=True, slots=True)
class AskedWeek:
    """The week that a letter of ours asked for, and whose it is."""

    rep: PersonCard
    week: Week


def asked_week(letter: LetterCard | None, known: Known) -> AskedWeek | None:
    """What a letter asked for; None where it is no letter of that kind, or to somebody else than the sender."""
    if letter is None or letter.purpose != PURPOSE or not known.is_senders(letter.recipient_key):
        return None
    number, _, monday = letter.object.partition(" ")
    rep = known.person(int(number))
    return AskedWeek(rep, Week.of(date.fromisoformat(monday[:10]))) if rep else None


def about_week(rep_id: int, week: Week, which: str) -> str:
    """What a letter that asks for a week is about; `which` tells the letters of one week apart."""
    return f"{rep_id} {week.first.isoformat()} {which}"


def of_a_rep(
    message: Message, known: Known, recalled: SalesKnown, rep: PersonCard, asked: AskedWeek | None
) -> Finding | NotMine:
    """Numbers where the mail says a sale; else what it says of the week; else what it was read as."""
    found = numbers(message, known, recalled, rep)
    if isinstance(found, Finding) and isinstance(found.facts, Numbers):
        late = with_late_lines(found.facts, message.subject, recalled.closings, language(message, known))
        found = replace(found, facts=late)
    facts = found.facts if isinstance(found, Finding) else None
    if isinstance(facts, Corrections) or (isinstance(facts, Numbers) and has_sales(facts)):
        return found
    rest = facts if isinstance(facts, Numbers) else None
    return _said_of_week(message, known, recalled, rep, asked, rest) or found


def _said_of_week(
    message: Message, known: Known, recalled: SalesKnown, rep: PersonCard, asked: AskedWeek | None, rest: Numbers | None
) -> Finding | None:
    today = day_of(message.date, known.desk.zone)
    words = message.body.for_people
    if today is None or commanded(words.text):
        return None
    evidence = words.evidence(0, min(len(words.text.rstrip()), 200))
    week = _week(rest, asked, today)
    owner = asked.rep if asked else rep
    absence = _absence(message, known, today) if asked else None
    if _promises(words.text, message.subject, was_asked=asked is not None):
        answer = WeekAnswer(owner, week, WeekSaid.PROMISED, today, evidence, numbers=rest)
    elif absence is not None:
        answer = _away(rep, asked.week if asked else week, absence, known)
    elif _says_zero(words.text, was_asked=asked is not None):
        answer = WeekAnswer(owner, week, WeekSaid.ZERO, today, evidence, numbers=rest)
    else:
        return None
    return _finding(answer, recalled)


def _week(rest: Numbers | None, asked: AskedWeek | None, today: date) -> Week:
    """The week that the mail names, else the one that was asked for, else that of its day."""
    named = rest.week if rest is not None and rest.week != Week.of(today) else None
    return named or (asked.week if asked else Week.of(today))


def _finding(answer: WeekAnswer, recalled: SalesKnown) -> Finding:
    same = (answer.rep.id, answer.week, answer.said, answer.until)
    kept = {(each.rep_id, each.week, each.said, each.until) for each in recalled.weeks.said}
    facts = replace(answer, is_news=same not in kept)
    until = f" until {answer.until:%d %b %Y}" if answer.until else ""
    why = f"{answer.rep.name}, week {answer.week.number}: {answer.said.value}{until}"
    return Finding(NAME, WEEK_SAID, facts, (answer.evidence,), why)


# --- nothing sold, and promises --------------------------------------------------------------------------------------


def _says_zero(text: str, *, was_asked: bool) -> bool:
    """Whether the mail reports that nothing was sold; "nothing this week yet" does not."""
    sentences = [each for each in _SENTENCES.split(text[:_READ]) if words_of(each)]
    if was_asked and sentences and is_only(sentences[0].partition(",")[0], phrases.ZERO_ALONE):
        return not said(sentences[0], phrases.NOT_YET)
    told = (each for each in sentences if is_only(each, NOTHING_SOLD) or said(each, _WEEK_WORDS))
    return any(not said(each, phrases.NOT_YET) for each in told)


def _promises(text: str, subject: str, *, was_asked: bool) -> bool:
    """Whether the mail says that the numbers will come. Nobody asked: it has to speak of sending numbers."""
    if "?" in text[:_READ]:
        return False
    if was_asked:
        return said(text[:_READ], phrases.TO_COME) is not None
    return bool(said(text[:_READ], phrases.WILL_SEND) and said(f"{subject}\n{text[:_READ]}", phrases.NUMBERS_MEANT))


# --- away ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Days:
    """From when to when somebody is away, who stands in, and the words that say so."""

    since: date
    until: date | None
    deputy: StandIn | None
    evidence: Evidence


def rep_note(message: Message, known: Known, recalled: SalesKnown, sorted_as: Sorted) -> Finding | None:
    """The finding of an automatic reply by which a rep, proven, is away; None for all else. It is never answered."""
    automatic = sorted_as.automatic
    rep = known.sender.person if known.sender else None
    today = day_of(message.date, known.desk.zone)
    if automatic is None or automatic.kind is not AutomaticKind.AUTO_REPLY or automatic.absence is None:
        return None
    if rep is None or rep.role is not Role.REP or sorted_as.trust.trust < Trust.T3 or today is None:
        return None
    asked = asked_week(sorted_as.answers.letter if sorted_as.answers else None, known)
    days = _days(automatic.absence, today)
    if days.until is not None and days.until < today and asked is None:
        return None
    week = asked.week if asked and asked.rep.id == rep.id else Week.of(max(days.since, today))
    return _finding(_away(rep, week, days, known), recalled)


def _absence(message: Message, known: Known, today: date) -> _Days | None:
    """That the sender says to be away, in an answer: as a note of absence says it, or "AWAY till Friday"."""
    absence, _ = said_of_sender(message, known)
    if absence is not None:
        return _days(absence, today)
    words = message.body.for_people
    if said(words.text[:_READ], phrases.AWAY_ALONE) is None:
        return None
    named = [each for each in mentions(words.text[:_READ], language(message, known), today) if not each.is_loose]
    until = named[-1].coming(today).last if named else None
    return _Days(today, until, None, words.evidence(0, min(len(words.text.rstrip()), 200)))


def _days(absence: Absence, today: date) -> _Days:
    until = absence.until.day if absence.until else None
    if until is None and absence.back_on is not None:
        until = absence.back_on.day - timedelta(days=1)
    since = absence.first.day if absence.first else today
    return _Days(since, until, absence.deputy, absence.evidence)


def _away(rep: PersonCard, week: Week, days: _Days, known: Known) -> WeekAnswer:
    return WeekAnswer(
        rep=rep,
        week=week,
        said=WeekSaid.AWAY,
        since=min(days.since, days.until) if days.until else days.since,
        evidence=days.evidence,
        until=days.until,
        deputy=_deputy(days.deputy, rep, known),
    )


def _deputy(named: StandIn | None, rep: PersonCard, known: Known) -> PersonCard | None:
    """The one rep who is named to stand in: by the address, the whole name, or a first name that only one has."""
    if named is None:
        return None
    others = [each for each in known.in_role(Role.REP) if each.id != rep.id]
    if named.address:
        return next((each for each in others if each.has(address_key(named.address))), None)
    return _named(name_words(named.name), {each.id: each for each in others})


def _named(words: Sequence[str], others: Mapping[int, PersonCard]) -> PersonCard | None:
    whole = [each for each in others.values() if tuple(name_words(each.name)) == tuple(words)]
    first = [each for each in others.values() if len(words) == 1 and name_words(each.name)[:1] == tuple(words)]
    fitting = whole or first
    return fitting[0] if len(fitting) == 1 else None
