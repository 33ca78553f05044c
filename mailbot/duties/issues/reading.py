"""What a mail is to the issues duty. Who wrote it decides which way it is read: a machine, a colleague, or a client."""

from __future__ import annotations

from mailbot.duties.issues.voices.clients import read_client
from mailbot.duties.issues.voices.colleagues import read_colleague
from mailbot.duties.issues.voices.machines import read_machine
from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """A new issue, a further mail about one, thanks, a ticket system's reply, or a colleague's word; or none of it."""
    refusal = _nobody_to_believe(message, known, sorted_as)
    if refusal:
        return refusal
    if sorted_as.automatic:
        return read_machine(message, known, sorted_as.automatic)
    if known.sender and known.sender.person:
        return read_colleague(message, known, known.sender, known.sender.person, sorted_as)
    return read_client(message, known, sorted_as)


def _nobody_to_believe(message: Message, known: Known, sorted_as: Sorted) -> NotMine | None:
    if message.sender is None:
        return NotMine("it has no sender")
    if sorted_as.trust.trust is Trust.T0:
        return NotMine(f"nothing in it is believed: {sorted_as.trust.why}")
    if known.desk.is_own(message.sender.key):
        return NotMine("it comes from the desk itself")
    if known.sender is None and message.sender.key.rpartition("@")[2] in known.desk.domains:
        return NotMine("it comes from inside the company, from an address that is not on file")
    return None
