"""Tom was to call about a dead address, and writes what came of it."""

from __future__ import annotations

import pytest

from mailbot.records.decision import Decision
from mailbot.records.tables import AddressStatus, LetterState, TaskState
from tests.duties.bounces.road import TOM, Road, answer
from tests.duties.bounces.sample_reports import KAREN, REMINDER, Sent, report

WAITING = Sent(241, subject="BuildExpo: 15% booth discount")
NEW = "k.holt@southstar.example"


@pytest.fixture
def call(road: Road) -> Decision:
    """Karen's address is dead, and Tom has a call task."""
    road.has_written(REMINDER)
    road.has_written(WAITING, state=LetterState.WAITING)
    return answer(road, road.arrives(report()), "3")


def tasks(road: Road) -> dict[str, TaskState]:
    return {task.kind: task.state for task in road.tasks()}


@pytest.mark.parametrize(
    "words",
    [
        f"fertig, hab sie erreicht: {NEW}",
        f"Done. Reached her this morning, she was on holiday; her address is {NEW} now.\nTom",
        f"{NEW}",
    ],
)
def test_done_with_a_new_address_closes_the_call_and_keeps_the_address(road: Road, call: Decision, words: str) -> None:
    decision = answer(road, call, words)

    assert (decision.kind, decision.rule) == ("call-answer", "bounces.called")
    new, old = road.address(NEW), road.address(KAREN)
    assert new is not None
    assert old is not None
    assert (new.contact_id, new.status, old.status) == (
        old.contact_id,
        AddressStatus.OK,
        AddressStatus.UNDELIVERABLE,
    )
    assert tasks(road) == {"call": TaskState.DONE}
    assert road.written_by(decision)[NEW].subject == WAITING.subject
    assert f"Karen Holt (South Star Logistics) has the address {NEW} now" in road.written_by(decision)[TOM].text
    assert set(road.written_by(decision)) == {TOM, NEW}


def test_undo_opens_the_call_again(road: Road, call: Decision) -> None:
    road.take_back(answer(road, call, f"done: {NEW}"))

    assert (tasks(road), road.address(NEW)) == ({"call": TaskState.OPEN}, None)
    assert road.states(WAITING) == ["on hold"]


def test_whoever_is_named_after_she_has_left_follows_her_and_gets_what_waited(road: Road, call: Decision) -> None:
    decision = answer(road, call, "done, she has left. Now it is Mia Lang, m.lang@southstar.example")

    assert decision.rule == "bounces.called"
    assert road.ranks() == {"Mia Lang": 1, "Karen Holt": 2, "Gil Fox": 3, "Ute Kern": 1}
    assert tasks(road) == {"call": TaskState.DONE}
    written = road.written_by(decision)
    assert set(written) == {TOM, "m.lang@southstar.example"}
    assert written["m.lang@southstar.example"].subject == WAITING.subject
    assert road.states(WAITING) == ["withdrawn"]


@pytest.mark.parametrize(
    "words", [f"done: {KAREN}", "done: gil@southstar.example", "done: desk@harbourpine.example", "done: a..b@@c"]
)
def test_an_address_that_cannot_be_hers_changes_nothing(road: Road, call: Decision, words: str) -> None:
    answer(road, call, words)

    assert tasks(road)["call"] is TaskState.OPEN
    assert road.ranks()["Karen Holt"] == 1
    assert road.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


@pytest.mark.parametrize(
    "sender",
    ["Gil Fox <gil@southstar.example>", "Dana Reyes <dana@harbourpine.example>", "Tom <tom@evil.example>"],
)
def test_somebody_elses_word_changes_nothing(road: Road, call: Decision, sender: str) -> None:
    answer(road, call, f"done: {NEW}", sender=sender)

    assert (tasks(road), road.address(NEW)) == ({"call": TaskState.OPEN}, None)


def test_once_it_is_done_an_address_is_no_answer_to_the_call_any_more(road: Road, call: Decision) -> None:
    answer(road, call, f"done: {NEW}")
    again = answer(road, call, "done: karen@southstar.example")

    assert again.kind != "call-answer"
    assert road.address("karen@southstar.example") is None
