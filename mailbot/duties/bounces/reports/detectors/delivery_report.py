"""Delivery status notifications as RFC 3464 has them: one group of fields for each recipient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from mailbot.duties.bounces.reports.codes import status_in
from mailbot.duties.bounces.reports.detectors.mail_systems import is_from_a_mail_system
from mailbot.duties.bounces.reports.detectors.own_words import (
    MOST_TEXT,
    Beside,
    own_words,
    paragraphs,
    words_by_address,
)
from mailbot.duties.bounces.reports.diagnosis import diagnose_first
from mailbot.duties.bounces.reports.failure import Failure, Outcome
from mailbot.message.addresses import address_key, parse_mailboxes
from mailbot.message.model import Evidence, Header, Message, Place

NAME: Final = "delivery report (RFC 3464)"
IN_TEXT: Final = "delivery report whose parts were lost"

_MOST_GROUPS = 1_001  # the one of the message, and a thousand recipients

_ACTIONS: Final[Mapping[str, Outcome]] = {
    "failed": Outcome.FAILED,
    "failure": Outcome.FAILED,
    "expired": Outcome.FAILED,
    "delayed": Outcome.DELAYED,
    "deferred": Outcome.DELAYED,
    "delivered": Outcome.DELIVERED,
    "relayed": Outcome.DELIVERED,
    "expanded": Outcome.DELIVERED,
}
_BY_CLASS: Final[Mapping[str, Outcome]] = {
    "2": Outcome.DELIVERED,
    "4": Outcome.DELAYED,
    "5": Outcome.FAILED,
}
_FOLD = re.compile(r"\r?\n[ \t]+")
_FIELD = re.compile(r"^([A-Za-z-]{1,60}):[ \t]*(.*)$", re.MULTILINE)
_FIRST_WORD = re.compile(r"[a-z]+")
_TYPED = re.compile(r"\s*[A-Za-z0-9-]+\s*;\s*")  # "rfc822;", "smtp;", "utf-8;" (RFC 3464 section 2.1.2)
_UNICODE = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")  # utf-8-addr-xtext (RFC 6533 section 3)
_BARE_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]{1,64}@[^\s<>()\[\]\"',;]{1,255}")


def read_delivery_report(message: Message) -> tuple[Failure, ...]:
    """Every recipient that a delivery report names, delivered ones included."""
    report = message.report
    if report is None or report.kind != "delivery-status":
        return ()
    return _failures(report.groups, message, NAME)


def read_report_in_text(message: Message) -> tuple[Failure, ...]:
    """The fields of a delivery report that stand in the text, because a gateway took the mail apart."""
    text = message.body.original[:MOST_TEXT]
    if not is_from_a_mail_system(message) or "final-recipient:" not in text.lower():
        return ()
    groups = (_fields_in(paragraph.text) for paragraph in paragraphs(text))
    return _failures(groups, message, IN_TEXT)


def _fields_in(text: str) -> tuple[Header, ...]:
    unfolded = _FOLD.sub(" ", text)
    return tuple(Header(name.lower(), value.strip()) for name, value in _FIELD.findall(unfolded))


def _failures(groups: Iterable[tuple[Header, ...]], message: Message, detector: str) -> tuple[Failure, ...]:
    named = [group for group in islice(groups, _MOST_GROUPS) if _recipients(group)]
    own = own_words(message).text
    beside = words_by_address(own)
    about_all = " ".join(own.split()) if len(named) == 1 else ""
    return tuple(_failure(group, beside, about_all, detector) for group in named)


def _recipients(group: tuple[Header, ...]) -> tuple[str, ...]:
    """The original recipient and the final one, as many as are named."""
    fields = _first_of_each(group)
    found = (recipient_in(fields.get(name, "")) for name in ("original-recipient", "final-recipient"))
    return tuple(dict.fromkeys(address for address in found if address))


def _failure(group: tuple[Header, ...], beside: Mapping[str, Beside], about_all: str, detector: str) -> Failure:
    fields = _first_of_each(group)
    addresses = _recipients(group)
    outcome = _outcome(fields)
    words, diagnosis = diagnose_first(
        fields.get("status", ""), _words(fields, addresses, beside, about_all), outcome, addresses
    )
    return Failure(
        address=addresses[0],
        final=addresses[1] if len(addresses) > 1 else None,
        outcome=outcome,
        reason=diagnosis.reason,
        status=diagnosis.status,
        reply_code=diagnosis.reply_code,
        diagnostic=words,
        detector=detector,
        evidence=tuple(_evidence(header) for header in group if header.name in _QUOTED),
    )


def _words(
    fields: Mapping[str, str], addresses: tuple[str, ...], beside: Mapping[str, Beside], about_all: str
) -> Iterator[str]:
    """The words that may say why, the most certain first: of the report, of its text about the address, all of it."""
    diagnostic = _untyped(fields.get("diagnostic-code", ""))
    about = next((beside[key] for key in map(address_key, addresses) if key in beside), None)
    if diagnostic:
        yield _in_full(diagnostic, about.first if about else "")
    if about:
        yield f"{diagnostic} {about.text}".strip()
    yield f"{diagnostic} {about_all}".strip()


def _in_full(diagnostic: str, entry: str) -> str:
    """A diagnostic as it stands in the entry of its recipient, to the end of that: some systems cut the field off, and
    say only there what else the server said, and to which command."""
    at = entry.find(diagnostic)
    return entry[at:] if at >= 0 else diagnostic


_QUOTED: Final = frozenset({"original-recipient", "final-recipient", "action", "status", "diagnostic-code"})


def _evidence(header: Header) -> Evidence:
    words = header.value[:500]
    return Evidence(words, Place(f"report {header.name}", 0, len(words)))


def _first_of_each(group: tuple[Header, ...]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for header in group:
        fields.setdefault(header.name, header.value)
    return fields


def _outcome(fields: Mapping[str, str]) -> Outcome:
    """The Action field; where it is missing or of no known word, the class of the status code; else a failure."""
    word = _FIRST_WORD.search(fields.get("action", "").lower())
    if word and word[0] in _ACTIONS:
        return _ACTIONS[word[0]]
    return _BY_CLASS.get(status_in(fields.get("status", ""))[:1], Outcome.FAILED)


def recipient_in(value: str) -> str | None:
    """The address of a recipient field: `rfc822; a@b`, `rfc822;<a@b>`, `a@b (comment)`; None where there is none."""
    written = _UNICODE.sub(_character, _untyped(value)[:1_000])
    mailboxes, _ = parse_mailboxes(written, most=1)
    if mailboxes:
        return mailboxes[0].address
    bare = _BARE_ADDRESS.search(written)
    return bare[0] if bare else None


def _untyped(value: str) -> str:
    typed = _TYPED.match(value)
    return " ".join((value[typed.end() :] if typed else value).split())


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1], 16)
    return chr(number) if 0xA0 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else escape[0]
