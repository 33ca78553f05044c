"""What a mail about something that was sold comes to: the benefit is used, its department has it."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.deciding.verbs import Situation
from mailbot.duties.issues.facts import Report
from mailbot.letters.cleaning import one_line
from mailbot.message.addresses import address_key
from mailbot.records.contracts.actions import UseBenefit
from mailbot.records.decision import Action
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion

_LONGEST_WORDS = 80


def works_on_it(s: Situation, report: Report, to: str) -> PersonCard | None:
    """The department that works on a new issue: the one that a rule names, else the one that delivers what was sold."""
    if to:
        return next((person for person in s.known.staff if person.has(address_key(to))), None)
    return s.known.person(report.about.sold.department_id) if report.about.sold else None


def used(s: Situation, report: Report) -> Iterator[Action]:
    """The client says that benefits are used, and so answers the question about them."""
    for thing in report.about.used:
        yield UseBenefit(thing.id, one_line(thing.words, _LONGEST_WORDS), s.now)
    if report.question is not None:
        yield CloseQuestion(report.question.id, report.words)
