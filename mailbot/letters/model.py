"""What the desk says: a draft is what a duty wants said, a letter is what lies ready to be posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["en", "de"]

# What a template may be given: values that cannot do anything.
Plain = None | bool | int | str | Decimal | date | datetime | tuple["Plain", ...] | Mapping[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """The one person a letter goes to."""

    address: str
    name: str
    language: Language


@dataclass(frozen=True, slots=True)
class Thread:
    """The mail that a letter answers; its headers are written into ours, so they are cleaned when they are.

    `subject` is that of the thread, without what letters of ours have put behind it.
    """

    subject: str
    message_id: str | None
    references: tuple[str, ...] = ()


class LetterKind(StrEnum):
    """What a letter to a client is, so that one kind of it can be stopped and the others still come."""

    REMINDER = "reminder"  # of a benefit that is unused, and how satisfied somebody is
    MAILING = "mailing"
    CONTRACT = "contract"
    INVOICE = "invoice"
    ISSUE = "issue"
    PROOF = "proof"  # of an advertisement, to be approved

    @property
    def outlives_stop(self) -> bool:
        """Whether it still goes to somebody who wants no more automatic letters: what a client has to have."""
        return self not in (LetterKind.REMINDER, LetterKind.MAILING)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter; `is_shown`: a picture that the HTML part shows, under this name.

    `name` is one that the desk has made up, and never anything that somebody wrote.
    """

    name: str  # "week-44.xlsx"
    media_type: str
    content: bytes = field(repr=False)
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a duty wants said, before it has a number.

    `template` is a name below templates/en and templates/de ("sales/booked"). The letter is written once for each
    (purpose, object, period): a second draft with the same three is the same letter and is not sent again.
    `acknowledgement` marks answers to people outside the company that the brakes count; `offers_stop` those letters
    that one word stops, which only a client can have. Before `not_before` the letter is not sent. `kind` is None for
    what no client stops by its kind.
    """

    to: Recipient
    template: str
    facts: Mapping[str, Plain]
    purpose: str
    object: str
    period: str = ""
    answers: Thread | None = None
    acknowledgement: bool = False
    about_client: int | None = None
    offers_stop: bool = False
    not_before: datetime | None = None
    enclosures: tuple[Enclosure, ...] = ()
    kind: LetterKind | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, and with which number: all that `compose` needs besides the draft.

    `key` is derived from the secret of the desk for this one decision, so that whoever composes its letters can sign
    those and no others.
    """

    company: str
    desk: str  # display name
    address: str
    ref: str  # of the decision: "N-0412"
    key: bytes = field(repr=False)
    now: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that lies ready: its bytes and its Message-ID are final before the first try to send it."""

    ref: str  # "N-0412", the second one of a decision "N-0412.2"
    recipient: str
    envelope_sender: str
    message_id: str
    subject: str
    text: str
    content: bytes
    purpose: str
    object: str
    period: str
    acknowledgement: bool
    about_client: int | None
    kind: LetterKind | None = None
