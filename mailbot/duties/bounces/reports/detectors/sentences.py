"""An address in a sentence: `There was an error delivering your mail to <a@b>.` (DragonFly, InterScan, Outlook.com).

The last that are asked: a paragraph with one address and the answer of a server, then a report in which there is only
one address at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mailbot.duties.bounces.reports.detectors.addresses import ADDRESS, addresses_named
from mailbot.duties.bounces.reports.detectors.mail_systems import is_daemon
from mailbot.duties.bounces.reports.detectors.own_words import own_words, paragraphs
from mailbot.duties.bounces.reports.detectors.recipients import Named, failures_of, is_helper, writers_of
from mailbot.duties.bounces.reports.detectors.wording import SAYING, Says
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.duties.bounces.reports.plain_words import plain
from mailbot.message.addresses import address_key
from mailbot.message.model import Message

IN_A_SENTENCE: Final = "address in the sentence that says it failed (DragonFly)"
BESIDE_A_CODE: Final = "address beside the answer of a server"
ALONE: Final = "the only address in the report"

_SENDER = re.compile(rf"\b(?:from|by|von|de|contact)[ \t:]{{1,4}}<?{ADDRESS}", re.IGNORECASE)
_REPLY = re.compile(r"(?:^|[\s:;\"'(])[45][0-7]\d[ -]+(?:#?[45]\.\d{1,3}\.\d{1,3}|[A-Za-z<\[(])", re.MULTILINE)


def read_in_a_sentence(message: Message) -> tuple[Failure, ...]:
    """The one address of a paragraph that says that a letter failed, with everything below it."""
    return failures_of(message, IN_A_SENTENCE, _in_a_sentence(message))


def read_beside_a_code(message: Message) -> tuple[Failure, ...]:
    """The one address of a paragraph in which an SMTP reply stands."""
    return failures_of(message, BESIDE_A_CODE, _beside_a_code(message))


def read_only_address(message: Message) -> tuple[Failure, ...]:
    """The one address in all the words of the report, besides those of the mail itself."""
    return failures_of(message, ALONE, _alone(message))


def _in_a_sentence(message: Message) -> Iterator[Named]:
    words = own_words(message)
    for paragraph in paragraphs(words.text):
        foreign = _foreign(paragraph.text, message)
        if len(foreign) == 1 and Says.FAILED in SAYING.meanings_in(plain(paragraph.text)):
            yield Named(foreign[0], words.part(paragraph.start, len(words.text)))
            return


def _beside_a_code(message: Message) -> Iterator[Named]:
    for paragraph in paragraphs(own_words(message).text):
        if not _REPLY.search(paragraph.text):
            continue
        named = addresses_named(paragraph.text)
        if len(named) == 1:
            yield Named(named[0], paragraph)


def _alone(message: Message) -> Iterator[Named]:
    words = own_words(message)
    foreign = _foreign(words.text, message)
    if len(foreign) == 1:
        yield Named(foreign[0], words.part(0, len(words.text)))


def _foreign(text: str, message: Message) -> tuple[str, ...]:
    """The addresses that are not of the mail itself, nor of those who are there to help."""
    own = writers_of(message)
    return tuple(
        address
        for address in addresses_named(_SENDER.sub(" ", text))
        if address_key(address) not in own and not is_daemon(address) and not is_helper(address)
    )
