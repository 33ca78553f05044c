"""What is seen in a mail before the records are asked, of a machine and by each duty: part of reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeVar

from mailbot.duties.duty import Duty
from mailbot.message import clues
from mailbot.message.model import Clues, Message
from mailbot.records.known import DeskCard, known_beforehand
from mailbot.sorting.automatic import MachineSigns, machine_signs

Hints = tuple[tuple[str, Callable[[Message], object | None]], ...]
_By = TypeVar("_By")
_SIGNS: Final = "signs of a machine"  # beside the names of the duties


def hints_of(duties: Iterable[Duty], desk: DeskCard) -> Hints:
    """How a desk and its duties look at a mail; it can be handed to another process."""
    own = ((duty.name, duty.recall.hint) for duty in duties if duty.recall and duty.recall.hint)
    signs = partial(_looked_at, machine_signs, known_beforehand(desk))
    return ((_SIGNS, signs), *((name, partial(_looked_at, hint, desk)) for name, hint in own))


def _looked_at(hint: Callable[[Message, _By], object | None], by: _By, message: Message) -> object | None:
    return hint(message, by)


def clues_for(message: Message, hints: Hints) -> Clues:
    """What the mail mentions, and what is seen in it. Pure."""
    seen = {name: found for name, hint in hints if (found := hint(message)) is not None}
    return clues(message, hints=seen)


def signs_in(clues: Clues) -> MachineSigns | None:
    """The signs of a machine that were seen in the mail; None where nobody looked."""
    seen = clues.hints.get(_SIGNS)
    return seen if isinstance(seen, MachineSigns) else None
