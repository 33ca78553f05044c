"""What there is to know of a contract that ends, or renews by itself unless somebody gives notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mailbot.message.model import Evidence

NAME: Final = "renewals"
ANSWER, UNCLEAR = "answer", "unclear"  # the kinds of mails that this duty reads
ASKED: Final = "renewals-asked"  # the purpose of the letters that ask it, and of those that only tell
OVER: Final = "renewals-ended"  # the purpose of those that tell of its end


def asked_about(ref: str, decide_by: date) -> str:
    """What such a letter is about: one contract and one day. Its period is the step, in days before."""
    return f"{ref} {decide_by.isoformat()}"


class Standing(StrEnum):
    """How it stands with the renewal of a contract, by the word of who looks after it."""

    RENEW = "renew"  # they will go on
    TALKING = "talking"
    LOST = "lost"


class Risk(StrEnum):
    """Why a contract may not go on, as far as the records say it."""

    LOST = "lost"  # its rep says so
    TALKING = "talking"  # its rep says that it is not decided
    SILENT = "silent"  # its rep was asked, and has not answered
    ANGRY = "angry"  # automatic letters to the client are paused
    UNREACHED = "unreached"  # no address of the client works
    UNUSED = "unused"  # something that the client has paid for was never used


@dataclass(frozen=True, slots=True)
class Renewal:
    """A contract that has to be decided on by `decide_by`: the last day to give notice where it renews by
    itself, its last day where it does not.

    `asked` are the steps, in days before, at which its rep was asked about that day; `asked_on` is the last time;
    `question_id` the question that is still open. `said` is the rep's last word, `because` what stood beside it.
    """

    contract_id: int
    ref: str
    client_id: int
    client: str
    rep_id: int | None
    decide_by: date
    ends_on: date
    renews: bool
    value: Decimal | None
    currency: str
    asked: frozenset[int] = frozenset()
    asked_on: date | None = None
    question_id: int | None = None
    said: Standing | None = None
    because: str = ""
    unused: tuple[str, ...] = ()  # the benefits that nobody has used yet
    is_paused: bool = False
    is_unreached: bool = False
    has_ended: bool = False  # by the clock; a word about it still counts

    @property
    def risks(self) -> tuple[Risk, ...]:
        """Why it may not go on, the plainest reason first; none where the rep says that it will."""
        if self.said is Standing.RENEW:
            return ()
        signs = {
            Risk.LOST: self.said is Standing.LOST,
            Risk.TALKING: self.said is Standing.TALKING,
            Risk.SILENT: self.said is None and self.question_id is not None,
            Risk.ANGRY: self.is_paused,
            Risk.UNREACHED: self.is_unreached,
            Risk.UNUSED: bool(self.unused),
        }
        return tuple(risk for risk, shows in signs.items() if shows)


@dataclass(frozen=True, slots=True)
class Answer:
    """RENEW, TALKING or LOST, and what was said besides."""

    question_id: int
    contract_id: int
    said: Standing
    besides: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class RenewalsKnown:
    """The contracts that the open questions to the sender are about, as they stand now, by the question."""

    asked: tuple[tuple[int, Renewal], ...] = ()

    def about(self, question_id: int) -> Renewal | None:
        """The contract that a question is about; None where nothing can become of it."""
        return dict(self.asked).get(question_id)
