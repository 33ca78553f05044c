"""The files of a mail, workbooks and PDF: shut as the mail is read, and opened once its sender is believed.

They stay shut where no duty could do anything with what is in them: nobody opens the files of strangers. That they are
opened here, and each in a process of its own: `mailbot.workbooks` and `mailbot.papers` say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from mailbot.duties.duty import Duty
from mailbot.message.model import Attachment, Message
from mailbot.papers import opening as papers
from mailbot.papers.values import Paper, PaperText, Unread
from mailbot.records.known import Known
from mailbot.sorting.model import Trust
from mailbot.sorting.trust import judge
from mailbot.workbooks import opening as workbooks
from mailbot.workbooks.bounds import is_text
from mailbot.workbooks.values import Contents, Unopened, Workbook

Found = TypeVar("Found")

_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".numbers")
_WORKBOOK_TYPES: Final = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel",
    "application/vnd.oasis.opendocument.spreadsheet",
)
_PAPER: Final = ".pdf"
_PAPER_TYPE: Final = "application/pdf"


def with_shut_files(message: Message) -> Message:
    """The mail with its files named, and none of them opened."""
    return _with(message, _OF_WORKBOOKS.shut(message), _OF_PAPERS.shut(message))


def with_believed_files(message: Message, known: Known, files_of: Trust | None) -> Message:
    """The mail with its files opened, where its sender is believed at least so far; else as it is. Never raises."""
    if not (message.workbooks or message.papers):
        return message
    if files_of is None or judge(message, known).trust < files_of:
        return message
    return _with(message, _OF_WORKBOOKS.opened(message), _OF_PAPERS.opened(message))


def files_read_of(duties: Iterable[Duty]) -> Trust | None:
    """How far a sender has to be believed for one of the duties to read his files; None where none reads any."""
    return min((duty.reads_files_of for duty in duties if duty.reads_files_of is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Opener(Generic[Found]):
    """How the files of one kind are told from others, and opened. Of one mail only `most` are opened, the first ones;
    of the others it is said that they were not."""

    is_one: Callable[[Attachment], bool]
    open: Callable[[bytes], Found]
    most: int
    left_shut: Found
    one_too_many: Found

    def shut(self, message: Message) -> list[tuple[Attachment, Found]]:
        return [(file, self.left_shut) for file in self._of(message)]

    def opened(self, message: Message) -> list[tuple[Attachment, Found]]:
        files = self._of(message)
        opened = [(file, self.open(file.content)) for file in files[: self.most]]
        return opened + [(file, self.one_too_many) for file in files[self.most :]]

    def _of(self, message: Message) -> list[Attachment]:
        return [attachment for attachment in message.attachments if self.is_one(attachment)]


def _is_workbook(file: Attachment) -> bool:
    """By its name, or by what its sender calls it. An ".xls" that is a text is none."""
    is_called_so = file.filename.casefold().endswith(_WORKBOOKS) or file.content_type.startswith(_WORKBOOK_TYPES)
    return is_called_so and not is_text(file.content)


def _is_paper(file: Attachment) -> bool:
    return file.filename.casefold().endswith(_PAPER) or file.content_type.casefold().startswith(_PAPER_TYPE)


def _with(
    message: Message, books: list[tuple[Attachment, Contents]], texts: list[tuple[Attachment, PaperText]]
) -> Message:
    if not (books or texts):
        return message
    return replace(
        message,
        workbooks=tuple(Workbook(file.filename, file.sha256, found) for file, found in books),
        papers=tuple(Paper(file.filename, file.sha256, found) for file, found in texts),
    )


_OF_WORKBOOKS: Final = _Opener(
    _is_workbook, workbooks.opened, 3, Contents(unopened=Unopened.SHUT), Contents(unopened=Unopened.TOO_LARGE)
)
_OF_PAPERS: Final = _Opener(
    _is_paper, papers.opened, 2, PaperText(unread=Unread.SHUT), PaperText(unread=Unread.TOO_LARGE)
)
