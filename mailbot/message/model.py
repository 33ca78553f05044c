"""What a mail is once it has been read: frozen values, nothing that still has to be parsed.

Every piece of text remembers where it stands in the mail, so that whatever is decided later can quote the words
it was decided on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from mailbot.papers.values import Paper
from mailbot.workbooks.values import Workbook


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the part ("subject", "text", "header From", a file name) and the characters in it."""

    part: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.part} {self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a mail that something was read from."""

    words: str
    place: Place

    def __str__(self) -> str:
        return f'"{self.words}" ({self.place})'


@dataclass(frozen=True, slots=True)
class Defect:
    """Something in the mail that could not be read as it should, and how it was read instead."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox of an address header (RFC 5322 section 3.4).

    `address` is kept as written; `key` is the form in which addresses are compared: the domain as A-labels in
    lower case, ASCII letters of the local part in lower case, nothing else folded. The display name proves nothing.
    """

    name: str
    address: str
    key: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


class Header(NamedTuple):
    """One header field: its name as written, and its value unfolded, with encoded words decoded (RFC 2047).

    A tuple, because a mail has dozens of them.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of characters that stands in the body text from `start` on."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Words:
    """Parts of the body text, in order, each remembering where it stood."""

    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The passages as one text, a line each where they were apart."""
        if len(self.passages) == 1:
            return self.passages[0].text
        return "\n".join(passage.text for passage in self.passages)

    def evidence(self, start: int, end: int) -> Evidence:
        """Characters `start` to `end` of `text`, quoted with the place they have in the body."""
        offset = 0
        for passage in self.passages:
            if start <= offset + len(passage.text):
                at = passage.start + max(start - offset, 0)
                return Evidence(self.text[start:end], Place("text", at, at + end - start))
            offset += len(passage.text) + 1
        return Evidence(self.text[start:end], Place("text", start, end))


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a mail, and who said which part of it.

    `original`     the whole text as a reader sees it (from the HTML where that is the better part)
    `for_people`   the new words alone: quotes, signature and furniture off
    `for_figures`  quotes off and nothing else: a figure below "Best regards" is still a figure
    `cut`          what is not for people, kept
    """

    original: str
    for_people: Words
    for_figures: Words
    cut: Words


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the HTML part as rows of texts; hidden rows are not in it but counted.

    `reached` are the places (row, column) that a cell from above takes: there stands "".
    """

    rows: tuple[tuple[str, ...], ...]
    hidden_rows: int = 0
    reached: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with the mail. `filename` is cleaned: no path, no control or direction characters."""

    filename: str
    content_type: str
    size: int
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """A machine's report about a letter: multipart/report (RFC 6522), or what looks like the remains of one.

    `kind` is the report-type ("delivery-status", "disposition-notification", "feedback-report") or "".
    `groups` are the field groups of its machine-readable part: the per-message group first, then one a recipient
    (RFC 3464 section 2), names in lower case. `returned` are the headers of the letter it is about.
    """

    kind: str
    groups: tuple[tuple[Header, ...], ...]
    returned: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A mail that was read. Reading never raises: what could not be read is in `defects`.

    `sender` is set only where there is exactly one From field with exactly one mailbox; anything else is no identity.
    `return_path` is the envelope sender: "" for the null sender, None where no Return-Path was written.
    Message-IDs are kept without their angle brackets.
    `content_hash` covers From, Subject, Date, Message-ID and the body, not the trace fields that every hop adds
    (RFC 5321 section 4.4): two copies of one mail that came on two roads have the same one.
    `workbooks` and `papers` are those among the attachments, opened; reading a mail leaves them closed.
    """

    message_id: str | None
    content_hash: str
    size: int
    sender: Mailbox | None
    return_path: str | None
    reply_to: tuple[Mailbox, ...]
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    delivered_to: tuple[str, ...]
    subject: str
    date: datetime | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    headers: tuple[Header, ...]
    body: Body
    html: str | None
    tables: tuple[Table, ...]
    attachments: tuple[Attachment, ...]
    report: Report | None
    content_type: str
    defects: tuple[Defect, ...]
    workbooks: tuple[Workbook, ...] = ()
    papers: tuple[Paper, ...] = ()
    _by_name: Mapping[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Files the headers by their names: sorting asks for some forty of them, and most mails have none of those."""
        by_name: dict[str, list[str]] = {}
        for name, value in self.headers:
            key = name.lower()
            if key in by_name:
                by_name[key].append(value)
            else:
                by_name[key] = [value]
        object.__setattr__(self, "_by_name", by_name)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of every field of that name, in the order of the mail (the topmost first)."""
        return tuple(self._by_name.get(name.lower(), ()))

    def has_any(self, names: Collection[str]) -> bool:
        """Whether it has a field of one of these names, which are in lower case."""
        return not self._by_name.keys().isdisjoint(names)

    def named_among(self, names: frozenset[str]) -> frozenset[str]:
        """Those of these names, in lower case, that fields of it have."""
        return names.intersection(self._by_name)

    def value(self, name: str) -> str | None:
        """The first field of that name, or None."""
        values = self._by_name.get(name.lower())
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class Clues:
    """What a mail mentions that the records may know: the keys with which `Known` is loaded. Each list is capped.

    `addresses`    address keys, wherever they stand (sender, recipients, report, text), the sender first
    `message_ids`  of In-Reply-To, References, and of the returned letter of a report
    `refs`         signed references of our own letters, as written ("n-0412-9kq2x…"), from plus-addresses,
                   Message-IDs and text
    `hints`        what duties have seen in it by themselves, by duty: what they will ask the records depends on it
    """

    addresses: tuple[str, ...]
    message_ids: tuple[str, ...]
    refs: tuple[str, ...]
    hints: Mapping[str, object] = field(default_factory=dict)
