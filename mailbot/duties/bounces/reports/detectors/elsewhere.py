"""Recipients that the words of the report do not name: in a header field, or in the letter that comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mailbot.duties.bounces.reports.detectors.addresses import addresses_named
from mailbot.duties.bounces.reports.detectors.mail_systems import says_failure
from mailbot.duties.bounces.reports.detectors.own_words import own_words, returned_words
from mailbot.duties.bounces.reports.detectors.recipients import Named, failures_of, writers_of
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.message.addresses import address_key, parse_mailboxes
from mailbot.message.model import Message

IN_A_HEADER: Final = "X-Failed-Recipients"
RETURNED: Final = "the one to whom the returned letter went"

_TO = re.compile(
    r"^[ \t>]{0,8}(?:to|x-original-to|delivered-to|x-rcpt-to|x-envelope-to):([^\n]{3,400})",
    re.IGNORECASE | re.MULTILINE,
)
_TO_NAMES: Final = ("x-envelope-to", "x-rcpt-to", "to")


def read_failed_recipients(message: Message) -> tuple[Failure, ...]:
    """Exim and Gmail name the recipients in a header field; all their words are about them."""
    return failures_of(message, IN_A_HEADER, _in_a_header(message))


def read_returned_letter(message: Message) -> tuple[Failure, ...]:
    """Where the report says that a letter failed and not to whom: the one that the returned letter is written to."""
    return failures_of(message, RETURNED, _in_the_letter(message)) if says_failure(message) else ()


def _in_a_header(message: Message) -> Iterator[Named]:
    words = own_words(message)
    for value in message.values("X-Failed-Recipients"):
        for mailbox in parse_mailboxes(value)[0]:
            yield Named(mailbox.address, words.part(0, len(words.text)))


def _in_the_letter(message: Message) -> Iterator[Named]:
    words = own_words(message)
    writers = writers_of(message)
    named = {address_key(each): each for each in _written_to(message) if address_key(each) not in writers}
    if len(named) == 1:
        yield Named(next(iter(named.values())), words.part(0, len(words.text)))


def _written_to(message: Message) -> tuple[str, ...]:
    returned = message.report.returned if message.report else ()
    for name in _TO_NAMES:
        if found := addresses_named("\n".join(header.value for header in returned if header.name.lower() == name)):
            return found
    return addresses_named("\n".join(line[1] for line in _TO.finditer(returned_words(message))))
