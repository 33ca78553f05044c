"""Watch, propose, act: what a duty does by itself, and what waits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.config import Level
from mailbot.deciding.decide import decide_due
from mailbot.deciding.verbs import Due, Plan
from mailbot.records.decision import Decision, Folder, Send
from mailbot.records.known import Known
from mailbot.sorting.model import Finding
from tests.deciding.parcels import (
    DANA,
    FINDING,
    KNOWN,
    NOW,
    Jot,
    Mood,
    decided,
    desk_card,
    draft,
    letters,
    orders,
    rules_that_do,
    templates,
)

OF_DESK = Finding("desk", "why", None, (), "the word WHY")
HERE = 'answer = { template = "parcels/here" }'


def at(level: Level) -> Known:
    return replace(KNOWN, desk=desk_card(parcels=level))


def test_a_duty_that_acts_acts() -> None:
    decision = decided(orders(), known=at(Level.ACT))

    assert (len(decision.actions), decision.planned, decision.carried_out) == (2, (), True)
    assert (decision.level, decision.folder, decision.trace.notes) == ("act", Folder.DONE, ())


def test_a_duty_that_watches_says_what_it_would_do_and_leaves_the_mail_alone() -> None:
    decision = decided(orders(), known=at(Level.WATCH))

    assert (decision.actions, decision.carried_out) == ((), False)
    assert (decision.level, decision.folder) == ("watch", Folder.LEAVE)
    assert decision.planned[0] == Jot("here", 1, Mood.SURE)
    assert letters(decision.planned) == [("Pete@globex.example", "parcels/here")]
    assert isinstance(decision.planned[1], Send)
    assert decision.planned[1].letter, "what it would say can be read"
    assert decision.trace.notes == ("parcels only watches: nothing of this is done",)


def test_a_duty_that_is_not_named_watches() -> None:
    unnamed = replace(KNOWN, desk=replace(KNOWN.desk, levels={}))

    assert decided(orders(), known=unnamed).level == "watch"


def the_proposal_of(decision: Decision) -> Send:
    [send] = decision.actions
    assert isinstance(send, Send)
    return send


def test_a_duty_that_proposes_asks_the_coordinator_for_one_word() -> None:
    decision = decided(orders(), known=at(Level.PROPOSE))

    proposal = the_proposal_of(decision)
    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/proposal")]
    assert proposal.asks
    assert (proposal.asks.duty, proposal.asks.kind, proposal.asks.context) == (
        "desk",
        "approve",
        {"decision": "P-0412"},
    )
    assert proposal.letter
    assert proposal.letter.ref == "P-0412"
    assert "- jot 'here'" in proposal.letter.text
    assert "- write to Pete@globex.example: It is here: P-1" in proposal.letter.text
    assert letters(decision.planned) == [("Pete@globex.example", "parcels/here")]
    assert (decision.level, decision.folder, decision.carried_out) == ("propose", Folder.ASKED, False)
    assert decision.trace.notes == ("parcels only proposes: a person says yes first",)


def test_a_proposal_without_anything_to_do_asks_nobody(tmp_path: Path) -> None:
    rules = rules_that_do(tmp_path, HERE)
    loud = replace(KNOWN, desk=desk_card(parcels=Level.PROPOSE), brakes=replace(KNOWN.brakes, answers_last_day=9))

    decision = decided(orders(rules), known=loud)

    assert decision.planned == ()
    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/alarm")]


def test_a_proposal_that_nobody_can_approve_is_held() -> None:
    decision = decided(orders(), known=replace(at(Level.PROPOSE), staff=(DANA,)))

    assert (decision.actions, decision.folder) == ((), Folder.HELD)
    assert decision.trace.notes[-1] == "nobody was asked: there is no coordinator"


def test_a_proposal_whose_template_breaks_is_held() -> None:
    broken = orders(templates=templates(desk_proposal="Subject: x\n\n{{ nothing_like_it }}\n"))

    decision = decided(broken, known=at(Level.PROPOSE))

    assert (decision.folder, decision.planned) == (Folder.HELD, ())
    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/needs_person")]


@pytest.mark.parametrize(
    ("level", "folder"), [(Level.WATCH, Folder.DONE), (Level.PROPOSE, Folder.ASKED), (Level.ACT, Folder.DONE)]
)
def test_the_desk_itself_always_acts_beside_a_duty_that_may_not(tmp_path: Path, level: Level, folder: Folder) -> None:
    rules = rules_that_do(tmp_path, 'jot = { text = "a" }', desk=HERE)
    known = replace(at(level), desk=replace(at(level).desk, levels={"parcels": level, "desk": Level.WATCH}))

    decision = decided(orders(rules), FINDING, OF_DESK, known=known)

    assert ("Pete@globex.example", "parcels/here") in letters(decision.actions)
    assert (decision.folder, decision.level) == (folder, level.value)
    assert (Jot("a", 1, Mood.SURE) in decision.actions) is (level is Level.ACT)


def test_a_mail_that_only_the_desk_answers_is_acted_on_in_a_new_installation(tmp_path: Path) -> None:
    new = replace(KNOWN, desk=replace(KNOWN.desk, levels={}))

    decision = decided(orders(rules_that_do(tmp_path, HERE, desk=HERE)), OF_DESK, known=new)

    assert (decision.level, decision.folder, decision.carried_out) == ("act", Folder.DONE, True)


def test_what_falls_due_keeps_to_the_level_too() -> None:
    due = Due("chase", "late", Plan("Asked.", (Send(draft("pete@globex.example")),)))

    watching = decide_due(due, "parcels", "j", at(Level.WATCH), orders(), NOW)
    proposing = decide_due(due, "parcels", "j", at(Level.PROPOSE), orders(), NOW)

    assert (watching.actions, letters(watching.planned)) == ((), [("pete@globex.example", "parcels/here")])
    assert letters(proposing.actions) == [("mara@harbourpine.example", "desk/proposal")]
    assert proposing.folder is Folder.LEAVE
