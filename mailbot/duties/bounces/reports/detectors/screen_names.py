"""AOL's own words: screen names alone, each on an indented line below the sentence that says why.

They are mailboxes of the domain that writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mailbot.duties.bounces.reports.detectors.mail_systems import is_daemon
from mailbot.duties.bounces.reports.detectors.own_words import own_words
from mailbot.duties.bounces.reports.detectors.recipients import Named, failures_of
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.message.model import Message

NAME: Final = "screen names (AOL)"

_NAMES = re.compile(r":[ \t]*\n((?:[ \t]{1,8}[\w.-]{3,64}[ \t]*(?:\n|\Z)){1,100}+)", re.ASCII)
_LABELS_OF_A_MAIL_DOMAIN = 2  # aol.com; a host has more


def read_screen_names(message: Message) -> tuple[Failure, ...]:
    """Every name of such a list, at the domain of the mail system that wrote it."""
    return failures_of(message, NAME, _named(message))


def _named(message: Message) -> Iterator[Named]:
    if message.sender is None or not is_daemon(message.sender.address):
        return
    domain = message.sender.address.rpartition("@")[2]
    if len(domain.split(".")) != _LABELS_OF_A_MAIL_DOMAIN:
        return
    words = own_words(message)
    for names in _NAMES.finditer(words.text):
        for name in names[1].split():
            yield Named(f"{name}@{domain.lower()}", words.part(0, len(words.text)))
