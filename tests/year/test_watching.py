"""Each watcher sees the fault that it watches for, and none where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.letters.workbooks import Sheet, workbook
from mailbot.records.session import Database
from tests.schemas import migrated_file
from tests.year import figures, watching
from tests.year.company import Company, founded
from tests.year.diary import Diary, Letter, Mail, Means
from tests.year.playing import Played

_FIRST_DAY: Final = date(2025, 10, 1)
_NOON: Final = datetime(2025, 10, 8, 16, tzinfo=UTC)  # a Wednesday
_MONTH_TOLD: Final = datetime(2025, 11, 3, 13, 5, tzinfo=UTC)
_SATURDAY: Final = datetime(2025, 10, 11, 16, tzinfo=UTC)
_MARA: Final = "mara@harbourpine.example"
_REMINDS: Final = "banner Zaaa1. Have you used it? Reply with one word"


@pytest.fixture(scope="module")
def company() -> Company:
    return founded(1, clients=4, contracts=4, first_day=_FIRST_DAY)


@pytest.fixture
def days(company: Company, tmp_path: Path) -> Iterator[Played]:
    """Days on which nothing was seen yet."""
    database = Database(migrated_file(tmp_path / "desk.sqlite"))
    yield Played(company, Diary(), database, _FIRST_DAY, _FIRST_DAY + timedelta(days=9))
    database.close()


def reader(days: Played, firm: int = 0) -> str:
    return days.company.firms[firm].readers[0].address


def letter(to: str, text: str, at: datetime = _NOON, subject: str = "a letter", in_reply_to: str = "") -> Letter:
    received = Received("desk", to, "desk", "desk", subject, "<1@desk.example>", "", "", text)
    return Letter(at, to, received, in_reply_to, bool(in_reply_to), ())


def mail(by: str, means: Means, words: str = "", sign: str = "", at: datetime = _NOON) -> Mail:
    return Mail(by, means, words, "a mail", f"<{means.value}.{sign}@client.example>", at, sign, taken_at=at)


def test_a_reminder_after_a_stop_is_seen_and_one_before_it_is_none(days: Played) -> None:
    to = reader(days)
    days.diary.mails.append(mail(to, Means.STOP))
    days.diary.letters += [letter(to, _REMINDS, _NOON - timedelta(days=1)), letter(to, "Your mail is here.", _SATURDAY)]
    assert not list(watching.reminders_after_a_stop(days))
    days.diary.letters.append(letter(to, _REMINDS, _NOON + timedelta(days=1)))
    assert len(list(watching.reminders_after_a_stop(days))) == 1


def test_a_fourth_reminder_of_the_same_thing_is_seen(days: Played) -> None:
    days.diary.letters += [letter(reader(days), _REMINDS)] * 3
    days.diary.letters.append(letter(reader(days), _REMINDS.replace("Zaaa1", "Zaaa2")))
    assert not list(watching.more_than_the_ladder(days))
    days.diary.letters.append(letter(reader(days), _REMINDS))
    assert len(list(watching.more_than_the_ladder(days))) == 1


def test_a_letter_on_a_saturday_is_seen_unless_it_answers_or_stays_inside(days: Played) -> None:
    days.diary.letters += [
        letter(reader(days), "It is live.", _NOON),
        letter(reader(days), "Your mail is here.", _SATURDAY, in_reply_to="<1@client.example>"),
        letter(_MARA, "Your desk", _SATURDAY),
    ]
    assert not list(watching.letters_on_free_days(days))
    days.diary.letters.append(letter(reader(days), "It is live.", _SATURDAY))
    assert len(list(watching.letters_on_free_days(days))) == 1


def test_an_answer_to_a_machine_is_seen(days: Played) -> None:
    absence, question = mail(reader(days), Means.AUTOMATIC), mail(reader(days), Means.QUESTION, sign="Qxaaaa")
    days.diary.mails += [absence, question]
    days.diary.letters.append(letter(reader(days), "Your mail is here.", in_reply_to=question.message_id))
    assert not list(watching.answers_to_machines(days))
    days.diary.letters.append(letter(reader(days), "Your mail is here.", in_reply_to=absence.message_id))
    assert len(list(watching.answers_to_machines(days))) == 1


def test_a_question_that_nobody_heard_of_is_seen(days: Played) -> None:
    days.diary.mails.append(mail(reader(days), Means.QUESTION, "when does Qxaaaa come out?", "Qxaaaa"))
    assert len(list(watching.questions_that_nobody_has(days))) == 1
    days.diary.letters.append(letter(_MARA, "when does Qxaaaa come out?", subject="I-0001: a question"))
    assert not list(watching.questions_that_nobody_has(days))


def test_words_of_another_thread_are_seen(days: Played) -> None:
    first, second = (mail(reader(days), Means.PROBLEM, sign=sign) for sign in ("Qxaaaa", "Qxaaab"))
    days.diary.mails += [first, second]
    days.diary.letters += [letter(_MARA, "Qxaaaa", subject="I-0001: a"), letter(_MARA, "Qxaaab", subject="I-0002: b")]
    further = replace(mail(reader(days), Means.MORE, sign="Qxaaac", at=_SATURDAY), answers=days.diary.letters[0])
    days.diary.mails.append(further)
    days.diary.letters.append(letter(_MARA, "Qxaaac", _SATURDAY, subject="I-0001: wrote again"))
    assert not list(watching.mixed_threads(days))
    days.diary.letters.append(letter(_MARA, "Qxaaac", _SATURDAY, subject="I-0002: wrote again"))
    assert len(list(watching.mixed_threads(days))) == 1


def test_words_of_another_client_are_seen(days: Played) -> None:
    days.diary.mails.append(mail(reader(days), Means.PROBLEM, sign="Qxaaaa"))
    days.diary.letters.append(letter(reader(days), "Qxaaaa"))
    assert not list(watching.words_of_another_client(days))
    days.diary.letters.append(letter(reader(days, firm=1), "Qxaaaa"))
    assert len(list(watching.words_of_another_client(days))) == 1


def test_a_month_that_was_not_told_is_seen(days: Played) -> None:
    assert not list(watching.months_that_were_not_told(days))
    assert list(watching.months_that_were_not_told(replace(days, last_day=date(2025, 11, 14))))


def test_a_figure_that_is_wrong_is_seen(days: Played) -> None:
    later = replace(days, last_day=date(2025, 11, 14))
    told = {**_counted(later), "issues opened": 7}
    assert [*watching.figures_that_differ(_with_a_month(later, told))] == [
        "October 2025, issues opened: told 7.0, counted 0"
    ]
    assert not list(watching.figures_that_differ(_with_a_month(later, _counted(later))))


def _counted(days: Played) -> Mapping[str, float | None]:
    return figures.counted(figures.Month(_FIRST_DAY), _MONTH_TOLD, days.company, days.diary)


def _with_a_month(days: Played, told: Mapping[str, float | None]) -> Played:
    """The same days, with a letter that tells these figures of October."""
    rows = tuple((name, Decimal(str(value))) for name, value in told.items())
    content = workbook((Sheet("Figures", ("figure", "month"), rows),), _MONTH_TOLD)
    priya = letter("priya@harbourpine.example", "", _MONTH_TOLD, "October 2025 in figures")
    return replace(days, diary=Diary([replace(priya, files=(("month-2025-10.xlsx", content),))], days.diary.mails))


def test_what_is_overdue_and_not_told_is_seen_and_so_is_what_is_told_twice(days: Played) -> None:
    late = min((each for each in days.company.promised if each.due_on >= _FIRST_DAY), key=lambda each: each.due_on)
    later = replace(days, last_day=late.due_on + timedelta(days=9))
    faults = [fault for fault in watching.overdue_that_was_not_told_once(later) if late.words in fault]
    assert len(faults) == 1
    told = letter(_MARA, f"{late.words} You hear of each of them this once.")
    days.diary.letters.append(told)
    assert not [fault for fault in watching.overdue_that_was_not_told_once(later) if late.words in fault]
    days.diary.letters.append(told)
    assert [fault for fault in watching.overdue_that_was_not_told_once(later) if late.words in fault]


def test_a_problem_after_a_delivery_takes_it_back(days: Played) -> None:
    asked = letter("web@harbourpine.example", "1 banner Zaaa1\n2 entry Zaab2\nReply by number")
    done = replace(
        mail("web@harbourpine.example", Means.DELIVERED, "1 DONE https://x.example/zaaa1\n2 PROBLEM: artwork missing"),
        answers=asked,
    )
    wrong = replace(mail("web@harbourpine.example", Means.HINDERED, "1 PROBLEM: gone", at=_SATURDAY), answers=asked)
    days.diary.mails += [done, wrong]
    assert figures.delivered(days.diary, _SATURDAY - timedelta(seconds=1)) == {"Zaaa1": _NOON}
    assert figures.delivered(days.diary, _SATURDAY + timedelta(days=1)) == {}


def test_a_letter_is_read_as_it_would_be_taken_from_a_mailbox() -> None:
    raw = mails.written("Grüße aus Jever, so lang, dass der Betreff umbricht.", "Ä" * 90, "Möller <m@a.example>", _MARA,
                        _NOON)  # fmt: skip
    read = Letter.of(raw, _MARA, "bounces@a.example", _NOON)
    assert read.received == Received.parse(b"Return-Path: <bounces@a.example>\r\n" + raw)
    assert (read.subject, read.is_answer, read.files) == ("Ä" * 90, False, ())
