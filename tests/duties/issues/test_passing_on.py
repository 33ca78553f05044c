"""Both ways through the desk: whose words reach whom, and what neither of them sees."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mailbot.duties.issues.tables import IssueState, Voice
from mailbot.records.decision import Decision
from mailbot.records.tables import LetterRow
from tests.duties.issues import mails
from tests.duties.issues.mails import NEW_YORK, mail
from tests.duties.issues.road import Road

ELLEN = "Ellen Marsh <ellen@northstar.example>"
DANA = "Dana Reyes <dana@harbourpine.example>"
TOM = "Tom Okafor <tom@harbourpine.example>"
PETE = "Pete Grundy <pete@globex.example>"
TO_ELLEN, TO_DANA = "ellen@northstar.example", "dana@harbourpine.example"
MONDAY = datetime(2025, 11, 3, 9, 0, tzinfo=NEW_YORK)
ANSWER = """Hi Ellen,

the banner leads to the fall page. Where should it lead to?
Write to dana@harbourpine.example or web@harbourpine.example.

Note: she was right.

Best regards
Dana Reyes
Harbour & Pine Media | 617 555 0101 | dana@harbourpine.example

On Mon, Nov 3, 2025 at 9:00 AM Sales Desk <desk@harbourpine.example> wrote:
> Dana, Ellen Marsh (North Star Logistics) wrote on 3 Nov 09:00:
> > the banner link is broken
"""


def reported(road: Road) -> None:
    raw = mail(
        "The banner link is broken.", ELLEN, at=MONDAY, message_id="em-1@northstar.example", subject="banner link"
    )
    road.arrives(raw, MONDAY)


def newest(road: Road, recipient: str) -> LetterRow:
    return next(letter for letter in reversed(road.letters()) if letter.recipient == recipient)


def sent_to(road: Road, decision: Decision, recipient: str) -> LetterRow:
    return next(letter for letter in road.letters_of(decision) if letter.recipient == recipient)


def answers(road: Road, words: str, *, by: str = DANA, to: str = TO_DANA, hours: float = 1) -> Decision:
    """`by` replies to the newest letter to `to`."""
    letter, at = newest(road, to), MONDAY + timedelta(hours=hours)
    return road.arrives(mail(words, by, at=at, subject=f"Re: {letter.subject}", in_reply_to=letter.message_id), at)


def test_an_answer_reaches_the_client_without_signature_quotation_note_and_addresses(any_road: Road) -> None:
    reported(any_road)
    decision = answers(any_road, ANSWER)

    letters = any_road.written_to(decision)
    assert (decision.kind, set(letters)) == ("answer", {TO_ELLEN, TO_DANA})
    said = letters[TO_ELLEN]
    assert "Dana Reyes answers you" in said
    assert "Where should it lead to? Write to (Dana Reyes)" in " ".join(said.replace("> ", "").split())
    for hidden in ("617 555", "dana@", "web@", "she was right", "Best regards", "wrote on"):
        assert hidden not in said
    assert b"dana@harbourpine.example" not in sent_to(any_road, decision, TO_ELLEN).content


def test_the_answer_stands_in_the_clients_own_thread(road: Road) -> None:
    reported(road)
    letter = sent_to(road, answers(road, ANSWER), TO_ELLEN)
    assert b"In-Reply-To: <em-1@northstar.example>" in letter.content
    assert letter.subject == f"Re: banner link - {road.issues()[0].ref}"


def test_the_clients_reply_goes_back_to_whoever_answered_and_to_nobody_else(road: Road) -> None:
    reported(road)
    answers(road, ANSWER)
    decision = answers(road, "To /winter please.", by=ELLEN, to=TO_ELLEN, hours=2)

    assert (decision.kind, set(road.written_to(decision))) == ("follow-up", {TO_DANA})
    assert "To /winter please." in road.written_to(decision)[TO_DANA]


def test_after_each_answer_the_next_reply_comes_by_letter_again_and_a_second_one_waits_as_a_task(road: Road) -> None:
    reported(road)
    for turn in range(3):
        answers(road, f"Hello Ellen, is it {turn}?", hours=1 + turn)
        assert set(road.written_to(answers(road, f"it is {turn}", by=ELLEN, to=TO_ELLEN, hours=1.5 + turn))) == {
            TO_DANA
        }
    assert road.written_to(answers(road, "and once more", by=ELLEN, to=TO_ELLEN, hours=5)) == {}
    assert len(road.tasks()) == 1


def test_only_the_first_answer_of_a_day_is_confirmed(road: Road) -> None:
    reported(road)
    assert set(road.written_to(answers(road, "Hello Ellen, one."))) == {TO_ELLEN, TO_DANA}
    assert set(road.written_to(answers(road, "Hello Ellen, two.", hours=2))) == {TO_ELLEN}


@pytest.mark.parametrize("words", ["intern: Hello Ellen", "Hello Ellen, you are a complete disgrace and a joke"])
def test_internal_words_and_harsh_ones_go_no_further(road: Road, words: str) -> None:
    reported(road)
    decision = answers(road, words)
    assert TO_ELLEN not in road.written_to(decision)
    assert [each.passed_on for each in road.messages() if each.voice is Voice.STAFF] == [False]


def test_a_colleague_who_does_not_look_after_it_speaks_to_no_client(road: Road) -> None:
    reported(road)
    letter, at = newest(road, TO_DANA), MONDAY + timedelta(hours=1)
    decision = road.arrives(mail("Hello Ellen, I can help.", TOM, at=at, in_reply_to=letter.message_id), at)
    assert set(road.written_to(decision)) == {"tom@harbourpine.example"}


def test_an_angry_client_is_called_and_not_written_to(road: Road) -> None:
    road.arrives(mail(mails.THIRD_TIME, PETE, at=MONDAY, subject="THIRD TIME!!"), MONDAY)
    decision = answers(road, "Hello Pete, we are so sorry.", by=TOM, to="tom@harbourpine.example")
    assert set(road.written_to(decision)) == {"tom@harbourpine.example"}
    assert "please call" in road.written_to(decision)["tom@harbourpine.example"]


def test_two_threads_of_one_client_never_mix(road: Road) -> None:
    reported(road)
    at = MONDAY + timedelta(minutes=1)
    road.arrives(
        mail("Our phone number is wrong.", ELLEN, at=at, message_id="em-2@ns.example", subject="banner link"), at
    )
    first, second = road.issues()
    told = {letter.object: letter for letter in road.letters() if letter.recipient == TO_DANA}
    for number, issue in enumerate((first, second)):
        at = MONDAY + timedelta(hours=number + 1)
        letter = told[issue.ref]
        road.arrives(
            mail(f"Hello Ellen, answer {number}", DANA, at=at, subject="Re: x", in_reply_to=letter.message_id), at
        )
    answered = {letter.object: letter for letter in road.letters() if letter.purpose == "issue-answer"}
    at = MONDAY + timedelta(hours=4)
    both = (("References", f"<{answered[second.ref].message_id}> <em-2@ns.example>"),)
    reply = mail("thank you, and?", ELLEN, at=at, subject="Re: banner link", headers=both,
                 in_reply_to=answered[first.ref].message_id)  # fmt: skip
    road.arrives(reply, at)
    assert road.messages()[-1].issue_id == first.id


def test_a_subject_that_two_open_issues_have_belongs_to_neither(road: Road) -> None:
    reported(road)
    at = MONDAY + timedelta(minutes=1)
    road.arrives(mail("The phone number is wrong.", ELLEN, at=at, subject="banner link"), at)
    at = MONDAY + timedelta(hours=1)
    road.arrives(mail("It is still broken!", ELLEN, at=at, subject="Re: banner link"), at)
    assert len(road.issues()) == 3


def test_a_subject_that_one_open_issue_has_is_enough_for_its_own_client_and_for_no_stranger(road: Road) -> None:
    reported(road)
    for hours, sender in ((1, ELLEN), (2, "Somebody <somebody@else.example>")):
        at = MONDAY + timedelta(hours=hours)
        road.arrives(mail("It is still broken!", sender, at=at, subject="AW: banner link"), at)
    assert [each.issue_id for each in road.messages()] == [1, 1, 2]


# --- is it good now? ---


def test_a_yes_of_the_client_is_kept_and_nobody_is_written_to(road: Road) -> None:
    reported(road)
    answers(road, "done")
    decision = answers(road, "Yes, thank you!", by=ELLEN, to=TO_ELLEN, hours=2)
    assert (decision.kind, road.written_to(decision)) == ("good", {})
    assert road.issues()[0].state is IssueState.SOLVED


@pytest.mark.parametrize("words", ["No", "NO, it still leads to the old page", "yes but the picture is missing now"])
def test_a_no_opens_it_again_and_who_looks_after_it_hears_why(road: Road, words: str) -> None:
    reported(road)
    answers(road, "fixed")
    decision = answers(road, words, by=ELLEN, to=TO_ELLEN, hours=2)
    assert road.issues()[0].state is IssueState.OPEN
    assert words in road.written_to(decision)[TO_DANA]
    assert road.issues()[0].solved_at is None


def test_words_for_the_client_beside_done_go_out_with_the_question(road: Road) -> None:
    reported(road)
    decision = answers(road, "Done, your banner leads to /winter now.")
    assert (decision.kind, road.issues()[0].state) == ("done", IssueState.SOLVED)
    assert "your banner leads to /winter now" in road.written_to(decision)[TO_ELLEN]


def test_a_question_of_ours_that_waits_does_not_draw_other_mails_to_its_issue(road: Road) -> None:
    reported(road)
    answers(road, "done")
    at = MONDAY + timedelta(hours=3)
    road.arrives(mail("Our phone number in the ad is wrong.", ELLEN, at=at, subject="phone number"), at)
    assert len(road.issues()) == 2
