"""A reading, what is known, the standing orders and the moment become a decision. Pure, and it never raises on a mail.

Fail closed: where a rule, a check, a verb, a template or a reader breaks, nothing is done; a person is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from mailbot.config import Level
from mailbot.deciding.brakes import braked
from mailbot.deciding.composing import composed
from mailbot.deciding.levels import Planned, boldest, course_of
from mailbot.deciding.matter import Course, Matter
from mailbot.deciding.notices import not_as_proposed
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.ruling import Ruling, rule_on, trouble_of
from mailbot.deciding.to_a_person import NEEDS_PERSON, left_to_a_person
from mailbot.deciding.verbs import Due, Plan, Situation
from mailbot.message.model import Message
from mailbot.records.decision import DUPLICATE, Action, Asked, Decision, Folder, Send
from mailbot.records.in_words import Words
from mailbot.records.known import Copy, Known
from mailbot.records.proposals import ApprovalState, Approved, SettleApproval, steps_key
from mailbot.sorting.model import Finding, Reading, Trust

NOTHING = "nothing"  # the kind of a mail in which no duty found anything


def decide(message: Message, known: Known, reading: Reading, orders: StandingOrders, now: datetime) -> Decision:
    """What is to be done about a mail, and why."""
    findings = reading.findings or (_nothing_found(orders),)
    ref = orders.ref(findings[0].duty, known.number)
    concerned = _concerned(reading, orders)
    if known.copy_of and not _was_only_forged(known.copy_of, reading):
        matter = _matter_of_mail(message, known, reading, findings, (), orders, now)
        return _nothing_twice(matter, known.copy_of, concerned)
    situations = [Situation(message, known, reading.sorted, finding, ref, now) for finding in findings]
    rulings = tuple(rule_on(situation, orders) for situation in situations)
    matter = _matter_of_mail(message, known, reading, findings, rulings, orders, now)
    if troubles := (*map(str, reading.trouble), *(ruling.trouble for ruling in rulings if ruling.trouble)):
        return _held(matter, troubles, concerned)
    return _settled(matter, lambda: (*_beside(situations[0], orders), *_plans(rulings)))


def decide_due(due: Due, duty: str, job: str, known: Known, orders: StandingOrders, now: datetime) -> Decision:
    """What is to be done about something that fell due by the clock. `job` names the run: "sales.chase 2025-11-07"."""
    matter = Matter(
        origin="clock",
        ref=orders.ref(duty, known.number),
        kind=due.kind,
        duty=duty,
        known=known,
        orders=orders,
        now=now,
        asked=(Asked(duty, due.kind, due.why),),
        job=job,
    )
    return _settled(matter, lambda: (Planned(duty, due.plan),))


def decide_approved(
    approved: Approved, due: Iterable[Due], duty: str, job: str, known: Known, orders: StandingOrders, now: datetime
) -> Decision:
    """What is to be done because a person said yes to what had fallen due: what was proposed, where that is still due
    in the same steps and words; else nothing, and the person is told. `due` is what the job finds due as of the moment
    of the proposal, in the records as they are now."""
    by = next((person for person in known.staff if person.has(approved.by_key)), None)
    said = f"{by.name if by else approved.by_key} said yes to {approved.ref}: {approved.yes}"
    settle = SettleApproval(approved.id, ApprovalState.DONE)
    may_act = replace(known, desk=known.desk.approved())
    for each in due:
        if (each.kind, each.plan.summary) != (approved.kind, approved.summary):
            continue
        plan = replace(each.plan, actions=(*each.plan.actions, settle))
        done = decide_due(replace(each, why=f"{each.why}; {said}", plan=plan), duty, job, may_act, orders, now)
        if done.carried_out and done.actions[-1] == settle and steps_key(done.actions[:-1]) == approved.steps:
            return done
    actions = (SettleApproval(approved.id, ApprovalState.MOOT), *((not_as_proposed(approved, by),) if by else ()))
    plan = Plan(f"{approved.ref} is not done: it is no longer due as it was proposed.", actions, acts_from=Level.WATCH)
    return decide_due(Due("not-as-proposed", said, plan), orders.desk, job, known, orders, now)


def _matter_of_mail(
    message: Message,
    known: Known,
    reading: Reading,
    findings: tuple[Finding, ...],
    rulings: tuple[Ruling, ...],
    orders: StandingOrders,
    now: datetime,
) -> Matter:
    """The first finding gives the decision its duty and its kind; the evidence is that of all."""
    first = findings[0]
    return Matter(
        origin="mail",
        ref=orders.ref(first.duty, known.number),
        kind=first.kind,
        duty=first.duty,
        known=known,
        orders=orders,
        now=now,
        message=message,
        sorted=reading.sorted,
        rule=rulings[0].rule if rulings else "",
        evidence=tuple(evidence for finding in findings for evidence in finding.evidence),
        asked=reading.asked,
        rules=tuple(asked for ruling in rulings for asked in ruling.asked),
    )


def _concerned(reading: Reading, orders: StandingOrders) -> tuple[str, ...]:
    """The duties that found something in the mail or broke over it; the desk, where there is none."""
    duties = (*(finding.duty for finding in reading.findings), *(trouble.duty for trouble in reading.trouble))
    return tuple(dict.fromkeys(duties)) or (orders.desk,)


def _nothing_found(orders: StandingOrders) -> Finding:
    return Finding(orders.desk, NOTHING, None, (), "no duty found anything in it")


def _plans(rulings: tuple[Ruling, ...]) -> tuple[Planned, ...]:
    return tuple(Planned(ruling.duty, plan) for ruling in rulings for plan in ruling.plans)


def _beside(situation: Situation, orders: StandingOrders) -> tuple[Planned, ...]:
    """What duties do with a mail that is settled elsewhere; before all else, so that the rest goes by it."""
    found = ((duty, each.beside(situation)) for duty, each in orders.vocabularies.items() if each.beside)
    return tuple(Planned(duty, plan) for duty, plan in found if plan is not None)


def _settled(matter: Matter, planned: Callable[[], tuple[Planned, ...]]) -> Decision:
    """The plans as far as levels and brakes allow, with every letter written."""
    plans: tuple[Planned, ...] = ()
    try:
        plans = planned()
        course = course_of(plans, matter)
        course = braked(course, matter)
        return matter.decision(composed(course, matter))
    except Exception as broken:  # noqa: BLE001 - fail closed: whatever breaks here, a person decides
        ordered = any(plan.acts_from is Level.WATCH for _, plan in plans)
        return _held(matter, (trouble_of(broken),), tuple(duty for duty, _ in plans) or (matter.duty,), ordered=ordered)


def _was_only_forged(earlier: Copy, reading: Reading) -> bool:
    """Whether nobody was behind the first mail and somebody is behind this one: who sends a forged copy ahead shall
    not silence the true one."""
    return not earlier.was_believed and reading.sorted.trust.trust is not Trust.T0


def _nothing_twice(matter: Matter, earlier: Copy, concerned: tuple[str, ...]) -> Decision:
    """No action; the copy follows the first mail into its folder, unless every duty concerned only watches."""
    summary = f"The same mail was decided as {earlier.decision_ref}; nothing is done twice."
    desk, card = matter.orders.desk, matter.known.desk
    if card.level(boldest(concerned, card)) is Level.WATCH:
        earlier = replace(earlier, folder=Folder.LEAVE)
    matter = replace(matter, kind=DUPLICATE, duty=desk, ref=matter.orders.ref(desk, matter.known.number), evidence=())
    return matter.decision(Course(summary, folder=Folder(earlier.folder)))


def _held(matter: Matter, troubles: tuple[str, ...], concerned: tuple[str, ...], *, ordered: bool = False) -> Decision:
    """Nothing is done but one thing: the mail is left to a person, who is told, if that is still possible.

    Where every duty concerned only watches, it is left as it is, and this is what would have been done; an order that
    broke is told at any level.
    """
    duty = boldest(concerned, matter.known.desk)
    why = "; ".join(troubles)
    plan = Plan(f"Held for a person: {why}", folder=Folder.HELD, acts_from=Level.WATCH if ordered else Level.PROPOSE)
    course = _noting(course_of((Planned(duty, plan),), matter), *troubles)
    try:
        actions = left_to_a_person(matter.message, matter.known, matter.sorted, matter.ref, matter.now, Words(why, why))
        course = _noting(course_of((Planned(duty, replace(plan, actions=actions)),), matter), *troubles)
        course = braked(course, matter)
        if not any(_tells_the_coordinator(action) for action in (*course.actions, *course.planned)):
            course = _noting(course, "nobody was told")
        return matter.decision(composed(course, matter))
    except Exception as broken:  # noqa: BLE001 - the last word: held, and said in the trace
        untold = replace(course, actions=_without_letters(course.actions), planned=_without_letters(course.planned))
        return matter.decision(_noting(untold, f"nobody was told: {trouble_of(broken)}"))


def _tells_the_coordinator(action: Action) -> bool:
    return isinstance(action, Send) and action.asks is not None and action.asks.kind == NEEDS_PERSON


def _without_letters(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return tuple(action for action in actions if not isinstance(action, Send))


def _noting(course: Course, *notes: str) -> Course:
    return replace(course, notes=(*course.notes, *notes))
