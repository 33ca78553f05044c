"""What became of a letter on its way to one recipient, as a mail server told it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from mailbot.message.addresses import address_key
from mailbot.message.model import Evidence


class Outcome(StrEnum):
    """How it ended, by the Action field (RFC 3464 section 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"  # the server still tries
    DELIVERED = "delivered"  # delivered, relayed or expanded: no bounce


class Reason(StrEnum):
    """Why it ended so, in the few words that matter to a desk."""

    NO_SUCH_MAILBOX = "no_such_mailbox"
    NO_SUCH_HOST = "no_such_host"
    MOVED = "moved"
    MAILBOX_FULL = "mailbox_full"
    DISABLED = "disabled"
    BLOCKED = "blocked"  # refused for what we are or how we send: our fault, not the client's
    CONTENT = "content"  # refused for what the letter holds, its size included
    TEMPORARY = "temporary"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"  # it arrived, and its reader called it spam (RFC 5965)
    UNKNOWN = "unknown"


DEATHS: Final = frozenset({Reason.NO_SUCH_MAILBOX, Reason.NO_SUCH_HOST, Reason.MOVED})


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient of a bounce.

    `address` is the one we sent to, as far as the report says it (Original-Recipient before Final-Recipient); `final`
    is where it ended, when that is another one. `status` is the enhanced status code (RFC 3463), `reply_code` that of
    SMTP, "" where none was said; `diagnostic` are the server's own words, on one line.
    """

    address: str
    final: str | None
    outcome: Outcome
    reason: Reason
    status: str
    reply_code: str
    diagnostic: str
    detector: str
    evidence: tuple[Evidence, ...] = field(default=())

    @property
    def keys(self) -> frozenset[str]:
        """The addresses it is about, in the form in which addresses are compared."""
        return frozenset(address_key(each) for each in (self.address, self.final) if each)

    @property
    def is_transient(self) -> bool:
        """Whether the server spoke of this moment only: a 4xx reply, or a status of class 4."""
        return self.outcome is Outcome.DELAYED or self.status[:1] == "4" or self.reply_code[:1] == "4"

    @property
    def is_dead(self) -> bool:
        """Whether the server said that nothing will ever arrive at this address. A 5xx alone does not say that."""
        return self.outcome is Outcome.FAILED and self.reason in DEATHS and not self.is_transient
