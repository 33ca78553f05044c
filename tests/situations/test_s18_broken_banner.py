"""S18: "yes but the banner link is broken", with a question besides: used, looked at, answered, in one letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.told import Told
from mailbot.duties.issues.tables import Issue, IssueState
from mailbot.records.contracts.questions import BENEFIT_USED, BENEFITS
from mailbot.records.contracts.tables import Deliverable, Use
from mailbot.records.looks import PageLook
from mailbot.records.page_seen import Verdict
from mailbot.records.tables import Client, LetterRow, LetterState, QuestionRow, QuestionState
from tests.situations.desk import DESK, PlayedDesk, played_desk
from tests.webserver import WebServer, page, web_server

ELLEN, WEB, DANA = "ellen@northstar.example", "web@harbourpine.example", "dana@harbourpine.example"
MARA = "mara@harbourpine.example"
FALL, WINTER = "www.northstar.example/fall-offer", "www.northstar.example/winter-offer"
REMINDED = datetime(2025, 11, 3, 14, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Played:
    """The desk, the web that it sees, and what came of Ellen's mail."""

    desk: PlayedDesk
    web: WebServer
    told: tuple[Told, ...]


def banner(desk: PlayedDesk) -> Deliverable:
    return next(each for each in desk.all_of(Deliverable) if each.kind == "banner")


def reminded(desk: PlayedDesk) -> None:
    """The reminder of her free banner went out, and her answer is waited for; its page is served on this machine."""
    with desk.database.writing() as session:
        free = session.scalars(select(Deliverable).where(Deliverable.kind == "banner")).one()
        session.execute(update(Deliverable).where(Deliverable.id == free.id).values(target=f"http://{FALL}"))
        client = session.scalars(select(Client).where(Client.id == free.client_id)).one()
        session.add(
            LetterRow(
                ref="R-0290",
                duty="reminders",
                purpose="reminder",
                object=str(free.id),
                recipient=ELLEN,
                recipient_key=ELLEN,
                envelope_sender="desk+r-0290-qq7s@harbourpine.example",
                message_id="rem-0290@desk.harbourpine.example",
                subject="Your free banner on coastalbuilder.example",
                text="",
                content=b"",
                client_id=client.id,
                created_at=REMINDED,
                try_after=REMINDED,
                sent_at=REMINDED,
                state=LetterState.SENT,
            )
        )
        session.add(
            QuestionRow(
                letter_ref="R-0290",
                duty="reminders",
                kind=BENEFIT_USED,
                asked_key=ELLEN,
                words="Have you used it?",
                context={"client_id": client.id, BENEFITS: [free.id]},
                asked_at=REMINDED,
            )
        )


@pytest.fixture
def played(tmp_path: Path, new_database: Callable[[], str]) -> Iterator[Played]:
    with ExitStack() as stack:
        web = stack.enter_context(web_server())
        web.pages[FALL] = page("North Star", "Page not found", "The page you are looking for does not exist.")
        desk = stack.enter_context(played_desk(tmp_path, new_database(), web=web))
        reminded(desk)
        yield Played(desk, web, desk.receives_with_consequences("S18-in-1.eml"))


def issue(played: Played) -> Issue:
    (found,) = played.desk.all_of(Issue)
    return found


def letters(played: Played) -> dict[str, int]:
    """How many letters lie in each mailbox; the coordinator has the mornings' besides."""
    return {account: count for account, count in played.desk.letters().items() if account != MARA}


def newest(desk: PlayedDesk, address: str) -> Received:
    return desk.letters_to(address)[-1]


def done(played: Played, words: str) -> None:
    task = played.desk.letters_to(WEB)[-1]
    played.desk.is_answered(task, words, by=f"Web Team <{WEB}>", after=timedelta(hours=1))


def test_the_benefit_is_used_with_a_defect_and_its_question_is_answered(played: Played) -> None:
    assert banner(played.desk).use is Use.USED
    assert (issue(played).state, issue(played).deliverable_id) == (IssueState.OPEN, banner(played.desk).id)
    answered = [each.state for each in played.desk.all_of(QuestionRow) if each.duty == "reminders"]
    assert answered == [QuestionState.ANSWERED]


def test_the_page_is_looked_at_once_and_what_it_says_of_itself_counts(played: Played) -> None:
    (look,) = played.desk.all_of(PageLook)
    assert (look.verdict, look.status) == (Verdict.SAYS_NOT_FOUND, 200)
    assert played.web.asked == [FALL]


def test_one_letter_answers_both_and_promises_only_what_is_so(played: Played) -> None:
    (letter,) = played.desk.letters_to(ELLEN)
    said = " ".join(letter.text.split())
    assert "You are right" in said
    assert f"http://{FALL}" in said
    assert 'that page says "Page not found"' in said
    assert "Where should it point instead? Just reply with the address." in said
    assert "Our Web Team has it" in said
    assert "when I have seen it work" in said
    assert issue(played).ref in said
    assert "October 2025: 41,220 views, 312 clicks (0.76%)" in said
    for promised in ("by tomorrow", "today", "will be fixed", "soon"):
        assert promised not in said
    assert len(letter.text.splitlines()) <= 18


def test_the_web_team_gets_a_task_with_the_same_facts_and_no_address_of_hers(played: Played) -> None:
    (task,) = played.desk.letters_to(WEB)
    said = " ".join(task.text.split())
    for fact in ("Ellen Marsh (North Star Logistics)", "K-2207", f"http://{FALL}", "Page not found", "DONE",
                 "lands on a page not found"):  # fmt: skip
        assert fact in said
    assert ELLEN not in task.text


def test_nobody_else_is_written_to_and_the_quoted_reminder_is_not_read(played: Played) -> None:
    assert letters(played) == {ELLEN: 1, WEB: 1}
    assert played.desk.addresses_that_are_not_ok() == {}


def test_a_done_that_is_not_so_goes_back_and_she_hears_nothing(played: Played) -> None:
    done(played, "done")

    assert issue(played).state is IssueState.OPEN
    assert letters(played) == {ELLEN: 1, WEB: 2}
    back = newest(played.desk, WEB)
    assert "not yet" in back.subject
    assert "Page not found" in back.text


def test_a_done_that_is_so_is_seen_and_then_she_is_told(played: Played) -> None:
    played.web.pages[FALL] = page("Fall offers", "Save 20 %")
    done(played, "done")

    assert issue(played).state is IssueState.SOLVED
    letter = newest(played.desk, ELLEN)
    assert f'I have seen it work: http://{FALL} opens ("Fall offers").' in " ".join(letter.text.split())
    assert "Reply YES, or NO" in letter.text
    assert issue(played).ref in newest(played.desk, WEB).subject
    assert letters(played) == {ELLEN: 2, WEB: 2}


def test_the_address_that_done_names_is_the_one_that_is_looked_at_and_kept(played: Played) -> None:
    played.web.pages[WINTER] = page("Winter offers")
    done(played, f"done, live: https://coastalbuilder.example/partners#northstar -> http://{WINTER}")

    assert played.web.asked == [FALL, WINTER]
    assert issue(played).state is IssueState.SOLVED
    assert banner(played.desk).target == f"http://{WINTER}"


def test_her_answer_with_the_address_reaches_the_web_team(played: Played) -> None:
    played.desk.is_answered(newest(played.desk, ELLEN), f"http://{WINTER} please", by=f"Ellen Marsh <{ELLEN}>")

    assert len(played.desk.all_of(Issue)) == 1
    assert f"http://{WINTER} please" in newest(played.desk, WEB).text
    assert letters(played) == {ELLEN: 1, WEB: 2}


def test_mail_after_mail_about_it_in_an_hour_fills_her_mailbox_no_more_than_any_others(played: Played) -> None:
    desk, start = played.desk, played.desk.clock.now()
    for number in range(1, 9):
        at = start + timedelta(minutes=5 * number)
        words = f"The link of our banner is broken again, for the {number}. time."
        desk.receives_with_consequences(
            mails.written(words, f"banner {number}", f"Ellen Marsh <{ELLEN}>", DESK, at), at=at
        )

    assert len(desk.all_of(Issue)) == 9
    assert len(desk.letters_to(ELLEN)) == desk.service.office.desk.answers_per_address_and_day
    tasks = desk.letters_to(WEB)
    assert len(tasks) == 9, "whoever works on it hears of each"
    assert "has heard enough of me today" in " ".join(tasks[-1].text.split())


def test_a_page_that_opens_is_no_second_acknowledgement_of_the_day(played: Played) -> None:
    desk = played.desk
    played.web.pages[FALL] = page("Fall offers")
    at = desk.clock.now() + timedelta(hours=1)
    told = desk.receives_with_consequences(
        mails.written("The link of our banner is broken.", "again", f"Ellen Marsh <{ELLEN}>", DESK, at), at=at
    )

    assert [letter.recipient for each in told for letter in each.letters] == [WEB]
    assert len(desk.letters_to(ELLEN)) == 1


@pytest.mark.parametrize("words", ["NO", "yes but it leads to the shop"])
def test_her_no_opens_it_again_and_the_web_team_hears_it(played: Played, words: str) -> None:
    played.web.pages[FALL] = page("Fall offers")
    done(played, "done")
    played.desk.is_answered(newest(played.desk, ELLEN), words, by=f"Ellen Marsh <{ELLEN}>", after=timedelta(hours=3))
    assert issue(played).state is IssueState.OPEN
    assert words in newest(played.desk, WEB).text
