"""Which letters and calls are due on a day: one letter to a contact, with all benefits of theirs that are due. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mailbot.config import RemindersSettings
from mailbot.duties.reminders.readers import Reader
from mailbot.duties.reminders.tables import Rung
from mailbot.duties.reminders.unused.benefits import OpenBenefit
from mailbot.duties.reminders.unused.ladder import call_due, letter_due


@dataclass(frozen=True, slots=True)
class LetterDue:
    """A letter to one contact: its benefits, each with the rung that it comes to."""

    reader: Reader
    benefits: tuple[tuple[OpenBenefit, Rung], ...]

    @property
    def rung(self) -> Rung:
        """The highest rung in it, which gives the letter its tone."""
        order = list(Rung)
        return max((rung for _, rung in self.benefits), key=order.index)


@dataclass(frozen=True, slots=True)
class CallDue:
    """A call that the owner of a client is to make: all benefits of the client that are due for it."""

    owner_id: int | None
    benefits: tuple[OpenBenefit, ...]


def letters_due(
    benefits: Iterable[OpenBenefit], settings: RemindersSettings, today: date, works_on: Callable[[date], bool]
) -> tuple[LetterDue, ...]:
    """The letters of a day, at most one to a contact; none on a day on which nobody works."""
    if not works_on(today):
        return ()
    by_contact: dict[str, list[tuple[OpenBenefit, Rung]]] = {}
    for benefit, rung in _letters(benefits, settings, today, works_on):
        if benefit.reader is not None:
            by_contact.setdefault(benefit.reader.address_key, []).append((benefit, rung))
    return tuple(LetterDue(due[0][0].reader, tuple(due)) for due in by_contact.values() if due[0][0].reader is not None)


def _letters(
    benefits: Iterable[OpenBenefit], settings: RemindersSettings, today: date, works_on: Callable[[date], bool]
) -> Iterator[tuple[OpenBenefit, Rung]]:
    for benefit in benefits:
        if benefit.hindrance is not None or benefit.ends_letters or _is_called(benefit, settings, today, works_on):
            continue
        ladder = settings.ladder(benefit.kind)
        rung = letter_due(ladder, benefit.lapses_on, benefit.climbed, today, settings.apart_days, works_on)
        if rung is not None:
            yield benefit, rung


def calls_due(
    benefits: Iterable[OpenBenefit], settings: RemindersSettings, today: date, works_on: Callable[[date], bool]
) -> tuple[CallDue, ...]:
    """The calls of a day, one for each client; none on a day on which nobody works."""
    if not works_on(today):
        return ()
    by_client: dict[int, list[OpenBenefit]] = {}
    for benefit in benefits:
        if _is_called(benefit, settings, today, works_on):
            by_client.setdefault(benefit.client.id, []).append(benefit)
    return tuple(CallDue(due[0].client.owner_id, tuple(due)) for due in by_client.values())


def _is_called(
    benefit: OpenBenefit, settings: RemindersSettings, today: date, works_on: Callable[[date], bool]
) -> bool:
    if benefit.hindrance is not None and benefit.hindrance.silences_calls:
        return False
    ladder = settings.ladder(benefit.kind)
    return call_due(ladder, benefit.lapses_on, benefit.climbed, today, works_on)
