"""The tables of this duty: the bounces that counted, and what mailboxes said of their owners."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.bounces import tables_in_words
from mailbot.duties.bounces.reports.failure import Outcome, Reason
from mailbot.records.base import Base, Kept, Personal
from mailbot.records.in_words import Teller
from mailbot.records.tables import Contact, words_of


class Bounce(Kept, Base):
    """What a mail system told about one letter of ours and one address. A second report of the same does not count.

    A delay and the failure that follows it are two rows; so are a refusal and the later word that the address is dead.
    `address_id` is None where the address is nobody's on file.
    `hand_over` counts how often the letter had been handed over by then: one that was sent once more may come back
    once more.
    """

    __tablename__ = "bounces"
    __table_args__ = (UniqueConstraint("letter_ref", "address_key", "outcome", "is_dead", "hand_over"),)
    letter_ref: Mapped[str] = mapped_column(String(40))
    address_key: Mapped[str] = mapped_column(String(320), index=True)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"), index=True, default=None)
    outcome: Mapped[Outcome] = mapped_column(words_of(Outcome))
    reason: Mapped[Reason] = mapped_column(words_of(Reason))
    is_dead: Mapped[bool]
    status_code: Mapped[str] = mapped_column(String(16), default="")
    reply_code: Mapped[str] = mapped_column(String(3), default="")
    diagnostic: Mapped[str] = mapped_column(Text, default="")
    detector: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime] = mapped_column(index=True)
    hand_over: Mapped[int] = mapped_column(default=0)

    told = tables_in_words.BOUNCE
    untold = frozenset(
        {
            "letter_ref",
            "address_key",
            "address_id",
            "is_dead",
            "reply_code",
            "diagnostic",
            "detector",
            "seen_at",
            "hand_over",
        }
    )

    personal = Personal(erased=("address_key", "diagnostic"), by_key=("address_key",))

    def title(self, teller: Teller) -> str:
        return teller.say(
            f"letter {self.letter_ref} to {self.address_key}", f"Mail {self.letter_ref} an {self.address_key}"
        )


class Gone(StrEnum):
    """Where somebody is who does not read their mail."""

    AWAY = "away"
    LEFT = "left"


class Whereabouts(Kept, Base):
    """What a contact's mailbox, or a colleague, said: away until a day, or gone for good; and who stands in.

    `since` and `until` are the first and the last day, None where they were not said.
    """

    __tablename__ = "whereabouts"
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    kind: Mapped[Gone] = mapped_column(words_of(Gone))
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    stand_in: Mapped[str] = mapped_column(String(200), default="")
    stand_in_address: Mapped[str] = mapped_column(String(320), default="")
    stand_in_phone: Mapped[str] = mapped_column(String(64), default="")
    words: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]

    told = tables_in_words.WHEREABOUTS
    untold = frozenset({"contact_id", "words", "said_at"})

    personal = Personal(erased=("stand_in", "stand_in_address", "stand_in_phone", "words"), by_contact="contact_id")

    def title(self, teller: Teller) -> str:
        return teller.name_of(Contact, self.contact_id)
