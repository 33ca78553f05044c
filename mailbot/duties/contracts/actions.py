"""What this duty does to the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import select

from mailbot.duties.contracts.facts import Artwork, ContractReading, KeptFile
from mailbot.duties.contracts.planning import Planned
from mailbot.duties.contracts.tables import ContractDraft, DraftState
from mailbot.errors import TryAgain
from mailbot.letters.wording import Wording
from mailbot.message.addresses import address_key
from mailbot.records.codec import plain
from mailbot.records.contracts.actions import no_more_asked
from mailbot.records.contracts.tables import (
    Contract,
    ContractEvent,
    ContractFile,
    Deliverable,
    EventKind,
)
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.stored_files import store
from mailbot.records.succession import give_address
from mailbot.records.tables import Address, Contact

_LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class KeepDraft(Action):
    """A contract as it was read is kept, with its files, until somebody says that it is right."""

    name: ClassVar[str] = "contracts.keep_draft"
    ref: str
    client_id: int | None
    client: str  # for people
    asked_id: int
    sent_by_id: int
    signed_on: date
    reading: ContractReading
    in_file: ContractReading | None
    files: tuple[KeptFile, ...]
    follows_id: int | None = None

    def carry_out(self, pen: Pen) -> None:
        files = [
            {"sha256": store(pen.session, file.content, file.media_type, pen.now), "filename": file.filename[:200]}
            for file in self.files
        ]
        pen.insert(
            ContractDraft(
                ref=self.ref,
                client_id=self.client_id,
                asked_id=self.asked_id,
                sent_by_id=self.sent_by_id,
                signed_on=self.signed_on,
                reading=plain(self.reading),
                in_file=plain(self.in_file) if self.in_file else None,
                files=files,
                follows_id=self.follows_id,
                arrival_id=pen.arrival_id,
            )
        )

    def __str__(self) -> str:
        return f"keep the contract {self.ref} with {self.client or 'a client not known yet'} until it is confirmed"

    def in_german(self) -> str:
        return f"den Vertrag {self.ref} mit {self.client or 'noch unbekanntem Kunden'} bis zur Bestätigung aufheben"


@dataclass(frozen=True, slots=True)
class ChangeDraft(Action):
    """What was read of a contract is put right, by the word of whoever was asked."""

    name: ClassVar[str] = "contracts.change_draft"
    draft_id: int
    ref: str
    client_id: int | None
    asked_id: int
    reading: ContractReading
    said: tuple[str, ...]  # the corrections, as they were written

    def carry_out(self, pen: Pen) -> None:
        draft = _waiting(pen, self.draft_id)
        pen.update(draft, client_id=self.client_id, asked_id=self.asked_id, reading=plain(self.reading))

    def __str__(self) -> str:
        return f"change the contract {self.ref} as it was read: {'; '.join(self.said)}"

    def in_german(self) -> str:
        return f"den gelesenen Vertrag {self.ref} ändern: {'; '.join(self.said)}"


@dataclass(frozen=True, slots=True)
class DropDraft(Action):
    """What was read is no contract."""

    name: ClassVar[str] = "contracts.drop_draft"
    draft_id: int
    ref: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(_waiting(pen, self.draft_id), state=DraftState.DROPPED)

    def __str__(self) -> str:
        return f"drop the contract {self.ref}"

    def in_german(self) -> str:
        return f"den Vertrag {self.ref} verwerfen"


@dataclass(frozen=True, slots=True)
class Confirm(Action):
    """A contract that was read is one from now on, with a row for each thing it promises, its files, and the first
    step of its history."""

    name: ClassVar[str] = "contracts.confirm"
    draft_id: int
    ref: str
    client_id: int
    client: str  # for people
    rep_id: int
    signed_on: date
    starts_on: date
    ends_on: date
    value: Decimal
    currency: str
    renews: bool
    notice_days: int | None
    notice_on: date | None
    artwork: Artwork | None
    promised: tuple[Planned, ...]
    words: str
    follows_id: int | None = None

    def carry_out(self, pen: Pen) -> None:
        draft = _waiting(pen, self.draft_id)
        contact_id = _artwork_contact(pen, self.client_id, self.artwork) if self.artwork else None
        contract = _contract(pen, self._columns(draft.arrival_id))
        for row in self.promised:
            pen.insert(deliverable(contract, row, contact_id))
        for file in draft.files:
            pen.insert(ContractFile(contract_id=contract.id, sha256=file["sha256"], filename=file["filename"]))
        pen.insert(
            ContractEvent(
                contract_id=contract.id,
                kind=EventKind.SIGNED,
                since=self.starts_on,
                amount=self.value,
                currency=self.currency,
                words=self.words[:_LONGEST_WORDS] or self.ref,
                at=pen.now,
            )
        )
        pen.update(draft, state=DraftState.CONFIRMED)
        if self.follows_id is not None:
            self._renews(pen, pen.get(Contract, self.follows_id))

    def _renews(self, pen: Pen, before: Contract) -> None:
        """The step in the history of the contract that goes on; what is paid from then on stands with the new one."""
        step = ContractEvent(
            contract_id=before.id,
            kind=EventKind.RENEWED,
            since=self.starts_on,
            amount=None,
            currency=before.currency,
            words=self.words[:_LONGEST_WORDS] or self.ref,
            at=pen.now,
        )
        pen.insert(step)
        no_more_asked(pen, before.ref)

    def _columns(self, arrival_id: int | None) -> dict[str, Any]:
        return {
            "ref": self.ref,
            "client_id": self.client_id,
            "rep_id": self.rep_id,
            "signed_on": self.signed_on,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "value": self.value,
            "currency": self.currency,
            "renews": self.renews,
            "notice_days": self.notice_days,
            "notice_on": self.notice_on,
            "follows_id": self.follows_id,
            "arrival_id": arrival_id,
        }

    def __str__(self) -> str:
        value = Wording("en").money(self.value, self.currency)
        return f"{self.ref} with {self.client} is a contract: {value}, {len(self.promised)} things to deliver"

    def in_german(self) -> str:
        value = Wording("de").money(self.value, self.currency)
        return f"{self.ref} mit {self.client} ist ein Vertrag: {value}, zu erbringende Leistungen: {len(self.promised)}"


def _waiting(pen: Pen, draft_id: int) -> ContractDraft:
    draft = pen.get(ContractDraft, draft_id)
    if draft.state is not DraftState.WAITING:
        raise TryAgain(f"contract {draft.ref} was settled meanwhile; the mail will be decided anew")
    return draft


def _contract(pen: Pen, columns: dict[str, Any]) -> Contract:
    """A new one. One that was confirmed before, and whose OK was taken back, keeps its number in the record of that;
    the new one gets the next free one behind it."""
    ref, again = str(columns["ref"]), 1
    while pen.session.scalar(select(Contract.id).where(Contract.ref == columns["ref"])) is not None:
        again += 1
        columns = {**columns, "ref": f"{ref}.{again}"}
    return pen.insert(Contract(**columns))


def deliverable(contract: Contract, row: Planned, contact_id: int | None) -> Deliverable:
    """A row of what a contract promises, not written yet."""
    return Deliverable(
        contract_id=contract.id,
        client_id=contract.client_id,
        position=row.position,
        part=row.part,
        kind=row.kind,
        words=row.words,
        issue=row.issue,
        quantity=row.quantity,
        percent=row.percent,
        list_price=row.list_price,
        worth=row.worth,
        currency=contract.currency,
        department_id=row.department_id,
        contact_id=contact_id if row.asks_artwork else None,
        starts_on=row.starts_on,
        due_on=row.due_on,
        ends_on=row.ends_on,
        is_benefit=row.is_benefit,
    )


def _artwork_contact(pen: Pen, client_id: int, artwork: Artwork) -> int | None:
    """Whoever has this address, be it an agency's; a new contact of the client, behind all others, where nobody has
    it; None where it is one of us."""
    known = pen.session.scalar(select(Address).where(Address.key == address_key(artwork.address)))
    if known is not None and known.undone_by is None:
        return known.contact_id
    last = pen.session.scalar(
        select(Contact.rank)
        .where(Contact.client_id == client_id, Contact.undone_by.is_(None))
        .order_by(Contact.rank.desc())
        .limit(1)
    )
    name = artwork.name or artwork.address
    contact = pen.insert(Contact(client_id=client_id, name=name[:200], rank=(last or 0) + 1))
    give_address(pen, contact.id, artwork.address)
    return contact.id
