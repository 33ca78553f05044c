"""How the desk replies to a colleague: what was ordered is done at every level, and said in one letter."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.config import Level
from mailbot.deciding.verbs import Plan, Situation
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Send


def obeyed(summary: str, *actions: Action) -> Plan:
    """What a colleague has ordered is done at every level."""
    return Plan(summary, actions, acts_from=Level.WATCH)


def reply(situation: Situation, template: str, facts: Mapping[str, Plain]) -> Send:
    """A letter to the colleague who gave the order, at the address on record."""
    sender = situation.known.sender
    if sender is None or sender.person is None:
        raise OurBug("an order was taken from somebody who is no colleague")
    return Send(
        Draft(
            to=sender.person.recipient,
            template=f"desk/{template}",
            facts=facts,
            purpose=template,
            object=situation.ref,
            answers=situation.thread,
        )
    )
