"""Whatever breaks, nothing is done: the mail is held, and the coordinator is told if that is possible."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mailbot.config import Level
from mailbot.deciding.checks import Check
from mailbot.deciding.decide import decide
from mailbot.deciding.fields import Value
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rules import Condition
from mailbot.deciding.verbs import Situation
from mailbot.message.model import Mailbox
from mailbot.records.decision import Decision, Folder, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import OpenTask
from mailbot.sorting.model import AutomaticKind, Finding, Trouble, Trust
from tests.deciding.parcels import (
    DANA,
    FINDING,
    KNOWN,
    MARA,
    NOW,
    PARCELS,
    decided,
    desk_card,
    letters,
    message,
    orders,
    reading,
    rules_that_do,
    sorted_as,
    templates,
)

BREAKS = 'break = { how = "raise" }'


@dataclass(frozen=True, slots=True)
class Panics(Check):
    """A check with an injected fault."""

    def holds(self, value: Value) -> bool:
        raise RecursionError("too deep")

    def __str__(self) -> str:
        return "panics"


def with_a_check_that_panics(healthy: StandingOrders) -> StandingOrders:
    rules = healthy.book.sets["parcels"]
    broken = replace(rules.rules[0], when=(Condition("subject", Panics()),))
    sets = {**healthy.book.sets, "parcels": replace(rules, rules=(broken, *rules.rules[1:]))}
    return replace(healthy, book=replace(healthy.book, sets=sets))


def assert_held(decision: Decision, trouble: str) -> None:
    """Held, with a task and one letter that asks the coordinator, and nothing else; the summary says the trouble."""
    assert (decision.kind, decision.folder, decision.planned) == ("parcel", Folder.HELD, ())
    [task, send] = decision.actions
    assert task == task_of(decision)
    assert isinstance(send, Send)
    assert (send.draft.to.address, send.draft.template) == ("mara@harbourpine.example", "desk/needs_person")
    assert (send.draft.purpose, send.draft.object) == ("needs-person", decision.ref)
    assert send.asks
    assert send.asks.context == {"decision": decision.ref}
    assert send.letter
    assert decision.summary == f"Held for a person: {trouble}"
    assert decision.trace.notes == (trouble,)
    assert "Traceback" not in send.letter.text


def task_of(decision: Decision) -> OpenTask:
    """The task that names the decision, the mail and its first trouble."""
    (task,) = (action for action in decision.actions if isinstance(action, OpenTask))
    assert re.fullmatch(r'[PD]-0412: [\w@. ]+, "parcel": ', task.words.removesuffix(decision.trace.notes[0]))
    return OpenTask("desk", "needs-person", task.words)


def test_a_verb_that_raises_holds_the_mail_and_undoes_what_was_planned_before(tmp_path: Path) -> None:
    rules = rules_that_do(tmp_path, 'jot = { text = "a" }', BREAKS, 'jot = { text = "b" }')

    decision = decided(orders(rules))

    place = f"{tmp_path.name}/parcels.toml:6"
    assert_held(decision, f"{place}, rule parcels.rule-2, verb 'break': ZeroDivisionError: the verb broke")
    assert [asked.rule for asked in decision.trace.rules] == ["parcels.rule-1", "parcels.rule-2"]


def test_a_verb_that_returns_no_plan_holds_the_mail(tmp_path: Path) -> None:
    decision = decided(orders(rules_that_do(tmp_path, 'break = { how = "no plan" }')))

    place = f"{tmp_path.name}/parcels.toml:1"
    assert_held(decision, f"{place}, rule parcels.rule-1, verb 'break': OurBug: the verb returned str and not a Plan")


def test_a_check_that_panics_holds_the_mail() -> None:
    decision = decided(with_a_check_that_panics(orders()))

    assert_held(decision, "rules/parcels.toml:4, rule parcels.heavy-parcel: RecursionError: too deep")
    assert decision.trace.rules == ()


def test_a_duty_whose_fields_cannot_be_read_holds_the_mail() -> None:
    def values(situation: Situation) -> Mapping[str, object]:
        raise LookupError("no such fact")

    healthy = orders()
    broken = replace(healthy, vocabularies={**healthy.vocabularies, "parcels": replace(PARCELS, values=values)})

    assert_held(decided(broken), "the fields of the duty 'parcels': LookupError: no such fact")


def test_a_finding_of_a_duty_that_nobody_knows_holds_the_mail() -> None:
    known = replace(KNOWN, desk=desk_card(weather=Level.ACT))
    decision = decided(orders(), Finding("weather", "parcel", None, (), "rain"), known=known)

    assert_held(decision, "the fields of the duty 'weather': KeyError: 'weather'")
    assert decision.ref == "D-0412"


def test_a_template_that_breaks_holds_the_mail_and_no_other_letter_goes_out(tmp_path: Path) -> None:
    rules = rules_that_do(
        tmp_path,
        'answer = { template = "parcels/here" }',
        'answer = { template = "parcels/broken", to = "dana@harbourpine.example" }',
    )

    decision = decided(orders(rules))

    assert "no_such_fact" in decision.summary
    assert_held(decision, decision.trace.notes[0])


def test_a_recipient_that_cannot_be_written_to_holds_the_mail(tmp_path: Path) -> None:
    rules = rules_that_do(tmp_path, 'answer = { template = "parcels/here", to = "not an address" }')

    decision = decided(orders(rules))

    assert "not an address" in decision.summary
    assert_held(decision, decision.trace.notes[0])


def test_a_duty_that_broke_while_reading_holds_the_mail_whatever_the_others_found() -> None:
    decision = decide(
        message(), KNOWN, reading(FINDING, trouble=[Trouble("weather", "ValueError: hail")]), orders(), NOW
    )

    assert_held(decision, "weather: ValueError: hail")


@pytest.mark.parametrize("trust", list(Trust))
def test_the_coordinator_is_told_even_where_the_mail_claims_to_be_hers(tmp_path: Path, trust: Trust) -> None:
    from_mara = message(sender=Mailbox("", "mara@harbourpine.example", "mara@harbourpine.example"))

    decision = decided(orders(rules_that_do(tmp_path, BREAKS)), mail=from_mara, sorted_=sorted_as(trust))

    assert letters(decision.actions) == [("mara@harbourpine.example", "desk/needs_person")]


def test_a_machine_that_writes_for_the_coordinator_is_not_told(tmp_path: Path) -> None:
    from_mara = message(sender=Mailbox("", "Mara@HarbourPine.example", "mara@harbourpine.example"))
    machine = sorted_as(Trust.T4, AutomaticKind.AUTO_REPLY)

    decision = decided(orders(rules_that_do(tmp_path, BREAKS)), mail=from_mara, sorted_=machine)

    assert (decision.folder, decision.actions) == (Folder.HELD, (task_of(decision),))
    assert decision.trace.notes[1:] == (
        "not written to mara@harbourpine.example (desk/needs_person): a machine wrote the mail (auto-reply)",
        "nobody was told",
    )


@pytest.mark.parametrize("staff", [(DANA,), (replace(MARA, address="desk+mara@harbourpine.example"),), ()])
def test_without_a_coordinator_the_mail_is_held_all_the_same(tmp_path: Path, staff: tuple[PersonCard, ...]) -> None:
    decision = decided(orders(rules_that_do(tmp_path, BREAKS)), known=replace(KNOWN, staff=staff))

    assert (decision.kind, decision.folder, decision.actions) == ("parcel", Folder.HELD, (task_of(decision),))
    assert decision.trace.notes[1:] == ("nobody was told",)
    assert "ZeroDivisionError" in decision.summary


def test_where_even_the_notice_breaks_the_mail_is_held_without_a_letter(tmp_path: Path) -> None:
    broken = templates(desk_needs_person="Subject: x\n\n{{ nothing_like_it }} {{ signed_ref }}\n")

    decision = decided(orders(rules_that_do(tmp_path, BREAKS), broken))

    assert (decision.folder, decision.actions) == (Folder.HELD, (task_of(decision),))
    assert "ZeroDivisionError" in decision.trace.notes[0]
    assert decision.trace.notes[1].startswith("nobody was told: Unwritten: ")
    assert "nothing_like_it" in decision.trace.notes[1]


def test_a_healthy_mail_is_not_held_and_the_coordinator_is_not_told() -> None:
    decision = decided(orders())

    assert decision.folder is Folder.DONE
    assert letters(decision.actions) == [("Pete@globex.example", "parcels/here")]
