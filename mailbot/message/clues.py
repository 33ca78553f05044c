"""What a mail mentions that the records may know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import re2

from mailbot.message.addresses import address_key, parse_mailboxes
from mailbot.message.identifiers import message_ids
from mailbot.message.limits import Limits
from mailbot.message.model import Clues, Header, Message

_REF = re2.compile(r"(?i)\b[a-z]{1,3}-\d{4,}(?:\.\d+)?-[0-9a-hjkmnp-tv-z]{10}\b")
_NUMBERED = re.compile("-[0-9]{4}")  # most mails have nothing like it
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_RETURNED_ADDRESSES = frozenset({"from", "to", "cc", "sender", "reply-to", "x-failed-recipients"})
_RETURNED_IDS = frozenset({"message-id", "in-reply-to", "references"})


def clues(
    message: Message,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    hints: Mapping[str, object] | None = None,
) -> Clues:
    """The addresses, ids and references a mail mentions, and beside them the `hints` that were seen in it.

    Pure, never raises; each list has a cap.
    """
    text = message.body.original[: limits.pattern_characters]
    return Clues(
        addresses=_first(limits.clues, _address_keys(message, text)),
        message_ids=_first(limits.clues, _message_ids(message)),
        refs=_first(limits.clues, _refs(message, text)),
        hints=hints or {},
    )


def _first(most: int, found: Iterable[str]) -> tuple[str, ...]:
    """The first `most` different ones, in order."""
    kept: dict[str, None] = {}
    for one in found:
        kept[one] = None
        if len(kept) == most:
            break
    return tuple(kept)


def _address_keys(message: Message, text: str) -> Iterator[str]:
    if message.sender:
        yield message.sender.key
    for mailbox in (*message.reply_to, *message.to, *message.cc):
        yield mailbox.key
    yield from map(address_key, _other_addresses(message, text))


def _other_addresses(message: Message, text: str) -> Iterator[str]:
    if message.return_path:
        yield message.return_path
    yield from message.delivered_to
    for field in _report_fields(message):
        yield from addresses_in(field.value.partition(";")[2] or field.value)
    for header in message.report.returned if message.report else ():
        if header.name.lower() in _RETURNED_ADDRESSES:
            yield from (mailbox.address for mailbox in parse_mailboxes(header.value)[0])
    for value in message.values("X-Failed-Recipients"):
        yield from addresses_in(value)
    yield from addresses_in(message.subject)
    yield from addresses_in(text)


def addresses_in(text: str) -> Iterator[str]:
    """The addresses that stand in running text, in order; linear in its length."""
    at = text.find("@")
    while at >= 0:
        domain = _DOMAIN.match(text, at + 1)
        backwards = _LOCAL.match(text[max(at - 64, 0) : at][::-1]) if domain else None
        if backwards and domain and (name := backwards[0][::-1].lstrip(".'`")):
            yield f"{name}@{domain[0]}"
        at = text.find("@", at + 1)


def _report_fields(message: Message) -> Iterator[Header]:
    for group in message.report.groups if message.report else ():
        for field in group:
            if "recipient" in field.name or field.name.endswith(("-to", "-from", "mail-from", "rcpt-to")):
                yield field


def _message_ids(message: Message) -> Iterator[str]:
    yield from message.in_reply_to
    yield from reversed(message.references)
    if message.report:
        for header in message.report.returned:
            if header.name.lower() in _RETURNED_IDS:
                yield from message_ids(header.value)
        for group in message.report.groups:
            for field in group:
                if field.name == "original-message-id":
                    yield from message_ids(field.value)


def _refs(message: Message, text: str) -> Iterator[str]:
    places = "\n".join(_ref_places(message, text))
    if _NUMBERED.search(places):
        for found in _REF.finditer(places):
            yield found[0].lower()


def _ref_places(message: Message, text: str) -> list[str]:
    return [
        *[mailbox.address for mailbox in (*message.to, *message.cc)],
        *message.delivered_to,
        *_message_ids(message),
        *[field.value for field in _report_fields(message)],
        *[header.value for header in (message.report.returned if message.report else ())],
        message.subject,
        text,
    ]
