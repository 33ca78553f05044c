"""How the contracts of one writer are read: by the habits of who writes. Pure."""

from __future__ import annotations

from datetime import date

from mailbot.duties.contracts.facts import NamedClient
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.duties.contracts.settings import settings_of
from mailbot.message.model import Message
from mailbot.money.numerals import habit_of, habit_shown
from mailbot.records.known import Known, PersonCard
from mailbot.sorting.model import Sorted


def reader_of(
    message: Message,
    known: Known,
    person: PersonCard,
    clients: tuple[NamedClient, ...],
    sorted_as: Sorted,
    signed_on: date,
) -> Reader:
    """By the habits of who writes; in the currency of the client's owner, where the mail names none."""
    own = habit_of(person.locale)
    currency = clients[0].currency if len(clients) == 1 else person.currency
    return Reader(
        signed_on=signed_on,
        language=sorted_as.language,
        habit=habit_shown(message.body.for_people.text, own) or own,
        currency=currency or person.currency or known.desk.currency,
        arrangements=settings_of(known.desk),
    )
