"""Bounces of a colleague's own letters that are passed on: below a forward's head, as files, or pasted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailbot.duties.bounces.dead_ends.facts import (
    DeadMail,
    Fact,
    NotOnFile,
)
from mailbot.duties.bounces.dead_ends.own_clients import OwnClient
from mailbot.duties.bounces.facts import domain_of
from mailbot.duties.bounces.reports.detectors import failures_in
from mailbot.duties.bounces.reports.failure import Failure
from mailbot.letters.cleaning import one_line
from mailbot.message.addresses import address_key
from mailbot.message.forwards import forwarded
from mailbot.message.model import Evidence, Message, Place, Words
from mailbot.message.reading import read
from mailbot.records.known import ContactCard
from mailbot.records.names import name_words

_MOST_FORWARDED = 200_000  # bytes of a mail that is passed on
_SHORTEST_NAME = 4
_STATUS = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")  # RFC 3463: the detail has up to three digits
_HEAD_OF_A_BOUNCE = (
    "Return-Path: <>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
)


def of_bounces(message: Message, own: Sequence[OwnClient]) -> Iterator[Fact]:
    seen: set[str] = set()
    for inner, place in _passed_on(message):
        for failure in failures_in(inner):
            key = address_key(failure.address)
            if key in seen or not failure.is_dead:
                continue
            seen.add(key)
            fact = _of_failure(failure, key, own, place)
            if fact is not None:
                yield fact


def _passed_on(message: Message) -> Iterator[tuple[Message, int | None]]:
    """The mails that this one passes on, and where the text of each begins in it: below a forward's head, as files, or
    pasted. To be read as a bounce, what is pasted gets the null sender that bounces have; nothing else is believed."""
    inner = forwarded(message)
    if inner is not None:
        start = inner.words.passages[0].start if inner.words.passages else None
        yield as_a_bounce(inner.subject, inner.words), start
    for file in message.attachments:
        if file.content_type == "message/rfc822":
            yield read(file.content[:_MOST_FORWARDED]), None
    if inner is None:
        pasted = message.body.for_figures
        yield as_a_bounce(message.subject, pasted), None


def as_a_bounce(subject: str, words: Words) -> Message:
    raw = f"{_HEAD_OF_A_BOUNCE}Subject: {one_line(subject)}\n\n{words.text[:_MOST_FORWARDED]}"
    return read(raw.encode("utf-8", "replace"))


def _of_failure(failure: Failure, key: str, own: Sequence[OwnClient], start: int | None) -> Fact | None:
    found = failure.evidence[0] if failure.evidence else Evidence(failure.diagnostic, Place("text", 0, 0))
    said = found.words
    at = found.place.start + (start or 0)
    evidence = Evidence(said, Place("text" if start is not None else "mail that is passed on", at, at + len(said)))
    for client in own:
        for contact in client.card.contacts:
            if address_key(contact.address) == key:
                status = failure.status or next(iter(_STATUS.findall(said)), "")
                return DeadMail(client.card, contact, one_line(f"{status} {failure.diagnostic}".strip(), 200), evidence)
    near = [each for client in own for each in client.card.contacts if domain_of(each.address) == domain_of(key)]
    if not near:
        return None
    return NotOnFile(failure.address, next((each for each in near if _sounds_like(each, key)), None))


def _sounds_like(contact: ContactCard, key: str) -> bool:
    """Whether the local part of an address holds the family name of a contact at the same domain."""
    words = name_words(contact.name)
    return bool(words) and len(words[-1]) >= _SHORTEST_NAME and words[-1] in "".join(name_words(key.partition("@")[0]))
