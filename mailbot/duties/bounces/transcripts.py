"""Bounces in plain words, as Postfix, qmail, Exim and their kin write them where there is no delivery report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Final

from mailbot.duties.bounces.diagnosis import diagnose
from mailbot.duties.bounces.failure import Failure, Outcome, Reason
from mailbot.duties.bounces.mail_systems import DAEMONS
from mailbot.duties.bounces.paragraphs import MOST_TEXT, Paragraph, paragraphs
from mailbot.message.addresses import address_key, parse_mailboxes
from mailbot.message.model import Message

ANGLED: Final = "address in angle brackets (Postfix, qmail)"
INDENTED: Final = "indented address (Exim)"
BESIDE_A_CODE: Final = "address beside an SMTP reply"
IN_A_HEADER: Final = "X-Failed-Recipients"
ALONE: Final = "the only address in the report"

_MOST_FAILURES = 100
_LONGEST_WORDS = 4_000  # characters of a whole report that are read as being about one address

_ADDRESS = r"[^\s<>()\[\]\"',;:@]{1,64}@[^\s<>()\[\]\"',;:@]{1,255}"
_AT_LINE_START = re.compile(
    rf"^[ \t>]{{0,4}}[<\"]({_ADDRESS})[>\"](?:[ \t]*\(expanded from <?({_ADDRESS})>?\))?:", re.MULTILINE
)
_ON_A_LINE = re.compile(rf"^[ \t]{{1,8}}<?({_ADDRESS})>?(?:[ \t]*\(?<?({_ADDRESS})>?\)?)?:?[ \t]*$", re.MULTILINE)
_ANYWHERE = re.compile(_ADDRESS)
_REPLY = re.compile(r"(?:^|[\s:;\"'(])[45][0-7]\d[ -]+(?:#?[45]\.\d{1,3}\.\d{1,3}|[A-Za-z<\[(])", re.MULTILINE)
_DELAYED = re.compile(
    r"\b(?:(?:has|have) not (?:yet )?been delivered|delivery attempts will continue|warning message only"
    r"|will be retried"
    r"|delivery status notification \(delay\)|(?:has been|is|was) delayed|do not need to resend|still being retried"
    r"|will continue to (?:try|retry)|will keep trying|delayed mail|could not be delivered for)\b",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    r"\b(?:permanent|giving up|gave up|given up|could not be delivered to|failed permanently)\b", re.IGNORECASE
)


def read_angled(message: Message) -> tuple[Failure, ...]:
    """`<a@b>: host mx said: 550 5.1.1 …`: a paragraph for each recipient, its address in angle brackets first."""
    return _failures(message, ANGLED, _angled(message))


def read_indented(message: Message) -> tuple[Failure, ...]:
    """Exim: the address alone on an indented line, the reason below it, indented further."""
    return _failures(message, INDENTED, _indented(message))


def read_beside_a_code(message: Message) -> tuple[Failure, ...]:
    """Any paragraph with one address and an SMTP reply in it."""
    return _failures(message, BESIDE_A_CODE, _beside_a_code(message))


def read_failed_recipients(message: Message) -> tuple[Failure, ...]:
    """Exim and Gmail name the recipients in a header field; all their words are about them."""
    return _failures(message, IN_A_HEADER, _in_a_header(message))


def read_only_address(message: Message) -> tuple[Failure, ...]:
    """A report in whose words one address stands, besides those of the mail itself."""
    return _failures(message, ALONE, _alone(message))


_Found = tuple[str, str | None, Paragraph]  # the address as we sent it, where it ended, and the words about it


def _angled(message: Message) -> Iterator[_Found]:
    for paragraph in paragraphs(message.body.original):
        for start, words in _split(paragraph, _AT_LINE_START):
            yield start[2] or start[1], start[1] if start[2] else None, words


def _indented(message: Message) -> Iterator[_Found]:
    found = list(paragraphs(message.body.original))
    for paragraph, following in pairwise([*found, Paragraph("", 0)]):
        for start, words in _split(paragraph, _ON_A_LINE):
            stands_alone = words.text.strip() == start[0].strip()  # then the reason stands in the next paragraph
            told = Paragraph(f"{words.text}\n{following.text}", words.start) if stands_alone else words
            yield start[2] or start[1], start[1] if start[2] else None, told


def _split(paragraph: Paragraph, beginning: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Paragraph]]:
    """The parts of a paragraph that begin so, each up to the next one."""
    found = list(beginning.finditer(paragraph.text))
    for start, following in zip_longest(found, found[1:]):
        end = following.start() if following else len(paragraph.text)
        yield start, Paragraph(paragraph.text[start.start() : end], paragraph.start + start.start())


def _beside_a_code(message: Message) -> Iterator[_Found]:
    for paragraph in paragraphs(message.body.original):
        if not _REPLY.search(paragraph.text):
            continue
        named = list(dict.fromkeys(address.strip(".") for address in _ANYWHERE.findall(paragraph.text)))
        if len(named) == 1:
            yield named[0], None, paragraph


def _in_a_header(message: Message) -> Iterator[_Found]:
    for value in message.values("X-Failed-Recipients"):
        for mailbox in parse_mailboxes(value, _MOST_FAILURES)[0]:
            yield mailbox.address, None, _all_words(message)


def _alone(message: Message) -> Iterator[_Found]:
    words = _all_words(message)
    own = {mailbox.key for mailbox in (*message.to, *message.cc, *([message.sender] if message.sender else ()))}
    named = {address_key(found.strip(".")): found.strip(".") for found in _ANYWHERE.findall(words.text)}
    others = [address for key, address in named.items() if key not in own and key.partition("@")[0] not in DAEMONS]
    if len(others) == 1:
        yield others[0], None, words


def _all_words(message: Message) -> Paragraph:
    """Everything that the mail system itself wrote, as one paragraph."""
    found = list(paragraphs(message.body.original))
    return Paragraph("\n\n".join(each.text for each in found)[:_LONGEST_WORDS], found[0].start if found else 0)


def _failures(message: Message, detector: str, found: Iterator[_Found]) -> tuple[Failure, ...]:
    is_delay = _says_delay(message)
    failures: dict[str, Failure] = {}
    for address, final, paragraph in found:
        failure = _failure(address, final, paragraph, detector, is_delay)
        if failure is not None:
            failures.setdefault(address_key(address), failure)
        if len(failures) == _MOST_FAILURES:
            break
    return tuple(failures.values())


def _says_delay(message: Message) -> bool:
    text = f"{message.subject}\n{message.body.original[:MOST_TEXT]}"
    return bool(_DELAYED.search(text)) and not _GIVEN_UP.search(text)


def _failure(address: str, final: str | None, paragraph: Paragraph, detector: str, is_delay: bool) -> Failure | None:
    """One recipient; None where the words about it give no reason, for then they may be about anything."""
    outcome = Outcome.DELAYED if is_delay else Outcome.FAILED
    words = paragraph.one_line
    diagnosis = diagnose("", words, outcome, tuple(each for each in (address, final) if each))
    if diagnosis.reason is Reason.UNKNOWN and not diagnosis.reply_code and not diagnosis.status:
        return None
    return Failure(
        address=address,
        final=final,
        outcome=outcome,
        reason=diagnosis.reason,
        status=diagnosis.status,
        reply_code=diagnosis.reply_code,
        diagnostic=words,
        detector=detector,
        evidence=(paragraph.evidence,),
    )
