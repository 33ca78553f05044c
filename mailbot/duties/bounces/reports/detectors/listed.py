"""A list of the recipients, each on a line of its own, and the reason behind it, below it, or in a sentence above all.

So write Exim, Sendmail, Exchange of every year, Outlook.com, Gmail, IIS, Domino, Netscape and its kin (iPlanet, Sun,
Oracle, InterMail), CommuniGate, AOL, GroupWise, KDDI, mFilter, GMX and 1&1, SurfControl, Zoho and many more: what they
say above the list differs with the year and the language, the list does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from mailbot.duties.bounces.reports.detectors.addresses import ADDRESS, row_of_addresses, tidy
from mailbot.duties.bounces.reports.detectors.own_words import own_words
from mailbot.duties.bounces.reports.detectors.recipients import Named, failures_of, likely_recipients
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.message.model import Message

NAME: Final = "list of recipients (Exim, Exchange, Gmail)"

# The address first, bare, in brackets or behind a bullet; or behind the name of its owner; or hidden, and only the one
# it was made from is told.
_FIRST = re.compile(
    rf"^([ \t>]{{0,16}})([*•·+#-]{{0,4}}[ \t]{{0,4}}[\"'<\[(]{{0,2}})({ADDRESS})"
    r"[>\])\"']{0,2}(?=[\s:;,.(<\[-]|$)(.*)$",
    re.MULTILINE,
)
_NAMED = re.compile(
    rf"^[ \t>]{{0,16}}(?:[^\s<>()@:\d][^\s<>()@:]{{0,39}}[ \t]{{1,4}}){{1,4}}[<(\[]({ADDRESS})[>)\]]"
    r"(?:[ \t]{0,8}[:(-].*|[ \t:;,.]*)$",
    re.MULTILINE,
)
_HIDDEN = re.compile(
    r"^[ \t]{0,16}(?:an undisclosed address|[\"|][^@\n]{1,200})\n(?:[ \t]{1,16}\(reason: [^\n]{0,300}\n)?"
    rf"[ \t]{{1,16}}\((?:generated|expanded) from:? <?({ADDRESS})>?\)",
    re.MULTILINE,
)
_LONGEST_LINE = 200


def read_listed(message: Message) -> tuple[Failure, ...]:
    """Every recipient that stands so in the words of a mail system, with what is said to the next one."""
    return failures_of(message, NAME, _named(message))


def _named(message: Message) -> tuple[Named, ...]:
    words = own_words(message)
    places = _places(words.text)
    named = [
        Named(address, words.part(start, following[0] if following else len(words.text)))
        for (start, address), following in zip_longest(places, places[1:])
    ]
    return likely_recipients(named, message) or tuple(named)


def _places(text: str) -> list[tuple[int, str]]:
    """Where a line names a recipient, in order."""
    found = [(start, tidy(address)) for start, address in _lines(text)]
    return sorted((start, address) for start, address in found if address)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for line in _FIRST.finditer(text):
        if line[2].strip() or _is_indented(line[1]) or not line[4].strip(" \t:.;,") or _begins_an_entry(text, line):
            yield line.start(), line[3]
            yield from row_of_addresses(text, line.end(3))
    for line in _NAMED.finditer(text):
        yield line.start(), line[1]
    for line in _HIDDEN.finditer(text):
        yield line.start(), line[1]


def _is_indented(blanks: str) -> bool:
    return len(blanks) > 1 or blanks == "\t"


def _begins_an_entry(text: str, line: re.Match[str]) -> bool:
    """Whether the line above is blank, ends in a colon, or is indented and this one is not: else a sentence was broken
    before the address."""
    start = line.start()
    above = text[max(start - _LONGEST_LINE, 0) : start].removesuffix("\n").rpartition("\n")[2].rstrip()
    return not above or above.endswith((":", "：", "-", "=", "*")) or (above[0] in " \t" and not line[1])
