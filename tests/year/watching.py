"""What must never happen. Each watcher goes through the diary and gives every fault it finds, in words.

The records of the program are asked in one place only: whether a question that no letter repeats is on a list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, time
from functools import cache
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.duties.issues.tables import Issue, IssueMessage
from mailbot.records.tables import Arrival, DecisionRow, Role, TaskRow
from mailbot.working_days import is_working_day, working_days_from
from tests.year import figures
from tests.year.company import DESK, HOLIDAYS, ZONE
from tests.year.diary import Letter, Means
from tests.year.playing import Played

_OVERDUE_AFTER: Final = 2  # working days, as it is shipped
_MOST_REMINDERS: Final = 3  # first, second, last; then a person calls
_REMINDS: Final = ("Have you used it?", "Have you used them?", "schon genutzt?")
_ASKS_HOW_IT_IS: Final = ("from 0 (not at all) to 10", "von 0 (gar nicht) bis 10")


def reminds(letter: Letter) -> bool:
    """Whether it reminds of a benefit, or asks how satisfied somebody is."""
    return any(words in letter.said for words in (*_REMINDS, *_ASKS_HOW_IT_IS))


def reminders_after_a_stop(played: Played) -> Iterator[str]:
    """Who wants no more reminders gets none, nor anything else of the desk's own accord that is no answer."""
    stopped = {}
    for mail in played.diary.by(Means.STOP):
        stopped.setdefault(mail.by, mail)
    for letter in played.diary.letters:
        stop = stopped.get(letter.recipient)
        if stop is not None and letter.at > stop.taken and reminds(letter):
            yield f"{letter} is a reminder after: {stop}"


def more_than_the_ladder(played: Played) -> Iterator[str]:
    """Of one benefit, one person is reminded three times at most."""
    times: Counter[tuple[str, str]] = Counter()
    for letter in played.diary.letters:
        if any(words in letter.said for words in _REMINDS):
            for name in letter.things:
                times[letter.recipient, name] += 1
                if times[letter.recipient, name] > _MOST_REMINDERS:
                    yield f"{letter} is reminder number {times[letter.recipient, name]} of {name}"


def letters_on_free_days(played: Played) -> Iterator[str]:
    """On weekends and holidays of the desk, clients only get answers to what they write then."""
    clients = _clients(played)
    for letter in played.diary.letters:
        if letter.recipient in clients and not letter.is_answer and not is_working_day(letter.day, HOLIDAYS):
            yield f"{letter} went out on a day on which nobody works"


def answers_to_machines(played: Played) -> Iterator[str]:
    """Automatic mails, bounces and lists are never answered."""
    written = {mail.message_id: mail for mail in played.diary.mails if mail.means.is_a_machines and mail.message_id}
    machines = {mail.by for mail in played.diary.by(Means.LIST, Means.BOUNCE)}
    for letter in played.diary.letters:
        if letter.in_reply_to in written:
            yield f"{letter} answers {written[letter.in_reply_to]}"
        if letter.recipient in machines or letter.recipient.partition("+")[0] == DESK.partition("@")[0]:
            yield f"{letter} goes to a machine"


def questions_that_nobody_has(played: Played) -> Iterator[str]:
    """Whoever wants something is answered, or it is on the list of a person."""
    told = {sign for letter in played.diary.letters for sign in letter.signs if _is_staff(letter)}
    answered = {letter.in_reply_to for letter in played.diary.letters}
    with played.database.reading() as session:
        for mail in played.diary.mails:
            if not mail.means.wants_something or mail.sign in told or mail.is_copy:
                continue
            if mail.means is Means.HELP and mail.message_id in answered:
                continue
            if not _is_on_a_list(session, mail.message_id):
                yield f"nobody here knows of {mail}"


def _is_on_a_list(session: Session, message_id: str) -> bool:
    arrivals = select(Arrival.id).where(Arrival.message_id == message_id.strip("<>"))
    task = select(TaskRow.id).where(TaskRow.arrival_id.in_(arrivals), TaskRow.person_id.is_not(None))
    kept = (
        select(IssueMessage.id)
        .join(Issue, Issue.id == IssueMessage.issue_id)
        .where(IssueMessage.arrival_id.in_(arrivals), Issue.owner_id.is_not(None))
    )
    held = select(DecisionRow.id).where(DecisionRow.arrival_id.in_(arrivals), DecisionRow.folder == "Held")
    return any(session.scalars(query).first() is not None for query in (task, kept, held))


def mixed_threads(played: Played) -> Iterator[str]:
    """A letter about an issue repeats words of that issue only, whoever reads it."""
    root, number_of = _roots(played), {}
    for letter in played.diary.letters:
        if not letter.issue:
            continue
        for sign in sorted(letter.signs):
            begun = number_of.setdefault(letter.issue, root.get(sign, sign))
            if root.get(sign, sign) != begun:
                yield f"{letter} repeats {sign}, which belongs to {root.get(sign, sign)}, beside {begun}"


def words_of_another_client(played: Played) -> Iterator[str]:
    """A letter to a client repeats only words from there; one to a department those of one client."""
    firm_of = {reader.address: firm.name for firm in played.company.firms for reader in firm.readers}
    root = _roots(played)
    wrote = {mail.sign: firm_of.get(mail.by, "") for mail in played.diary.mails if mail.sign}
    departments = {member.address for member in played.company.in_role(Role.DEPARTMENT)}
    for letter in played.diary.letters:
        of = {wrote.get(root.get(sign, sign), "") for sign in letter.signs} - {""}
        if letter.recipient in firm_of and of - {firm_of[letter.recipient]}:
            yield f"{letter} to {firm_of[letter.recipient]} repeats words of {', '.join(sorted(of))}"
        if letter.recipient in departments and len(of) > 1:
            yield f"{letter} repeats words of {', '.join(sorted(of))}"


def _roots(played: Played) -> dict[str, str]:
    """For each sign, the sign of the first mail of its thread, as those who wrote them know."""
    root: dict[str, str] = {}
    begun: dict[str, str] = {}  # the number of an issue, as its first letter told it
    mails, letters = defaultdict(list), defaultdict(list)
    for mail in played.diary.mails:
        mails[mail.taken].append(mail)
    for letter in played.diary.letters:
        letters[letter.at].append(letter)
    for moment in sorted(mails):
        for mail in (mail for mail in mails[moment] if mail.sign):
            number = mail.answers.issue if mail.answers else ""
            root[mail.sign] = begun.get(number, mail.sign)
        for letter in (letter for letter in letters.get(moment, ()) if letter.issue):
            for sign in sorted(letter.signs & root.keys()):
                begun.setdefault(letter.issue, root[sign])
    return root


def overdue_that_was_not_told_once(played: Played) -> Iterator[str]:
    """The coordinator hears once of everything that is overdue, and of nothing that is not."""
    coordinators = {member.address for member in played.company.in_role(Role.COORDINATOR)}
    told: dict[str, list[Letter]] = defaultdict(list)
    for letter in played.diary.letters:
        if letter.recipient in coordinators and "You hear of each of them this once." in letter.said:
            for thing in letter.things:
                told[thing].append(letter)
    heard = cache(lambda day: figures.delivered(played.diary, datetime.combine(day, time(8), ZONE)))
    for each in played.company.promised:
        day = working_days_from(each.due_on, _OVERDUE_AFTER, HOLIDAYS)
        if not (played.first_day <= each.due_on and day <= played.last_day):
            continue
        times, is_late = len(told[each.sign]), each.sign not in heard(day)
        if times != is_late:
            late = "is overdue" if is_late else "is not overdue"
            yield f"{each.words}, due on {each.due_on}, {late} on {day} and was told {times} times"


def figures_that_differ(played: Played) -> Iterator[str]:
    """Every figure of every month that the manager was told equals one that is counted from the diary."""
    for letter in _month_letters(played):
        month = figures.Month((letter.day.replace(day=1) - figures.timedelta(days=1)).replace(day=1))
        counted = figures.counted(month, letter.at, played.company, played.diary)
        told = figures.told(letter)
        for name in sorted(counted.keys() | told.keys()):
            if counted.get(name) != told.get(name):
                yield f"{month.first:%B %Y}, {name}: told {told.get(name)}, counted {counted.get(name)}"


def _month_letters(played: Played) -> list[Letter]:
    managers = {member.address for member in played.company.in_role(Role.MANAGER)}
    return [each for each in played.diary.letters if each.recipient in managers and "in figures" in each.subject]


def months_that_were_not_told(played: Played) -> Iterator[str]:
    """Every month that is over was told, to who manages, once."""
    told = defaultdict(int)
    for letter in _month_letters(played):
        told[letter.day.replace(day=1)] += 1
    first = figures.Month(played.first_day.replace(day=1)).after
    while first.first + figures.timedelta(days=5) < played.last_day:
        if told[first.first] != 1:
            yield f"the month before {first.first:%B %Y} was told {told[first.first]} times"
        first = first.after


def _clients(played: Played) -> set[str]:
    return {reader.address for firm in played.company.firms for reader in firm.readers}


def _is_staff(letter: Letter) -> bool:
    return letter.recipient.endswith("@harbourpine.example")
