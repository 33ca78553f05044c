"""Who is asked what a bounce says, in which order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mailbot.duties.bounces.reports.detectors.amazon_ses import read_amazon_ses
from mailbot.duties.bounces.reports.detectors.angle_brackets import read_angle_brackets
from mailbot.duties.bounces.reports.detectors.attached_report import read_attached_report
from mailbot.duties.bounces.reports.detectors.delivery_report import read_delivery_report, read_report_in_text
from mailbot.duties.bounces.reports.detectors.elsewhere import read_failed_recipients, read_returned_letter
from mailbot.duties.bounces.reports.detectors.feedback_report import read_feedback_report
from mailbot.duties.bounces.reports.detectors.labelled import read_labelled
from mailbot.duties.bounces.reports.detectors.listed import read_listed
from mailbot.duties.bounces.reports.detectors.mail_systems import is_from_a_mail_system
from mailbot.duties.bounces.reports.detectors.screen_names import read_screen_names
from mailbot.duties.bounces.reports.detectors.sentences import read_beside_a_code, read_in_a_sentence, read_only_address
from mailbot.duties.bounces.reports.detectors.sessions import read_sessions
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.message.model import Message

Detector = Callable[[Message], tuple[Failure, ...]]

# The first that sees anything is believed.
DETECTORS: Final[tuple[Detector, ...]] = (
    # What was made for machines.
    read_delivery_report,
    read_feedback_report,
    read_report_in_text,
    read_amazon_ses,
    read_attached_report,
    # What is written in a known shape, the strictest one first.
    read_angle_brackets,
    read_listed,
    read_sessions,
    read_labelled,
    read_failed_recipients,
    # What any mail system might write.
    read_in_a_sentence,
    read_beside_a_code,
    read_only_address,
    read_returned_letter,
    read_screen_names,
)

# What tells a letter's fate by itself, whoever wrote it. All others read words, and those of people are not for them:
# they need not even look at the mail that is no machine's, which is most.
_BY_WHOMEVER: Final = (read_delivery_report, read_feedback_report, read_amazon_ses)


def failures_in(message: Message) -> tuple[Failure, ...]:
    """What became of a letter, recipient by recipient; empty where the mail is no bounce.

    Pure, linear in the length of the mail, never raises.
    """
    detectors = DETECTORS if is_from_a_mail_system(message) else _BY_WHOMEVER
    for detector in detectors:
        if found := detector(message):
            return found
    return ()
