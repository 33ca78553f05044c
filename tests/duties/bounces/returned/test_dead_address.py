"""S13: a reminder bounces, the owner is told and asked, and answers with a digit."""

from __future__ import annotations

import pytest

from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import Address, AddressStatus, Contact, LetterRow, LetterState, QuestionState
from tests.duties.bounces.road import AN_HOUR, BOUNCED_AT, TOM, Road, answer
from tests.duties.bounces.sample_reports import GIL, KAREN, REMINDER, About, Sent, report

WAITING = (
    Sent(241, subject="BuildExpo: 15% booth discount"),
    Sent(242, subject="Directory 2026"),
    Sent(243, subject="Your free banner, once more"),
)
TO_GIL = Sent(244, recipient=GIL, subject="Copy deadline")


def bounced(road: Road) -> Decision:
    """The reminder to Karen comes back while three other letters to her wait, and one to Gil."""
    road.has_written(REMINDER)
    road.has_written(*WAITING, TO_GIL, state=LetterState.WAITING)
    return road.arrives(report())


def test_the_address_is_marked_its_letters_are_held_and_the_owner_is_asked(either_road: Road) -> None:
    road = either_road
    decision = bounced(road)
    assert (decision.kind, decision.rule, decision.folder) == ("bounce", "bounces.dead", Folder.DONE)
    address = road.address(KAREN)
    assert address is not None
    assert (address.status, address.status_since) == (AddressStatus.UNDELIVERABLE, BOUNCED_AT)
    assert "550 5.1.1 User unknown" in (address.status_because or "")
    assert road.states(REMINDER, *WAITING, TO_GIL) == ["sent", "on hold", "on hold", "on hold", "waiting"]
    (bounce,) = road.bounces()
    assert (bounce.letter_ref, bounce.address_key, bounce.reason) == (REMINDER.ref, KAREN, "no_such_mailbox")
    assert (bounce.status_code, bounce.reply_code, bounce.is_dead) == ("5.1.1", "550", True)
    (question,) = road.questions()
    assert (question.kind, question.asked_key, question.state) == ("dead-address", TOM, QuestionState.OPEN)


def test_nobody_but_the_owner_is_written_to_and_nobody_is_deleted_or_replaced(road: Road) -> None:
    decision = bounced(road)
    assert set(road.written_by(decision)) == {TOM}
    assert road.ranks() == {"Karen Holt": 1, "Gil Fox": 2, "Ute Kern": 1}
    assert road.addresses_that_are_not_ok() == {KAREN: "undeliverable"}
    assert len(road.all_of(Contact)) == 3


def test_the_letter_says_who_why_since_when_how_many_wait_and_what_can_be_answered(road: Road) -> None:
    letter = road.written_by(bounced(road))[TOM]
    for words in (
        "Karen Holt",
        "South Star Logistics",
        "4 Nov",
        "User unknown in local recipient table",
        "On hold: 3 letters",
        "BuildExpo: 15% booth discount",
        "Last time it worked: 12 Sep",
        "1 = Gil Fox is the main contact",
        "2 and the new address",
        "3 = I make you a call task",
    ):
        assert words in letter.text
    assert "Copy deadline" not in letter.text  # waits for Gil, not for Karen


def test_without_another_contact_the_first_choice_is_not_offered(road: Road) -> None:
    kern = Sent(250, recipient="u.kern@acmemedical.example")
    road.has_written(kern)
    about = About(final="rfc822; u.kern@acmemedical.example")
    decision = road.arrives(report(about, to=kern.reply_address, returned=kern.headers()))
    text = road.written_by(decision)["jonas@harbourpine.example"].text
    assert "- 2 und die neue Adresse" in text
    assert "- 1 =" not in text


def test_a_slip_in_the_domain_is_offered_as_the_new_address(road: Road) -> None:
    slipped = "gil@southstra.example"
    with road.database.writing() as session:
        session.query(Address).filter_by(key=GIL).update({"key": slipped, "written": slipped})
    letter = Sent(251, recipient=slipped)
    road.has_written(letter)
    about = About(final=f"rfc822; {slipped}", status="5.1.2", diagnostic="smtp; Host not found")
    decision = road.arrives(report(about, to=letter.reply_address, returned=letter.headers()))
    assert f"Perhaps a slip of the finger: {GIL}? Then reply YES." in road.written_by(decision)[TOM].text
    answer(road, decision, "yes")
    assert road.address(GIL) is not None
    assert "slip of the finger" not in road.written_by(bounced(road))[TOM].text


def test_the_address_that_a_server_names_instead_is_proposed_and_taken_by_one_word(road: Road) -> None:
    road.has_written(REMINDER)
    new = "k.holt@southstar-group.example"
    about = About(status="5.1.6", diagnostic=f"smtp; 551 5.1.6 User has moved; please try <{new}>")
    asked = road.arrives(report(about))
    assert f"The server names a new one: {new}" in road.written_by(asked)[TOM].text

    decision = answer(road, asked, "Yes")

    assert decision.rule == "bounces.answered-new-address"
    found = road.address(new)
    assert found is not None
    assert found.status is AddressStatus.OK


def test_yes_to_a_question_that_proposes_no_address_is_left_to_a_person(road: Road) -> None:
    decision = answer(road, bounced(road), "yes")

    assert decision.folder is Folder.HELD


def test_an_address_that_asked_us_to_stop_stays_stopped_even_where_it_comes_back_from_an_undone_import(
    road: Road,
) -> None:
    new = "k.holt@southstar.example"
    asked = bounced(road)
    first = answer(road, asked, f"2 {new}")
    with road.database.writing() as session:
        session.query(Address).filter_by(key=new).update({"status": AddressStatus.STOPPED})
    road.take_back(first)
    answer(road, asked, f"2 {new} please")

    found = road.address(new)
    assert found is not None
    assert found.status is AddressStatus.STOPPED


def test_a_second_bounce_of_the_same_letter_changes_nothing(either_road: Road) -> None:
    road = either_road
    bounced(road)
    again = road.arrives(report(message_id="another@mx.southstar.example"), BOUNCED_AT + AN_HOUR)
    assert (again.rule, again.actions) == ("bounces.counted-before", ())
    assert len(road.bounces()) == 1
    assert len(road.questions()) == 1


@pytest.mark.parametrize(
    "first",
    [
        About(status="5.7.1", diagnostic="smtp; 554 5.7.1 blocked by our policy"),
        About(status="5.0.0", diagnostic="smtp; 554 Transaction failed"),
    ],
    ids=["refused", "no reason"],
)
def test_that_the_address_is_dead_is_news_after_a_refusal_of_the_same_letter(either_road: Road, first: About) -> None:
    road = either_road
    road.has_written(REMINDER)
    road.arrives(report(first, message_id="first@mx.southstar.example"))
    assert road.addresses_that_are_not_ok() == {}

    second = road.arrives(report(message_id="second@mx.southstar.example"), BOUNCED_AT + AN_HOUR)

    assert (second.rule, road.addresses_that_are_not_ok()) == ("bounces.dead", {KAREN: "undeliverable"})
    assert [bounce.is_dead for bounce in road.bounces()] == [False, True]


@pytest.mark.parametrize(
    "forged",
    [
        report(to="desk@harbourpine.example", returned=None, message_id="forged@evil.example"),
        report(to="desk+r-0231-aaaaaaaaaa@harbourpine.example", returned=None, message_id="forged@evil.example"),
        report(
            to="desk@harbourpine.example",
            returned=REMINDER.headers().replace(REMINDER.message_id, "r-0231-aaaaaaaaaa@harbourpine.example"),
            message_id="forged@evil.example",
        ),
        report(About(final=f"rfc822; {GIL}"), message_id="forged@evil.example"),
    ],
    ids=["no token", "a token that is made up", "a Message-ID that is made up", "the token of another's letter"],
)
def test_after_a_refusal_a_forged_bounce_marks_nobody(road: Road, forged: bytes) -> None:
    road.has_written(REMINDER)
    refused = About(status="5.7.1", diagnostic="smtp; 554 5.7.1 blocked by our policy")
    road.arrives(report(refused, message_id="first@mx.southstar.example"))

    road.arrives(forged, BOUNCED_AT + AN_HOUR)

    assert (road.addresses_that_are_not_ok(), len(road.bounces())) == ({}, 1)


def test_a_refusal_after_the_death_of_the_same_letter_changes_nothing(road: Road) -> None:
    bounced(road)
    refused = About(status="5.7.1", diagnostic="smtp; 554 5.7.1 blocked by our policy")
    again = road.arrives(report(refused, message_id="another@mx.southstar.example"), BOUNCED_AT + AN_HOUR)

    assert (again.rule, again.actions, len(road.bounces())) == ("bounces.counted-before", (), 1)


def test_a_bounce_of_another_letter_to_the_dead_address_is_counted_and_nobody_is_asked_again(road: Road) -> None:
    bounced(road)
    other = Sent(232)
    road.has_written(other)
    raw = report(to=other.reply_address, returned=other.headers(), message_id="other@mx.southstar.example")
    decision = road.arrives(raw, BOUNCED_AT + AN_HOUR)
    assert decision.rule == "bounces.dead-as-we-knew"
    assert [bounce.letter_ref for bounce in road.bounces()] == [REMINDER.ref, other.ref]
    assert road.written_by(decision) == {}


def test_a_failure_after_a_delay_of_the_same_letter_counts(road: Road) -> None:
    road.has_written(REMINDER)
    delay = About(action="delayed", status="4.4.1", diagnostic="smtp; 451 try again later")
    first = road.arrives(report(delay, message_id="delay@mx.southstar.example"))
    assert (first.kind, road.addresses_that_are_not_ok()) == ("soft", {})
    second = road.arrives(report(), BOUNCED_AT + AN_HOUR)
    assert (second.kind, road.addresses_that_are_not_ok()) == ("bounce", {KAREN: "undeliverable"})


def test_an_address_that_asked_us_to_stop_stays_stopped(road: Road) -> None:
    with road.database.writing() as session:
        session.query(Address).filter_by(key=KAREN).update({"status": AddressStatus.STOPPED})
    decision = bounced(road)
    assert decision.rule == "bounces.dead-as-we-knew"
    assert road.addresses_that_are_not_ok() == {KAREN: "stopped"}
    assert road.written_by(decision) == {}


def passed_on(road: Road) -> list[tuple[str, str]]:
    """The letters that go elsewhere: to whom, and under which subject."""
    return [(each.recipient, each.subject) for each in road.all_of(LetterRow) if each.purpose == "passed-on"]


def test_one_makes_the_next_contact_the_main_one_who_gets_the_letters_that_waited(either_road: Road) -> None:
    road = either_road
    decision = answer(road, bounced(road), "1")
    assert decision.rule == "bounces.answered-next-contact"
    assert road.ranks() == {"Gil Fox": 1, "Karen Holt": 2, "Ute Kern": 1}
    assert road.states(*WAITING, TO_GIL) == ["withdrawn", "withdrawn", "withdrawn", "waiting"]
    assert passed_on(road) == [(GIL, letter.subject) for letter in WAITING]
    assert "we wrote to Karen Holt, whom we do not reach any more" in " ".join(
        road.written_by(decision)[GIL].text.split()
    )
    assert road.tasks() == []
    assert road.questions()[0].state is QuestionState.ANSWERED
    assert "Gil Fox is the main contact" in road.written_by(decision)[TOM].text


def test_two_and_an_address_gives_the_contact_that_address_and_keeps_the_dead_one(either_road: Road) -> None:
    road = either_road
    decision = answer(road, bounced(road), "2 K.Holt@southstar.example thanks!")
    assert decision.rule == "bounces.answered-new-address"
    new, old = road.address("K.Holt@southstar.example"), road.address(KAREN)
    assert new is not None
    assert old is not None
    assert (new.key, new.status, new.contact_id) == ("k.holt@southstar.example", AddressStatus.OK, old.contact_id)
    assert old.status is AddressStatus.UNDELIVERABLE
    assert road.ranks()["Karen Holt"] == 1
    assert road.states(*WAITING) == ["withdrawn"] * 3
    assert passed_on(road) == [("K.Holt@southstar.example", letter.subject) for letter in WAITING]
    assert "The 3 letters that waited go to K.Holt@southstar.example" in road.written_by(decision)[TOM].text


def test_three_makes_a_call_task_and_leaves_the_letters_on_hold(road: Road) -> None:
    decision = answer(road, bounced(road), "3 please")
    assert decision.rule == "bounces.answered-call"
    (task,) = road.tasks()
    assert task.kind == "call"
    assert "802 555 0123" in task.words
    assert "802 555 0123" in road.written_by(decision)[TOM].text
    assert road.states(*WAITING) == ["on hold"] * 3
    assert road.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


@pytest.mark.parametrize(
    "words",
    [
        "2",
        "2 gil@southstar.example",
        f"2 {KAREN}",
        "2 desk@harbourpine.example",
        "1 or 3?",
        "ask Priya what she thinks",
    ],
)
def test_an_answer_that_cannot_be_acted_upon_is_held_and_the_question_stays_open(road: Road, words: str) -> None:
    asked = bounced(road)
    before = len(road.all_of(Address))
    decision = answer(road, asked, words)
    assert (decision.rule, decision.folder) == ("bounces.needs-a-person", Folder.HELD)
    assert set(road.written_by(decision)) == {"mara@harbourpine.example", "tom@harbourpine.example"}
    assert "Mara Lindqvist has it now" in road.written_by(decision)["tom@harbourpine.example"].text
    assert road.questions()[0].state is QuestionState.OPEN
    assert (len(road.all_of(Address)), road.ranks()["Karen Holt"]) == (before, 1)


def test_a_second_answer_changes_nothing_and_is_told_how_to_go_back(road: Road) -> None:
    asked = bounced(road)
    first = answer(road, asked, "3")
    addresses = len(road.all_of(Address))

    second = answer(road, asked, "2 karen@new.example")

    assert (second.rule, second.folder) == ("bounces.answered-before", Folder.DONE)
    assert (len(road.all_of(Address)), len(road.tasks())) == (addresses, 1)
    assert set(road.written_by(second)) == {"tom@harbourpine.example"}
    text = " ".join(road.written_by(second)["tom@harbourpine.example"].text.split())
    assert f"{asked.ref} was settled meanwhile by {first.ref} (Tom Okafor, 4 Nov)" in text
    assert f'Reply "undo {first.ref}", then answer once more' in text

    road.take_back(first)
    answer(road, asked, "2 k.holt@new.example")
    assert road.address("k.holt@new.example") is not None


def test_what_is_no_answer_to_a_settled_question_is_left_to_a_person(road: Road) -> None:
    asked = bounced(road)
    answer(road, asked, "3")

    decision = answer(road, asked, "she called me back and moves to Boston in March")

    assert (decision.duty, decision.kind) == ("desk", "nothing")


def test_only_the_one_who_was_asked_can_answer(road: Road) -> None:
    decision = answer(road, bounced(road), "1", sender="Jonas Weber <jonas@harbourpine.example>")
    assert decision.duty != "bounces"
    assert road.ranks()["Karen Holt"] == 1
    assert road.questions()[0].state is QuestionState.OPEN


def test_the_quoted_question_is_never_read_as_the_answer(road: Road) -> None:
    decision = answer(road, bounced(road), "thanks, will look at it")
    assert decision.folder is Folder.HELD
    assert road.ranks()["Karen Holt"] == 1


def test_undo_gives_back_the_address_and_the_letters_and_withdraws_the_unsent_question(either_road: Road) -> None:
    road = either_road
    decision = bounced(road)
    road.take_back(decision)
    assert road.addresses_that_are_not_ok() == {}
    assert road.states(*WAITING) == ["waiting"] * 3
    assert road.bounces() == []
    assert road.questions() == []
    assert road.written_by(decision)[TOM].state is LetterState.WITHDRAWN


def test_undoing_the_answer_restores_the_ranks_and_takes_the_new_address_away(road: Road) -> None:
    asked = bounced(road)
    first = answer(road, asked, "1")
    road.take_back(first)
    assert road.ranks()["Karen Holt"] == 1
    assert road.states(*WAITING) == ["on hold"] * 3
    assert road.tasks() == []
    second = answer(road, asked, "2 k.holt@southstar.example")
    road.take_back(second)
    assert road.address("k.holt@southstar.example") is None
    third = answer(road, asked, "2 k.holt@southstar.example please")
    assert third.rule == "bounces.answered-new-address"
    assert road.address("k.holt@southstar.example") is not None


def test_a_desk_that_only_watches_says_so_and_changes_nothing(watching_road: Road) -> None:
    decision = bounced(watching_road)
    assert decision.planned
    assert decision.actions == ()
    assert watching_road.addresses_that_are_not_ok() == {}
    assert watching_road.bounces() == []
    assert watching_road.states(*WAITING) == ["waiting"] * 3


def test_what_was_known_is_kept_and_comes_back_for_a_replay(road: Road) -> None:
    decision = bounced(road)
    part = road.known_for(decision).recalled["bounces"]
    assert [letter.subject for letter in part.letters_to(KAREN)] == [letter.subject for letter in WAITING]  # type: ignore[attr-defined]
