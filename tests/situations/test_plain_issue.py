"""A client tells us that something is wrong: she gets a number, the owner gets her words, and one word closes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from mailbot.cli.demo.told import Told
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState, Severity, Voice
from mailbot.message import read
from mailbot.records.tables import QuestionRow, QuestionState, TaskRow
from tests.situations.conftest import Opener
from tests.situations.desk import MAILS, Count, PlayedDesk, promised_letter, said

KAREN = "karen.holt@southstar.example"
TOM = "tom@harbourpine.example"


@dataclass(frozen=True)
class Reported:
    """Karen's mail has come in: the desk, what it decided, and how much there was before."""

    desk: PlayedDesk
    told: Told
    before: Count


@pytest.fixture(scope="module")
def reported(open_desk: Opener) -> Reported:
    """Only looked at: no test brings this desk another mail."""
    desk = open_desk()
    before = desk.count()
    return Reported(desk, desk.receives("issue-in-1.eml"), before)


def test_the_issue_is_opened_with_her_new_words_and_its_owner(reported: Reported) -> None:
    desk, story = reported.desk, reported.told.story
    (issue,) = desk.all_of(Issue)
    assert (issue.ref, issue.name, issue.address, issue.state) == (story.ref, "Karen Holt", KAREN, IssueState.OPEN)
    assert (issue.severity, issue.subject) == (Severity.NORMAL, "our banner")
    (message,) = desk.all_of(IssueMessage)
    assert (message.voice, message.sender) == (Voice.CLIENT, KAREN)
    assert "page not found" in message.words
    assert "Harbor Rd" not in message.words
    assert (story.kind, story.trust, story.folder) == ("issue", "T2", "Done")
    assert {"broken", "page not found"} <= set(story.evidence)


def test_she_is_answered_and_the_owner_is_told_and_nobody_else_hears_of_it(reported: Reported) -> None:
    desk = reported.desk
    assert desk.letters() == {KAREN: 1, TOM: 1}
    (to_karen,), (to_tom,) = desk.letters_to(KAREN), desk.letters_to(TOM)
    assert said(to_karen) == said(promised_letter("issue-out-1.eml"))
    assert said(to_tom) == said(promised_letter("issue-out-2.eml"))
    raw = read(desk.box.messages(account=KAREN)[0])
    assert raw.in_reply_to == ("kh-1@southstar.example",)
    assert (raw.value("Auto-Submitted"), len(raw.to), raw.cc) == ("auto-replied", 1, ())


def test_two_rows_two_letters_and_one_question_are_all_that_is_written(reported: Reported) -> None:
    desk = reported.desk
    assert reported.told.records == {"issues": 1, "issue_messages": 1}
    after = desk.count()
    assert (after.decisions, after.letters) == (reported.before.decisions + 1, reported.before.letters + 2)
    assert [(each.asked_key, each.state) for each in desk.all_of(QuestionRow)] == [(TOM, QuestionState.OPEN)]
    assert desk.all_of(TaskRow) == []


def test_one_word_of_the_owner_closes_it_and_the_client_is_asked_whether_it_is_good(desk: PlayedDesk) -> None:
    desk.receives("issue-in-1.eml")
    (to_tom,) = desk.letters_to(TOM)
    told = desk.is_answered(to_tom, "done", by=f"Tom Okafor <{TOM}>")

    assert told.story.rule == "issues.done"
    assert [issue.state for issue in desk.all_of(Issue)] == [IssueState.SOLVED]
    assert {each.asked_key: each.state for each in desk.all_of(QuestionRow)} == {
        TOM: QuestionState.ANSWERED,
        KAREN: QuestionState.OPEN,
    }
    assert desk.letters() == {KAREN: 2, TOM: 2}
    assert "Is it good for you now?" in desk.letters_to(KAREN)[-1].text


def test_nobody_closes_it_by_quoting_the_word_done_or_in_toms_name(desk: PlayedDesk) -> None:
    desk.receives("issue-in-1.eml")
    (to_karen,), (to_tom,) = desk.letters_to(KAREN), desk.letters_to(TOM)
    assert "Reply DONE" in to_tom.text  # so it stands in the quotation below his answer

    desk.is_answered(to_tom, "I will call her this afternoon.", by=f"Tom Okafor <{TOM}>")
    desk.is_answered(to_karen, "DONE", by=f"Karen Holt <{KAREN}>")
    assert [issue.state for issue in desk.all_of(Issue)] == [IssueState.OPEN]


def test_a_second_mail_in_the_thread_is_no_second_issue_and_is_not_acknowledged_again(desk: PlayedDesk) -> None:
    desk.receives("issue-in-1.eml")
    (to_karen,) = desk.letters_to(KAREN)
    words = "It is the banner on the front page. Still broken, by the way."
    told = desk.is_answered(to_karen, words, by=f"Karen Holt <{KAREN}>", after=timedelta(hours=2))

    assert told.story.kind == "follow-up"
    assert len(desk.all_of(Issue)) == 1
    assert [message.voice for message in desk.all_of(IssueMessage)] == [Voice.CLIENT, Voice.CLIENT]
    assert desk.letters() == {KAREN: 1, TOM: 2}
    assert words in desk.letters_to(TOM)[-1].text


def test_the_same_words_from_a_sender_who_is_not_proven_open_nothing_and_answer_nobody(desk: PlayedDesk) -> None:
    unproven = (MAILS / "issue-in-1.eml").read_bytes().replace(b"dmarc=pass", b"dmarc=fail")
    desk.receives(unproven)

    assert desk.all_of(Issue) == []
    assert desk.letters_to(KAREN) == ()
    assert TOM not in desk.letters()
