"""The talk between two servers, as the one that gave up wrote it down.

Sendmail ("... while talking to mx.b", and 5.x without any list of recipients), MDaemon's session transcript, InterScan,
Postfix to its postmaster ("In:", "Out:"), Verizon: a command, and below it the answer. Sendmail also writes the answer
with the address before three dots: `550 <a@b>... User unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from mailbot.duties.bounces.reports.detectors.addresses import ADDRESS, tidy
from mailbot.duties.bounces.reports.detectors.own_words import Paragraph, own_words
from mailbot.duties.bounces.reports.detectors.recipients import Named, failures_of
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.message.model import Message

NAME: Final = "talk between two servers (Sendmail, MDaemon)"

# How each writes down who speaks: ">>>", "-->" behind the time of day, "In:", "C:".
_MARK = r"(?:[<>]{2,3}|[\w:. -]{0,40}(?:-->|<--)|In:|Out:|C:|S:|\[?[\d:. -]{0,24}\]?[ \t]{0,8}[<>]{1,3})"
_LEAD = rf"^[ \t>]{{0,4}}(?:(?:sent|received)[ \t]+)?(?:{_MARK})?[ \t]{{0,8}}"
_COMMAND = re.compile(rf"{_LEAD}RCPT\s+TO:[ \t]*<?({ADDRESS})>?", re.IGNORECASE | re.MULTILINE)
_NO = re.compile(rf"{_LEAD}([45]\d\d)[ -][^\n]*", re.IGNORECASE | re.MULTILINE)
_DOTS = re.compile(
    r"^[ \t>]{0,4}(?:<{3} )?[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?"
    rf"<?({ADDRESS})(?:>\.\.\.|(?<=\.\.\.))[^\n]*",
    re.MULTILINE,
)
_TALK: Final = "hile talking to"


def read_sessions(message: Message) -> tuple[Failure, ...]:
    """Every recipient to whom a server said no: behind its own command, or, said of all, behind the last one."""
    words = own_words(message)
    return failures_of(message, NAME, [*_dotted(words), *_refused(words)])


def _dotted(words: Paragraph) -> Iterator[Named]:
    above = 0  # what the other server answered stands above, from the line on with which the talk began
    for said in _DOTS.finditer(words.text):
        talk = words.text.rfind(_TALK, above, said.start())
        if address := tidy(said[1]):
            yield Named(address, words.part(max(talk, above) if talk >= 0 else said.start(), said.end()))
        above = said.end()


def _refused(words: Paragraph) -> Iterator[Named]:
    commands = list(_COMMAND.finditer(words.text))
    for command, following in zip_longest(commands, commands[1:]):
        end = following.start() if following else len(words.text)
        address = tidy(command[1])
        if address and (answer := _NO.search(words.text, command.end(), end)):
            yield Named(address, words.part(command.start(), answer.end()))
