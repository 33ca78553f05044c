"""The tables of reminders: which rung of its ladder a benefit has reached, what clients answered and said, how
satisfied they are, and the talks that were agreed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailbot.duties.reminders import tables_in_words
from mailbot.letters.cleaning import one_line
from mailbot.records.base import Base, Follows, Kept, Personal
from mailbot.records.contracts.tables import Contract, Deliverable
from mailbot.records.in_words import Teller
from mailbot.records.tables import words_of

_LONGEST_TITLE = 60


class Rung(StrEnum):
    """A step of the ladder of a benefit, the lowest first."""

    FIRST = "first"
    SECOND = "second"
    LAST = "last"
    CALL = "call"  # its owner is to call
    LAPSED = "lapsed"


class Said(StrEnum):
    """What a client answers to a reminder."""

    YES = "yes"
    NO = "no"
    HELP = "help"


class WordKind(StrEnum):
    """What a client said, or what came of a call."""

    REMARK = "remark"  # beside an answer
    PRAISE = "praise"
    PRICE = "price"  # asks what something would cost
    CALL = "call"


class MeetingState(StrEnum):
    """Whether a talk is going to be."""

    ASKED = "asked"  # its times lie with the rep
    AGREED = "agreed"


class Reminder(Kept, Base):
    """A rung of the ladder that a benefit has reached, and when; `contact_id` is who was written to."""

    __tablename__ = "reminders"
    deliverable_id: Mapped[int] = mapped_column(ForeignKey("deliverables.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), default=None)
    rung: Mapped[Rung] = mapped_column(words_of(Rung))
    reached_on: Mapped[date] = mapped_column(index=True)

    told = tables_in_words.REMINDER
    untold = frozenset({"deliverable_id", "client_id"})

    def title(self, teller: Teller) -> str:
        of = teller.name_of(Deliverable, self.deliverable_id)
        return teller.say(f"reminder of {of}", f"Erinnerung an {of}")


class BenefitAnswer(Kept, Base):
    """What a client answered about a benefit. `ends_letters`: no further reminder of it goes out."""

    __tablename__ = "benefit_answers"
    deliverable_id: Mapped[int] = mapped_column(ForeignKey("deliverables.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    said: Mapped[Said] = mapped_column(words_of(Said))
    ends_letters: Mapped[bool]
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)

    told = tables_in_words.ANSWER
    untold = frozenset({"deliverable_id", "client_id", "ends_letters", "at"})
    personal = Personal(erased=("words",), by_contact="contact_id")

    def title(self, teller: Teller) -> str:
        of = teller.name_of(Deliverable, self.deliverable_id)
        return teller.say(f"answer about {of}", f"Antwort zu {of}")


class CheckIn(Kept, Base):
    """One time a client was asked how satisfied they are, from 0 to 10. `score` is None until they say so; `words` are
    the sentence in which they did."""

    __tablename__ = "check_ins"
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    number: Mapped[int]  # of those of the contract, from 1
    asked_on: Mapped[date]
    score: Mapped[int | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(index=True, default=None)

    told = tables_in_words.CHECK_IN
    untold = frozenset({"contract_id", "client_id", "number", "answered_at"})
    personal = Personal(erased=("words",), by_contact="contact_id")

    def title(self, teller: Teller) -> str:
        of = teller.name_of(Contract, self.contract_id)
        return teller.say(f"question {self.number} about {of}", f"Nachfrage {self.number} zu {of}")


class ClientWord(Kept, Base):
    """What a client said that is no answer and no issue: praise, a wish, a question about a price; or what came of a
    call. `contract_id` is None where it belongs to none."""

    __tablename__ = "client_words"
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"), index=True, default=None)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), default=None)
    kind: Mapped[WordKind] = mapped_column(words_of(WordKind))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)

    told = tables_in_words.WORD
    untold = frozenset({"client_id", "at"})
    personal = Personal(erased=("words",), by_contact="contact_id")

    def title(self, teller: Teller) -> str:
        said = one_line(self.words, _LONGEST_TITLE)
        return teller.say(f'note "{said}"', f"Notiz „{said}“")


class Meeting(Kept, Base):
    """A talk that a client wished for. `starts_at` is None until the rep has chosen a time; `uid` names it in
    calendars (RFC 5545 section 3.8.4.7)."""

    __tablename__ = "meetings"
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"), default=None)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    rep_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[MeetingState] = mapped_column(words_of(MeetingState), default=MeetingState.ASKED)
    starts_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    words: Mapped[str] = mapped_column(Text)

    told = tables_in_words.MEETING
    untold = frozenset({"contract_id", "contact_id", "ends_at", "uid"})
    follows = Follows(contact="contact_id", while_column="state", while_one_of=(MeetingState.ASKED,))
    personal = Personal(erased=("words",), by_contact="contact_id")

    def title(self, teller: Teller) -> str:
        return teller.say("talk", "Gespräch")
