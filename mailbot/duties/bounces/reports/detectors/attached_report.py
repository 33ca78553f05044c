"""A bounce inside another mail of a mail system: a gateway on the way wrapped the whole report in a mail of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mailbot.duties.bounces.reports.detectors.delivery_report import read_delivery_report
from mailbot.duties.bounces.reports.detectors.mail_systems import is_from_a_mail_system
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.message.model import Message
from mailbot.message.reading import read

NAME: Final = "delivery report inside another mail"

_MOST_BYTES = 200_000
_MOST_MAILS = 3


def read_attached_report(message: Message) -> tuple[Failure, ...]:
    """What the first attached delivery report says. A person who forwards one is no mail system."""
    if not is_from_a_mail_system(message):
        return ()
    return next(filter(None, map(read_delivery_report, _attached(message))), ())


def _attached(message: Message) -> Iterator[Message]:
    mails = [file for file in message.attachments if file.content_type == "message/rfc822"]
    for file in mails[:_MOST_MAILS]:
        if b"delivery-status" in file.content[:_MOST_BYTES]:
            yield read(file.content[:_MOST_BYTES])
