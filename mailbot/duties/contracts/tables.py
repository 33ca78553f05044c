"""The tables of this duty: contracts, and changes of them, that were read and wait for somebody's OK."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.contracts import tables_in_words
from mailbot.records.base import Base, Kept
from mailbot.records.contracts.tables import Contract, EventKind
from mailbot.records.in_words import Teller
from mailbot.records.tables import words_of


class DraftState(StrEnum):
    """Whether a reading still waits."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class ContractDraft(Kept, Base):
    """A contract as it was read, until a colleague says that it is right. `ref` will be its number.

    `asked_id` is who is asked: the owner of the client; `sent_by_id` who sent it. `reading` is what would hold, as
    plain values, and `in_file` what an enclosed file says; `files` are the hashes and names of those that are kept.
    `follows_id` is the contract that it renews.
    """

    __tablename__ = "contract_drafts"
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True, default=None)
    asked_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signed_on: Mapped[date]
    reading: Mapped[dict[str, Any]] = mapped_column(JSON)
    in_file: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    files: Mapped[list[Any]] = mapped_column(JSON)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey(Contract.id), index=True, default=None)
    state: Mapped[DraftState] = mapped_column(words_of(DraftState), default=DraftState.WAITING)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)

    told = tables_in_words.DRAFT
    untold = frozenset({"ref", "sent_by_id", "reading", "in_file", "files", "arrival_id"})

    def title(self, teller: Teller) -> str:
        return teller.say(f"contract {self.ref}, as it was read", f"Vertrag {self.ref}, wie er gelesen wurde")


class ContractChange(Kept, Base):
    """A change of a contract as it was read, until somebody says that it is right.

    `contract_ids` are those it may be about, one where that is known; `words` are those of the mail and `file_text`
    those of its file, to be read against the contract that is chosen; `reading` and `in_file` are what was read then.
    """

    __tablename__ = "contract_changes"
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[EventKind] = mapped_column(words_of(EventKind))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey(Contract.id), index=True, default=None)
    contract_ids: Mapped[list[Any]] = mapped_column(JSON)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    file_text: Mapped[str] = mapped_column(Text, default="")
    reading: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    in_file: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    files: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[DraftState] = mapped_column(words_of(DraftState), default=DraftState.WAITING)
    arrival_id: Mapped[int | None] = mapped_column(ForeignKey("arrivals.id"), default=None)

    told = tables_in_words.CHANGE
    untold = frozenset(
        {"ref", "contract_ids", "sent_by_id", "words", "file_text", "reading", "in_file", "files", "arrival_id"}
    )

    def title(self, teller: Teller) -> str:
        return teller.say(f"change {self.ref} of a contract", f"Vertragsänderung {self.ref}")
