"""Has the workbooks of a mail opened, once its sender is believed (`mailbot.workbooks` says why here)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mailbot.message.model import Attachment, Message
from mailbot.workbooks.bounds import is_text
from mailbot.workbooks.opening import opened
from mailbot.workbooks.values import Contents, Unopened, Workbook

_MOST: Final = 3  # of one mail; the others are said not to have been read
_NAMES: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".numbers")
_TYPES: Final = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.oasis.opendocument.spreadsheet",
)


def with_shut_workbooks(message: Message) -> Message:
    """The mail with its workbooks named, and none of them opened."""
    files = _workbooks_of(message)
    if not files:
        return message
    shut = Contents(unopened=Unopened.SHUT)
    return replace(message, workbooks=tuple(Workbook(file.filename, file.sha256, shut) for file in files))


def with_workbooks(message: Message) -> Message:
    """The mail with its workbooks opened; the mail itself where it has none. Never raises."""
    files = _workbooks_of(message)
    if not files:
        return message
    contents = [opened(file.content) for file in files[:_MOST]]
    contents += [Contents(unopened=Unopened.TOO_LARGE) for _ in files[_MOST:]]
    workbooks = (Workbook(file.filename, file.sha256, found) for file, found in zip(files, contents, strict=True))
    return replace(message, workbooks=tuple(workbooks))


def _workbooks_of(message: Message) -> list[Attachment]:
    return [attachment for attachment in message.attachments if _is_workbook(attachment)]


def _is_workbook(attachment: Attachment) -> bool:
    """By its name, or by what its sender calls it. An ".xls" that is a text is none."""
    is_called_so = attachment.filename.casefold().endswith(_NAMES) or attachment.content_type.startswith(_TYPES)
    return is_called_so and not is_text(attachment.content)
