"""Orders about issues, in one line of a mail: what is done, what is refused, and that all of it can be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from mailbot.duties.issues.tables import Issue, IssueState, Voice
from mailbot.records.decision import Decision
from mailbot.records.tables import QuestionState
from tests.duties.issues.mails import NEW_YORK, mail
from tests.duties.issues.road import Road

ELLEN = "Ellen Marsh <ellen@northstar.example>"
PETE = "Pete Grundy <pete@globex.example>"
MARA = "Mara Lindqvist <mara@harbourpine.example>"
DANA = "Dana Reyes <dana@harbourpine.example>"
TOM = "Tom Okafor <tom@harbourpine.example>"
JONAS = "Jonas Weber <jonas@harbourpine.example>"
MONDAY = datetime(2025, 11, 3, 9, 0, tzinfo=NEW_YORK)
AFTERNOON = MONDAY + timedelta(hours=5)


def two_issues(road: Road) -> tuple[str, str]:
    """Ellen reports two things, in two threads. Gives their numbers."""
    for number, words in enumerate(("The banner link is broken.", "The phone number in our ad is wrong.")):
        at = MONDAY + timedelta(minutes=number)
        road.arrives(mail(words, ELLEN, at=at, subject=f"thing {number}", message_id=f"em-{number}@ns.example"), at)
    first, second = road.issues()
    return first.ref, second.ref


def ordered(road: Road, words: str, by: str = MARA, at: datetime = AFTERNOON, subject: str = "order") -> Decision:
    return road.arrives(mail(words, by, at=at, subject=subject), at)


def issue(road: Road, ref: str) -> Issue:
    return next(each for each in road.issues() if each.ref == ref)


@pytest.mark.parametrize(
    "words",
    [
        "merge {0} into {1}",
        "{0} mit {1} zusammenführen",
        "Bitte führe {0} mit {1} zusammen",
        "Please merge {0} with {1}.",
        "merge {0} into {1}\n\nMara",
    ],
)
def test_a_merged_issue_goes_on_in_the_other_and_its_thread_reaches_that_one(any_road: Road, words: str) -> None:
    first, second = two_issues(any_road)
    decision = ordered(any_road, words.format(first, second))

    assert (decision.kind, issue(any_road, first).state) == ("order", IssueState.MERGED)
    assert issue(any_road, first).merged_into_id == issue(any_road, second).id
    assert list(any_road.written_to(decision)) == ["mara@harbourpine.example"]
    at = AFTERNOON + timedelta(hours=1)
    reply = mail("It is still broken", ELLEN, at=at, subject="Re: thing 0", in_reply_to="em-0@ns.example")
    any_road.arrives(reply, at)
    kept = [each.issue_id for each in any_road.messages() if each.voice is Voice.CLIENT]
    assert kept[-1] == issue(any_road, second).id
    assert len(any_road.issues()) == 2


def test_the_question_whether_a_merged_issue_is_done_closes_the_one_it_goes_on_in(road: Road) -> None:
    first, second = two_issues(road)
    told = next(letter for letter in road.letters() if letter.object == first and letter.purpose == "issue-told")
    ordered(road, f"merge {first} into {second}")
    assert QuestionState.ANSWERED in {each.state for each in road.questions()}
    at = AFTERNOON + timedelta(hours=1)
    road.arrives(mail("DONE", DANA, at=at, subject="Re: " + told.subject, in_reply_to=told.message_id), at)
    assert issue(road, second).state is IssueState.SOLVED
    assert issue(road, first).state is IssueState.MERGED


def test_issues_of_two_clients_are_never_merged(road: Road) -> None:
    first, _ = two_issues(road)
    road.arrives(mail("The phone number is wrong", PETE, at=MONDAY + timedelta(hours=1)), MONDAY + timedelta(hours=1))
    other = road.issues()[-1].ref
    decision = ordered(road, f"merge {first} into {other}")

    assert {each.state for each in road.issues()} == {IssueState.OPEN}
    assert "from different clients" in road.written_to(decision)["mara@harbourpine.example"]


@pytest.mark.parametrize("words", ["split {0}: the October invoice", "{0} teilen: the October invoice"])
def test_a_split_off_issue_is_new_and_remembers_where_it_came_from(road: Road, words: str) -> None:
    first, _ = two_issues(road)
    decision = ordered(road, words.format(first))

    new = issue(road, decision.ref)
    assert (new.subject, new.address, new.state) == ("the October invoice", "ellen@northstar.example", IssueState.OPEN)
    assert new.follows_id == issue(road, first).id
    assert set(road.written_to(decision)) == {"mara@harbourpine.example"}


@pytest.mark.parametrize(
    "words", ["{0} to tom", "assign {0} to Tom Okafor", "gib {0} an Tom", "{0} an tom@harbourpine.example"]
)
def test_an_issue_is_handed_over_and_the_new_owner_reads_what_it_is_about(road: Road, words: str) -> None:
    first, _ = two_issues(road)
    decision = ordered(road, words.format(first))

    owner = issue(road, first).owner_id
    letters = road.written_to(decision)
    assert owner is not None
    assert set(letters) == {"mara@harbourpine.example", "tom@harbourpine.example"}
    assert "The banner link is broken." in letters["tom@harbourpine.example"]
    assert "ellen@northstar.example" not in letters["tom@harbourpine.example"]


@pytest.mark.parametrize(
    ("words", "by"),
    [("snooze {0} until 14 Nov", MARA), ("{0} ruht bis 14.11.", MARA), ("stell {0} bis 14. November zurück", JONAS),
     ("snooze {0} until Friday 14 November", DANA)],
)  # fmt: skip
def test_an_issue_is_put_off_by_who_may_and_by_nobody_else(road: Road, words: str, by: str) -> None:
    first, _ = two_issues(road)
    ordered(road, words.format(first), by)
    assert issue(road, first).snoozed_until == (None if by == JONAS else date(2025, 11, 14))


def test_a_mail_of_the_client_wakes_an_issue_that_rests(road: Road) -> None:
    first, _ = two_issues(road)
    ordered(road, f"snooze {first} until 14 Nov")
    at = AFTERNOON + timedelta(hours=2)
    road.arrives(mail("any news?", ELLEN, at=at, subject="Re: thing 0", in_reply_to="em-0@ns.example"), at)
    assert issue(road, first).snoozed_until is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("merge I-9999 into {0}", "I know no I-9999"),
        ("merge {0} into {0}", "the same issue"),
        ("{0} to Nobody", "I know nobody of that name"),
        ("snooze {0} until someday", "could not read the day"),
        ("snooze {0} until 1 Nov 2025", "not ahead of us"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(road: Road, words: str, said: str) -> None:
    first, _ = two_issues(road)
    decision = ordered(road, words.format(first))
    assert said in " ".join(road.written_to(decision)["mara@harbourpine.example"].split())
    assert {(each.state, each.snoozed_until) for each in road.issues()} == {(IssueState.OPEN, None)}


def test_a_rep_orders_nothing_about_anothers_issue(road: Road) -> None:
    first, second = two_issues(road)
    decision = ordered(road, f"merge {first} into {second}", TOM)
    assert "not yours" in road.written_to(decision)["tom@harbourpine.example"]
    assert {each.state for each in road.issues()} == {IssueState.OPEN}


@pytest.mark.parametrize("by", [ELLEN, MARA])
def test_a_client_orders_nothing_and_nobody_does_who_is_not_proven(road: Road, by: str) -> None:
    first, second = two_issues(road)
    road.arrives(
        mail(f"merge {first} into {second}", by, at=AFTERNOON, dmarc="pass" if by == ELLEN else "fail"), AFTERNOON
    )
    assert {each.state for each in road.issues()} == {IssueState.OPEN}


@pytest.mark.parametrize(
    "words", ["I-0088 to be discussed on Monday with the web team", "please look at {0} again", "{0}?"]
)
def test_a_sentence_that_names_an_issue_is_no_order(road: Road, words: str) -> None:
    first, _ = two_issues(road)
    assert ordered(road, words.format(first)).kind != "order"


def test_every_order_can_be_taken_back(road: Road) -> None:
    first, second = two_issues(road)
    for number, words in enumerate((f"merge {first} into {second}", f"snooze {first} until 14 Nov", f"{first} to tom")):
        before = [(each.state, each.snoozed_until, each.owner_id, each.merged_into_id) for each in road.issues()]
        at = AFTERNOON + timedelta(minutes=number)
        decision = ordered(road, words, at=at)
        assert [(e.state, e.snoozed_until, e.owner_id, e.merged_into_id) for e in road.issues()] != before
        road.take_back(decision, at + timedelta(seconds=20))
        assert [(e.state, e.snoozed_until, e.owner_id, e.merged_into_id) for e in road.issues()] == before
