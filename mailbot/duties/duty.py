"""What a duty hands to the kernel. The kernel never names one: it is given a list of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.orm import Session

from mailbot.config import Config
from mailbot.deciding.verbs import Due, Vocabulary
from mailbot.message.model import Clues, Message
from mailbot.message.sealing import Cover
from mailbot.records.client_card import TellingOfClient
from mailbot.records.known import DeskCard, Known
from mailbot.records.month_figures import CountingMonth
from mailbot.sorting.model import Reader, Trust

__all__ = ["Due", "Duty", "Hint", "OwnSettings", "Recall", "Upkeep"]


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """What a duty takes from the settings file, kept with the desk's card as a value of `type`.

    `of` may read a file that the settings name, and raises Faults where that is wrong. The value is frozen and of plain
    values, because it is kept with every decision.
    """

    type: type
    of: Callable[[Config], object]


Hint = Callable[[Message, Known], object | None]


@dataclass(frozen=True, slots=True)
class Recall:
    """What a duty wants to know about a mail beyond the kernel's Known.

    `load` runs a few queries in a session that only reads, and returns a value of `type` (a frozen dataclass of
    plain values, because it is kept with the decision), or None where the mail is nothing to this duty. It is given the
    cover of the mail, on which no word of it stands.

    `hint`, where there is one, looks at the words of the mail for `load`, which finds what it returned among the clues:
    pure, a frozen value of plain ones, or None. It is told what is known beforehand: the desk,
    and who is on its staff. It runs where mails are read, so that no mail can hold up the desk, and only on those whose
    sender our mail server has proven: nobody else's words have the records asked for anything. Where `load` has nothing
    for anybody but a colleague, only colleagues' mails are looked at: `for_colleagues`.
    """

    type: type
    load: Callable[[Session, Cover, Clues, Known], object | None]
    hint: Hint | None = None
    for_colleagues: bool = False


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What a duty does by the clock, once on each local date, from `at` on; where `at` is None, whenever it falls due.

    `at` is an hour in the desk's zone, or asks the settings for it. `recall` reads what is open, in a session that only
    reads; `due` says what is due at that moment (pure). What has no hour names itself (`Due.once`), and is begun once
    under that name on a local date: what must never come again is no longer found by `recall`.
    """

    job: str
    at: time | Callable[[DeskCard], time] | None
    recall: Callable[[Session, Known, datetime], object]
    due: Callable[[object, Known, datetime], tuple[Due, ...]]

    def hour(self, desk: DeskCard) -> time | None:
        """From when on it is done, at this desk; None where it has no hour."""
        return self.at(desk) if callable(self.at) else self.at


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a coordinator. `prefix` begins the references of its decisions ("N" in N-0412).

    `card` tells this duty's part of a client's card. `reads_files_of` is how far a sender has to be believed for
    this duty to read his workbooks and PDF files; None where it reads none.
    """

    name: str
    prefix: str
    is_about: str
    read: Reader
    vocabulary: Vocabulary
    settings: OwnSettings | None = None
    recall: Recall | None = None
    upkeep: tuple[Upkeep, ...] = ()
    card: TellingOfClient | None = None
    month: CountingMonth | None = None
    reads_files_of: Trust | None = None
