"""An order about issues, in one line: "merge I-0088 into I-0091", "I-0088 an Lena", "snooze I-0088 until 14 Nov". Pure.

The line has to be the order and nothing else; what is written besides makes it a mail for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from mailbot.duties.issues.facts import Does, IssueCard, IssueOrder, OrderRefused
from mailbot.duties.issues.tables import IssueState
from mailbot.duties.issues.voices.belonging import first_of, written_on
from mailbot.letters.model import Language
from mailbot.message.model import Evidence, Message, Place
from mailbot.message.subjects import taken_apart
from mailbot.records.known import Known, PersonCard
from mailbot.sorting.days import mentions
from mailbot.sorting.model import Trust

_LONGEST: Final = 300
_MOST_WORDS_BELOW: Final = 3  # a name, a "thanks"
_REF: Final = r"(?P<{name}>I-\d{{3,9}})"
_ONE, _OTHER = _REF.format(name="issue"), _REF.format(name="other")
_PLEASE: Final = r"(?:please |pls |bitte )?"
_REST: Final = r"(?P<rest>\S.{0,200})"


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_PLEASE}{pattern}", re.IGNORECASE)


_MERGES: Final = (
    _line(rf"(?:merge|join|combine|vereine|verbinde|führe|füge|lege) {_ONE} (?:into|with|to|and|in|mit|und|zu) {_OTHER}"
          r"(?: (?:zusammen|ein))?"),
    _line(rf"{_ONE} (?:into|in|with|mit) {_OTHER} (?:merge|mergen|zusammenführen|zusammenlegen|vereinen|einfügen)"),
    _line(rf"{_ONE} (?:gehört|geht) (?:zu|in|mit) {_OTHER}(?: zusammen)?"),
    _line(rf"{_ONE} (?:is|belongs to) (?:the same as )?{_OTHER}"),
)  # fmt: skip
_SPLITS: Final = (
    _line(rf"(?:split(?: off)?|teile|trenne) {_ONE}(?: (?:auf|ab))?\s?[:,\u2013-]\s?{_REST}"),
    _line(rf"{_ONE} (?:split|teilen|aufteilen|trennen)\s?[:,\u2013-]\s?{_REST}"),
)
_SNOOZES: Final = (
    _line(rf"(?:snooze|postpone|put off|vertage|verschiebe|parke) {_ONE} (?:until|till|to|bis|auf) {_REST}"),
    _line(rf"{_ONE} (?:snooze|sleeps?|rests?|waits?|ruht|wartet|schläft|zurückstellen|vertagen|verschieben|pausieren)"
          rf" (?:until|till|bis|auf) {_REST}"),
    _line(rf"{_ONE} bis (?P<rest>\S.{{0,60}}?) (?:zurückstellen|ruhen(?: lassen)?|vertagen|verschieben|pausieren)"),
    _line(rf"(?:stelle|stell|lass|lasse) {_ONE} bis (?P<rest>\S.{{0,60}}?) (?:zurück|ruhen|liegen)"),
)  # fmt: skip
_HANDS_OVER: Final = (
    _line(rf"(?:assign|give|hand|pass|move) {_ONE} (?:over )?to {_REST}"),
    _line(rf"(?:gib|übergib|weise) {_ONE} (?:an )?(?P<rest>\S.{{0,60}}?)(?: (?:zu|weiter|ab))?"),
    _line(rf"{_ONE} (?:to|an|für|for|->|→) {_REST}"),
    _line(rf"{_ONE} (?:übernimmt|geht an|goes to) {_REST}"),
)


def order_in(message: Message, known: Known, language: Language, trust: Trust) -> IssueOrder | None:
    """What a colleague orders, and why it cannot be done where it cannot; None where it is no order."""
    line, evidence = _the_line(message)
    if not line:
        return None
    if found := _matching(_MERGES, line):
        return _merge(found, known, trust, evidence)
    if found := _matching(_SPLITS, line):
        return _order("split", found, known, trust, evidence)
    if found := _matching(_SNOOZES, line):
        return _snooze(found, message, known, language, trust, evidence)
    if found := _matching(_HANDS_OVER, line):
        return _hand_over(found, known, trust, evidence)
    return None


def _the_line(message: Message) -> tuple[str, Evidence]:
    """The one line that the mail says, or its subject where the body says nothing."""
    words = message.body.for_people
    text = words.text
    if not text.strip():
        subject = "" if taken_apart(message.subject).is_repeated else " ".join(message.subject.split())
        return subject[:_LONGEST].rstrip(" .!"), Evidence(subject, Place("subject", 0, len(message.subject)))
    start = len(text) - len(text.lstrip())
    first, _, below = text[start:].partition("\n")
    if len(first) > _LONGEST or len(below.split()) > _MOST_WORDS_BELOW or "I-" not in first.upper():
        return "", Evidence("", Place("text", 0, 0))
    return " ".join(first.split()).rstrip(" .!"), words.evidence(start, start + len(first.rstrip()))


def _matching(patterns: tuple[re.Pattern[str], ...], line: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.fullmatch(line))), None)


def _order(does: Does, found: re.Match[str], known: Known, trust: Trust, evidence: Evidence) -> IssueOrder:
    """What is the same for all orders: the issue it names, and whether its sender may order that."""
    ref = found["issue"].upper()
    card = first_of(known, lambda each: each.is_called(ref))
    words = found["rest"].strip() if "rest" in found.re.groupindex else ""
    order = IssueOrder(does=does, ref=ref, evidence=evidence, issue=card, words=words)
    if card is None:
        return order.refused_for(OrderRefused.UNKNOWN)
    return order if _may_order(card, known, trust) else order.refused_for(OrderRefused.NOT_YOURS)


def _merge(found: re.Match[str], known: Known, trust: Trust, evidence: Evidence) -> IssueOrder:
    order = _order("merge", found, known, trust, evidence)
    ref = found["other"].upper()
    other = first_of(known, lambda each: each.is_called(ref))
    order = replace(order, other=other, other_ref=ref)
    if order.refused or order.issue is None:
        return order
    if other is None:
        return order.refused_for(OrderRefused.UNKNOWN, ref)
    if other.id == order.issue.id:
        return order.refused_for(OrderRefused.SAME)
    if not _may_order(other, known, trust):
        return order.refused_for(OrderRefused.NOT_YOURS, ref)
    is_one_party = order.issue.address_key == other.address_key or (
        order.issue.client_id is not None and order.issue.client_id == other.client_id
    )
    return order if is_one_party else order.refused_for(OrderRefused.OTHER_CLIENT)


def _snooze(
    found: re.Match[str], message: Message, known: Known, language: Language, trust: Trust, evidence: Evidence
) -> IssueOrder:
    order = _order("snooze", found, known, trust, evidence)
    today = written_on(message, known)
    days = _days(found["rest"], language, today) if today else ()
    if order.refused:
        return order
    if order.issue is not None and order.issue.state is not IssueState.OPEN:
        return order.refused_for(OrderRefused.NOT_OPEN)
    if len(days) != 1 or today is None:
        return order.refused_for(OrderRefused.NO_DAY)
    return replace(order, day=days[0]) if days[0] > today else order.refused_for(OrderRefused.PAST)


def _days(words: str, language: Language, today: date) -> tuple[date, ...]:
    """The days that are named; of a span, the first."""
    return tuple(dict.fromkeys(each.coming(today).first for each in mentions(words, language, today)))


def _hand_over(found: re.Match[str], known: Known, trust: Trust, evidence: Evidence) -> IssueOrder | None:
    order = _order("assign", found, known, trust, evidence)
    people = people_called(found["rest"], known)
    if not people and len(found["rest"].split()) > _MOST_WORDS_BELOW:
        return None  # "I-0088 to be discussed on Monday": a sentence
    if order.refused:
        return order
    if len(people) != 1:
        return order.refused_for(OrderRefused.WHICH_PERSON if people else OrderRefused.NOBODY)
    return replace(order, person=people[0])


def people_called(written: str, known: Known) -> tuple[PersonCard, ...]:
    """Who of the staff is meant."""
    return called_by(written, known.staff)


def called_by(written: str, staff: Iterable[PersonCard]) -> tuple[PersonCard, ...]:
    """Who is meant: by the address, the whole name, or else by a part of the name or of the address."""
    everybody = tuple(staff)
    said = " ".join(written.split()).strip(" .!,").casefold()
    exact = [each for each in everybody if said in {each.name.casefold(), each.address.casefold()}]
    if exact:
        return tuple(exact)
    said = said.removeprefix("the ").removesuffix(" team").removesuffix("@")
    return tuple(each for each in everybody if said in _called(each))


def _called(person: PersonCard) -> frozenset[str]:
    """What a person is called for short: each word of the name, and what stands before the @."""
    return frozenset((*person.name.casefold().split(), person.address.casefold().partition("@")[0]))


def _may_order(card: IssueCard, known: Known, trust: Trust) -> bool:
    """The coordinator, managers and the admin may; and whoever answers for the issue."""
    person = known.sender.person if known.sender else None
    if person is None or trust < Trust.T3:
        return False
    return trust is Trust.T4 or person.id == card.owner_id
