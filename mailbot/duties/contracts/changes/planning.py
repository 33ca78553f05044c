"""What was read of a change becomes what it does to the records. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mailbot.duties.contracts.changes.actions import ChangeContract, RowChange
from mailbot.duties.contracts.changes.facts import ChangeCard, ChangeReading, Deed
from mailbot.duties.contracts.facts import ContractReading
from mailbot.duties.contracts.planning import Planned, planned
from mailbot.duties.contracts.settings import settings_of
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.records.contracts.cards import ContractCard
from mailbot.records.contracts.dates import notice_by
from mailbot.records.contracts.tables import DeliverableState, EventKind
from mailbot.records.known import Known

_LONGEST_WORDS = 300


def change_of(card: ChangeCard, known: Known) -> ChangeContract:
    """The whole change of the contract that the card is about."""
    contract, reading = card.contract, card.reading
    if contract is None or reading is None:
        raise OurBug(f"{card.ref} was about to hold before it was known which contract it is about")
    ends_on = reading.ends_on
    value = None if card.kind is EventKind.REFUNDED or reading.value is None else reading.value.after(contract.value)
    return ChangeContract(
        change_id=card.id,
        contract_id=contract.id,
        contract=contract.ref,
        client_id=contract.client_id,
        client=card.client_of(contract).name,
        rep_id=contract.rep_id or card.client_of(contract).owner_id,
        kind=card.kind,
        since=since(card, reading),
        starts_on=contract.starts_on,
        last_day=ends_on or contract.ends_on,
        amount=_amount(card, reading, contract, value),
        currency=contract.currency,
        value=value,
        ends_on=ends_on,
        notice_on=_notice_on(contract, ends_on, card.kind),
        rows=tuple(_rows(reading)),
        added=added_by(reading, known),
        words=one_line(card.words, _LONGEST_WORDS),
    )


def since(card: ChangeCard, reading: ChangeReading) -> date:
    """The day from which it holds: of a cancellation, the last day of the contract."""
    return reading.ends_on if card.kind is EventKind.CANCELLED and reading.ends_on is not None else card.said_on


def difference(card: ChangeCard) -> Decimal:
    """By how much less, or more, is sold than before; what is paid back is less."""
    contract, value = card.contract, card.reading.value if card.reading else None
    if contract is None or value is None:
        return Decimal(0)
    if card.kind is EventKind.REFUNDED:
        return -(value.amount or Decimal(0))
    after = value.after(contract.value)
    return Decimal(0) if after is None else after - (contract.value or Decimal(0))


def added_by(reading: ChangeReading, known: Known) -> tuple[Planned, ...]:
    """The rows of all that is added, numbered from 1."""
    promises = tuple(each.promise for each in reading.lines if each.deed is Deed.ADD and each.promise is not None)
    asked = ContractReading(None, None, promises, None, None)
    return planned(asked, settings_of(known.desk), known.staff)


def _rows(reading: ChangeReading) -> Iterator[RowChange]:
    for line in reading.lines:
        match line.deed:
            case Deed.DROP | Deed.FEWER:
                yield from (RowChange(key, state=DeliverableState.DROPPED) for key in line.rows)
            case Deed.MOVE:
                yield from (RowChange(key, ends_on=line.ends_on) for key in line.rows)
            case Deed.ADD:
                continue
        if line.shrunk is not None:
            yield RowChange(line.shrunk, quantity=line.left)


def _amount(card: ChangeCard, reading: ChangeReading, contract: ContractCard, value: Decimal | None) -> Decimal | None:
    if card.kind is EventKind.REFUNDED:
        return reading.value.amount if reading.value else None
    return value if value is not None else contract.value


def _notice_on(contract: ContractCard, ends_on: date | None, kind: EventKind) -> date | None:
    """The last day of notice for another end; a contract that is cancelled has none."""
    if kind is EventKind.CANCELLED or ends_on is None or not contract.renews or contract.notice_days is None:
        return None
    return notice_by(ends_on, contract.notice_days)
