"""What the reminders duty does to the records: frozen actions of a closed set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select

from mailbot.duties.reminders.settings import NAME
from mailbot.duties.reminders.tables import (
    BenefitAnswer,
    CheckIn,
    ClientWord,
    Meeting,
    MeetingState,
    Reminder,
    Rung,
    Said,
    WordKind,
)
from mailbot.errors import TryAgain
from mailbot.letters.cleaning import clean, one_line
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import QuestionRow, QuestionState

_LONGEST_WORDS = 2_000
_LONGEST_LINE = 80


@dataclass(frozen=True, slots=True)
class ReachRung(Action):
    """A benefit has come to a rung of its ladder. It comes to each of them once."""

    name: ClassVar[str] = "reminders.reach_rung"
    deliverable_id: int
    client_id: int
    contact_id: int | None
    what: str
    rung: Rung
    on: date

    def carry_out(self, pen: Pen) -> None:
        same = select(Reminder.id).where(
            Reminder.deliverable_id == self.deliverable_id, Reminder.rung == self.rung, Reminder.undone_by.is_(None)
        )
        if pen.session.scalar(same) is not None:
            raise TryAgain(f"{self.what} came to the rung {self.rung.value!r} meanwhile")
        pen.insert(
            Reminder(
                deliverable_id=self.deliverable_id,
                client_id=self.client_id,
                contact_id=self.contact_id,
                rung=self.rung,
                reached_on=self.on,
            )
        )

    def __str__(self) -> str:
        return f"{self.what}: {self.rung.value} of its ladder"

    def in_german(self) -> str:
        return f"{self.what}: {_RUNGS_IN_GERMAN[self.rung]}"


_RUNGS_IN_GERMAN = {
    Rung.FIRST: "erste Erinnerung",
    Rung.SECOND: "zweite Erinnerung",
    Rung.LAST: "letzte Erinnerung",
    Rung.CALL: "Anruf durch die Betreuung",
    Rung.LAPSED: "verfallen",
}


@dataclass(frozen=True, slots=True)
class KeepAnswer(Action):
    """What a client answered about a benefit is kept."""

    name: ClassVar[str] = "reminders.keep_answer"
    deliverable_id: int
    client_id: int
    contact_id: int
    what: str
    said: Said
    ends_letters: bool
    words: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            BenefitAnswer(
                deliverable_id=self.deliverable_id,
                client_id=self.client_id,
                contact_id=self.contact_id,
                said=self.said,
                ends_letters=self.ends_letters,
                words=clean(self.words, _LONGEST_WORDS),
                at=pen.now,
            )
        )

    def __str__(self) -> str:
        return f"{self.what}: the client says {self.said.value.upper()}"

    def in_german(self) -> str:
        words = {Said.YES: "wird genutzt", Said.NO: "nicht genutzt", Said.HELP: "braucht Hilfe"}
        return f"{self.what}: {words[self.said]}, sagt der Kunde"


@dataclass(frozen=True, slots=True)
class CloseQuestions(Action):
    """All questions about these benefits have their answer, those in earlier letters too."""

    name: ClassVar[str] = "reminders.close_questions"
    address_key: str
    kind: str
    about: str  # the key of the question's context that names them
    ids: tuple[int, ...]

    def carry_out(self, pen: Pen) -> None:
        asked = select(QuestionRow).where(
            QuestionRow.duty == NAME,
            QuestionRow.kind == self.kind,
            QuestionRow.asked_key == self.address_key,
            QuestionRow.state == QuestionState.OPEN,
            QuestionRow.undone_by.is_(None),
        )
        for question in pen.session.scalars(asked.with_for_update()).all():
            named = question.context.get(self.about)
            if isinstance(named, list) and set(named) <= set(self.ids):
                pen.update(question, state=QuestionState.ANSWERED)

    def __str__(self) -> str:
        return "close what was asked about it before"

    def in_german(self) -> str:
        return "frühere Fragen dazu schließen"


@dataclass(frozen=True, slots=True)
class KeepWords(Action):
    """What a client said, or what came of a call, is kept with the contract."""

    name: ClassVar[str] = "reminders.keep_words"
    client_id: int
    contract_id: int | None
    contact_id: int | None
    kind: WordKind
    words: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            ClientWord(
                client_id=self.client_id,
                contract_id=self.contract_id,
                contact_id=self.contact_id,
                kind=self.kind,
                words=clean(self.words, _LONGEST_WORDS),
                at=pen.now,
            )
        )

    def __str__(self) -> str:
        return f'note: "{one_line(self.words, _LONGEST_LINE)}"'

    def in_german(self) -> str:
        return f"notieren: „{one_line(self.words, _LONGEST_LINE)}“"


@dataclass(frozen=True, slots=True)
class AskHowItGoes(Action):
    """A client is asked how satisfied they are with a contract; once for each time that this falls due."""

    name: ClassVar[str] = "reminders.ask_how_it_goes"
    contract_id: int
    contract: str
    client_id: int
    contact_id: int
    number: int
    on: date

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            CheckIn(
                contract_id=self.contract_id,
                client_id=self.client_id,
                contact_id=self.contact_id,
                number=self.number,
                asked_on=self.on,
            )
        )

    def __str__(self) -> str:
        return f"ask how satisfied the client of {self.contract} is, for the {self.number}. time"

    def in_german(self) -> str:
        return f"nach der Zufriedenheit mit {self.contract} fragen, zum {self.number}. Mal"


@dataclass(frozen=True, slots=True)
class KeepScore(Action):
    """How satisfied a client is, with the sentence that says so. A later answer takes the place of an earlier one."""

    name: ClassVar[str] = "reminders.keep_score"
    contract_id: int
    number: int
    score: int
    words: str

    def carry_out(self, pen: Pen) -> None:
        found = select(CheckIn).where(
            CheckIn.contract_id == self.contract_id, CheckIn.number == self.number, CheckIn.undone_by.is_(None)
        )
        check_in = pen.session.scalar(found.with_for_update())
        if check_in is None:
            raise TryAgain("the question how it goes was taken back meanwhile; the answer will be decided anew")
        pen.update(check_in, score=self.score, words=clean(self.words, _LONGEST_WORDS), answered_at=pen.now)

    def __str__(self) -> str:
        return f'{self.score} of 10: "{one_line(self.words, _LONGEST_LINE)}"'

    def in_german(self) -> str:
        return f"{self.score} von 10: „{one_line(self.words, _LONGEST_LINE)}“"


@dataclass(frozen=True, slots=True)
class WishForTalk(Action):
    """A client wants to talk; the times lie with the rep."""

    name: ClassVar[str] = "reminders.wish_for_talk"
    client_id: int
    contract_id: int | None
    contact_id: int
    contact: str
    rep_id: int
    uid: str
    words: str

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            Meeting(
                client_id=self.client_id,
                contract_id=self.contract_id,
                contact_id=self.contact_id,
                rep_id=self.rep_id,
                uid=self.uid,
                words=clean(self.words, _LONGEST_WORDS),
            )
        )

    def __str__(self) -> str:
        return f'{self.contact} wants to talk: "{one_line(self.words, _LONGEST_LINE)}"'

    def in_german(self) -> str:
        return f"{self.contact} möchte sprechen: „{one_line(self.words, _LONGEST_LINE)}“"


@dataclass(frozen=True, slots=True)
class AgreeOnTalk(Action):
    """The rep has chosen when to talk. One that has its time already is decided anew."""

    name: ClassVar[str] = "reminders.agree_on_talk"
    uid: str
    contact: str
    starts_at: datetime
    ends_at: datetime

    def carry_out(self, pen: Pen) -> None:
        meeting = pen.session.scalar(
            select(Meeting).where(Meeting.uid == self.uid, Meeting.undone_by.is_(None)).with_for_update()
        )
        if meeting is None or meeting.state is not MeetingState.ASKED:
            raise TryAgain(f"the talk with {self.contact} has its time already, or was taken back meanwhile")
        pen.update(meeting, state=MeetingState.AGREED, starts_at=self.starts_at, ends_at=self.ends_at)

    def __str__(self) -> str:
        return f"talk with {self.contact} at {self.starts_at:%d %b %Y %H:%M}"

    def in_german(self) -> str:
        return f"Gespräch mit {self.contact} am {self.starts_at:%d.%m.%Y um %H:%M}"
