"""What the words of a mail have this duty look up: read where mails are read, before the records are asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.robots import ticket_number
from mailbot.message.model import Clues, Message
from mailbot.records.known import Known
from mailbot.sorting.subjects import is_reply, without_prefixes

_NUMBER: Final = re.compile(r"(?<![\w-])I-\d{3,9}(?![\w-]|\.\d)", re.IGNORECASE)
_LONGEST_TEXT: Final = 20_000  # characters in which numbers of issues are looked for
_MOST_NUMBERS: Final = 10


@dataclass(frozen=True, slots=True)
class Heard:
    """The numbers of issues that are named; the subject that a reply repeats, as subjects are compared, "" where it is
    none; and whether a ticket system names a number of its own."""

    numbers: tuple[str, ...] = ()
    repeats: str = ""
    is_of_tickets: bool = False


_NOTHING: Final = Heard()


def hint(message: Message, _beforehand: Known) -> Heard | None:
    """What leads to issues in the subject and the new words of a mail, whoever wrote it. Linear in its length."""
    words = message.body.for_people
    text = f"{message.subject}\n{words.text[:_LONGEST_TEXT]}"
    found = Heard(
        numbers=tuple(match[0].upper() for match in islice(_numbers(text), _MOST_NUMBERS)),
        repeats=without_prefixes(message.subject) if is_reply(message.subject) else "",
        is_of_tickets=ticket_number(message.subject, words) is not None,
    )
    return found if found != _NOTHING else None


def heard_in(clues: Clues) -> Heard:
    """What was heard in the mail, where anybody listened."""
    heard = clues.hints.get(NAME)
    return heard if isinstance(heard, Heard) else _NOTHING


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers of issues in a text; most texts have none, which is seen at once."""
    return _NUMBER.finditer(text) if "I-" in text or "i-" in text else iter(())
