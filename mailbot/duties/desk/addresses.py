"""An address that counts as a colleague's is taken off again: by that colleague, or by who coordinates."""

from __future__ import annotations

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.desk.replies import obeyed, reply
from mailbot.duties.desk.words import NAME
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.message.model import Message
from mailbot.records.decision import Send
from mailbot.records.known import Known
from mailbot.records.staff_addresses import ForgetAddress
from mailbot.sorting.model import Finding, Sorted, Trust
from mailbot.sorting.removals import Removal, removal_in

REMOVE = "remove"


def removal(message: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """The order to take an address off, where its sender may give it; None for every other mail."""
    order = removal_in(message, known)
    sender = known.sender.person if known.sender else None
    if order is None or sender is None:
        return None
    if sender.id != order.person.id and sorted_as.trust.trust < Trust.T4:
        return None
    evidence = message.body.for_people.evidence(order.start, order.end)
    return Finding(NAME, REMOVE, order, (evidence,), f"it takes {order.key} off from {order.person.name}")


def forget_address(situation: Situation, _: NoParameters) -> Plan:
    """Takes the address off, and says so to who ordered it, and to whose it was."""
    order = situation.finding.facts
    if not isinstance(order, Removal):
        raise OurBug("the verb 'forget_address' was asked about a mail that takes no address off")
    facts: dict[str, Plain] = {"address": order.key, "person": order.person.name, "by": None}
    forgetting = ForgetAddress(order.person.id, order.person.name, order.key)
    summary = f"{order.key} no longer counts as {order.person.name}'s."
    return obeyed(summary, forgetting, reply(situation, "address_removed", facts), *_owner(situation, order, facts))


def _owner(situation: Situation, order: Removal, facts: dict[str, Plain]) -> tuple[Send, ...]:
    """The letter to the one whose address it was, where somebody else took it off."""
    by = situation.known.sender.person if situation.known.sender else None
    if by is None or by.id == order.person.id:
        return ()
    told: dict[str, Plain] = {**facts, "by": by.name}
    draft = Draft(order.person.recipient, "desk/address_removed", told, "address-removed", f"{situation.ref} owner")
    return (Send(draft),)
