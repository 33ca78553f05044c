"""The verbs that every rule file may use, whatever its duty: hold, leave, quarantine, say_settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mailbot.config import Level
from mailbot.deciding.late import say_settled
from mailbot.deciding.to_a_person import left_to_a_person
from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.errors import OurBug
from mailbot.records.decision import Folder
from mailbot.records.in_words import Words


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a person is needed, in words for the coordinator; `why_de` are those for one who reads German."""

    why: str = ""
    why_de: str = ""


def _hold(situation: Situation, hold: Hold) -> Plan:
    why = hold.why or situation.finding.why
    reason = Words(why, hold.why_de or why)
    actions = left_to_a_person(
        situation.message, situation.known, situation.sorted, situation.ref, situation.now, reason
    )
    return Plan(f"Held for a person: {why}.", actions, Folder.HELD, acts_from=Level.PROPOSE)


def _leave(situation: Situation, _: NoParameters) -> Plan:
    return Plan(f"Left as it is: {situation.finding.why}.", folder=Folder.LEAVE)


def _quarantine(situation: Situation, _: NoParameters) -> Plan:
    return Plan(f"Put into quarantine: {situation.finding.why}.", folder=Folder.QUARANTINE)


KERNEL_VERBS: Mapping[str, Verb[Any]] = {
    verb.name: verb
    for verb in (
        Verb("hold", Hold, _hold, "leaves the mail to a person: a task, and a letter to the coordinator"),
        Verb("leave", NoParameters, _leave, "does nothing, and leaves the mail where it is"),
        Verb(
            "quarantine",
            NoParameters,
            _quarantine,
            "does nothing, and puts the mail where nobody answers it by mistake",
        ),
        Verb("say_settled", NoParameters, say_settled, "tells a colleague that what the mail answers is settled"),
    )
}


def verbs_of(vocabulary: Vocabulary) -> Mapping[str, Verb[Any]]:
    """Every verb that the rule file of a duty may use: the duty's own, and the kernel's."""
    if shadowed := sorted(KERNEL_VERBS.keys() & vocabulary.verbs.keys()):
        raise OurBug(f"the duty {vocabulary.duty!r} has a verb {shadowed[0]!r} of its own, which every duty has")
    return {**vocabulary.verbs, **KERNEL_VERBS}
