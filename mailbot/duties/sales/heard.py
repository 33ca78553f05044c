"""What the words of a mail have this duty look up: read where mails are read, before the records are asked. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mailbot.duties.sales.commission.facts import CommissionQuestion
from mailbot.duties.sales.commission.reading import questions_in
from mailbot.duties.sales.facts.answers import Claim
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.grids.in_files import text_of_tables
from mailbot.duties.sales.naming.looking_up import NOBODY_NAMED, Naming, naming_in
from mailbot.duties.sales.numbers.old_amounts import may_name_an_old_amount
from mailbot.duties.sales.numbers.periods import day_of
from mailbot.duties.sales.numbers.phrases import DROPPED, NOT_THE_OLD, said
from mailbot.duties.sales.talks.claims import claim_in
from mailbot.duties.sales.targets.reading import is_about_targets
from mailbot.message.model import Clues, Message
from mailbot.money.numerals import Habit
from mailbot.records.known import Known

_FIGURE: Final = re.compile(r"\d")
_LONGEST_TEXT: Final = 20_000  # characters that are looked at
_CORRECTS: Final = NOT_THE_OLD | DROPPED


@dataclass(frozen=True, slots=True)
class Heard:
    """What may name clients; whether the mail says "not" or "drop" beside something, and whether it sets targets; the
    question about the own commission, as each habit of writing numbers has it; and whose name the mail bears, where it
    comes from an address on nobody's file."""

    naming: Naming = NOBODY_NAMED
    corrects: bool = False
    sets_targets: bool = False
    commission: tuple[tuple[Habit, CommissionQuestion], ...] = ()
    claim: Claim | None = None


_NOTHING: Final = Heard()


def hint(message: Message, beforehand: Known) -> Heard | None:
    """What is heard in the subject, the new words and the tables of a colleague's mail, or of one that bears a
    colleague's name; None for all others, which are most. Linear in its length."""
    is_of_staff = message.sender is not None and any(person.has(message.sender.key) for person in beforehand.staff)
    claim = None if is_of_staff else _claim(message, beforehand)
    if claim is None and not is_of_staff:
        return None
    words = message.body.for_people
    text = words.text[:_LONGEST_TEXT]
    return Heard(
        naming=naming_in(f"{message.subject}\n{text}\n{text_of_tables(message)}"),
        corrects=said(text, _CORRECTS) is not None or may_name_an_old_amount(text),
        sets_targets=is_about_targets(words.text),
        commission=questions_in(words, day_of(message.date, beforehand.desk.zone)),
        claim=claim,
    )


def _claim(message: Message, beforehand: Known) -> Claim | None:
    """Whose name the mail bears; nobody's where it has neither figures nor files: nearly all that strangers write."""
    if not (_FIGURE.search(message.body.for_people.text) or message.attachments):
        return None
    return claim_in(message, beforehand.staff)


def heard_in(clues: Clues) -> Heard:
    """What was heard in the mail, where anybody listened."""
    heard = clues.hints.get(NAME)
    return heard if isinstance(heard, Heard) else _NOTHING
