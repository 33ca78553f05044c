"""What comes of a mail that says something of a week instead of numbers: it is noted, and its rep is told once."""

from __future__ import annotations

from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.expecting import noted_forecasts
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.weeks.actions import KeepWeek
from mailbot.duties.sales.weeks.answers import NOTED
from mailbot.duties.sales.weeks.facts import WEEK_ASKED, WeekAnswer
from mailbot.duties.sales.weeks.tables import WeekSaid
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion

_LONGEST_WORDS: Final = 120


def keep_week(s: Situation, _how: NoParameters) -> Plan:
    """Notes what was said, and what is expected beside it.

    Who wrote it is told what was understood; a machine is told nothing, and a promise is not answered: whoever sits in
    the car has said what there is to say.
    """
    answer = s.finding.facts
    if not isinstance(answer, WeekAnswer):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for a week")
    summary = f"{answer.rep.name}, week {answer.week.number}: {answer.said.value}."
    actions: list[Action] = [*_kept(answer), *answered(s, answer.rep, answer.week)] if answer.is_news else []
    if answer.numbers is not None and s.sorted.automatic is None:
        actions += noted_forecasts(s, answer.numbers, answer.rep)
    if s.sorted.automatic is None and answer.said is not WeekSaid.PROMISED:
        actions.append(_noted(s, answer))
    return Plan(summary, tuple(actions))


def answered(s: Situation, rep: PersonCard, week: Week | None) -> tuple[CloseQuestion, ...]:
    """The open questions for a rep's week, which need no answer any more; a machine answers none."""
    if s.sorted.automatic is not None or week is None:
        return ()
    words = one_line(s.message.body.for_people.text, _LONGEST_WORDS)
    return tuple(
        CloseQuestion(question.id, words)
        for question in s.known.questions
        if question.duty == NAME
        and question.kind == WEEK_ASKED
        and (question.context.get("rep_id"), question.context.get("monday")) == (rep.id, week.first.isoformat())
    )


def _kept(answer: WeekAnswer) -> tuple[KeepWeek, ...]:
    return (
        KeepWeek(
            rep_id=answer.rep.id,
            rep=answer.rep.name,
            week=answer.week,
            said=answer.said,
            since=answer.since,
            until=answer.until,
            deputy_id=answer.deputy.id if answer.deputy else None,
            words=answer.evidence.words,
        ),
    )


def _noted(s: Situation, answer: WeekAnswer) -> Send:
    sender = s.known.sender.person if s.known.sender else None
    if sender is None:
        raise OurBug("a mail of a rep has no rep as its sender")
    facts: dict[str, Plain] = {
        "said": answer.said.value,
        "week": {"number": answer.week.number, "first": answer.week.first, "last": answer.week.last},
        "rep": None if answer.rep.id == sender.id else answer.rep.name,
        "until": answer.until,
        "deputy": answer.deputy.name if answer.deputy else None,
        "expected": _expected(answer),
    }
    return Send(Draft(sender.recipient, "sales/week_noted", facts, NOTED, s.ref, answers=s.thread))


def _expected(answer: WeekAnswer) -> tuple[Plain, ...]:
    """The words of what is expected, so that the rep sees it was read and not booked."""
    if answer.numbers is None:
        return ()
    evidence = [line.evidence for line in answer.numbers.expected]
    evidence += [line.evidence for line in answer.numbers.unclear]
    return tuple(one_line(each.words, _LONGEST_WORDS) for each in evidence)
