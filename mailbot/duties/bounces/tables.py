"""The table of the bounces that counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.bounces import tables_in_words
from mailbot.duties.bounces.failure import Outcome, Reason
from mailbot.records.base import Base, Kept
from mailbot.records.in_words import Teller
from mailbot.records.tables import words_of


class Bounce(Kept, Base):
    """What a mail system told about one letter of ours and one address. A second report of the same does not count.

    A delay and the failure that follows it are two rows. `address_id` is None where the address is nobody's on file.
    `hand_over` counts how often the letter had been handed over by then: one that was sent once more may come back
    once more.
    """

    __tablename__ = "bounces"
    __table_args__ = (UniqueConstraint("letter_ref", "address_key", "outcome", "hand_over"),)
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
    seen_at: Mapped[datetime]
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

    def title(self, teller: Teller) -> str:
        return teller.say(
            f"letter {self.letter_ref} to {self.address_key}", f"Mail {self.letter_ref} an {self.address_key}"
        )
