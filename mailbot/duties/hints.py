"""What is seen in a mail before the records are asked, for all duties and by each: part of reading it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from mailbot.duties.duty import Duty, Hint
from mailbot.message import clues
from mailbot.message.addresses import address_key
from mailbot.message.model import Clues, Message
from mailbot.records.known import DeskCard, Known, PersonCard, known_beforehand
from mailbot.sorting.seen import Seen, seen_in
from mailbot.sorting.trust import may_be_believed

_SEEN: Final = "seen for all"  # beside the names of the duties
_Named = tuple[str, Hint]  # the duty, and how it looks at a mail


@dataclass(frozen=True, slots=True)
class Hints:
    """How a desk and its duties look at a mail, and at a colleague's mail besides; it can be handed to another process.

    `colleagues` are the address keys of the staff.
    """

    beforehand: Known
    for_everybody: tuple[_Named, ...]
    for_colleagues: tuple[_Named, ...]
    colleagues: frozenset[str] = frozenset()

    def among(self, staff: tuple[PersonCard, ...]) -> Hints:
        """The same, where these people are on the staff."""
        keys = frozenset(key for person in staff for key in (*person.keys, address_key(person.address)))
        return replace(self, beforehand=replace(self.beforehand, staff=staff), colleagues=keys)


def hints_of(duties: Iterable[Duty], desk: DeskCard) -> Hints:
    """Those of a desk with these duties."""
    recalls = [(duty.name, duty.recall) for duty in duties if duty.recall]
    return Hints(
        known_beforehand(desk),
        for_everybody=tuple((name, each.hint) for name, each in recalls if each.hint and not each.for_colleagues),
        for_colleagues=tuple((name, each.hint) for name, each in recalls if each.hint and each.for_colleagues),
    )


def clues_for(message: Message, hints: Hints) -> Clues:
    """What the mail mentions, and what is seen in it. Pure.

    Nobody looks for orders in what cannot be believed, whoever the records say that its sender is.
    """
    seen = seen_in(message, hints.beforehand)
    found: dict[str, object] = {_SEEN: seen}
    for name, hint in _for_the_sender(message, hints) if may_be_believed(seen.verdict, hints.beforehand.desk) else ():
        if (heard := hint(message, hints.beforehand)) is not None:
            found[name] = heard
    return clues(message, hints=found)


def _for_the_sender(message: Message, hints: Hints) -> tuple[_Named, ...]:
    is_a_colleagues = message.sender is not None and message.sender.key in hints.colleagues
    return hints.for_everybody + hints.for_colleagues if is_a_colleagues else hints.for_everybody


def seen_of(clues: Clues) -> Seen | None:
    """What was seen in the mail for every duty; None where nobody looked."""
    seen = clues.hints.get(_SEEN)
    return seen if isinstance(seen, Seen) else None
