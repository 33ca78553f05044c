"""What can be seen at an address of the web. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a look at a page came to."""

    FOUND = "found"
    NOT_FOUND = "not found"  # the server says so: 404, 410, any other 4xx that is not one of NOT_SHOWN
    SAYS_NOT_FOUND = "says not found"  # the server says 200, and the page says that there is none
    NOT_SHOWN = "not shown"  # it is there, but not for us: a login, a bar against programs (401, 403, 429, 451)
    NO_SUCH_HOST = "no such host"
    NOT_PUBLIC = "not public"  # its address is inside a network, and nobody has allowed it
    TOO_MANY_REDIRECTS = "too many redirects"  # or redirects in a circle
    TOO_SLOW = "too slow"
    REFUSED = "refused"  # no connection, or one that broke
    TLS_FAULT = "no trusted connection"
    SERVER_FAULT = "server fault"  # 5xx, or an answer that is no HTTP
    NO_WEB_ADDRESS = "no web address"

    @property
    def is_well(self) -> bool:
        """Whether the page is there for its readers."""
        return self is Verdict.FOUND

    @property
    def may_pass(self) -> bool:
        """Whether looking again in a moment may show something else."""
        return self in (Verdict.TOO_SLOW, Verdict.REFUSED, Verdict.SERVER_FAULT)

    @property
    def shows_nothing(self) -> bool:
        """Whether it says nothing about the page: only a person can look at it."""
        return self in (Verdict.NOT_SHOWN, Verdict.NOT_PUBLIC)


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What was seen at an address. `path` are the addresses on the way, the first one first; `title` is what the page
    calls itself, `said` the words by which it says that it is none, and `links` are the addresses that it links to,
    None where they cannot be told."""

    verdict: Verdict
    path: tuple[str, ...]
    status: int | None = None  # of the last answer (RFC 9110 section 15)
    title: str = ""
    said: str = ""
    why: str = ""  # for the person who looks after the desk: what the network said
    links: tuple[str, ...] | None = None

    @property
    def final(self) -> str:
        """The address at which the look ended."""
        return self.path[-1] if self.path else ""
