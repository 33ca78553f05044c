"""Hold, leave and quarantine: what every rule file may say, whatever its duty."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.config import Level
from mailbot.deciding.kernel_verbs import KERNEL_VERBS, verbs_of
from mailbot.errors import OurBug
from mailbot.letters.model import Language
from mailbot.records.decision import Folder, Send
from mailbot.records.questions import OpenTask
from tests.deciding.parcels import KNOWN, MARA, PARCELS, decided, desk_card, letters, orders, rules_that_do


def test_what_is_held_becomes_a_task_and_a_question_to_the_coordinator(tmp_path: Path) -> None:
    decision = decided(orders(rules_that_do(tmp_path, 'hold = { why = "two parcels of one number" }')))

    [task, send] = decision.actions
    assert task == OpenTask("desk", "needs-person", 'P-0412: Pete@globex.example, "parcel": two parcels of one number')
    assert isinstance(send, Send)
    assert send.asks
    assert (send.asks.duty, send.asks.kind, send.asks.context) == ("desk", "needs-person", {"decision": "P-0412"})
    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/needs_person")]
    assert (decision.folder, decision.summary) == (Folder.HELD, "Held for a person: two parcels of one number.")


@pytest.mark.parametrize(
    ("language", "subject", "why"),
    [
        ("en", '"parcel"', "two parcels of one number"),
        ("de", "„parcel“", "zwei Pakete mit einer Nummer"),
    ],
)
def test_the_coordinator_reads_why_in_their_own_language_and_the_trace_keeps_one(
    tmp_path: Path, language: Language, subject: str, why: str
) -> None:
    held = 'hold = { why = "two parcels of one number", why_de = "zwei Pakete mit einer Nummer" }'
    known = replace(KNOWN, staff=(replace(MARA, language=language),))

    decision = decided(orders(rules_that_do(tmp_path, held)), known=known)

    [task, send] = decision.actions
    assert isinstance(task, OpenTask)
    assert task.words.endswith(f"{subject}: {why}")
    assert isinstance(send, Send)
    assert send.asks
    assert (send.draft.facts["reason"], send.asks.words) == (why, why)
    assert decision.summary == "Held for a person: two parcels of one number."


def test_a_reason_that_is_written_in_one_language_is_said_in_it_to_everybody(tmp_path: Path) -> None:
    known = replace(KNOWN, staff=(replace(MARA, language="de"),))

    decision = decided(orders(rules_that_do(tmp_path, 'hold = { why = "two parcels" }')), known=known)

    [task, _] = decision.actions
    assert isinstance(task, OpenTask)
    assert task.words.endswith("„parcel“: two parcels")


def test_what_is_held_without_a_reason_says_what_the_duty_read(tmp_path: Path) -> None:
    decision = decided(orders(rules_that_do(tmp_path, "hold = {}")))

    assert decision.summary == "Held for a person: the word parcel."


def test_a_duty_that_watches_would_hold_and_does_not(tmp_path: Path) -> None:
    watching = replace(KNOWN, desk=desk_card(parcels=Level.WATCH))

    decision = decided(orders(rules_that_do(tmp_path, "hold = {}")), known=watching)

    assert (decision.actions, decision.folder) == ((), Folder.LEAVE)
    assert letters(decision.planned) == [("mara@harbourpine.example", "desk/needs_person")]


@pytest.mark.parametrize(("verb", "folder"), [("leave", Folder.LEAVE), ("quarantine", Folder.QUARANTINE)])
def test_leave_and_quarantine_do_nothing_but_file_the_mail(tmp_path: Path, verb: str, folder: Folder) -> None:
    decision = decided(orders(rules_that_do(tmp_path, f"{verb} = {{}}")))

    assert (decision.actions, decision.folder) == ((), folder)


def test_a_duty_cannot_take_the_name_of_a_kernel_verb() -> None:
    with pytest.raises(OurBug, match="has a verb 'hold' of its own"):
        verbs_of(replace(PARCELS, verbs={"hold": KERNEL_VERBS["hold"]}))
