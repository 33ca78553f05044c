"""What a person orders at the command line becomes a decision like any other: it can be told, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailbot.config import Level
from mailbot.records.decision import Action, Asked, Decision, Folder, Trace


def decide_by_person(
    kind: str, summary: str, who: str, actions: Sequence[Action], duty: str, ref: str, now: datetime
) -> Decision:
    """The decision to do what was ordered. No level and no rule stands between a person and the records.

    `who` is the name under which the order was given, as far as this machine knows it.
    """
    return Decision(
        ref=ref,
        origin="person",
        decided_at=now,
        kind=kind,
        duty=duty,
        rule="",
        trust="",
        level=Level.ACT.value,
        folder=Folder.LEAVE,
        carried_out=True,
        summary=summary,
        evidence=(),
        trace=Trace(trust="", sorted_by=(Asked(duty, kind, f"{who} ordered it at the command line"),), rules=()),
        actions=tuple(actions),
    )
