"""All tables that every duty shares, in one place; a duty's own tables stand in its own folder."""

from __future__ import annotations

from mailbot.records.address_book import (
    Address,
    AddressStatus,
    Client,
    ClientWord,
    Contact,
    Person,
    Role,
    words_of,
)
from mailbot.records.mail_tables import (
    Arrival,
    ArrivalState,
    Change,
    CircumstancesRow,
    DecisionRow,
    LetterRow,
    LetterState,
    Number,
    Pause,
    QuestionRow,
    QuestionState,
    RawMail,
    Run,
    TaskRow,
    TaskState,
    Watermark,
)

__all__ = [
    "Address",
    "AddressStatus",
    "Arrival",
    "ArrivalState",
    "Change",
    "CircumstancesRow",
    "Client",
    "ClientWord",
    "Contact",
    "DecisionRow",
    "LetterRow",
    "LetterState",
    "Number",
    "Pause",
    "Person",
    "QuestionRow",
    "QuestionState",
    "RawMail",
    "Role",
    "Run",
    "TaskRow",
    "TaskState",
    "Watermark",
    "words_of",
]
