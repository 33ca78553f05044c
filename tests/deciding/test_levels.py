"""Watch, propose, act: what a duty does by itself, and what waits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.config import Level
from mailbot.deciding.decide import decide, decide_due
from mailbot.deciding.verbs import Due, Plan
from mailbot.records.decision import Decision, Folder, Send
from mailbot.records.known import Copy, Known
from mailbot.sorting.model import Finding, Trouble
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
    message,
    orders,
    reading,
    rules_that_do,
    templates,
)

OF_DESK = Finding("desk", "why", None, (), "the word WHY")
HERE = 'answer = { template = "parcels/here" }'
OBEY = 'obey = { template = "parcels/here" }'
NEW = replace(KNOWN, desk=replace(KNOWN.desk, levels={}))  # an installation on its first day


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

    assert (decision.planned, decision.folder, decision.carried_out) == ((), Folder.DONE, True)
    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/too_many_answers")]


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
def test_an_order_is_obeyed_beside_a_duty_that_may_not_act(tmp_path: Path, level: Level, folder: Folder) -> None:
    rules = rules_that_do(tmp_path, 'jot = { text = "a" }', desk=OBEY)
    known = replace(KNOWN, desk=desk_card(parcels=level, desk=Level.WATCH))

    decision = decided(orders(rules), FINDING, OF_DESK, known=known)

    assert ("Pete@globex.example", "parcels/here") in letters(decision.actions)
    assert (decision.folder, decision.level) == (folder, level.value)
    assert (Jot("a", 1, Mood.SURE) in decision.actions) is (level is Level.ACT)


def test_an_order_is_obeyed_in_a_new_installation(tmp_path: Path) -> None:
    decision = decided(orders(rules_that_do(tmp_path, HERE, desk=OBEY)), OF_DESK, known=NEW)

    assert (decision.level, decision.folder, decision.carried_out) == ("act", Folder.DONE, True)
    assert letters(decision.actions) == [("Pete@globex.example", "parcels/here")]


def test_an_order_whose_letter_breaks_is_told_in_a_new_installation(tmp_path: Path) -> None:
    rules = rules_that_do(tmp_path, HERE, desk='obey = { template = "parcels/broken" }')

    decision = decided(orders(rules), OF_DESK, known=NEW)

    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/needs_person")]
    assert (decision.folder, decision.carried_out) == (Folder.HELD, True)


def test_a_mail_that_is_nobodys_is_left_as_it_is_in_a_new_installation(tmp_path: Path) -> None:
    decision = decide(message(), NEW, reading(), orders(rules_that_do(tmp_path, HERE)), NOW)

    assert (decision.level, decision.folder, decision.carried_out) == ("watch", Folder.LEAVE, False)
    assert decision.actions == ()
    assert letters(decision.planned) == [("mara@harbourpine.example", "desk/needs_person")]
    assert decision.summary == "Held for a person: nobody knows."


def test_what_would_be_left_alone_anyway_is_not_kept_back_by_watching(tmp_path: Path) -> None:
    left = decide(message(), NEW, reading(), orders(rules_that_do(tmp_path, HERE, desk="leave = {}")), NOW)
    moved = decide(message(), NEW, reading(), orders(rules_that_do(tmp_path, HERE, desk="quarantine = {}")), NOW)

    assert (left.folder, left.planned, left.carried_out) == (Folder.LEAVE, (), True)
    assert (moved.folder, moved.planned, moved.carried_out) == (Folder.LEAVE, (), False)


def test_holding_asks_at_once_where_a_duty_proposes(tmp_path: Path) -> None:
    decision = decided(orders(rules_that_do(tmp_path, "hold = {}")), known=at(Level.PROPOSE))

    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/needs_person")]
    assert (decision.folder, decision.planned, decision.carried_out) == (Folder.HELD, (), True)
    assert decision.trace.notes == ()


def test_holding_waits_with_what_needs_a_word(tmp_path: Path) -> None:
    rules = rules_that_do(tmp_path, 'jot = { text = "a" }', "hold = {}")

    decision = decided(orders(rules), known=at(Level.PROPOSE))

    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/proposal")]
    assert letters(decision.planned) == [("mara@harbourpine.example", "desk/needs_person")]
    assert decision.folder is Folder.ASKED


@pytest.mark.parametrize("trouble", ["the verb", "the reader", "the template"])
def test_what_breaks_in_a_duty_that_watches_is_only_noted(tmp_path: Path, trouble: str) -> None:
    does = {"the verb": 'break = { how = "raise" }', "the template": 'answer = { template = "parcels/broken" }'}
    broke = [Trouble("parcels", "hail")] if trouble == "the reader" else []
    found = reading(FINDING, trouble=broke)

    decision = decide(message(), NEW, found, orders(rules_that_do(tmp_path, does.get(trouble, HERE))), NOW)

    assert (decision.actions, decision.folder, decision.carried_out) == ((), Folder.LEAVE, False)
    assert letters(decision.planned) == [("mara@harbourpine.example", "desk/needs_person")]
    assert decision.summary.startswith("Held for a person: ")
    assert "parcels only watches: nothing of this is done" in decision.trace.notes


def test_what_breaks_is_held_as_soon_as_one_duty_concerned_may_act(tmp_path: Path) -> None:
    found = reading(FINDING, trouble=[Trouble("weather", "hail")])

    decision = decide(message(), at(Level.ACT), found, orders(), NOW)

    assert decision.folder is Folder.HELD
    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/needs_person")]


def test_a_copy_is_not_moved_by_a_duty_that_watches() -> None:
    before = Copy("P-0409", "Done")

    watching = decided(orders(), known=replace(at(Level.WATCH), copy_of=before))
    acting = decided(orders(), known=replace(at(Level.ACT), copy_of=before))

    assert (watching.kind, watching.folder) == ("duplicate", Folder.LEAVE)
    assert (acting.kind, acting.folder) == ("duplicate", Folder.DONE)


def test_nobody_is_warned_of_answers_that_were_never_written(tmp_path: Path) -> None:
    rules = rules_that_do(tmp_path, 'answer = { template = "parcels/here", question = "which?" }')
    loud = replace(at(Level.WATCH), brakes=replace(KNOWN.brakes, answers_last_day=9))

    decision = decided(orders(rules), known=loud)

    assert (decision.actions, decision.folder) == ((), Folder.LEAVE)
    assert letters(decision.planned) == [("mara@harbourpine.example", "desk/too_many_answers")]


def test_what_falls_due_keeps_to_the_level_too() -> None:
    due = Due("chase", "late", Plan("Asked.", (Send(draft("pete@globex.example")),)))

    watching = decide_due(due, "parcels", "j", at(Level.WATCH), orders(), NOW)
    proposing = decide_due(due, "parcels", "j", at(Level.PROPOSE), orders(), NOW)

    assert (watching.actions, letters(watching.planned)) == ((), [("pete@globex.example", "parcels/here")])
    assert letters(proposing.actions) == [("mara@harbourpine.example", "desk/proposal")]
    assert (proposing.folder, proposing.carried_out) == (Folder.LEAVE, False)
    asks = the_proposal_of(proposing).asks
    assert asks is not None
    assert (asks.kind, asks.context) == ("approve", {"decision": proposing.ref})


def test_what_falls_due_is_asked_about_once_while_it_stays_the_same() -> None:
    def proposal(to: str, period: str) -> tuple[str, str, str]:
        due = Due("chase", "late", Plan("Asked.", (Send(replace(draft(to), period=period)),)))
        asked = the_proposal_of(decide_due(due, "parcels", "j", at(Level.PROPOSE), orders(), NOW)).draft
        return asked.purpose, asked.object, asked.period

    assert proposal("pete@globex.example", "2025-11-07") == proposal("pete@globex.example", "2025-11-08")
    assert proposal("pete@globex.example", "2025-11-07") != proposal("ann@globex.example", "2025-11-07")


def test_what_keeps_the_desk_running_is_done_at_every_level() -> None:
    plan = Plan("The morning letter.", (Send(draft("mara@harbourpine.example")),), acts_from=Level.WATCH)

    decision = decide_due(Due("morning", "it is eight", plan), "desk", "j", NEW, orders(), NOW)

    assert letters(decision.actions) == [("mara@harbourpine.example", "parcels/here")]
    assert (decision.planned, decision.carried_out) == ((), True)
