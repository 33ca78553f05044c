"""What came: bytes in, a frozen Message out. Pure: no I/O, no clock, and no exception on any input.

`read` reads a mail, `clues` lists what it mentions, `forwarded` is the mail passed on in it; everything else
here serves these.
"""

from mailbot.message.addresses import address_key, parse_mailboxes
from mailbot.message.clues import clues
from mailbot.message.forwards import Forward, forwarded
from mailbot.message.limits import Limits
from mailbot.message.model import (
    Attachment,
    Body,
    Clues,
    Defect,
    Evidence,
    Header,
    Mailbox,
    Message,
    Passage,
    Place,
    Report,
    Table,
    Words,
)
from mailbot.message.reading import read

__all__ = [
    "Attachment",
    "Body",
    "Clues",
    "Defect",
    "Evidence",
    "Forward",
    "Header",
    "Limits",
    "Mailbox",
    "Message",
    "Passage",
    "Place",
    "Report",
    "Table",
    "Words",
    "address_key",
    "clues",
    "forwarded",
    "parse_mailboxes",
    "read",
]
