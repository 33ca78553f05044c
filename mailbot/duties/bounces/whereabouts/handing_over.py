"""What an answer of the owner does: another contact, another address, and all that hung on the old one goes over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.succession import Following, Leaving, give_address, hand_over, new_contact, put_first
from mailbot.records.tables import Contact


@dataclass(frozen=True, slots=True)
class MakeMainContact(Action):
    """A contact becomes the first of its client; what hung on the other one is theirs."""

    name: ClassVar[str] = "bounces.make_main_contact"
    client_id: int
    client_name: str
    leaving: Leaving
    following: Following

    def carry_out(self, pen: Pen) -> None:
        chosen = pen.get(Contact, self.following.contact_id)
        if chosen.client_id != self.client_id:
            raise TryAgain(f"{chosen.name} belongs to another client meanwhile; the answer will be decided anew")
        put_first(pen, chosen)
        hand_over(pen, self.leaving, self.following)

    def __str__(self) -> str:
        return f"make {self.following.name} the main contact of {self.client_name}"


@dataclass(frozen=True, slots=True)
class AddAddress(Action):
    """A new address for a contact, for all that hung on the old one too. The old one stays on file, as it is."""

    name: ClassVar[str] = "bounces.add_address"
    contact_name: str
    leaving: Leaving
    address: str

    def carry_out(self, pen: Pen) -> None:
        contact = pen.get(Contact, self.leaving.contact_id)
        give_address(pen, contact.id, self.address)
        hand_over(pen, self.leaving, Following(contact.id, contact.name, self.address))

    def __str__(self) -> str:
        return f"add the address {self.address} to {self.contact_name}"


@dataclass(frozen=True, slots=True)
class TakeOver(Action):
    """Somebody new at a client follows a contact: as its main contact, with all that hung on the one who left."""

    name: ClassVar[str] = "bounces.take_over"
    client_id: int
    client_name: str
    leaving: Leaving
    successor: str
    address: str
    phone: str | None

    def carry_out(self, pen: Pen) -> None:
        before = pen.get(Contact, self.leaving.contact_id)
        contact = new_contact(pen, self.client_id, self.successor, self.address, self.phone, before)
        put_first(pen, contact)
        hand_over(pen, self.leaving, Following(contact.id, contact.name, self.address))

    def __str__(self) -> str:
        return f"{self.successor} <{self.address}> becomes the main contact of {self.client_name}"
