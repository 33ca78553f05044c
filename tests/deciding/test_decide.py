"""A reading becomes a decision: what is done, what is recorded, and what a copy comes to."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.config import Level
from mailbot.deciding.decide import decide, decide_due
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rulebook import RuleBook
from mailbot.deciding.verbs import Due, Plan, Situation
from mailbot.errors import OurBug
from mailbot.records.decision import Asked, Folder, RuleAsked, Send
from mailbot.records.known import Copy
from mailbot.sorting.model import Finding, Trust
from tests.deciding.parcels import (
    FINDING,
    KNOWN,
    NOW,
    RULES,
    VOCABULARIES,
    Jot,
    Mood,
    Parcel,
    decided,
    draft,
    letters,
    message,
    orders,
    reading,
    rules_that_do,
    sorted_as,
)


def test_a_finding_is_decided_by_the_rules_of_its_duty_up_to_the_first_stop() -> None:
    decision = decided(orders())

    assert (decision.ref, decision.kind, decision.duty, decision.rule) == (
        "P-0412",
        "parcel",
        "parcels",
        "parcels.parcel-is-here",
    )
    assert decision.trace.rules == (
        RuleAsked(
            "parcels.heavy-parcel", "rules/parcels.toml:4", False, "not when weight at_least 20.5: weight is nothing"
        ),
        RuleAsked(
            "parcels.parcel-is-here", "rules/parcels.toml:20", True, "when kind is 'parcel' and tags contains 'fragile'"
        ),
    )
    assert decision.actions[0] == Jot("here", 1, Mood.SURE)
    assert letters(decision.actions) == [("Pete@globex.example", "parcels/here")]
    assert decision.summary == "Jotted 'here'. Answered Pete@globex.example."
    assert (decision.folder, decision.level, decision.carried_out, decision.planned) == (Folder.DONE, "act", True, ())


def test_a_rule_that_continues_lets_the_next_one_be_asked_and_both_act() -> None:
    heavy = replace(FINDING, facts=Parcel(weight=Decimal("20.5"), tags=("fragile",)))

    decision = decided(orders(), heavy)

    assert [asked.applied for asked in decision.trace.rules] == [True, True]
    assert [action for action in decision.actions if isinstance(action, Jot)] == [
        Jot("two people", 2, Mood.SURE),
        Jot("here", 1, Mood.SURE),
    ]


def test_the_trace_keeps_trust_duties_and_evidence() -> None:
    decision = decided(orders())

    assert (decision.trust, decision.trace.trust) == ("T3", "T3: dmarc=pass")
    assert decision.trace.sorted_by == (
        Asked("parcels", "parcel", "the word parcel"),
        Asked("weather", None, "no word of rain"),
    )
    assert decision.evidence == FINDING.evidence
    assert (decision.origin, decision.decided_at, decision.job) == ("mail", NOW, None)


def test_a_mail_in_which_nobody_found_anything_goes_to_the_desk() -> None:
    decision = decide(message(), KNOWN, reading(), orders(), NOW)

    assert (decision.ref, decision.kind, decision.duty, decision.rule) == (
        "D-0412",
        "nothing",
        "desk",
        "desk.everything-else",
    )
    assert (decision.folder, decision.actions) == (Folder.HELD, ())


def test_several_findings_make_one_decision_with_the_gravest_folder(tmp_path: Path) -> None:
    rules = rules_that_do(tmp_path, 'jot = { text = "a" }')
    of_desk = Finding("desk", "why", None, (), "the word WHY")

    decision = decided(orders(rules), FINDING, of_desk)

    assert [asked.rule for asked in decision.trace.rules] == ["parcels.rule-1", "desk.all"]
    assert (decision.kind, decision.duty, decision.ref) == ("parcel", "parcels", "P-0412")
    assert decision.folder is Folder.HELD


def test_leave_yields_to_any_other_folder_and_stands_alone_otherwise(tmp_path: Path) -> None:
    alone = decided(orders(rules_that_do(tmp_path, 'jot = { text = "a" }')))
    together = decided(
        orders(rules_that_do(tmp_path, 'jot = { text = "a" }', 'answer = { template = "parcels/here" }'))
    )

    assert (alone.folder, together.folder) == (Folder.LEAVE, Folder.DONE)


def test_letters_are_composed_and_numbered_in_their_order(tmp_path: Path) -> None:
    rules = rules_that_do(
        tmp_path,
        'answer = { template = "parcels/here" }',
        'answer = { template = "parcels/here", to = "mara@harbourpine.example", question = "which?" }',
    )

    decision = decided(orders(rules))

    sent = [action.letter for action in decision.actions if isinstance(action, Send)]
    assert [letter.ref if letter else None for letter in sent] == ["P-0412", "P-0412.2"]
    assert [letter.recipient if letter else None for letter in sent] == [
        "Pete@globex.example",
        "mara@harbourpine.example",
    ]
    assert all(letter and letter.subject == "It is here: P-1" for letter in sent)


@pytest.mark.parametrize("folder", [Folder.DONE, Folder.LEAVE, Folder.HELD])
def test_a_copy_of_a_decided_mail_does_nothing_and_follows_the_first_one(folder: Folder) -> None:
    earlier = Copy("P-0401", folder.value)

    decision = decided(orders(), known=replace(KNOWN, copy_of=earlier))

    assert (decision.kind, decision.duty, decision.ref, decision.folder) == ("duplicate", "desk", "D-0412", folder)
    assert (decision.actions, decision.planned, decision.trace.rules) == ((), (), ())
    assert decision.summary == "The same mail was decided as P-0401; nothing is done twice."


@pytest.mark.parametrize(
    ("was_believed", "trust", "kind"),
    [
        (False, Trust.T3, "parcel"),
        (False, Trust.T1, "parcel"),
        (False, Trust.T0, "duplicate"),
        (True, Trust.T3, "duplicate"),
        (True, Trust.T0, "duplicate"),
    ],
)
def test_a_forged_copy_that_came_first_does_not_silence_the_true_mail(
    was_believed: bool, trust: Trust, kind: str
) -> None:
    earlier = Copy("D-0401", Folder.QUARANTINE.value, was_believed)

    assert decided(orders(), known=replace(KNOWN, copy_of=earlier), sorted_=sorted_as(trust)).kind == kind


def test_the_same_mail_is_decided_the_same_way_twice() -> None:
    assert decided(orders()) == decided(orders())


def test_what_fell_due_is_decided_without_a_mail() -> None:
    due = Due("chase", "nothing came since Monday", Plan("Asked Pete again.", (Send(draft("pete@globex.example")),)))

    decision = decide_due(due, "parcels", "parcels.chase 2025-11-07", KNOWN, orders(), NOW)

    assert (decision.origin, decision.ref, decision.kind, decision.job) == (
        "clock",
        "P-0412",
        "chase",
        "parcels.chase 2025-11-07",
    )
    assert (decision.folder, decision.trust, decision.carried_out) == (Folder.LEAVE, "", True)
    assert decision.trace.sorted_by == (Asked("parcels", "chase", "nothing came since Monday"),)
    [send] = decision.actions
    assert isinstance(send, Send)
    assert send.letter
    assert send.letter.ref == "P-0412"


def test_standing_orders_survive_the_way_into_a_worker_process() -> None:
    there = pickle.loads(pickle.dumps(orders()))  # noqa: S301

    assert decided(there) == decided(orders())


def test_standing_orders_without_the_words_of_a_duty_are_our_bug() -> None:
    with pytest.raises(OurBug, match="have no prefix for the duty 'parcels'"):
        StandingOrders(
            RuleBook.load(RULES, VOCABULARIES),
            {vocabulary.duty: vocabulary for vocabulary in VOCABULARIES},
            {"desk": "D"},
            orders().templates,
        )


def _with_beside(beside: Callable[[Situation], Plan | None]) -> StandingOrders:
    """Orders in which the desk does something with every mail besides what is decided about it."""
    usual = orders()
    desk = replace(usual.vocabularies["desk"], beside=beside)
    return replace(usual, vocabularies={**usual.vocabularies, "desk": desk})


def test_what_a_duty_does_beside_comes_first_and_leaves_the_decision_to_the_other() -> None:
    beside = Plan("Seen.", (Jot("seen", 1, Mood.SURE),), Folder.LEAVE, acts_from=Level.WATCH)
    decision = decided(_with_beside(lambda _: beside))

    assert (decision.duty, decision.kind, decision.folder) == ("parcels", "parcel", Folder.DONE)
    assert decision.actions[:2] == (Jot("seen", 1, Mood.SURE), Jot("here", 1, Mood.SURE))
    assert decision.summary.startswith("Seen. Jotted")
    assert decided(_with_beside(lambda _: None)) == decided(orders())


def test_what_breaks_beside_holds_the_mail() -> None:
    def broken(_: Situation) -> Plan | None:
        raise OurBug("no")

    decision = decided(_with_beside(broken))

    assert decision.folder is Folder.HELD
    assert not any(isinstance(action, Jot) for action in decision.actions)
