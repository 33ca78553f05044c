"""A mail as it lies in the desk's own process: its cover outside, and its words sealed in.

Mails are read and judged in worker processes, and the desk's own process asks the records in between. What that must
know of a mail stands on the cover; the rest it hands on as it came, so that no mail can hold it up, or bring it to look
at its words. A worker seals, and a worker opens.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

from mailbot.errors import OurBug
from mailbot.message import model
from mailbot.message.model import Message
from mailbot.papers import values as papers
from mailbot.workbooks import values as workbooks


@dataclass(frozen=True, slots=True)
class Cover:
    """What may be known of a mail without reading it: no word of it.

    `sender_key` is the key of the From address; None where the mail has no identity. `has_files`: workbooks or PDF
    files have come with it.
    """

    message_id: str | None
    content_hash: str
    sender_key: str | None
    date: datetime | None
    has_files: bool


@dataclass(frozen=True, slots=True)
class SealedMail:
    """A mail with its words sealed in `content`. `subject` is kept with its arrival, and nothing is asked with it."""

    cover: Cover
    subject: str
    content: bytes = field(repr=False)


def seal(message: Message) -> SealedMail:
    """The mail as others may carry it."""
    cover = Cover(
        message_id=message.message_id,
        content_hash=message.content_hash,
        sender_key=message.sender.key if message.sender else None,
        date=message.date,
        has_files=bool(message.workbooks or message.papers),
    )
    return SealedMail(cover, message.subject, pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def unseal(mail: SealedMail) -> Message:
    """The mail as it was sealed. OurBug where anything but a mail is in there."""
    message = _Unsealing(io.BytesIO(mail.content)).load()
    if not isinstance(message, Message):
        raise OurBug(f"a sealed mail holds a {type(message).__name__}")
    return message


class _Unsealing(pickle.Unpickler):
    """Makes the values that a mail consists of, and nothing else, whatever the bytes ask for."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        kind = _OF_A_MAIL.get((module_name, global_name))
        if kind is None:
            raise OurBug(f"a sealed mail asks for {module_name}.{global_name}, and no mail consists of that")
        return kind


_MODULES: Final = (model, papers, workbooks)
_KINDS: Final = [
    *(
        kind
        for module in _MODULES
        for kind in vars(module).values()
        if getattr(kind, "__module__", "") == module.__name__
    ),
    *(date, datetime, timedelta, timezone, Decimal),
]
_OF_A_MAIL: Final = {(kind.__module__, kind.__qualname__): kind for kind in _KINDS if isinstance(kind, type)}

for _reason in (papers.Unread, workbooks.Unopened):  # some versions of Python would have `getattr` look for its name
    copyreg.pickle(_reason, lambda reason: (type(reason), (reason.value,)))
