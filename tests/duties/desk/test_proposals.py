"""A duty that only proposes: one YES acts once, a NO does nothing, and what comes too late is told so."""

from __future__ import annotations

from datetime import timedelta

from mailbot.records.decision import Decision, Folder
from mailbot.records.retention import forget_raw
from mailbot.records.tables import ArrivalState, LetterRow, QuestionRow, QuestionState
from tests.clerk import DANA, MARA, PRIYA, Desk, mail


def propose(desk: Desk, words: str = "open Kestrel", subject: str = "numbers") -> tuple[Decision, LetterRow]:
    proposed = desk.arrives(mail(words, DANA, subject=subject))
    desk.sends()
    return proposed, desk.letter_of(proposed)


def test_a_proposal_asks_the_coordinator_and_does_nothing(proposing_desk: Desk) -> None:
    proposed, letter = propose(proposing_desk)

    assert (letter.recipient, proposing_desk.clients()) == (MARA, [])
    assert "1. open Kestrel" in letter.text
    assert (proposed.folder, proposed.carried_out) == (Folder.ASKED, False)


def test_yes_acts_exactly_once(proposing_desk: Desk) -> None:
    proposed, letter = propose(proposing_desk)

    approved = proposing_desk.answers(letter, "yes")
    assert (approved.kind, proposing_desk.letter_of(approved).recipient) == ("answer", MARA)
    assert f"what I proposed in {proposed.ref}" in proposing_desk.letter_of(approved).text
    (done,) = proposing_desk.decides_what_waits()

    assert proposing_desk.clients() == ["Kestrel"]
    assert (done.level, done.carried_out, done.kind) == ("act", True, "work")
    assert proposing_desk.decides_what_waits() == []
    assert proposing_desk.arrival_of(proposed).state is ArrivalState.DECIDED


def test_no_does_nothing(proposing_desk: Desk) -> None:
    proposed, letter = propose(proposing_desk)

    answered = proposing_desk.answers(letter, "Nein, danke")

    assert (answered.kind, proposing_desk.letter_of(answered).recipient) == ("answer", MARA)
    assert f"nothing of {proposed.ref} is done" in proposing_desk.letter_of(answered).text
    assert (proposing_desk.decides_what_waits(), proposing_desk.clients()) == ([], [])
    assert [question.state for question in proposing_desk.all_of(QuestionRow)] == [QuestionState.ANSWERED]


def test_a_second_yes_finds_the_question_closed_and_is_told(proposing_desk: Desk) -> None:
    proposed, letter = propose(proposing_desk)
    first = proposing_desk.answers(letter, "yes")
    proposing_desk.decides_what_waits()

    second = proposing_desk.answers(letter, "yes")

    assert (second.kind, proposing_desk.decides_what_waits()) == ("late", [])
    assert proposing_desk.clients() == ["Kestrel"]
    assert f"{proposed.ref} was settled meanwhile by {first.ref}" in proposing_desk.letter_of(second).text


def test_a_yes_after_a_no_is_not_taken_for_one(proposing_desk: Desk) -> None:
    _, letter = propose(proposing_desk)
    proposing_desk.answers(letter, "no")

    late = proposing_desk.answers(letter, "yes")

    assert (proposing_desk.decides_what_waits(), proposing_desk.clients()) == ([], [])
    assert "nothing was done" in proposing_desk.letter_of(late).subject


def test_a_yes_of_somebody_who_was_not_asked_is_none(proposing_desk: Desk) -> None:
    _, letter = propose(proposing_desk)

    proposing_desk.answers(letter, "yes", PRIYA)

    assert (proposing_desk.decides_what_waits(), proposing_desk.clients()) == ([], [])


def test_of_two_proposals_the_one_that_is_answered_is_done(proposing_desk: Desk) -> None:
    _, kestrel = propose(proposing_desk, "open Kestrel", subject="first")
    propose(proposing_desk, "open Osprey", subject="second")

    proposing_desk.arrives(mail("yes", MARA, subject=f"Re: {kestrel.subject}"))
    proposing_desk.decides_what_waits()

    assert proposing_desk.clients() == ["Kestrel"]


def test_a_mail_that_was_moved_already_stays_where_it_lies(proposing_desk: Desk) -> None:
    proposed, letter = propose(proposing_desk)
    assert proposing_desk.files() == [(1, "Asked")]
    proposing_desk.answers(letter, "yes")
    (done,) = proposing_desk.decides_what_waits()

    assert done.folder is Folder.DONE
    assert proposing_desk.arrival_of(proposed).folder_wanted == "Asked", "there it lies, under a UID that nobody knows"
    assert proposing_desk.files() == [(2, "Done")], "the answer itself, and nothing else"


def test_a_mail_that_was_not_moved_yet_goes_where_the_second_decision_wants_it(proposing_desk: Desk) -> None:
    _, letter = propose(proposing_desk)
    proposing_desk.answers(letter, "yes")
    proposing_desk.decides_what_waits()

    assert proposing_desk.files() == [(1, "Done"), (2, "Done")]


def test_yes_to_a_mail_whose_bytes_are_gone_is_answered_with_words(proposing_desk: Desk) -> None:
    proposed, letter = propose(proposing_desk)
    with proposing_desk.database.writing() as session:
        assert forget_raw(session, proposing_desk.now + timedelta(days=400), 365) == 1

    answered = proposing_desk.answers(letter, "Yes")

    assert (proposing_desk.decides_what_waits(), proposing_desk.clients()) == ([], [])
    told = proposing_desk.letter_of(answered)
    assert told.recipient == MARA
    assert f"My copy of the mail behind {proposed.ref} is deleted" in " ".join(told.text.split())
    assert answered.summary == f'"Yes" to {letter.ref}: not done, it is gone.'


def test_a_yes_that_is_taken_back_before_anybody_acted_on_it_is_no_yes(proposing_desk: Desk) -> None:
    _, letter = propose(proposing_desk)
    approved = proposing_desk.answers(letter, "yes")

    proposing_desk.says(f"undo {approved.ref}", MARA)

    assert (proposing_desk.decides_what_waits(), proposing_desk.clients()) == ([], [])
    proposing_desk.answers(letter, "yes")
    assert len(proposing_desk.decides_what_waits()) == 1
    assert proposing_desk.clients() == ["Kestrel"]


def test_a_yes_that_was_acted_on_is_taken_back_after_what_it_led_to(proposing_desk: Desk) -> None:
    _, letter = propose(proposing_desk)
    approved = proposing_desk.answers(letter, "yes")
    (done,) = proposing_desk.decides_what_waits()

    refused = proposing_desk.says(f"undo {approved.ref}", MARA)
    assert f'reply "undo {done.ref}"' in proposing_desk.letter_of(refused).text
    assert proposing_desk.clients() == ["Kestrel"]

    proposing_desk.says(f"undo {done.ref}", MARA)
    proposing_desk.says(f"undo {approved.ref}", MARA)
    assert proposing_desk.clients() == []
    proposing_desk.answers(letter, "yes")
    proposing_desk.decides_what_waits()
    assert proposing_desk.clients() == ["Kestrel"]
