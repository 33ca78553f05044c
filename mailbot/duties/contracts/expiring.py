"""A contract whose last day has passed ends by the clock.

What is still to be delivered of it stays with the departments; its client is reminded and asked no more. Whether
another follows it is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from mailbot.clock import local_date
from mailbot.config import Level
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.errors import TryAgain
from mailbot.records.contracts.tables import Contract, ContractEvent, ContractState, EventKind
from mailbot.records.decision import Action
from mailbot.records.known import Known
from mailbot.records.pen import Pen
from mailbot.records.tables import Client

ENDED: Final = "ended"
_AT_ONCE: Final = 200  # of contracts that were imported long after their end; the others follow at the next rings


@dataclass(frozen=True, slots=True)
class EndContract(Action):
    """The last day of a contract has passed."""

    name: ClassVar[str] = "contracts.end"
    contract_id: int
    ref: str
    client: str  # for people
    ended_on: date

    def carry_out(self, pen: Pen) -> None:
        contract = pen.get(Contract, self.contract_id)
        if contract.state is not ContractState.RUNNING or contract.ends_on != self.ended_on:
            raise TryAgain(f"contract {self.ref} is {contract.state.value} meanwhile; it will be decided anew")
        pen.update(contract, state=ContractState.ENDED)
        step = ContractEvent(
            contract_id=contract.id,
            kind=EventKind.ENDED,
            since=self.ended_on,
            amount=None,
            currency=contract.currency,
            words="",
            at=pen.now,
        )
        pen.insert(step)

    def __str__(self) -> str:
        return f"{self.ref} with {self.client} has ended"

    def in_german(self) -> str:
        return f"{self.ref} mit {self.client} ist ausgelaufen"


_ENDED_BEFORE: Final = exists().where(
    ContractEvent.contract_id == Contract.id,
    ContractEvent.kind == EventKind.ENDED,
    ContractEvent.since == Contract.ends_on,
)
_OVER: Final = (  # asked at every ring, and so built once
    select(Contract.id, Contract.ref, Client.name, Contract.ends_on)
    .join(Client, Client.id == Contract.client_id)
    .where(
        Contract.state == ContractState.RUNNING,
        Contract.ends_on < bindparam("today"),
        Contract.undone_by.is_(None),
        ~_ENDED_BEFORE,
    )
    .order_by(Contract.ends_on, Contract.id)
    .limit(_AT_ONCE)
)


def load(session: Session, known: Known, now: datetime) -> tuple[EndContract, ...]:
    """The running contracts whose last day has passed. One whose ending was taken back runs until it has another last
    day: a person has said so."""
    found = session.connection().execute(_OVER, {"today": local_date(now, known.desk.zone)})
    return tuple(EndContract(*row) for row in found)


def due(ended: object, _known: Known, _now: datetime) -> tuple[Due, ...]:
    """One decision for each contract, whatever the level: that a day has passed is a fact, and nobody is written to."""
    found = ended if isinstance(ended, tuple) else ()
    return tuple(
        Due(
            ENDED,
            f"its last day was {each.ended_on.isoformat()}",
            Plan(f"{each}.", (each,), acts_from=Level.WATCH),
            f"{each.ref} {each.ended_on}",
        )
        for each in found
        if isinstance(each, EndContract)
    )


EXPIRING: Final = Upkeep(job="end", at=None, recall=load, due=due)
