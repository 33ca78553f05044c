"""From an address that a report names, and the words about it, to what became of the letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mailbot.duties.bounces.reports.detectors.addresses import ADDRESS, tidy
from mailbot.duties.bounces.reports.detectors.mail_systems import is_daemon, is_from_a_mail_system, what_is_said
from mailbot.duties.bounces.reports.detectors.own_words import (
    Beside,
    Paragraph,
    own_words,
    paragraphs,
    words_by_address,
)
from mailbot.duties.bounces.reports.detectors.wording import HELPERS, Says
from mailbot.duties.bounces.reports.diagnosis import diagnose_first
from mailbot.duties.bounces.reports.failure import Failure, Outcome, Reason
from mailbot.message.addresses import address_key
from mailbot.message.model import Message

_MOST_RECIPIENTS = 100

_PLUS_PART = re.compile(r"\+[^@]*@")
_MADE_FROM = re.compile(
    rf"\((?:generated|expanded|forwarded|redirected|aliased?) (?:from|by):? <?({ADDRESS})>?\)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Named:
    """A recipient as a report names it: the address, and the server's words that begin there."""

    address: str
    words: Paragraph


def likely_recipients(named: Sequence[Named], message: Message) -> tuple[Named, ...]:
    """The named ones without the writers of both mails, and those who are there to help only where no others remain."""
    writers = writers_of(message)
    foreign = tuple(each for each in named if address_key(each.address) not in writers)
    failed = tuple(each for each in foreign if not is_daemon(each.address) and not is_helper(each.address))
    return failed or foreign


def writers_of(message: Message) -> frozenset[str]:
    """The keys of those who wrote the two mails: the one that failed (it comes back to them), and this one. A letter
    of ours comes back to our address with a reference behind a plus sign, and may name it without."""
    own = (*message.to, *message.cc, *((message.sender,) if message.sender else ()))
    return frozenset(key for mailbox in own for key in (mailbox.key, _PLUS_PART.sub("@", mailbox.key, count=1)))


def is_helper(address: str) -> bool:
    """Whether it is an address that is there to be asked for help."""
    return address.partition("@")[0].lower() in HELPERS


def failures_of(message: Message, detector: str, named: Iterable[Named]) -> tuple[Failure, ...]:
    """What became of the letter, for each of the named recipients; none where no mail system wrote the mail.

    A recipient for whom neither a code nor a reason is given counts only where the mail says that a letter failed:
    an address alone stands in many mails.
    """
    if not is_from_a_mail_system(message):
        return ()
    found = _different(named)
    if not found:
        return ()
    said = what_is_said(message)
    outcome = _outcome(said)
    report = _Report(own_words(message), len(found))
    failures = (_failure(report, detector, each, outcome) for each in found)
    return tuple(each for each in failures if Says.FAILED in said or _gives_a_reason(each))


def _outcome(said: tuple[Says, ...]) -> Outcome:
    if Says.ARRIVED in said and Says.FAILED not in said:
        return Outcome.DELIVERED
    return Outcome.DELAYED if Says.LATE in said and Says.GIVEN_UP not in said else Outcome.FAILED


def _different(named: Iterable[Named]) -> tuple[Named, ...]:
    """One for each address, in order; of two, the one about which more is said."""
    found: dict[str, Named] = {}
    for each in named:
        key = address_key(each.address)
        if key not in found or len(each.words.text) > len(found[key].words.text):
            found[key] = each
        if len(found) == _MOST_RECIPIENTS:
            break
    return tuple(found.values())


def _gives_a_reason(failure: Failure) -> bool:
    return failure.reason is not Reason.UNKNOWN or bool(failure.reply_code or failure.status)


class _Report:
    """What a report says besides the entries of its recipients, taken apart when it is first asked for."""

    def __init__(self, own: Paragraph, recipients: int) -> None:
        self._own = own
        self._recipients = recipients

    def words_about(self, named: Named) -> Iterator[str]:
        """The most certain first: beside the address, in the whole entry, elsewhere about it, and about nobody."""
        yield next((each.one_line for each in paragraphs(named.words.text)), "")
        yield named.words.one_line
        if self._recipients == 1:
            yield self._own.part(0, len(self._own.text)).one_line
            return
        beside = self._by_address.get(address_key(named.address))
        yield beside.text if beside else ""
        yield self._about_nobody

    @cached_property
    def _by_address(self) -> Mapping[str, Beside]:
        return words_by_address(self._own.text)

    @cached_property
    def _about_nobody(self) -> str:
        return " ".join(each.one_line for each in paragraphs(self._own.text) if "@" not in each.text)


def _failure(report: _Report, detector: str, named: Named, outcome: Outcome) -> Failure:
    made_from = _MADE_FROM.search(named.words.text)
    address = (tidy(made_from[1]) if made_from else "") or named.address
    about = tuple(dict.fromkeys((address, named.address)))
    words, diagnosis = diagnose_first("", report.words_about(named), outcome, about)
    return Failure(
        address=address,
        final=named.address if address_key(named.address) != address_key(address) else None,
        outcome=outcome,
        reason=diagnosis.reason,
        status=diagnosis.status,
        reply_code=diagnosis.reply_code,
        diagnostic=words,
        detector=detector,
        evidence=(named.words.evidence,),
    )
