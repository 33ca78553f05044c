"""The table of renewals: how it stood with a contract, by the word of who looks after it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.renewals import tables_in_words
from mailbot.duties.renewals.facts import Standing
from mailbot.records.base import Base, Kept
from mailbot.records.contracts.tables import Contract
from mailbot.records.in_words import Teller
from mailbot.records.tables import words_of


class RenewalWord(Kept, Base):
    """One word about a contract: `decide_by` is the day it was about, `because` what stood beside it. The last one
    holds."""

    __tablename__ = "renewal_words"
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decide_by: Mapped[date]
    said: Mapped[Standing] = mapped_column(words_of(Standing))
    said_on: Mapped[date]
    because: Mapped[str] = mapped_column(Text, default="")

    told = tables_in_words.WORD
    untold = frozenset({"contract_id", "decide_by", "said_on"})

    def title(self, teller: Teller) -> str:
        of = teller.name_of(Contract, self.contract_id)
        return teller.say(f"renewal of {of}", f"Verlängerung von {of}")
