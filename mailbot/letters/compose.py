"""A draft becomes a letter: written, addressed, signed and in bytes. Pure."""

from __future__ import annotations

from binascii import b2a_qp
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from mailbot.letters.cleaning import header_words
from mailbot.letters.facts import Standing, names_for_template
from mailbot.letters.headers import POLICY, plus_address, thread_headers, unsubscribe_header, written_address
from mailbot.letters.model import Draft, Letter, Letterhead
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
    standing = Standing(
        answered=draft.answers.subject if draft.answers else "",
        company=head.company,
        desk=head.desk,
        name=draft.to.name,
        address=draft.to.address,
        ref=ref,
        signed_ref=signed,
    )
    names = names_for_template(draft.facts, standing, head.zone)
    written = templates.write(draft.template, draft.to.language, names)
    message = _message(draft, head, signed, written)
    return Letter(
        ref=ref,
        recipient=written_address(draft.to.address),
        envelope_sender=str(message["Reply-To"]),
        message_id=str(message["Message-ID"]).strip("<>"),
        subject=written.subject,
        text=written.text,
        content=message.as_bytes(),
        purpose=draft.purpose,
        object=draft.object,
        period=draft.period,
        acknowledgement=draft.acknowledgement,
        about_client=draft.about_client,
    )


def _message(draft: Draft, head: Letterhead, signed: str, written: Written) -> EmailMessage:
    """Headers and both parts (RFC 2046 section 5.1.4: the plainest first)."""
    desk = written_address(head.address)
    message = EmailMessage(POLICY)
    message["From"] = Address(header_words(head.desk, _LONGEST_NAME), addr_spec=desk)
    message["To"] = written_address(draft.to.address)
    message["Reply-To"] = plus_address(desk, signed)
    message["Subject"] = written.subject
    message["Date"] = format_datetime(head.now.astimezone(head.zone))
    message["Message-ID"] = f"<{signed}@{desk.rpartition('@')[2]}>"
    thread_headers(message, draft.answers)
    if draft.offers_stop:
        unsubscribe_header(message, str(message["Reply-To"]))
    message["MIME-Version"] = "1.0"
    # "=_" stands in no quoted-printable text (RFC 2045 section 6.7)
    message["Content-Type"] = f'multipart/alternative; boundary="=_{signed}"'
    message.attach(_part("plain", written.text))
    message.attach(_part("html", written.html))
    return message


def _part(subtype: str, text: str) -> EmailMessage:
    part = EmailMessage(POLICY)
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(text.encode(), istext=True).decode("ascii"))
    return part
