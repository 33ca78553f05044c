"""Who reads a mail for this duty, in which order: answers to its questions first, then what mail systems report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mailbot.duties.bounces.dead_ends.details import read_details
from mailbot.duties.bounces.dead_ends.reading import read_dead_ends
from mailbot.duties.bounces.refusals.resuming import read_resume
from mailbot.duties.bounces.returned.complaints import read_complaint
from mailbot.duties.bounces.returned.reading import read_bounce
from mailbot.duties.bounces.whereabouts.call_results import read_call_result
from mailbot.duties.bounces.whereabouts.reading import read_whereabouts
from mailbot.duties.bounces.whereabouts.successor_answer import read_successor
from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting.model import Finding, NotMine, Sorted

_FIRST: Final[tuple[Callable[[Message, Known, Sorted], Finding | None], ...]] = (
    read_resume,
    read_successor,
    read_call_result,
    read_details,
    read_complaint,
    read_whereabouts,
    read_dead_ends,
)


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """What the mail is to this duty, or why it is nothing. Pure, never raises."""
    for reader in _FIRST:
        if found := reader(message, known, sorted_as):
            return found
    return read_bounce(message, known, sorted_as)
