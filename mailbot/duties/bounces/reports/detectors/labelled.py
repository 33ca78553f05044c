"""`Failed Recipient: a@b`, `User mailbox exceeds allowed size: a@b`: an address behind what it is, or what befell it.

So write IMail, SmarterMail, Kerio, MailEnable, Merak, ArGoSoft, Sun's Messaging Server, James, Verizon, Surgemail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from mailbot.duties.bounces.reports.detectors.addresses import ADDRESS, row_of_addresses, tidy
from mailbot.duties.bounces.reports.detectors.own_words import own_words
from mailbot.duties.bounces.reports.detectors.recipients import Named, failures_of, likely_recipients
from mailbot.duties.bounces.reports.detectors.wording import NOT_RECIPIENTS
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.message.model import Message

NAME: Final = "address behind its label (IMail, SmarterMail)"

_LABELLED = re.compile(
    rf"^[ \t>*•#|-]{{0,12}}([^:=\n@<>]{{2,80}}?)[ \t]{{0,8}}[:=：][ \t]{{0,40}}[\"'<\[]{{0,2}}({ADDRESS})", re.MULTILINE
)


def read_labelled(message: Message) -> tuple[Failure, ...]:
    """Every recipient that stands so, with what is said to the next one."""
    return failures_of(message, NAME, likely_recipients(tuple(_named(message)), message))


def _named(message: Message) -> Iterator[Named]:
    words = own_words(message)
    places = list(_places(words.text))
    for (start, address), following in zip_longest(places, places[1:]):
        yield Named(address, words.part(start, following[0] if following else len(words.text)))


def _places(text: str) -> Iterator[tuple[int, str]]:
    """Where an address stands behind the label of a recipient, and others beside it, in order."""
    for labelled in _LABELLED.finditer(text):
        address = tidy(labelled[2])
        if address and labelled[1].strip(" \t*-#|").casefold() not in NOT_RECIPIENTS:
            yield labelled.start(), address
            yield from ((start, tidy(other)) for start, other in row_of_addresses(text, labelled.end(2)) if tidy(other))
