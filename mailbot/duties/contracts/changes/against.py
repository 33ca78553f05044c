"""The words of a change, read against the contract that they are about. Pure."""

from __future__ import annotations

from mailbot.duties.contracts.changes.amending import amendment
from mailbot.duties.contracts.changes.ending import cancellation
from mailbot.duties.contracts.changes.facts import ChangeReading, NewValue
from mailbot.duties.contracts.changes.worth import figures_in
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.records.contracts.cards import ContractCard
from mailbot.records.contracts.tables import EventKind


def read_against(kind: EventKind, words: str, contract: ContractCard, reader: Reader) -> ChangeReading:
    """What these words make of the contract."""
    match kind:
        case EventKind.AMENDED:
            return amendment(words, contract, reader)
        case EventKind.CANCELLED:
            return cancellation(words, contract, reader)
    return _refund(words, reader)


def _refund(words: str, reader: Reader) -> ChangeReading:
    """What is to be paid back: the one amount that is named."""
    found = figures_in(words, reader)
    amounts = tuple(abs(amount) for each in found for amount in (each.readings or (each.amount,)) if amount is not None)
    said = " ".join(words.split())
    value = NewValue(said, amount=amounts[0]) if len(amounts) == 1 else NewValue(said, readings=amounts)
    return ChangeReading(EventKind.REFUNDED, value=value if amounts else None)
