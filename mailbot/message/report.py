"""Machine reports about a letter: multipart/report (RFC 6522) with delivery status notifications (RFC 3464),
disposition notifications (RFC 8098) and feedback reports (RFC 5965), also where they are malformed."""

from __future__ import annotations

from mailbot.message.content import content_of
from mailbot.message.defects import Defects
from mailbot.message.headers import decoded, header_of, read_head
from mailbot.message.limits import Limits
from mailbot.message.model import Header, Report
from mailbot.message.structure import Part

MACHINE_TYPES = {
    "message/delivery-status": "delivery-status",
    "message/global-delivery-status": "delivery-status",
    "message/disposition-notification": "disposition-notification",
    "message/global-disposition-notification": "disposition-notification",
    "message/feedback-report": "feedback-report",
}
_RETURNED_TYPES = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers",
     "message/partial"}
)  # fmt: skip

# Fields that only a recipient has (RFC 3464 section 2.3).
_OF_A_RECIPIENT = frozenset(
    {"final-recipient", "original-recipient", "action", "status", "remote-mta", "diagnostic-code", "last-attempt-date",
     "final-log-id", "will-retry-until"}
)  # fmt: skip
_BEGINS_A_RECIPIENT = frozenset({"final-recipient", "original-recipient"})


def read_report(raw: bytes, root: Part, limits: Limits, defects: Defects) -> Report | None:
    """The report a mail carries, or None when it has no machine-readable part and does not say that it is one."""
    parts = root.every()
    machine = [part for part in parts if part.content_type in MACHINE_TYPES]
    reports = [part for part in parts if part.content_type == "multipart/report"]
    if not machine and not reports:
        return None
    reporting = reports[0] if reports else None
    written = reporting.parameters.get("report-type", "").lower() if reporting else ""
    kind = MACHINE_TYPES[machine[0].content_type] if machine else written
    # Some systems write one machine-readable part a recipient, or label their human text as one.
    content = b"\n\n".join(content_of(raw, part, defects) for part in machine)
    groups = _groups(content, kind, limits, defects)
    returned = next((part for part in root.leaves() if part.content_type in _RETURNED_TYPES), None)
    return Report(kind, groups, _returned_headers(raw, returned, limits, defects) if returned else ())


def _returned_headers(raw: bytes, part: Part, limits: Limits, defects: Defects) -> tuple[Header, ...]:
    content = content_of(raw, part, defects).lstrip(b"\r\n")
    head = read_head(content, 0, len(content), limits, Defects())
    return decoded(head, limits)


def _groups(content: bytes, kind: str, limits: Limits, defects: Defects) -> tuple[tuple[Header, ...], ...]:
    """The field groups: the per-message group first, empty where it is missing, then one a recipient.

    Reports that leave out the empty lines between the groups, or put them inside one, are grouped by what their
    fields mean.
    """
    blocks = _blocks(content, limits, defects)
    if kind != "delivery-status":
        together = tuple(field for block in blocks for field in block)
        return (together,) if together else ()
    message_fields: list[Header] = []
    recipients: list[list[Header]] = []
    for block in blocks:
        is_new = True
        for field in block:
            if field.name not in _OF_A_RECIPIENT and (not recipients or (is_new and not _has_recipient(block))):
                message_fields.append(field)
                continue
            if is_new or (field.name in _BEGINS_A_RECIPIENT and _names(recipients[-1], field.name)):
                if is_new and recipients and not _has_recipient(block):
                    recipients[-1].append(field)
                    is_new = False
                    continue
                recipients.append([])
                is_new = False
            recipients[-1].append(field)
    if len(recipients) > limits.report_groups:
        defects.note("report", f"more than {limits.report_groups} recipients, the others are not read")
    groups = (message_fields, *recipients[: limits.report_groups])
    return tuple(tuple(group) for group in groups) if message_fields or recipients else ()


def _has_recipient(block: list[Header]) -> bool:
    return any(field.name in _BEGINS_A_RECIPIENT for field in block)


def _names(group: list[Header], name: str) -> bool:
    return any(field.name == name for field in group)


def _blocks(content: bytes, limits: Limits, defects: Defects) -> list[list[Header]]:
    """Runs of fields between empty lines; lines that are no fields are noted and passed over."""
    blocks: list[list[Header]] = []
    position = fields = 0
    while position < len(content) and fields < 20 * limits.report_groups:
        head = read_head(content, position, len(content), limits, Defects())
        block = [_lowered(field, limits) for field in head.fields]
        fields += max(len(block), 1)
        if block:
            blocks.append(block)
        if head.body_start > position:
            position = head.body_start
        else:
            defects.note("report", "lines that are no fields, passed over")
            line_end = content.find(b"\n", position)
            position = line_end + 1 if line_end >= 0 else len(content)
    return blocks


def _lowered(field: Header, limits: Limits) -> Header:
    return Header(field.name.lower(), header_of(field, limits).value)
