"""What falls due of unused benefits: letters to clients, calls for their owners, and what has lapsed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Final

from mailbot.clock import local_date
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.reminders.actions import ReachRung
from mailbot.duties.reminders.settings import NAME, settings_of
from mailbot.duties.reminders.tables import Rung
from mailbot.duties.reminders.unused import letters
from mailbot.duties.reminders.unused.benefits import OpenBenefit, Unused
from mailbot.duties.reminders.unused.planning import CallDue, LetterDue, calls_due, letters_due
from mailbot.duties.reminders.unused.recalling import load
from mailbot.records.contracts.actions import LapseBenefit
from mailbot.records.decision import Action
from mailbot.records.known import DeskCard, Known
from mailbot.records.questions import OpenTask
from mailbot.working_days import is_working_day

REMINDER: Final = "reminder"  # the kinds of these decisions
CALL: Final = "call-due"
LAPSED: Final = "lapsed"


def due(unused: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision for each letter and each call, and one for all that has lapsed."""
    if not isinstance(unused, Unused):
        return ()
    settings, today = settings_of(known.desk), local_date(now, known.desk.zone)
    works_on = partial(_is_worked_on, known.desk)
    return (
        *(_letter(each, known, today) for each in letters_due(unused.open, settings, today, works_on)),
        *(_call(each, known, today) for each in calls_due(unused.open, settings, today, works_on)),
        *_lapsed(unused.lapsed, today),
    )


def _is_worked_on(desk: DeskCard, day: date) -> bool:
    return is_working_day(day, desk.holidays)


def _letter(due_now: LetterDue, known: Known, today: date) -> Due:
    reader = due_now.reader
    names = ", ".join(benefit.words for benefit, _ in due_now.benefits)
    actions: list[Action] = [letters.reminder(due_now, known, today)]
    actions += [_reached(benefit, rung, today, reader.contact_id) for benefit, rung in due_now.benefits]
    return Due(REMINDER, f"not used yet: {names}", Plan(f"{reader.to.name} is reminded: {names}.", tuple(actions)))


def _call(due_now: CallDue, known: Known, today: date) -> Due:
    client = due_now.benefits[0].client
    names = ", ".join(benefit.words for benefit in due_now.benefits)
    keeper = letters.keeper_of(known, due_now.owner_id)
    actions: list[Action] = [_reached(benefit, Rung.CALL, today, None) for benefit in due_now.benefits]
    if keeper is not None:
        words = letters.task_words(due_now, keeper.language)
        task = OpenTask(NAME, letters.CALL_TASK, words, person_id=keeper.id, client_id=client.id)
        actions += [task, letters.call(due_now, keeper, today)]
    who = keeper.name if keeper else "nobody on file"
    return Due(CALL, f"runs out unused: {names}", Plan(f"{who} is to call {client.name}: {names}.", tuple(actions)))


def _reached(benefit: OpenBenefit, rung: Rung, today: date, contact_id: int | None) -> ReachRung:
    what = f"{benefit.words} ({benefit.contract})"
    return ReachRung(benefit.id, benefit.client.id, contact_id, what, rung, today)


def _lapsed(lapsed: tuple[OpenBenefit, ...], today: date) -> Iterator[Due]:
    if not lapsed:
        return
    actions: list[Action] = []
    for benefit in lapsed:
        actions.append(LapseBenefit(benefit.id, f"{benefit.words} ({benefit.contract})"))
        if Rung.LAPSED not in benefit.climbed.rungs:
            actions.append(_reached(benefit, Rung.LAPSED, today, None))
    names = ", ".join(benefit.words for benefit in lapsed[:_SHOWN])
    yield Due(
        LAPSED, "their time is over", Plan(f"{len(lapsed)} unused benefits have lapsed: {names}.", tuple(actions))
    )


_SHOWN: Final = 5


UNUSED: Final = Upkeep(job="unused", at=lambda desk: settings_of(desk).at, recall=load, due=due)
