"""What the duties see in a mail by themselves, before the records are asked: part of reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from mailbot.duties.duty import Duty
from mailbot.message import clues
from mailbot.message.model import Clues, Message
from mailbot.records.known import DeskCard

Hints = tuple[tuple[str, Callable[[Message], object | None]], ...]


def hints_of(duties: Iterable[Duty], desk: DeskCard) -> Hints:
    """How the duties of a desk look at a mail; it can be handed to another process."""
    return tuple(
        (duty.name, partial(_looked_at, duty.recall.hint, desk)) for duty in duties if duty.recall and duty.recall.hint
    )


def _looked_at(hint: Callable[[Message, DeskCard], object | None], desk: DeskCard, message: Message) -> object | None:
    return hint(message, desk)


def clues_for(message: Message, hints: Hints) -> Clues:
    """What the mail mentions, and what the duties see in it. Pure."""
    seen = {duty: found for duty, hint in hints if (found := hint(message)) is not None}
    return replace(clues(message), hints=seen) if seen else clues(message)
