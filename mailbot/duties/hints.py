"""What is seen in a mail before the records are asked, of a machine and by each duty: part of reading it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from mailbot.duties.duty import Duty, Hint
from mailbot.message import clues
from mailbot.message.model import Clues, Message
from mailbot.records.known import DeskCard, Known, PersonCard, known_beforehand
from mailbot.sorting.automatic import MachineSigns, machine_signs
from mailbot.sorting.trust import may_be_believed

_SIGNS: Final = "signs of a machine"  # beside the names of the duties


@dataclass(frozen=True, slots=True)
class Hints:
    """How a desk and its duties look at a mail; it can be handed to another process."""

    beforehand: Known
    of_duties: tuple[tuple[str, Hint], ...]

    def among(self, staff: tuple[PersonCard, ...]) -> Hints:
        """The same, where these people are on the staff."""
        return replace(self, beforehand=replace(self.beforehand, staff=staff))


def hints_of(duties: Iterable[Duty], desk: DeskCard) -> Hints:
    """Those of a desk with these duties."""
    own = ((duty.name, duty.recall.hint) for duty in duties if duty.recall and duty.recall.hint)
    return Hints(known_beforehand(desk), tuple(own))


def clues_for(message: Message, hints: Hints) -> Clues:
    """What the mail mentions, and what is seen in it. Pure.

    Nobody looks for orders in what cannot be believed, whoever the records say that its sender is.
    """
    seen: dict[str, object] = {_SIGNS: machine_signs(message, hints.beforehand)}
    for name, hint in hints.of_duties if may_be_believed(message, hints.beforehand.desk) else ():
        if (found := hint(message, hints.beforehand)) is not None:
            seen[name] = found
    return clues(message, hints=seen)


def signs_in(clues: Clues) -> MachineSigns | None:
    """The signs of a machine that were seen in the mail; None where nobody looked."""
    seen = clues.hints.get(_SIGNS)
    return seen if isinstance(seen, MachineSigns) else None
