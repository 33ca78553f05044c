"""What a decision is about and the course that is taken: what the steps of deciding hand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.config import Level
from mailbot.deciding.orders import StandingOrders
from mailbot.message.model import Evidence, Message
from mailbot.records.decision import Action, Asked, Decision, Folder, Origin, RuleAsked, Trace
from mailbot.records.known import Known
from mailbot.sorting.model import Sorted


@dataclass(frozen=True, slots=True)
class Matter:
    """All that is settled about a decision before it is known what is to be done.

    What fell due by the clock has no mail: `message` and `sorted` are None.
    """

    origin: Origin
    ref: str
    kind: str
    duty: str
    known: Known
    orders: StandingOrders
    now: datetime
    message: Message | None = None
    sorted: Sorted | None = None
    rule: str = ""
    evidence: tuple[Evidence, ...] = ()
    asked: tuple[Asked, ...] = ()
    rules: tuple[RuleAsked, ...] = ()
    job: str | None = None

    @property
    def sender_key(self) -> str | None:
        """The address key of the one who wrote the mail, where there is exactly one."""
        return self.message.sender.key if self.message and self.message.sender else None

    def decision(self, course: Course) -> Decision:
        """The decision to take this course."""
        trust = self.sorted.trust if self.sorted else None
        return Decision(
            ref=self.ref,
            origin=self.origin,
            decided_at=self.now,
            kind=self.kind,
            duty=self.duty,
            rule=self.rule,
            trust=trust.trust.name if trust else "",
            level=course.level.value,
            folder=course.folder if self.message else Folder.LEAVE,
            carried_out=course.is_carried_out,
            summary=course.summary,
            evidence=self.evidence,
            trace=Trace(
                trust=f"{trust.trust.name}{', forged' if trust.forged else ''}: {trust.why}" if trust else "",
                sorted_by=self.asked,
                rules=self.rules,
                notes=(*self._said_of_sender(), *course.notes),
                proof=trust.proof if trust else "",
            ),
            actions=course.actions,
            planned=course.planned,
            job=self.job,
        )

    def _said_of_sender(self) -> tuple[str, ...]:
        """What an automatic reply says of its sender, in words: away, or gone."""
        automatic = self.sorted.automatic if self.sorted else None
        return tuple(str(said) for said in (automatic.absence, automatic.departure) if said) if automatic else ()


@dataclass(frozen=True, slots=True)
class Course:
    """What is to be done: `actions` now, `planned` only after a person's word, and the folder the mail goes to.

    `unfiled` is the folder it would go to if the level did not keep it where it is.
    """

    summary: str
    actions: tuple[Action, ...] = ()
    planned: tuple[Action, ...] = ()
    folder: Folder = Folder.DONE
    level: Level = Level.ACT
    notes: tuple[str, ...] = ()
    unfiled: Folder = Folder.LEAVE

    @property
    def is_carried_out(self) -> bool:
        """Whether nothing is held back by a level."""
        return not self.planned and self.unfiled is Folder.LEAVE


def gravest(*folders: Folder) -> Folder:
    """The folder that wins where several are wanted; LEAVE yields to every other."""
    return max(folders, key=_GRAVITY.__getitem__, default=Folder.HELD)


_GRAVITY = {folder: gravity for gravity, folder in enumerate(Folder)}
