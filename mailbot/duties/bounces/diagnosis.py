"""Why a letter was refused: the codes and the words of a mail server, weighed against each other.

A code is a number that some server chose; the words beside it often say something else. An address is pronounced dead
only where neither contradicts it, and never by the words that stand in an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.duties.bounces.failure import DEATHS, Outcome, Reason
from mailbot.duties.bounces.phrases import PHRASES

MOST_CHARACTERS = 2_000  # of a diagnostic that are looked at

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\d|\.\d)")
_AFTER_REPLY = re.compile(r"(?<![\d.])[245]\d\d[ -]+(?:[(<#\[]{0,2})([245]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)")
_MARKED = re.compile(r"[#(\[]([245]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)")
_REPLY = re.compile(r"(?:^|[\s:;,>\"'(])([45][0-7]\d)(?=[ -]|$)(?!-\d)")
_ADDRESS = re.compile(r"[^\s<>()\[\]\"';,:@]{0,128}@[^\s<>()\[\]\"';,]*")
_LINK = re.compile(r"\b(?:https?://|www\.)\S*", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['’´`](?=t\b)")
_NO_WORD = re.compile(r"[\W_]+")

# Subject and detail of enhanced status codes (RFC 3463 section 3, and the IANA registry), where they say enough.
_BY_STATUS: Final[Mapping[tuple[int, int], Reason]] = {
    (1, 1): Reason.NO_SUCH_MAILBOX,
    (1, 2): Reason.NO_SUCH_HOST,
    (1, 3): Reason.NO_SUCH_MAILBOX,
    (1, 6): Reason.MOVED,
    (1, 7): Reason.BLOCKED,
    (1, 8): Reason.BLOCKED,
    (1, 10): Reason.NO_SUCH_MAILBOX,  # RFC 7505 means the whole domain; Exchange says it of one mailbox
    (2, 1): Reason.DISABLED,
    (2, 2): Reason.MAILBOX_FULL,
    (2, 3): Reason.CONTENT,
    (3, 1): Reason.TEMPORARY,
    (3, 2): Reason.TEMPORARY,
    (3, 4): Reason.CONTENT,
    (3, 5): Reason.TEMPORARY,
    (4, 1): Reason.TEMPORARY,
    (4, 2): Reason.TEMPORARY,
    (4, 3): Reason.TEMPORARY,
    (4, 4): Reason.NO_SUCH_HOST,
    (4, 5): Reason.TEMPORARY,
    (4, 6): Reason.TEMPORARY,
    (4, 7): Reason.TEMPORARY,
}
_WHOLE_PHRASES: Final = {reason: tuple(f" {phrase} " for phrase in phrases) for reason, phrases in PHRASES.items()}
_BY_REPLY: Final[Mapping[str, Reason]] = {
    "551": Reason.MOVED,  # "user not local; please try" (RFC 5321 section 3.4)
    "556": Reason.NO_SUCH_HOST,  # "domain does not accept mail" (RFC 7504)
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The reason, and the codes it stands on."""

    reason: Reason
    status: str
    reply_code: str


def diagnose(status: str, words: str, outcome: Outcome, addresses: tuple[str, ...] = ()) -> Diagnosis:
    """What a status field and a server's words come to. `addresses` are the recipient's: they are no evidence.

    The code in the server's own words is believed before that of the status field, which another server may have
    put there (Exim writes 5.0.0 for every 5.1.1). Pure, linear, never raises.
    """
    if outcome is Outcome.DELIVERED:
        return Diagnosis(Reason.DELIVERED, status_in(status), "")
    words = words[:MOST_CHARACTERS]
    said = _ADDRESS.sub(" ", words)
    without_links = _LINK.sub(" ", said)  # figures in a link are no codes; its words may name a block list
    reply_code = found[1] if (found := _REPLY.search(without_links)) else ""
    codes = tuple(code for code in (status_after_reply(without_links), status_in(status)) if code)
    code = next((code for code in codes if _is_specific(code)), codes[0] if codes else "")
    by_text = _reasons_in(_plain(said, addresses))
    reason = _weighed(_by_codes(codes, reply_code), by_text)
    if reason is Reason.UNKNOWN and (outcome is Outcome.DELAYED or (code or reply_code)[:1] == "4"):
        reason = Reason.TEMPORARY
    return Diagnosis(reason, code, reply_code)


def status_in(field: str) -> str:
    """The first enhanced status code of a Status field, whole: 5.1.10 is not 5.1.1. "" where there is none."""
    found = _STATUS.search(field[:MOST_CHARACTERS])
    return found[0] if found else ""


def status_after_reply(words: str) -> str:
    """The enhanced status code that stands behind an SMTP reply code, or marked as one: "550 5.1.1", "#5.1.1"."""
    found = _AFTER_REPLY.search(words) or _MARKED.search(words)
    return found[1] if found else ""


def _is_specific(code: str) -> bool:
    """Whether a code says anything: x.0.0 and x.y.0 leave it to the words, and a success is no reason to fail."""
    return code[:1] != "2" and (not code.endswith(".0") or ".7." in code)


def _by_codes(codes: tuple[str, ...], reply_code: str) -> Reason | None:
    """The reason of the most believable code. Two specific ones that disagree on a death pronounce none.

    Where the server itself said that all is well, no code is believed.
    """
    if codes and codes[0].startswith("2"):
        return None
    reasons = [reason for reason in map(_by_status, filter(_is_specific, codes)) if reason]
    if not reasons:
        return _BY_REPLY.get(reply_code)
    if reasons[0] in DEATHS and any(other not in DEATHS for other in reasons):
        return next(other for other in reasons if other not in DEATHS)
    return reasons[0]


def _by_status(code: str) -> Reason | None:
    _, subject, detail = (int(part) for part in code.split("."))
    if subject == 7:
        return Reason.BLOCKED
    if subject == 6:
        return Reason.CONTENT
    return _BY_STATUS.get((subject, detail))


def _weighed(by_code: Reason | None, by_text: tuple[Reason, ...]) -> Reason:
    """Code and words together. Words are believed before a code, but a death needs that nothing contradicts it."""
    if not by_text:
        return by_code or Reason.UNKNOWN
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
    if deaths == [Reason.NO_SUCH_HOST] and Reason.TEMPORARY in alive:  # "host not found, try again"
        return Reason.TEMPORARY
    return by_text[0]


def _reasons_in(plain_words: str) -> tuple[Reason, ...]:
    return tuple(_said(plain_words))


def _said(plain_words: str) -> Iterator[Reason]:
    for reason, phrases in _WHOLE_PHRASES.items():
        if any(phrase in plain_words for phrase in phrases):
            yield reason


def _plain(words: str, addresses: tuple[str, ...]) -> str:
    """The words alone, casefolded, a blank between them and at both ends; without the local parts of the addresses."""
    lower = words.casefold()
    for address in addresses:
        lower = _without_local_part(lower, address.rpartition("@")[0].casefold())
    return f" {_NO_WORD.sub(' ', _APOSTROPHE.sub('', lower)).strip()} "


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
