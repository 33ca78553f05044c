"""Bytes to a Message: the whole way, in order."""

from __future__ import annotations

import re
from datetime import datetime

from mailbot.message.addresses import MOST_ADDRESS_CHARACTERS, only_mailbox, parse_mailboxes
from mailbot.message.attachments import read_attachments
from mailbot.message.dates import parse_date
from mailbot.message.defects import Defects
from mailbot.message.encoded_words import decode_words
from mailbot.message.headers import Head, clean_line, decoded, header_of
from mailbot.message.identifiers import message_id, message_ids
from mailbot.message.identity import HASHED_FIELDS, content_hash
from mailbot.message.limits import Limits
from mailbot.message.model import Mailbox, Message
from mailbot.message.report import read_report
from mailbot.message.structure import Part, Tree
from mailbot.message.subjects import taken_apart
from mailbot.message.texts import choose_texts
from mailbot.message.trimmer import trim, whole
from mailbot.message.winmail import open_winmails

_ENVELOPE_RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to")
# "From x@y Fri Oct 31 …"; "From : x@y" is a header field in obsolete syntax and must be seen as one.
_MBOX_LINE = re.compile(rb">?From (?![ \t]*+:)[^\n]*+(?:\n|\Z)")
_BLANK_LINES = re.compile(rb"(?:[ \t]++\r*\n)+")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(raw: bytes, limits: Limits = Limits()) -> Message:  # noqa: B008 (frozen)
    """Reads a mail. Pure; never raises, whatever the bytes are; time is linear in their number and capped by `limits`.

    What could not be read as it should is in `defects`, and was read as well as it could be.
    """
    defects = Defects(limits.defects)
    mail = _prepared(raw, limits, defects)
    root = Tree(mail, limits, defects).root(_mail_start(mail), len(mail))
    winmails = open_winmails(mail, root, limits, defects)
    texts = choose_texts(mail, root, winmails, limits, defects)
    files = read_attachments(mail, root, texts.parts, winmails, limits, defects)
    report = read_report(mail, root, limits, defects)
    head = _Envelope(root, limits, defects)
    sender = head.sender()
    name = sender.name if sender else ""
    is_proven = texts.is_laid_out or ">" not in texts.text or head.is_answer()
    hashed = [(key, header_of(field, limits).value) for key in HASHED_FIELDS for field in root.head.named(key)]
    return Message(
        message_id=message_id(head.line("message-id")),
        content_hash=content_hash(hashed, texts.text, texts.html, files),
        size=len(raw),
        sender=sender,
        return_path=head.return_path(),
        reply_to=head.mailboxes("reply-to"),
        to=head.mailboxes("to"),
        cc=head.mailboxes("cc"),
        delivered_to=head.delivered_to(),
        subject=head.subject(),
        date=head.date(),
        in_reply_to=message_ids(head.line("in-reply-to"), limits.message_ids),
        references=message_ids(head.line("references"), limits.message_ids),
        headers=decoded(root.head, limits),
        body=whole(texts.text) if report else trim(texts.text, limits, name, is_proven=is_proven),
        html=texts.html,
        tables=texts.tables,
        attachments=files,
        report=report,
        content_type=root.content_type,
        defects=defects.found(),
    )


def _prepared(raw: bytes, limits: Limits, defects: Defects) -> bytes:
    """The bytes that are read: not more than the cap, and with line feeds where all line ends are carriage returns.

    Only then is a carriage return a line end: mail servers do not see one in it, and a header field that they did
    not check must not appear here.
    """
    if len(raw) > limits.mail_bytes:
        defects.note("mail", f"larger than {limits.mail_bytes} bytes, the rest is not read")
        raw = raw[: limits.mail_bytes]
    if not raw:
        defects.note("mail", "empty")
    if b"\r" in raw and b"\n" not in raw:
        defects.note("mail", "line ends are carriage returns alone")
        raw = raw.replace(b"\r", b"\n")
    return raw


def _mail_start(mail: bytes) -> int:
    """Behind a byte order mark, lines of blanks, and the "From " line of an mbox file."""
    start = len(_BYTE_ORDER_MARK) if mail.startswith(_BYTE_ORDER_MARK) else 0
    if mail[start : start + 1].isspace() and (blank := _BLANK_LINES.match(mail, start)):
        start = blank.end()
    mbox_line = _MBOX_LINE.match(mail, start) if mail[start : start + 1] in b">F" else None
    return mbox_line.end() if mbox_line else start


class _Envelope:
    """The header of the whole mail, asked field by field."""

    __slots__ = ("_defects", "_head", "_limits")

    def __init__(self, root: Part, limits: Limits, defects: Defects) -> None:
        self._head: Head = root.head
        self._limits, self._defects = limits, defects

    def line(self, key: str) -> str:
        """The topmost field of that name as one clean line, encoded words still encoded; "" where there is none."""
        field = self._head.first(key)
        return clean_line(field.value[: self._limits.value_characters]) if field else ""

    def subject(self) -> str:
        """The subject as one clean line."""
        subject = clean_line(decode_words(self.line("subject"), self._limits.encoded_words))
        if len(subject) > self._limits.subject_characters:
            self._defects.note("header Subject", f"longer than {self._limits.subject_characters} characters, cut")
        return subject[: self._limits.subject_characters]

    def is_answer(self) -> bool:
        """Whether the mail says that it answers one, or passes one on: in its threading, or in its subject."""
        is_threaded = self._head.first("in-reply-to") or self._head.first("references")
        return is_threaded is not None or taken_apart(self.line("subject")).is_repeated

    def sender(self) -> Mailbox | None:
        """The one mailbox of the one From field; None, with a defect, where either is not one (RFC 5322 3.6.2)."""
        fields = self._head.named("from")
        if len(fields) != 1:
            self._defects.note("header From", f"{len(fields)} fields instead of one: no sender")
            return None
        if not self._head.complete:
            self._defects.note("header From", "the header was not read to its end: no sender")
            return None
        value = fields[0].value
        if len(value) > self._limits.value_characters:
            self._defects.note("header From", f"longer than {self._limits.value_characters} characters: no sender")
            return None
        mailbox, troubles = only_mailbox(value, "header From")
        for trouble in troubles:
            self._defects.note(trouble.where, trouble.what)
        return mailbox

    def mailboxes(self, key: str) -> tuple[Mailbox, ...]:
        """The mailboxes of every field of that name."""
        found: list[Mailbox] = []
        for field in self._head.named(key):
            left = self._limits.recipients - len(found)
            value = field.value[: self._limits.value_characters]
            mailboxes, troubles = parse_mailboxes(value, left, f"header {field.name}")
            found.extend(mailboxes)
            for trouble in troubles:
                self._defects.note(trouble.where, trouble.what)
        return tuple(found)

    def return_path(self) -> str | None:
        """The envelope sender: "" for the null sender, None where none was written."""
        if self._head.first("return-path") is None:
            return None
        value = self.line("return-path").strip("<> ")
        return value[:MOST_ADDRESS_CHARACTERS]

    def delivered_to(self) -> tuple[str, ...]:
        """The envelope recipients that mail servers wrote down, each once."""
        found: dict[str, None] = {}
        for key in _ENVELOPE_RECIPIENTS:
            for field in self._head.named(key)[: self._limits.recipients]:
                for mailbox in parse_mailboxes(field.value[:10_000], self._limits.recipients)[0]:
                    found[mailbox.address] = None
        return tuple(found)[: self._limits.recipients]

    def date(self) -> datetime | None:
        field = self._head.first("date")
        if field is None:
            return None
        moment = parse_date(self.line("date"))
        if moment is None:
            self._defects.note(f"header {field.name}", "no date that can be read")
        return moment
