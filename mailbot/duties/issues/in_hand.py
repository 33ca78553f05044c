"""What a verb has in hand: the facts of the mail it is about, and who speaks in it."""

from __future__ import annotations

from typing import TypeVar

from mailbot.deciding.verbs import Situation
from mailbot.errors import OurBug
from mailbot.records.known import PersonCard

Facts = TypeVar("Facts")


def facts_of(s: Situation, kind: type[Facts]) -> Facts:
    """The facts, which have to be of the kind that the verb is for; OurBug where a rule asks for what does not fit."""
    facts = s.finding.facts
    if not isinstance(facts, kind):
        raise OurBug(
            f"a rule asks for what does not fit: the mail is of kind {s.finding.kind!r}; add when.kind.is to it"
        )
    return facts


def speaker_of(s: Situation) -> PersonCard:
    """The colleague, or the department, who wrote it; OurBug where it was somebody else."""
    if s.known.sender is None or s.known.sender.person is None:
        raise OurBug(f"a colleague's word about an issue, but {sender_of(s)} is none")
    return s.known.sender.person


def sender_of(s: Situation) -> str:
    """The address the mail came from, as it was written."""
    return s.message.sender.address if s.message.sender else ""
