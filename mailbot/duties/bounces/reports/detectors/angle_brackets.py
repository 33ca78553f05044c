"""`<a@b>: host mx.b said: 550 5.1.1 …`: a paragraph for each recipient, its address in angle brackets first.

So write Postfix, qmail and its kin (netqmail, qmail-ldap, magic-smtpd, Yahoo, mail.ru, Sina), Courier and MailScanner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from mailbot.duties.bounces.reports.detectors.addresses import ADDRESS, tidy
from mailbot.duties.bounces.reports.detectors.own_words import own_words
from mailbot.duties.bounces.reports.detectors.recipients import Named, failures_of
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.message.model import Message

NAME: Final = "address in angle brackets (Postfix, qmail)"

_BEGINNING = re.compile(
    rf"^[ \t>]{{0,4}}(?:<({ADDRESS})>|\"({ADDRESS})\")(?:[ \t]*\([^()\n]{{1,400}}\))?[ \t]*:", re.MULTILINE
)


def read_angle_brackets(message: Message) -> tuple[Failure, ...]:
    """Every recipient that begins a line so, with all the words to the next one."""
    return failures_of(message, NAME, _named(message))


def _named(message: Message) -> Iterator[Named]:
    words = own_words(message)
    found = list(_BEGINNING.finditer(words.text))
    for begins, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(words.text)
        if address := tidy(begins[1] or begins[2]):
            yield Named(address, words.part(begins.start(), end))
