"""The tables of contracts: what was sold to a client, what has to be delivered of it, and what came of that."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.letters.cleaning import one_line
from mailbot.records.base import Base, Follows, Kept
from mailbot.records.contracts import tables_in_words
from mailbot.records.in_words import Teller
from mailbot.records.stored_files import StoredFile
from mailbot.records.tables import words_of

LONGEST_KIND = 32  # characters of the name of a kind of deliverable
_LONGEST_TITLE = 60


class ContractState(StrEnum):
    """How far a contract is. One that nobody has confirmed yet is none, and stands where it was read."""

    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


class DeliverableState(StrEnum):
    """How far a department is with what it has to deliver."""

    PLANNED = "planned"
    ORDERED = "ordered"  # the department was told
    CLAIMED = "claimed"  # it was said to be done, and is not proven yet
    DELIVERED = "delivered"  # it was seen, or proven
    PROBLEM = "problem"
    DROPPED = "dropped"


class Use(StrEnum):
    """Whether the client has used a benefit."""

    UNUSED = "unused"
    USED = "used"
    LAPSED = "lapsed"


class EventKind(StrEnum):
    """What happened to a contract."""

    SIGNED = "signed"
    AMENDED = "amended"
    RENEWED = "renewed"
    ENDED = "ended"  # its last day passed
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Contract(Kept, Base):
    """What was sold to a client for a time. `ref` is its number ("K-2207").

    `contact_id` is whom we write to about it; None: the main contact of the client. `ends_on` is its last day, and
    `notice_on` the last day on which notice can be given; None where it does not renew by itself. `value` is None
    where nobody has said it. `follows_id` is the contract that this one renews.
    """

    __tablename__ = "contracts"
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    rep_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True, default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True, default=None)
    signed_on: Mapped[date | None] = mapped_column(default=None)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(String(3))
    renews: Mapped[bool] = mapped_column(default=False)
    notice_days: Mapped[int | None] = mapped_column(default=None)
    notice_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[ContractState] = mapped_column(words_of(ContractState), default=ContractState.RUNNING)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"), index=True, default=None)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)  # the mail it came with

    __table_args__ = (
        Index("ix_contracts_state_ends_on", "state", "ends_on"),
        Index("ix_contracts_state_notice_on", "state", "notice_on"),
        Index("ix_contracts_state_starts_on", "state", "starts_on"),
    )
    told = tables_in_words.CONTRACT
    untold = frozenset({"ref", "arrival_id"})
    follows = Follows(contact="contact_id", while_column="state", while_one_of=(ContractState.RUNNING,))

    def title(self, teller: Teller) -> str:
        return teller.say(f"contract {self.ref}", f"Vertrag {self.ref}")

    def name_for(self, teller: Teller) -> str:
        return self.ref


class Deliverable(Kept, Base):
    """One thing that a contract promises, with a due date of its own: six pages are six rows.

    `position` is that of the line of the contract and `part` counts its rows, both from 1; `quantity` is how many of
    it are one row ("2 booths"). `words` are those of the contract. `worth` is what it saves or costs; of a discount
    `percent` and `list_price` say how. `due_on` is the day by which the department must have what it needs, or be
    done; `starts_on` and `ends_on` are the time in which it runs or can be used. `issue` is the issue of the magazine
    it stands in. `link` is where it can be seen, `target` where it leads to. `contact_id` is whom we ask about it;
    None: whoever the contract names.
    """

    __tablename__ = "deliverables"
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    position: Mapped[int]
    part: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(LONGEST_KIND))
    words: Mapped[str] = mapped_column(Text)
    issue: Mapped[str | None] = mapped_column(String(40), default=None)
    quantity: Mapped[int] = mapped_column(default=1)
    percent: Mapped[Decimal | None] = mapped_column(default=None)
    list_price: Mapped[Decimal | None] = mapped_column(default=None)
    worth: Mapped[Decimal | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(String(3))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True, default=None)
    starts_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    ends_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[DeliverableState] = mapped_column(words_of(DeliverableState), default=DeliverableState.PLANNED)
    proof: Mapped[str | None] = mapped_column(Text, default=None)
    link: Mapped[str | None] = mapped_column(Text, default=None)
    target: Mapped[str | None] = mapped_column(Text, default=None)
    is_benefit: Mapped[bool] = mapped_column(default=False)  # the client has to do something to have it
    use: Mapped[Use] = mapped_column(words_of(Use), default=Use.UNUSED)
    used_at: Mapped[datetime | None] = mapped_column(index=True, default=None)

    __table_args__ = (
        UniqueConstraint("contract_id", "position", "part", name="uq_deliverables_contract_id"),
        Index("ix_deliverables_state_due_on", "state", "due_on"),
        Index("ix_deliverables_department_id", "department_id", "state"),
        Index("ix_deliverables_benefits", "is_benefit", "use", "ends_on", "kind"),
    )
    told = tables_in_words.DELIVERABLE
    untold = frozenset({"contract_id", "position", "part", "kind", "words", "used_at"})
    follows = Follows(
        contact="contact_id",
        while_column="state",
        while_one_of=(
            DeliverableState.PLANNED,
            DeliverableState.ORDERED,
            DeliverableState.CLAIMED,
            DeliverableState.DELIVERED,
            DeliverableState.PROBLEM,
        ),
    )

    def title(self, teller: Teller) -> str:
        of = teller.name_of(Contract, self.contract_id)
        return f"{one_line(self.words, _LONGEST_TITLE)} ({of})"


class ContractFile(Kept, Base):
    """A file of a contract, kept by its hash, under the name it came with."""

    __tablename__ = "contract_files"
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey(StoredFile.sha256), index=True)
    filename: Mapped[str] = mapped_column(String(200))

    told = tables_in_words.FILE
    untold = frozenset({"contract_id", "sha256"})

    def title(self, teller: Teller) -> str:
        of = teller.name_of(Contract, self.contract_id)
        name = one_line(self.filename, _LONGEST_TITLE)
        return teller.say(f"file {name} of {of}", f"Datei {name} zu {of}")


class ContractEvent(Kept, Base):
    """One step of a contract's history; steps are added and never changed.

    `since` is the day from which it holds. `amount` is the new value, or what was paid back. `words` are those of the
    mail that said it; "" where a file or a person at the command line did.
    """

    __tablename__ = "contract_events"
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(words_of(EventKind))
    since: Mapped[date]
    amount: Mapped[Decimal | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(String(3))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)

    told = tables_in_words.EVENT
    untold = frozenset({"contract_id", "words", "at"})

    def title(self, teller: Teller) -> str:
        of = teller.name_of(Contract, self.contract_id)
        return teller.say(f"history of {of}", f"Verlauf von {of}")


class Traffic(Kept, Base):
    """What was seen of a banner or a link in a month: `month` is its first day."""

    __tablename__ = "traffic"
    deliverable_id: Mapped[int] = mapped_column(ForeignKey("deliverables.id"))
    month: Mapped[date]
    views: Mapped[int]
    clicks: Mapped[int]

    __table_args__ = (UniqueConstraint("deliverable_id", "month", name="uq_traffic_deliverable_id"),)
    told = tables_in_words.TRAFFIC
    untold = frozenset({"deliverable_id"})

    def title(self, teller: Teller) -> str:
        of = teller.name_of(Deliverable, self.deliverable_id)
        return teller.say(f"figures of {of}", f"Zahlen zu {of}")
