"""Why a letter was refused: the codes and the words of a mail server, weighed against each other.

A code is a number that some server chose; the words beside it often say something else. An address is pronounced dead
only where neither contradicts it, and never by the words that stand in an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailbot.duties.bounces.reports.codes import MOST_CHARACTERS, Codes, codes_in, status_in
from mailbot.duties.bounces.reports.failure import DEATHS, Outcome, Reason
from mailbot.duties.bounces.reports.phrases import PHRASES, SETTLING, WEAK
from mailbot.duties.bounces.reports.plain_words import plain

_ADDRESS = re.compile(r"[^\s<>()\[\]\"';,:@\u2e80-\uffff]{0,128}@[^\s<>()\[\]\"';,\u2e80-\uffff]*")
_LINK = re.compile(r"\b(?:https?://|www\.)\S*", re.IGNORECASE)
# Where a server said no before it heard of the recipient, it spoke of the sender.
_OF_THE_SENDER = re.compile(
    r"(?:after|in reply to|response to|reply to|>>>)(?: end of)?(?: the)?(?: pipelined)? "
    r"(?:mail from|ehlo|helo|initial connection)\b",
    re.IGNORECASE,
)
# Where it had taken the recipient, and said no only when it had the whole letter, a filter spoke: mobile carriers write
# "unknown user" of readers who want no such mail. A code that names a dead mailbox is believed there too.
_OF_THE_LETTER = re.compile(
    r"(?:after|in reply to|response to|reply to)(?: the)? end of (?:the )?data\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The reason, and the codes it stands on."""

    reason: Reason
    status: str
    reply_code: str


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What one server said, ready to be weighed: its words as written and as `plain` ones, and its codes."""

    words: str
    plain_words: str
    codes: Codes


def diagnose(status: str, words: str, outcome: Outcome, addresses: tuple[str, ...] = ()) -> Diagnosis:
    """What a status field and a server's words come to. `addresses` are the recipient's: they are no evidence.

    Pure, linear, never raises.
    """
    return diagnose_first(status, (words,), outcome, addresses)[1]


def diagnose_first(
    status: str, said: Iterable[str], outcome: Outcome, addresses: tuple[str, ...] = ()
) -> tuple[str, Diagnosis]:
    """The first of several words that give a reason, with what they come to; else the first that hint at one; else the
    very first."""
    if outcome is Outcome.DELIVERED:
        return next(iter(said), ""), Diagnosis(Reason.DELIVERED, status_in(status), "")
    refusals: list[_Refusal] = []
    for words in said:
        refusals.append(_refusal(status, words, addresses))
        if reason := _certain(refusals[-1]):
            return _told(refusals[-1], reason)
    for refusal in refusals:
        if reason := _hinted(refusal):
            return _told(refusal, reason)
    first = refusals[0] if refusals else _refusal(status, "", addresses)
    is_passing = outcome is Outcome.DELAYED or first.codes.is_transient
    return _told(first, Reason.TEMPORARY if is_passing else Reason.UNKNOWN)


def _told(refusal: _Refusal, reason: Reason) -> tuple[str, Diagnosis]:
    return refusal.words, Diagnosis(reason, refusal.codes.status, refusal.codes.reply)


def _refusal(status: str, words: str, addresses: tuple[str, ...]) -> _Refusal:
    said = _ADDRESS.sub(" ", words[:MOST_CHARACTERS])
    without_links = _LINK.sub(" ", said)  # figures in a link are no codes; its words may name a block list
    return _Refusal(words, _plain(said, addresses), codes_in(status, without_links))


def _certain(refusal: _Refusal) -> Reason | None:
    """What the words say by themselves, or with the codes."""
    if settled := SETTLING.meanings_in(refusal.plain_words):
        return settled[0]
    return _weighed(refusal.codes.reason, _reasons_in(refusal))


def _hinted(refusal: _Refusal) -> Reason | None:
    """What words and codes that say little leave us to go by."""
    return next(iter(WEAK.meanings_in(refusal.plain_words)), None) or refusal.codes.hint


def _reasons_in(refusal: _Refusal) -> tuple[Reason, ...]:
    """The reasons that words give. What is said of the sender, or of the letter, is no death of the recipient: it is
    refused for what we are."""
    found = PHRASES.meanings_in(refusal.plain_words)
    words = refusal.words[:MOST_CHARACTERS]
    alive = tuple(Reason.BLOCKED if reason in DEATHS else reason for reason in found)
    if _OF_THE_SENDER.search(words):
        return alive or (Reason.BLOCKED,)
    if _OF_THE_LETTER.search(words) and refusal.codes.reason not in DEATHS:
        return alive
    return found


def _weighed(by_code: Reason | None, by_text: tuple[Reason, ...]) -> Reason | None:
    """Code and words together. Words are believed before a code, but a death needs that nothing contradicts it."""
    if not by_text:
        return by_code
    alive = [reason for reason in by_text if reason not in DEATHS]
    deaths = [reason for reason in by_text if reason in DEATHS]
    if by_code in DEATHS:
        against = [reason for reason in alive if reason is not Reason.TEMPORARY]  # "check the address and try again"
        if deaths:
            return deaths[0]
        return against[0] if against else by_code
    if by_code is Reason.MAILBOX_FULL:
        return by_code
    if deaths and Reason.BLOCKED in alive:
        return Reason.BLOCKED
    if deaths[:1] == [Reason.NO_SUCH_HOST] and Reason.TEMPORARY in alive:  # "host not found, try again"
        return Reason.TEMPORARY
    return by_text[0]


def _plain(words: str, addresses: tuple[str, ...]) -> str:
    """The words alone, casefolded, a blank between them and at both ends; without the local parts of the addresses."""
    lower = words.casefold()
    for address in addresses:
        lower = _without_local_part(lower, address.rpartition("@")[0].casefold())
    return plain(lower)


def _without_local_part(words: str, local: str) -> str:
    """Takes a local part out where it stands as a name: in quotes or brackets, before a colon, or as several words.

    A plain one in running text stays: the mailbox of "user@" must not turn "user unknown" into "unknown".
    """
    if not local:
        return words
    if not local.isalnum():
        return words.replace(local, " ")
    for before, after in (("<", ">"), ('"', '"'), ("'", "'"), ("(", ")"), (" ", ":"), (" ", "...")):
        words = words.replace(f"{before}{local}{after}", " ")
    return words
