""" "Remove danareyes1984": a colleague takes one of the further addresses off that somebody writes from. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mailbot.message.model import Message
from mailbot.records.known import Known, PersonCard
from mailbot.sorting.one_word import Chosen, Option, choice

_LONGEST: Final = 200  # characters; whoever writes more than an order gives a person something to read
_REMOVE: Final = (
    Option(
        "remove",
        (
            *("forget", "delete", "drop", "entferne", "entfernen", "entfern", "lösche", "löschen", "lösch"),
            *("streiche", "streichen", "streich", "vergiss"),
        ),
        numbered=False,
    ),
)
_BESIDE = re.compile(r"\b(?:address|adresse|again|wieder|from|von|aus|me|mir|list|liste|the|die|wieder)\b")


@dataclass(frozen=True, slots=True)
class Removal:
    """The address that is to be taken off, whose it is, and where the order stands in the new words."""

    key: str
    person: PersonCard
    start: int
    end: int


def removal_in(message: Message, known: Known) -> Removal | None:
    """The order, where the new words are that, one such address, whole or up to its @, and politeness; else None.

    Only an address beside the registered one can be named: that one no mail takes off.
    """
    text = message.body.for_people.text
    if len(text) > _LONGEST:
        return None
    folded = text.casefold()
    named = {
        key: (person, found)
        for person in known.staff
        for key in person.keys[1:]
        if (found := _stands_in(key, folded) or _stands_in(key.rpartition("@")[0], folded))
    }
    if len(named) != 1:
        return None
    ((key, (person, span)),) = named.items()
    rest = _BESIDE.sub(" ", f"{folded[: span[0]]} {folded[span[1] :]}")
    said = choice(rest, _REMOVE)
    if not isinstance(said, Chosen) or said.besides:
        return None
    return Removal(key, person, 0, len(text))


def _stands_in(name: str, text: str) -> tuple[int, int] | None:
    """Where a name stands in the text as a whole word; never as the beginning of another address."""
    if not name:
        return None
    found = re.search(rf"(?<![\w.+@-]){re.escape(name)}(?![\w+@-]|\.\w)", text)
    return found.span() if found else None
