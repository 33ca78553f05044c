"""What a word about targets comes to: they are set and told, each with what it was before; or the writer is asked."""

from __future__ import annotations

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import told
from mailbot.duties.sales.reports.titles import title_with_year
from mailbot.duties.sales.targets.actions import SetTarget
from mailbot.duties.sales.targets.facts import TARGETS, Target, TargetOrder
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Language, Plain
from mailbot.records.decision import Folder, Send
from mailbot.records.known import PersonCard

_LONGEST_WORDS = 120
_MOST_TOLD = 30


def set_targets(s: Situation, _how: NoParameters) -> Plan:
    """Every target takes the place of the one before; the answer names both."""
    order, person = _order(s), _person(s)
    if order.unclear or not order.targets:
        raise OurBug("targets that were not understood whole were about to be set; the rules must hold them")
    setting = tuple(
        SetTarget(
            rep_id=each.whose.rep_id,
            rep=each.whose.name,
            first=each.span.first,
            last=each.span.last,
            price=each.price,
            before=each.before.price if each.before else None,
            supersedes=each.before.id if each.before else None,
            product=each.product,
        )
        for each in order.targets
        if each.is_news
    )
    what = "; ".join(f"{_whose(each)} {title_with_year(each.span, 'en')} {told(each.price)}" for each in order.targets)
    return Plan(f"{person.name} sets targets: {what}.", (*setting, _answer(s, person, order)))


def _whose(target: Target) -> str:
    return f"{target.whose.name or 'team'}{f', {target.product},' if target.product else ''}"


def ask_about_targets(s: Situation, _how: NoParameters) -> Plan:
    """Nothing is set; the answer says which line is not clear, and why."""
    order, person = _order(s), _person(s)
    answer = _answer(s, person, order)
    return Plan(f"{person.name} names targets that are not clear; nothing is set.", (answer,), Folder.ASKED)


def _answer(s: Situation, person: PersonCard, order: TargetOrder) -> Send:
    unclear = tuple(
        {"words": one_line(each.evidence.words, _LONGEST_WORDS), "why": each.why.value} for each in order.unclear
    )
    facts: dict[str, Plain] = {
        "targets": tuple(_told(each, person.language) for each in order.targets[:_MOST_TOLD]) if not unclear else (),
        "more": max(0, len(unclear or order.targets) - _MOST_TOLD),
        "unclear": unclear[:_MOST_TOLD],
        "is_news": any(each.is_news for each in order.targets),
        "nothing": not order.targets and not unclear,
        "year": f"{s.today.year}",
        "currency": s.known.desk.currency,
    }
    return Send(Draft(person.recipient, "sales/targets", facts, TARGETS, s.ref, answers=s.thread))


def _told(target: Target, language: Language) -> dict[str, Plain]:
    before = target.before.price if target.before else None
    return {
        "name": target.whose.name,
        "product": target.product,
        "span": title_with_year(target.span, language),
        "amount": target.price.amount,
        "currency": target.price.currency,
        "before": {"amount": before.amount, "currency": before.currency} if before else None,
        "same": not target.is_news,
    }


def _order(s: Situation) -> TargetOrder:
    if not isinstance(s.finding.facts, TargetOrder):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for targets")
    return s.finding.facts


def _person(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("targets were taken from somebody who is not one of us")
    return person
