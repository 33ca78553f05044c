"""What the words of a mail have this duty look up: read where mails are read, before the records are asked. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.duties.expenses.corrections import says_a_correction
from mailbot.duties.expenses.facts import NAME
from mailbot.duties.expenses.sentences import expenses_in
from mailbot.message.model import Clues, Message
from mailbot.records.known import Known
from mailbot.records.names import name_words


@dataclass(frozen=True, slots=True)
class Spending:
    """A sentence that speaks of money spent; `words` are those in which a client may be named, as names are
    compared."""

    sentence: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """The sentences that speak of money spent, and whether the mail may say that an expense was another amount."""

    spending: tuple[Spending, ...] = ()
    corrects: bool = False


_NOTHING: Final = Heard()


def hint(message: Message, _beforehand: Known) -> Heard | None:
    """What the new words of a colleague's mail say of expenses; None in most mails. Linear in its length."""
    text = message.body.for_people.text
    sentences = (text[start:end] for start, end in expenses_in(text))
    found = Heard(tuple(Spending(each, name_words(each)) for each in sentences), says_a_correction(text))
    return found if found != _NOTHING else None


def heard_in(clues: Clues) -> Heard:
    """What was heard in the mail, where anybody listened."""
    heard = clues.hints.get(NAME)
    return heard if isinstance(heard, Heard) else _NOTHING
