"""A draft becomes a letter: written, addressed, signed and in bytes. Pure."""

from __future__ import annotations

from binascii import b2a_qp
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Self

from mailbot.letters.cleaning import header_words
from mailbot.letters.enclosures import multipart, part_of
from mailbot.letters.facts import Standing, names_for_template
from mailbot.letters.fields import LINE_END, field, from_field, subject_field
from mailbot.letters.headers import plus_address, thread_fields, unsubscribe_field, written_address
from mailbot.letters.model import Draft, Enclosure, Letter, Letterhead
from mailbot.letters.refs import sign
from mailbot.letters.templates import Templates, Written
from mailbot.message.addresses import address_key

_LONGEST_NAME = 60


def compose(draft: Draft, number: int, head: Letterhead, templates: Templates) -> Letter:
    """The letter number `number` (from 1) of a decision; the same draft and head give the same bytes.

    Whatever strangers wrote into the facts, it does not raise. Never where the recipient is no address that can be
    written to, OurBug where the template and the facts do not fit.
    """
    ref = head.ref if number == 1 else f"{head.ref}.{number}"
    signed = sign(head.key, ref, address_key(draft.to.address))
    names = names_for_template(draft.facts, _standing(draft, head, ref, signed), head.zone)
    written = templates.write(draft.template, draft.to.language, names)
    envelope = _Envelope.of(draft, head, signed)
    fields = _fields(draft, head, envelope, written.subject)
    return Letter(
        ref=ref,
        recipient=envelope.recipient,
        envelope_sender=envelope.reply_to,
        message_id=envelope.message_id,
        subject=written.subject,
        text=written.text,
        content=_content(fields, signed, written, draft.enclosures),
        purpose=draft.purpose,
        object=draft.object,
        period=draft.period,
        acknowledgement=draft.acknowledgement,
        about_client=draft.about_client,
        kind=draft.kind,
    )


@dataclass(frozen=True, slots=True)
class _Envelope:
    """The addresses of a letter, as headers can carry them, and its identifier."""

    sender: str
    recipient: str
    reply_to: str
    message_id: str

    @classmethod
    def of(cls, draft: Draft, head: Letterhead, signed: str) -> Self:
        desk = written_address(head.address)
        return cls(
            sender=desk,
            recipient=written_address(draft.to.address),
            reply_to=plus_address(desk, signed),
            message_id=f"{signed}@{desk.rpartition('@')[2]}",
        )


def _standing(draft: Draft, head: Letterhead, ref: str, signed: str) -> Standing:
    return Standing(
        answered=draft.answers.subject if draft.answers else "",
        company=head.company,
        desk=head.desk,
        name=draft.to.name,
        address=draft.to.address,
        ref=ref,
        signed_ref=signed,
    )


def _fields(draft: Draft, head: Letterhead, envelope: _Envelope, subject: str) -> list[str]:
    """The header of the letter, field by field."""
    return [
        from_field(header_words(head.desk, _LONGEST_NAME), envelope.sender),
        field("To", envelope.recipient),
        field("Reply-To", envelope.reply_to),
        subject_field(subject),
        field("Date", format_datetime(head.now.astimezone(head.zone))),
        field("Message-ID", f"<{envelope.message_id}>"),
        *thread_fields(draft.answers),
        *([unsubscribe_field(envelope.reply_to)] if draft.offers_stop else ()),
        field("MIME-Version", "1.0"),
    ]


def _content(fields: list[str], signed: str, written: Written, enclosures: tuple[Enclosure, ...]) -> bytes:
    """The header and all parts: the plainest first (RFC 2046 section 5.1.4), beside the HTML part the pictures that it
    shows (RFC 2387), and behind both the files that are enclosed."""
    shown = [part_of(each, signed) for each in enclosures if each.is_shown]
    files = [part_of(each, signed) for each in enclosures if not each.is_shown]
    html = multipart("related", f"=_r_{signed}", [_part("html", written.html), *shown], '; type="text/html"')
    letter = multipart("alternative", f"=_{signed}", [_part("plain", written.text), html])
    return "".join(fields).encode() + multipart("mixed", f"=_m_{signed}", [letter, *files])


def _part(subtype: str, text: str) -> bytes:
    head = [
        field("Content-Type", f'text/{subtype}; charset="utf-8"'),
        field("Content-Transfer-Encoding", "quoted-printable"),
        LINE_END,
    ]
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(head).encode() + b2a_qp(lines.encode(), istext=True).replace(b"\n", LINE_END.encode())
