"""What the words of a mail have this duty look up: read where mails are read, before the records are asked. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.duties.bounces.dead_ends.phrases import LONGEST_TEXT, may_be_said_in
from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.records.names import name_words


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is said where clients may no longer be reached: `text` casefolded, and its words as names are
    compared."""

    text: str
    words: tuple[str, ...]


def hint(message: Message, _beforehand: Known) -> Heard | None:
    """What a colleague says of contacts; None in most mails. Linear in the length of the mail."""
    if not may_be_said_in(message):
        return None
    text = _all_words(message)
    return Heard(text.casefold(), tuple(dict.fromkeys(name_words(text))))


def _all_words(message: Message) -> str:
    """The words of a mail, with those of the mails that are attached to it."""
    attached = (each.content for each in message.attachments if each.content_type == "message/rfc822")
    texts = (raw[:LONGEST_TEXT].decode("utf-8", "replace") for raw in attached)
    return "\n".join((message.body.for_people.text[:LONGEST_TEXT], *texts))
