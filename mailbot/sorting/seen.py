"""What is seen in a mail where it is read, before the records are asked: sorting does not look for it a second time."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting.authentication import Verdict
from mailbot.sorting.automatic import MachineSigns, machine_signs
from mailbot.sorting.trust import verdict_on


@dataclass(frozen=True, slots=True)
class Seen:
    """The signs of a machine, and what our server says of the domain in From: None where no sender is named."""

    signs: MachineSigns
    verdict: Verdict | None


def seen_in(message: Message, beforehand: Known) -> Seen:
    """Looks at a mail by what is known before the records are asked. Pure."""
    return Seen(machine_signs(message, beforehand), verdict_on(message, beforehand.desk))
