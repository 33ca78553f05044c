"""Letters that must not be written, and that nothing else is stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.deciding.brakes import braked
from mailbot.deciding.decide import decide_due
from mailbot.deciding.matter import Course, Matter
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.verbs import Due, Plan
from mailbot.letters.model import Draft, Recipient
from mailbot.message.model import Mailbox
from mailbot.records.decision import Folder, Send
from mailbot.records.known import BrakeCard, Known
from mailbot.records.outbox import ALARM
from mailbot.sorting.model import AutomaticKind, Trust
from tests.deciding.parcels import (
    GLOBEX,
    KNOWN,
    NOW,
    decided,
    draft,
    letters,
    message,
    orders,
    rules_that_do,
    sorted_as,
)
from tests.sorting.world import letter

HERE = "parcels/here"


@pytest.fixture
def answering(tmp_path: Path) -> StandingOrders:
    return orders(rules_that_do(tmp_path, f'answer = {{ template = "{HERE}" }}'))


def answering_to(folder: Path, to: str, more: str = "") -> StandingOrders:
    return orders(rules_that_do(folder, f'answer = {{ template = "{HERE}", to = "{to}"{more} }}'))


@pytest.mark.parametrize("own", ["desk@harbourpine.example", "Desk+n-0412-9kq2x7m3ab@HarbourPine.example"])
def test_the_desk_never_writes_to_itself(tmp_path: Path, own: str) -> None:
    decision = decided(answering_to(tmp_path, own))

    assert letters(decision.actions) == []
    assert decision.trace.notes == (f"not written to {own} ({HERE}): it is an address of the desk itself",)
    assert decision.folder is Folder.DONE


def test_a_question_that_cannot_be_asked_is_held_for_a_person(tmp_path: Path) -> None:
    decision = decided(answering_to(tmp_path, "desk@harbourpine.example", ', question = "which?", folder = "Asked"'))

    assert (letters(decision.actions), decision.folder) == ([], Folder.HELD)


@pytest.mark.parametrize("kind", list(AutomaticKind))
def test_a_machine_is_never_answered(answering: StandingOrders, kind: AutomaticKind) -> None:
    decision = decided(answering, sorted_=sorted_as(automatic=kind))

    assert letters(decision.actions) == []
    assert decision.trace.notes == (
        f"not written to Pete@globex.example ({HERE}): a machine wrote the mail ({kind.value})",
    )


def test_staff_are_told_about_a_machine_but_not_when_it_writes_for_them(tmp_path: Path) -> None:
    machine = sorted_as(automatic=AutomaticKind.BOUNCE)
    to_dana = answering_to(tmp_path, "dana@harbourpine.example")
    from_dana = message(sender=Mailbox("", "dana@harbourpine.example", "dana@harbourpine.example"))

    assert letters(decided(to_dana, sorted_=machine).actions) == [("dana@harbourpine.example", HERE)]
    assert letters(decided(to_dana, sorted_=machine, mail=from_dana).actions) == []


def test_whom_we_do_not_believe_is_not_answered(answering: StandingOrders) -> None:
    unproven = decided(answering, sorted_=sorted_as(Trust.T0))
    proven = decided(answering, sorted_=sorted_as(Trust.T1))

    assert letters(unproven.actions) == []
    assert letters(proven.actions) == [("Pete@globex.example", HERE)]


def test_others_are_told_about_a_mail_that_we_do_not_believe(tmp_path: Path) -> None:
    decision = decided(answering_to(tmp_path, "dana@harbourpine.example"), sorted_=sorted_as(Trust.T0))

    assert letters(decision.actions) == [("dana@harbourpine.example", HERE)]


def test_a_colleague_hears_of_a_forgery_in_that_very_name_and_of_nothing_else_that_is_not_proven() -> None:
    key = "mara@harbourpine.example"
    forged = Matter(
        origin="mail",
        ref="D-0412",
        kind="forged",
        duty="desk",
        known=KNOWN,
        orders=orders(),
        now=NOW,
        message=message(sender=Mailbox("Mara", key, key)),
        sorted=sorted_as(Trust.T0, forged=True),
    )
    alarm, answer = (
        Send(Draft(Recipient(key, "Mara", "en"), HERE, {}, purpose, key)) for purpose in (f"{ALARM}forged", "answer")
    )

    assert braked(Course("", (alarm, answer)), forged).actions == (alarm,)


STRANGERS = {"parcels": 30, "weather": 99}


@pytest.mark.parametrize("trust", [Trust.T0, Trust.T1])
@pytest.mark.parametrize("to", ["dana@harbourpine.example", "elsewhere@client.example"])
def test_strangers_together_cause_a_share_of_the_letters_of_an_hour_and_no_more(
    tmp_path: Path, trust: Trust, to: str
) -> None:
    here = answering_to(tmp_path, to)
    flooded = replace(KNOWN, letters=(), brakes=BrakeCard(0, False, STRANGERS))
    just_before = replace(flooded, brakes=BrakeCard(0, False, {"parcels": 29, "weather": 99}))

    assert letters(decided(here, known=just_before, sorted_=sorted_as(trust)).actions) == [(to, HERE)]
    stopped = decided(here, known=flooded, sorted_=sorted_as(trust))
    assert letters(stopped.actions) == []
    assert stopped.trace.notes == (f"not written to {to} ({HERE}): strangers wrote too much within an hour",)


def test_a_flood_of_strangers_stops_no_letter_for_those_we_know_or_who_prove_a_letter_of_ours(
    answering: StandingOrders,
) -> None:
    flooded = replace(KNOWN, letters=(), brakes=BrakeCard(0, False, STRANGERS))
    bounce = replace(flooded, letters=(letter(proven=True),))

    for known, trust in ((flooded, Trust.T2), (flooded, Trust.T3), (bounce, Trust.T1)):
        decision = decided(answering, known=known, sorted_=sorted_as(trust))
        assert letters(decision.actions) == [("Pete@globex.example", HERE)]


def test_a_question_that_a_flood_of_strangers_would_ask_is_held(tmp_path: Path) -> None:
    asking = answering_to(tmp_path, "dana@harbourpine.example", ', question = "which?", folder = "Asked"')
    flooded = replace(KNOWN, letters=(), brakes=BrakeCard(0, False, STRANGERS))
    decision = decided(asking, known=flooded, sorted_=sorted_as(Trust.T1))

    assert (letters(decision.actions), decision.folder) == ([], Folder.HELD)


def braking(answers: int = 0, *, acknowledged: bool = False) -> Known:
    return replace(KNOWN, brakes=BrakeCard(answers, acknowledged))


def test_one_acknowledgement_a_day_is_enough(tmp_path: Path) -> None:
    acknowledging = answering_to(tmp_path, "", ", acknowledgement = true")

    assert letters(decided(acknowledging, known=braking()).actions) == [("Pete@globex.example", HERE)]
    second = decided(acknowledging, known=braking(acknowledged=True))
    assert letters(second.actions) == []
    assert second.trace.notes == (
        f"not written to Pete@globex.example ({HERE}): it was acknowledged within a day before",
    )


def test_an_answer_that_is_no_acknowledgement_still_goes_out_after_one(answering: StandingOrders) -> None:
    decision = decided(answering, known=braking(acknowledged=True))

    assert letters(decision.actions) == [("Pete@globex.example", HERE)]


def test_the_fifth_answer_of_a_day_goes_out_and_the_sixth_alarms_instead(answering: StandingOrders) -> None:
    fifth = decided(answering, known=braking(4))
    sixth = decided(answering, known=braking(5))

    assert letters(fifth.actions) == [("Pete@globex.example", HERE)]
    assert letters(sixth.actions) == [("mara@harbourpine.example", "desk/too_many_answers")]
    [alarm] = sixth.actions
    assert isinstance(alarm, Send)
    assert (alarm.draft.purpose, alarm.draft.object, alarm.draft.period) == (
        "brake",
        "pete@globex.example",
        "2025-11-07",
    )
    assert alarm.letter
    assert "pete@globex.example: 5 of 5 in one day" in alarm.letter.text


def test_many_stopped_answers_make_one_alarm(tmp_path: Path) -> None:
    rules = rules_that_do(tmp_path, *(f'answer = {{ template = "{HERE}" }}' for _ in range(3)))

    decision = decided(orders(rules), known=braking(9))

    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/too_many_answers")]
    assert len(decision.trace.notes) == 3


def test_a_rep_who_writes_all_day_is_answered_all_day(answering: StandingOrders) -> None:
    from_dana = message(sender=Mailbox("", "dana@harbourpine.example", "dana@harbourpine.example"))

    assert letters(decided(answering, known=braking(25), mail=from_dana).actions) == [
        ("dana@harbourpine.example", HERE)
    ]


def test_a_letter_to_somebody_else_is_not_counted_against_the_sender(tmp_path: Path) -> None:
    decision = decided(answering_to(tmp_path, "ellen@northstar.example"), known=braking(9))

    assert letters(decision.actions) == [("ellen@northstar.example", HERE)]


FROM_DANA = message(sender=Mailbox("", "dana@harbourpine.example", "dana@harbourpine.example"))
ASKING = ', question = "which?", folder = "Asked"'


@pytest.mark.parametrize("trust", [Trust.T0, Trust.T3])
@pytest.mark.parametrize("automatic", [None, AutomaticKind.BOUNCE])
def test_a_question_to_staff_is_not_stopped(tmp_path: Path, trust: Trust, automatic: AutomaticKind | None) -> None:
    asking = answering_to(tmp_path, "dana@harbourpine.example", ASKING)
    mail = message() if automatic else FROM_DANA

    decision = decided(asking, known=braking(99, acknowledged=True), mail=mail, sorted_=sorted_as(trust, automatic))

    assert letters(decision.actions) == [("dana@harbourpine.example", HERE)]
    assert (decision.folder, decision.trace.notes) == (Folder.ASKED, ())


def test_a_question_that_only_the_machine_of_its_reader_would_answer_is_held(tmp_path: Path) -> None:
    asking = answering_to(tmp_path, "dana@harbourpine.example", ASKING)

    decision = decided(asking, mail=FROM_DANA, sorted_=sorted_as(automatic=AutomaticKind.AUTO_REPLY))

    assert (letters(decision.actions), decision.folder) == ([], Folder.HELD)


def test_the_same_letter_is_written_once_to_each_recipient(tmp_path: Path) -> None:
    rules = rules_that_do(
        tmp_path,
        f'answer = {{ template = "{HERE}", to = "dana@harbourpine.example" }}',
        f'answer = {{ template = "{HERE}", to = "Dana@harbourpine.example" }}',
        f'answer = {{ template = "{HERE}", to = "mara@harbourpine.example" }}',
    )

    decision = decided(orders(rules))

    assert letters(decision.actions) == [("dana@harbourpine.example", HERE), ("mara@harbourpine.example", HERE)]
    assert decision.trace.notes == (
        f"not written to Dana@harbourpine.example ({HERE}): the same letter is written already",
    )


def chased(known: Known, to: str = "pete@globex.example") -> list[tuple[str, str]]:
    letter = replace(draft(to), about_client=GLOBEX.id)
    send = Send(letter)
    return letters(
        decide_due(Due("chase", "late", Plan("Asked.", (send,))), "parcels", "j", known, orders(), NOW).actions
    )


def test_the_clock_writes_nothing_to_a_client_that_is_paused() -> None:
    paused = replace(KNOWN, clients=(replace(GLOBEX, paused_because="angry since Monday"),))

    assert chased(KNOWN) == [("pete@globex.example", HERE)]
    assert chased(paused) == []
    assert chased(paused, "dana@harbourpine.example") == [("dana@harbourpine.example", HERE)]
