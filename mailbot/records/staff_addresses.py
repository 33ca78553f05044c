"""The addresses that a colleague writes from besides the registered one: which count, since when, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from mailbot.errors import TryAgain
from mailbot.message.addresses import address_key
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import Address, AddressStatus


@dataclass(frozen=True, slots=True)
class AcceptAddress(Action):
    """From now on an address counts as a colleague's own; `because` says on whose word."""

    name: ClassVar[str] = "desk.accept_address"
    person_id: int
    person: str
    address: str
    because: str

    def carry_out(self, pen: Pen) -> None:
        key = address_key(self.address)
        known = pen.session.scalar(select(Address).where(Address.key == key).with_for_update())
        if known is None:
            pen.insert(
                Address(
                    key=key,
                    written=self.address,
                    person_id=self.person_id,
                    status_since=pen.now,
                    status_because=self.because,
                )
            )
        elif known.undone_by is not None:
            pen.update(
                known,
                written=self.address,
                person_id=self.person_id,
                contact_id=None,
                status=AddressStatus.OK,
                status_since=pen.now,
                status_because=self.because,
                undone_by=None,
            )
        elif known.person_id != self.person_id:
            raise TryAgain(f"{self.address} belongs to somebody else meanwhile; the mail will be decided anew")

    def __str__(self) -> str:
        return f"accept {self.address} as an address of {self.person}: {self.because}"


@dataclass(frozen=True, slots=True)
class ForgetAddress(Action):
    """An address no longer counts as a colleague's; who writes from it is a stranger again."""

    name: ClassVar[str] = "desk.forget_address"
    person_id: int
    person: str
    key: str

    def carry_out(self, pen: Pen) -> None:
        known = pen.session.scalar(select(Address).where(Address.key == self.key).with_for_update())
        if known is None or known.undone_by is not None or known.person_id != self.person_id:
            raise TryAgain(f"{self.key} was taken off meanwhile; the mail will be decided anew")
        pen.update(known, undone_by=pen.decision_id)

    def __str__(self) -> str:
        return f"{self.key} no longer counts as an address of {self.person}"
