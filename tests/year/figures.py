"""The figures of a month, counted from the diary and from the company alone.

They are counted for the hour at which the manager's letter was written: the desk reads what has come before it writes,
and what came later changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Final

from python_calamine import CalamineWorkbook

from mailbot.working_days import is_working_day
from tests.year.company import HOLIDAYS, ZONE, Company
from tests.year.diary import Diary, Letter, Mail, Means

Figures = dict[str, float | None]

_OPENS, _CLOSES = time(9), time(17)
_ANSWER: Final = {Means.ANGER: 1, Means.PROBLEM: 4, Means.QUESTION: 8}  # working hours, as they are shipped
_SOLUTION: Final = {Means.ANGER: 8, Means.PROBLEM: 24, Means.QUESTION: 40}
_WORK: Final = ("Done", "Asked", "Held")


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month at the desk."""

    first: date

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), ZONE)

    @property
    def after(self) -> Month:
        return Month((self.first + timedelta(days=32)).replace(day=1))

    def has(self, moment: datetime | None) -> bool:
        return moment is not None and self.begins <= moment < self.after.begins

    def has_day(self, day: date) -> bool:
        return self.first <= day < self.after.first


def told(letter: Letter) -> Figures:
    """The figures of the month as the manager's workbook tells them; what was not counted is left out."""
    (content,) = (content for name, content in letter.files if name.startswith("month-"))
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Figures").to_python()
    return {str(row[0]): float(row[1]) for row in rows[1:] if row[1] not in ("", None)}


def counted(month: Month, until: datetime, company: Company, diary: Diary) -> Figures:
    """The same figures, counted from what was seen until then."""
    figures = {
        **_mail(month, [mail for mail in diary.mails if mail.taken <= until]),
        **_issues(month, issues(diary, until)),
        **_renewals(month, until, company, diary),
        **_benefits(month, until, company, diary),
        **_satisfaction(month, until, diary),
        **_deliveries(month, until, company, diary),
    }
    return {name: value for name, value in figures.items() if value is not None}


# --- mail ---


def _mail(month: Month, mails: Iterable[Mail]) -> Figures:
    work = [mail for mail in mails if month.has(mail.taken) and mail.folder in _WORK and not mail.is_copy]
    settled = [mail for mail in work if mail.folder != "Held"]
    return {
        "mails that were work": len(work),
        "of these settled by me": len(settled),
        "hand-work avoided": _share(len(settled), len(work)),
    }


# --- issues ---


@dataclass(slots=True)
class Issue:
    """What was seen of an issue: when, and from what, it was opened, first answered, and solved."""

    number: str
    opened: datetime
    began_as: Means
    answered: datetime | None = None
    solved: datetime | None = None
    signs: set[str] = field(default_factory=set)


def issues(diary: Diary, until: datetime) -> list[Issue]:
    """All issues that somebody heard of until then."""
    mails = {mail.sign: mail for mail in diary.mails if mail.sign}
    by_id = {mail.message_id: mail for mail in diary.mails}
    found: dict[str, Issue] = {}
    for letter in diary.letters:
        if letter.issue and letter.issue not in found and letter.at <= until:
            began = _began(letter, mails, by_id)
            found[letter.issue] = Issue(letter.issue, letter.at, began)
    passed_on = {(sign, letter.at) for letter in _outside(diary) for sign in letter.signs}
    for mail in sorted((mail for mail in diary.mails if mail.taken <= until), key=lambda mail: mail.taken):
        issue = found.get(mail.answers.issue) if mail.answers else None
        if issue is not None:
            _went_on(issue, mail, passed_on)
    return list(found.values())


def _began(letter: Letter, mails: dict[str, Mail], by_id: dict[str, Mail]) -> Means:
    """What the mail was that the first letter about an issue repeats, or answers: anger, something wrong (again, where
    the first issue was closed long ago), or a mere question."""
    of = [mails[sign] for sign in letter.signs if sign in mails] or [by_id[letter.in_reply_to]] * (
        letter.in_reply_to in by_id
    )
    means = {mail.means for mail in of}
    if Means.ANGER in means:
        return Means.ANGER
    return Means.PROBLEM if means & {Means.PROBLEM, Means.MORE} else Means.QUESTION


def _went_on(issue: Issue, mail: Mail, passed_on: Collection[tuple[str, datetime]]) -> None:
    match mail.means:
        case Means.ANSWER if (mail.sign, mail.taken) in passed_on:
            issue.answered = issue.answered or mail.taken
        case Means.CALLED:
            issue.answered = issue.answered or mail.taken
        case Means.DONE if issue.solved is None:
            issue.answered = issue.answered or mail.taken
            issue.solved = mail.taken
        case Means.MORE:
            issue.solved = None


def _outside(diary: Diary) -> Iterator[Letter]:
    return (letter for letter in diary.letters if not letter.recipient.endswith("@harbourpine.example"))


def _issues(month: Month, found: list[Issue]) -> Figures:
    answers = [_hours(each.opened, each.answered) for each in found if each.answered and month.has(each.answered)]
    solutions = [_hours(each.opened, each.solved) for each in found if each.solved and month.has(each.solved)]
    return {
        "issues opened": sum(month.has(each.opened) for each in found),
        "issues solved": len(solutions),
        "first answer, median": _percentile(answers, 50),
        "first answer, 90 of 100": _percentile(answers, 90),
        "solution, median": _percentile(solutions, 50),
        "solution, 90 of 100": _percentile(solutions, 90),
        "promises broken": sum(_is_broken(each, month) for each in found),
    }


def _is_broken(issue: Issue, month: Month) -> bool:
    promises = (
        (_working_hours_after(issue.opened, _ANSWER[issue.began_as]), issue.answered),
        (_working_hours_after(issue.opened, _SOLUTION[issue.began_as]), issue.solved),
    )
    return any(month.has(by) and (kept is None or kept > by) for by, kept in promises)


def _working_hours_after(moment: datetime, hours: int) -> datetime:
    """The end of so many hours of work, minute by minute as the hand of a clock goes."""
    local, left = moment.astimezone(ZONE), timedelta(hours=hours)
    while True:
        day = local.date()
        begins = max(local, datetime.combine(day, _OPENS, ZONE))
        closes = datetime.combine(day, _CLOSES, ZONE)
        if is_working_day(day, HOLIDAYS) and begins < closes:
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        local = datetime.combine(day + timedelta(days=1), time(), ZONE)


# --- renewals ---


def _renewals(month: Month, until: datetime, company: Company, diary: Diary) -> Figures:
    due = [agreed for agreed in company.contracts if month.has_day(agreed.decide_by)]
    said = {}
    for mail in diary.by(Means.STANDING):
        if mail.taken <= until and mail.answers is not None:
            contract = next(agreed.ref for agreed in company.contracts if agreed.ref in mail.answers.subject)
            said[contract] = mail.words.split()[0]
    goes_on = {agreed.ref: said.get(agreed.ref) in ("RENEW", "VERLÄNGERT") for agreed in due}
    today = until.astimezone(ZONE).date()
    kept = sum(goes_on.values())
    lost = sum(
        not goes_on[agreed.ref]
        and (said.get(agreed.ref) in ("LOST", "VERLOREN") or (agreed.notice_on is None and agreed.ends_on < today))
        for agreed in due
    )
    return {
        "contracts to be decided on": len(due),
        "contracts that go on": kept,
        "contracts lost": lost,
        "retention": _share(kept, kept + lost),
    }


# --- what was promised ---


def used(diary: Diary, until: datetime) -> dict[str, datetime]:
    """What clients said to have used, and when the desk heard of it first."""
    found: dict[str, datetime] = {}
    for mail in diary.mails:
        says_yes = mail.means is Means.YES or (mail.means is Means.PROBLEM and mail.words.startswith(("yes", "ja")))
        if mail.taken <= until and says_yes and mail.answers is not None:
            for thing in mail.answers.things:
                found.setdefault(thing, mail.taken)
    return found


def _benefits(month: Month, until: datetime, company: Company, diary: Diary) -> Figures:
    said = used(diary, until)
    ended = [each for each in company.promised if each.is_benefit and month.has_day(each.ends_on)]
    return {
        "benefits used": sum(month.has(moment) for moment in said.values()),
        "used, of those that ended": _share(sum(each.sign in said for each in ended), len(ended)),
    }


def _satisfaction(month: Month, until: datetime, diary: Diary) -> Figures:
    said = [mail for mail in diary.by(Means.SCORE) if mail.taken <= until and month.has(mail.taken)]
    points = [Decimal(mail.words.split()[0]) for mail in said]
    return {
        "clients who said how satisfied they are": len(points),
        "satisfaction, on average": _tenth(sum(points, Decimal(0)) / len(points)) if points else None,
    }


def delivered(diary: Diary, until: datetime) -> dict[str, datetime]:
    """What departments said until then to have delivered, with where it is to be seen, and when the desk heard it.
    Their last word counts: a problem that they write of later takes it back."""
    found: dict[str, datetime] = {}
    for mail in diary.by(Means.DELIVERED, Means.HINDERED):
        for thing, is_done in _said_of_each(mail) if mail.taken <= until else ():
            if is_done:
                found.setdefault(thing, mail.taken)
            else:
                found.pop(thing, None)
    return found


def _said_of_each(mail: Mail) -> Iterator[tuple[str, bool]]:
    """Of each thing, by its number in the letter or because there was only one, whether it is done."""
    things = mail.answers.things if mail.answers else []
    for line in mail.words.splitlines():
        number = line.split()[0]
        yield things[int(number) - 1 if number.isdigit() else 0], "PROBLEM" not in line


def _deliveries(month: Month, until: datetime, company: Company, diary: Diary) -> Figures:
    done = {thing: at.astimezone(ZONE).date() for thing, at in delivered(diary, until).items()}
    due = [each for each in company.promised if month.has_day(each.due_on)]
    in_time = [each for each in due if done.get(each.sign, date.max) <= each.due_on]
    return {
        "due to be delivered": len(due),
        "delivered": sum(each.sign in done for each in due),
        "delivered in time": _share(len(in_time), len(due)),
    }


# --- arithmetic ---


def _hours(earlier: datetime, later: datetime) -> Decimal:
    return Decimal(int((later - earlier).total_seconds())) / 3600


def _share(part: int, whole: int) -> float | None:
    return _tenth(Decimal(100 * part) / whole) if whole else None


def _percentile(values: list[Decimal], percent: int) -> float | None:
    """The smallest value that so many percent do not exceed."""
    ranked = sorted(values)
    return next((_tenth(v) for n, v in enumerate(ranked, start=1) if 100 * n >= percent * len(ranked)), None)


def _tenth(value: Decimal) -> float:
    return float(value.quantize(Decimal("0.1")))
