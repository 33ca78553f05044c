"""A finding is put to the rules of its duty: every rule that was asked, and what the verbs of those that apply plan."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.deciding.fields import values_of
from mailbot.deciding.kernel_verbs import verbs_of
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rules import Rule, Step
from mailbot.deciding.verbs import Plan, Situation
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.records.decision import RuleAsked

_LONGEST_TROUBLE = 300


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules of a duty say about one finding.

    `rule` is the last one that applied, the one that settled it. `trouble`: something broke, and where; then `plans`
    are not complete and not for use.
    """

    duty: str
    rule: str = ""
    asked: tuple[RuleAsked, ...] = ()
    plans: tuple[Plan, ...] = ()
    trouble: str | None = None


def rule_on(situation: Situation, orders: StandingOrders) -> Ruling:
    """Asks the rules of the finding's duty in their order, up to the first that applies and stops. Never raises."""
    duty = situation.finding.duty
    settled_by, asked, plans = "", list[RuleAsked](), list[Plan]()
    trouble: str | None = f"rules of the duty {duty!r}: none stopped, though the last one must"
    rule: Rule | None = None
    step: Step | None = None
    try:
        vocabulary = orders.vocabularies[duty]
        values = values_of(situation, vocabulary)
        rules = orders.book.sets[duty]
        for rule, against in rules.of_kind(values["kind"]):
            said = against or rules.asked(rule, rule.judge(values))
            asked.append(said)
            if not said.applied:
                continue
            settled_by = said.rule
            for step in rule.do:
                plans.append(_checked(verbs_of(vocabulary)[step.verb].plan(situation, step.parameters)))
            step = None
            if rule.stops:
                trouble = None
                break
    except Exception as broken:  # noqa: BLE001 - fail closed: whatever breaks here, a person decides
        trouble = f"{_place(duty, rule, step)}: {trouble_of(broken)}"
    return Ruling(duty, settled_by, tuple(asked), tuple(plans), trouble)


def _place(duty: str, rule: Rule | None, step: Step | None) -> str:
    if rule is None:
        return f"the fields of the duty {duty!r}"
    return f"{rule.place}, rule {duty}.{rule.name}" + (f", verb {step.verb!r}" if step else "")


def trouble_of(broken: Exception) -> str:
    """What broke, in one line: the type and the message, never the traceback."""
    return one_line(f"{type(broken).__name__}: {broken}", _LONGEST_TROUBLE)


def _checked(plan: object) -> Plan:
    if not isinstance(plan, Plan):
        raise OurBug(f"the verb returned {type(plan).__name__} and not a Plan")
    return plan
