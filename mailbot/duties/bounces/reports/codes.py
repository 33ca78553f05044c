"""The codes with which servers refuse a letter: SMTP replies (RFC 5321) and enhanced status codes (RFC 3463)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.duties.bounces.reports.failure import DEATHS, Reason

MOST_CHARACTERS = 2_000  # of a diagnostic that are looked at

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\d|\.\d)")
_AFTER_REFUSAL = re.compile(r"(?<![\d.])[45]\d\d[ -]+(?:[(<#\[]{0,2})([245]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)")
_AFTER_SUCCESS = re.compile(r"(?<![\d.])2\d\d[ -]+(2\.\d{1,3}\.\d{1,3})(?!\d|\.\d)")
_MARKED = re.compile(r"[#(\[]([245]\.\d{1,3}\.\d{1,3})(?!\d|\.\d)")
_REPLY = re.compile(r"(?:^|[\s:;,>\"'(#])([45][0-7]\d)(?=[ -]|$)(?!-\d)")

# Subject and detail of enhanced status codes (RFC 3463 section 3, the IANA registry, and Exchange Online's own details
# above 100), where they say enough.
_BY_STATUS: Final[Mapping[tuple[int, int], Reason]] = {
    (1, 1): Reason.NO_SUCH_MAILBOX,
    (1, 2): Reason.NO_SUCH_HOST,
    (1, 3): Reason.NO_SUCH_MAILBOX,
    (1, 6): Reason.MOVED,
    (1, 7): Reason.BLOCKED,
    (1, 8): Reason.BLOCKED,
    (1, 10): Reason.NO_SUCH_MAILBOX,  # RFC 7505 means the whole domain; Exchange says it of one mailbox
    (1, 90): Reason.BLOCKED,  # too many recipients a day
    (1, 351): Reason.NO_SUCH_MAILBOX,
    (2, 1): Reason.DISABLED,
    (2, 2): Reason.MAILBOX_FULL,
    (2, 3): Reason.CONTENT,
    (2, 121): Reason.TEMPORARY,
    (2, 122): Reason.TEMPORARY,
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
    (4, 300): Reason.TEMPORARY,
    (4, 310): Reason.NO_SUCH_HOST,
    (4, 316): Reason.TEMPORARY,
    (7, 13): Reason.DISABLED,
    (7, 17): Reason.MOVED,  # "mailbox owner has changed" (RFC 7293 section 4)
    (7, 18): Reason.MOVED,
}
_BY_SUBJECT: Final[Mapping[int, Reason]] = {6: Reason.CONTENT, 7: Reason.BLOCKED}
_BY_REPLY: Final[Mapping[str, Reason]] = {
    "551": Reason.MOVED,  # "user not local; please try" (RFC 5321 section 3.4)
    "556": Reason.NO_SUCH_HOST,  # "domain does not accept mail" (RFC 7504)
}
# What a code hints at that leaves the matter to the words, where the words say nothing either.
_HINTS: Final[Mapping[int, Reason]] = {
    3: Reason.TEMPORARY,
    4: Reason.TEMPORARY,
    5: Reason.TEMPORARY,
    6: Reason.CONTENT,
}
_REPLY_HINTS: Final[Mapping[str, Reason]] = {
    "421": Reason.TEMPORARY,
    "452": Reason.TEMPORARY,
    "503": Reason.TEMPORARY,
    "530": Reason.BLOCKED,
    "535": Reason.BLOCKED,
    "552": Reason.MAILBOX_FULL,  # "exceeded storage allocation" (RFC 5321 section 4.2.3)
}


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one refusal, the most believed first, and the SMTP reply, "" where there is none."""

    statuses: tuple[str, ...]
    reply: str

    @property
    def status(self) -> str:
        """The enhanced status code that says most; "" where there is none."""
        return next(filter(_is_specific, self.statuses), self.statuses[0] if self.statuses else "")

    @property
    def is_transient(self) -> bool:
        return (self.status or self.reply)[:1] == "4"

    @property
    def reason(self) -> Reason | None:
        """What they say by themselves. Two specific ones that disagree on a death pronounce none; where the server
        itself said that all is well, none is believed."""
        if self.statuses[:1] and self.statuses[0].startswith("2"):
            return None
        reasons = [reason for reason in map(_by_status, filter(_is_specific, self.statuses)) if reason]
        if not reasons:
            return _BY_REPLY.get(self.reply)
        if reasons[0] in DEATHS:
            return next((other for other in reasons if other not in DEATHS), reasons[0])
        return reasons[0]

    @property
    def hint(self) -> Reason | None:
        """What they hint at where they leave the matter to words, and there are none."""
        subject = int(self.status.split(".")[1]) if self.status else 0
        return _HINTS.get(subject) or _REPLY_HINTS.get(self.reply)


def codes_in(status: str, words: str) -> Codes:
    """The codes of a status field and of a server's own words. Those of the words are believed first: another server
    may have put the field there (Exim writes 5.0.0 for every 5.1.1)."""
    found = _REPLY.search(words)
    statuses = (status_after_reply(words), status_in(status))
    return Codes(tuple(code for code in statuses if code), found[1] if found else "")


def status_in(field: str) -> str:
    """The first enhanced status code of a Status field, whole: 5.1.10 is not 5.1.1. "" where there is none."""
    found = _STATUS.search(field[:MOST_CHARACTERS])
    return found[0] if found else ""


def status_after_reply(words: str) -> str:
    """The enhanced status code that stands behind an SMTP reply code, or marked as one: "550 5.1.1", "#5.1.1"."""
    found = _AFTER_REFUSAL.search(words) or _MARKED.search(words) or _AFTER_SUCCESS.search(words)
    return found[1] if found else ""


def _is_specific(code: str) -> bool:
    """Whether a code says anything: x.0.0 and x.y.0 leave it to the words, and a success is no reason to fail."""
    return code[:1] != "2" and (not code.endswith(".0") or ".7." in code)


def _by_status(code: str) -> Reason | None:
    _, subject, detail = (int(part) for part in code.split("."))
    return _BY_STATUS.get((subject, detail)) or _BY_SUBJECT.get(subject)
