"""The facts that the kernel gives to its three letters fit the templates that come with the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.config import Level
from mailbot.deciding.decide import decide_due
from mailbot.deciding.verbs import Due, Plan
from mailbot.letters.model import Language
from mailbot.letters.templates import Templates
from mailbot.records.decision import Decision, Send
from tests.deciding.parcels import KNOWN, MARA, NOW, Jot, Mood, decided, desk_card, message, orders, rules_that_do

TEMPLATES = Templates.load(Path(__file__).parents[2] / "templates")


def the_letter_of(decision: Decision) -> tuple[str, str]:
    [send] = [action for action in decision.actions if isinstance(action, Send)]
    assert send.letter, decision.summary
    return send.draft.template, send.letter.text


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_letters_of_the_kernel_can_be_written_in_every_language(tmp_path: Path, language: Language) -> None:
    known = replace(KNOWN, staff=(replace(MARA, language=language),))
    proposing = replace(known, desk=desk_card(parcels=Level.PROPOSE))
    loud = replace(known, brakes=replace(KNOWN.brakes, answers_last_day=5))
    breaking = orders(rules_that_do(tmp_path, 'break = { how = "raise" }'), TEMPLATES)
    held = decided(breaking, known=known)
    anonymous = decided(breaking, known=known, mail=replace(message(), sender=None, subject="", date=None))
    healthy = orders(rules_that_do(tmp_path, 'jot = { text = "x" }'), TEMPLATES)
    proposed = decided(healthy, known=proposing)
    due = Due("chase", "late", Plan("Jotted.", (Jot("late", 1, Mood.SURE),)))
    alarming = orders(rules_that_do(tmp_path, 'answer = { template = "parcels/here" }'), TEMPLATES)

    assert the_letter_of(held)[0] == "desk/needs_person"
    assert "ZeroDivisionError: the verb broke" in the_letter_of(held)[1].replace("\n", " ")
    assert the_letter_of(anonymous)[0] == "desk/needs_person"
    assert the_letter_of(proposed)[0] == "desk/proposal"
    assert "jot 'x'" in the_letter_of(proposed)[1]
    assert the_letter_of(decide_due(due, "parcels", "j", proposing, healthy, NOW))[0] == "desk/proposal"
    assert the_letter_of(decided(alarming, known=loud))[0] == "desk/too_many_answers"
