"""The header fields of a letter that thread it, written so that no value can break out of its line."""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from textwrap import wrap
from typing import Final
from urllib.parse import quote

from mailbot.errors import Never, OurBug
from mailbot.letters.model import Thread
from mailbot.message.addresses import address_key

_MOST_REFERENCES = 32
_LONGEST_ID = 900  # with its brackets and a blank it fits the longest line, 998 (RFC 5322 section 2.1.1)
_ID = re.compile(rf"[!-;=?-~]{{1,{_LONGEST_ID}}}")  # printable ASCII but angle brackets
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9._-]{1,253}|\[[A-Za-z0-9.:]{1,80}\])")

STOP_WORD: Final = "STOP"

_ONE_LINE = re.compile(r"[ -~]+")

# Fields whose values are made here, of checked parts; From carries words and goes through the library.
_CHECKED: Final = (
    "to",
    "reply-to",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "auto-submitted",
    "x-auto-response-suppress",
    "list-unsubscribe",
    "mime-version",
    "content-transfer-encoding",
)

# What a robot shall not send back (MS-OXCMAIL 2.1.3.2.20). Never NDR, which "All" would include: a bounce cleans the
# records. Letters of our own accord want to hear of absences too; only a mail that just came in needs none.
_SUPPRESSED_FOR_ANSWERS: Final = "DR, RN, NRN, OOF, AutoReply"
_SUPPRESSED_OTHERWISE: Final = "DR, RN, NRN"


class _AsWritten(UnstructuredHeader, BaseHeader):
    """A value that is ASCII on one line already: neither parsed nor folded, but for Message-IDs, one a line.

    The folding of the standard library would turn a long Message-ID into an encoded word.
    """

    @classmethod
    def parse(cls, value: str, kwds: dict[str, object]) -> None:
        if not _ONE_LINE.fullmatch(value):
            raise OurBug(f"a header value that is not one line of ASCII: {value[:200]!r}")
        kwds.update(decoded=value, parse_tree=None, defects=[])

    def fold(self, *, policy: Policy) -> str:
        value = str(self).replace("> <", f">{policy.linesep} <")
        return f"{self.name}: {value}{policy.linesep}"


class _Words(UnstructuredHeader, BaseHeader):
    """Words of a Subject, on lines of 78 characters wherever they can be folded (RFC 5322 section 2.1.1).

    The first of them always stands on the first line, even where it is too long for it: the folding of the standard
    library leaves that line empty, and some programs then show no subject.
    """

    max_count = 1  # RFC 5322 section 3.6

    @classmethod
    def parse(cls, value: str, kwds: dict[str, object]) -> None:
        if len(value.splitlines()) > 1:
            raise OurBug(f"a header value of more than one line: {value[:200]!r}")
        kwds.update(decoded=value, parse_tree=None, defects=[])

    def fold(self, *, policy: Policy) -> str:
        if self.isascii():
            start = f"{self.name}: "
            lines = wrap(
                str(self), 78, initial_indent=start, subsequent_indent=" ",
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
            return (policy.linesep.join(lines) or start) + policy.linesep
        encoded = Header(str(self), "utf-8", maxlinelen=76, header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {encoded}{policy.linesep}"  # RFC 2047 section 2: at most 76 on a line


class _Fields(HeaderRegistry):
    """The registry of the library, which would make a new class for every header of every letter."""

    def __init__(self) -> None:
        super().__init__()
        for name in _CHECKED:
            self.map_to_type(name, _AsWritten)
        self.map_to_type("subject", _Words)
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


POLICY: Final = SMTP.clone(header_factory=_Fields())


def written_address(address: str) -> str:
    """The address as a header can carry it, its domain in A-labels (RFC 5890).

    Never where it is not exactly one address, or has a local part beyond ASCII: that would need SMTPUTF8 (RFC 6531)
    from every server on its way.
    """
    local = address.rpartition("@")[0]
    written = f"{local}@{address_key(address).rpartition('@')[2]}"
    if not _ADDRESS.fullmatch(written) or local.startswith(".") or local.endswith(".") or ".." in local:
        raise Never(
            f"no letter can be written to {address[:320]!r}: it is not one plain address; mend the address on record"
        )
    return written


def plus_address(address: str, token: str) -> str:
    """desk+TOKEN@… of desk@… (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def thread_headers(message: EmailMessage, answers: Thread | None) -> None:
    """In-Reply-To, References, and the fields by which robots know each other (RFC 5322 section 3.6.4, RFC 3834)."""
    if answers is not None:
        parent = _identifiers((answers.message_id,) if answers.message_id else ())
        references = _identifiers((*answers.references, *parent))
        if parent:
            message["In-Reply-To"] = _in_brackets(parent)
        if references:
            message["References"] = _in_brackets(references)
    message["Auto-Submitted"] = "auto-generated" if answers is None else "auto-replied"
    message["X-Auto-Response-Suppress"] = _SUPPRESSED_OTHERWISE if answers is None else _SUPPRESSED_FOR_ANSWERS


def unsubscribe_header(message: EmailMessage, reply_address: str) -> None:
    """A mail that a program can write for its reader: the word STOP to the address of this letter (RFC 2369)."""
    message["List-Unsubscribe"] = f"<mailto:{quote(reply_address, safe='@+')}?subject={STOP_WORD}>"


def _identifiers(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that can stand in a header, each once; of too many the first and the last ones."""
    usable = tuple(dict.fromkeys(one for one in ids if _ID.fullmatch(one)))
    return usable if len(usable) <= _MOST_REFERENCES else (usable[0], *usable[1 - _MOST_REFERENCES :])


def _in_brackets(ids: tuple[str, ...]) -> str:
    return " ".join(f"<{one}>" for one in ids)
