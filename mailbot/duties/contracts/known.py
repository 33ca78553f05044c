"""What the records say about a mail of contracts, frozen."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.duties.contracts.changes.facts import ChangeCard, Meant
from mailbot.duties.contracts.facts import DraftCard, NamedClient
from mailbot.records.contracts.cards import ContractCard


@dataclass(frozen=True, slots=True)
class ContractsKnown:
    """The clients that a mail of a signed contract names; the drafts and the changes that questions to its sender are
    about, and the running contracts that those of renewals are about, each with the number of its question; and the
    contracts that may be meant where it says that one changes."""

    clients: tuple[NamedClient, ...] = ()
    drafts: tuple[tuple[int, DraftCard], ...] = ()
    changes: tuple[tuple[int, ChangeCard], ...] = ()
    asked: tuple[tuple[int, ContractCard], ...] = ()
    meant: Meant | None = None
