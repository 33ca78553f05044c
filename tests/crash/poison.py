"""A duty that breaks over a mail whose subject says how: what a bug of ours, met by a hostile mail, would do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from mailbot.config import SHIPPED
from mailbot.deciding.verbs import Plan, Situation, Verb, Vocabulary
from mailbot.duties.duty import Duty, Recall
from mailbot.message.model import Clues, Message
from mailbot.message.sealing import Cover
from mailbot.records.decision import Action
from mailbot.records.known import Known
from mailbot.records.pen import Pen
from mailbot.sorting.model import Finding, NotMine, Sorted

HANG = "poison: hang"
DIE = "poison: die"
EAT = "poison: eat memory"
UNWRITABLE = "poison: cannot be written"
REFUSED_BY_DATABASE = "poison: the database refuses it"
EAR = "EAR_OF_THE_TEST"  # names a pipe that is told when a worker hangs
UNKNOWABLE = "poison: cannot be recalled"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the mail wants to break."""

    subject: str


@dataclass(frozen=True, slots=True)
class Burst(Action):
    """Fails while it is written."""

    name: ClassVar[str] = "poison.burst"
    subject: str

    def carry_out(self, pen: Pen) -> None:
        if self.subject == REFUSED_BY_DATABASE:
            pen.session.execute(text("SELECT no_such_column FROM arrivals"))
        raise ZeroDivisionError("this action cannot be carried out")

    def __str__(self) -> str:
        return "burst"


@dataclass(frozen=True, slots=True)
class Nothing:
    """The verb takes no parameters."""


def _read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    match message.subject:
        case "poison: hang":
            if ear := os.environ.get(EAR):
                Path(ear).write_text("hanging")
            while True:
                pass
        case "poison: die":
            os._exit(3)
        case "poison: eat memory":
            return Finding("poison", "poison", Facts("x" * 2_000_000_000), (), "never comes so far")
        case "poison: cannot be written" | "poison: the database refuses it":
            return Finding("poison", "poison", Facts(message.subject), (), "it says so")
        case _:
            return NotMine("it is not poisoned")


def _hint(message: Message, beforehand: Known) -> Facts | None:
    return Facts(message.subject) if message.subject == UNKNOWABLE else None


def _recall(session: Session, cover: Cover, clues: Clues, known: Known) -> object | None:
    if "poison" in clues.hints:
        raise LookupError("what is known about this mail cannot be loaded")
    return None


def _burst(situation: Situation, _: Nothing) -> Plan:
    return Plan("It bursts.", (Burst(situation.message.subject),))


def _values(situation: Situation) -> Mapping[str, object]:
    return {}


DUTY = Duty(
    name="poison",
    prefix="X",
    is_about="Breaking.",
    read=_read,
    vocabulary=Vocabulary("poison", ("poison",), {}, _values, {"burst": Verb("burst", Nothing, _burst, "bursts")}),
    recall=Recall(Facts, _recall, _hint),
)


def rules(folder: Path) -> Path:
    """The rules that come with the program, and one file for this duty."""
    shutil.copytree(SHIPPED / "rules", folder)
    (folder / "poison.toml").write_text('[[rule]]\nname = "burst"\ndo.burst = {}\nthen = "stop"\n', encoding="utf-8")
    return folder
