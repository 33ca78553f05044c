"""Who is asked what a bounce says, in which order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mailbot.duties.bounces.delivery_report import read_delivery_report, read_report_in_text
from mailbot.duties.bounces.failure import Failure
from mailbot.duties.bounces.mail_systems import is_from_a_mail_system
from mailbot.duties.bounces.transcripts import (
    read_angled,
    read_beside_a_code,
    read_failed_recipients,
    read_indented,
    read_only_address,
)
from mailbot.message.model import Message

Detector = Callable[[Message], tuple[Failure, ...]]

# The first that sees anything is believed: what was made for machines, then what is written in a known shape, then
# what any mail system might write.
DETECTORS: Final[tuple[Detector, ...]] = (
    read_delivery_report,
    read_report_in_text,
    read_angled,
    read_indented,
    read_beside_a_code,
    read_failed_recipients,
    read_only_address,
)


def failures_in(message: Message) -> tuple[Failure, ...]:
    """What became of a letter, recipient by recipient; empty where the mail is no bounce.

    Only what a mail system wrote is read: an address with an error beside it stands in many letters. Pure, linear in
    the length of the mail, never raises.
    """
    if not is_from_a_mail_system(message):
        return ()
    for detector in DETECTORS:
        if found := detector(message):
            return found
    return ()
