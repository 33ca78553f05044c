"""Complaints: a reader pressed "this is spam", and his provider says so (RFC 5965). The letter arrived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mailbot.duties.bounces.reports.detectors.addresses import addresses_named
from mailbot.duties.bounces.reports.failure import Failure, Outcome, Reason
from mailbot.message.model import Evidence, Header, Message, Place

NAME: Final = "feedback report (RFC 5965)"

# Fields of the report that name who complained, in the order in which they are believed; providers that keep it
# secret name it nowhere, or say what to take off a list.
_FIELDS: Final = ("original-rcpt-to", "removal-recipient", "original-recipient", "redacted-address")
_RETURNED: Final = ("x-hmxmroriginalrecipient", "to", "x-original-to", "delivered-to")

_MOST_RECIPIENTS = 100
_LONGEST = 500


def read_feedback_report(message: Message) -> tuple[Failure, ...]:
    """One result for everyone who complained: delivered, and for the reason that it was complained of."""
    if message.report is None or message.report.kind != "feedback-report":
        return ()
    fields = tuple(field for group in message.report.groups for field in group)
    kind = next((" ".join(field.value.split()) for field in fields if field.name == "feedback-type"), "")
    named = _named("report", fields, _FIELDS) or _named("returned letter", message.report.returned, _RETURNED)
    return tuple(
        Failure(address, None, Outcome.DELIVERED, Reason.COMPLAINT, "", "", kind, NAME, (evidence,))
        for address, evidence in named[:_MOST_RECIPIENTS]
    )


def _named(where: str, headers: Sequence[Header], names: Sequence[str]) -> list[tuple[str, Evidence]]:
    """The addresses in the first of these fields that names any, with the words they stand in."""
    for name in names:
        written = [header.value[:_LONGEST] for header in headers if header.name.lower() == name]
        found = [(address, value) for value in written for address in addresses_named(value)]
        if found:
            return [(address, Evidence(value, Place(f"{where} {name}", 0, len(value)))) for address, value in found]
    return []
