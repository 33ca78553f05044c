"""The files of a mail, workbooks and PDF: shut as the mail is read, and opened once its sender is believed.

They stay shut where no duty could do anything with what is in them: nobody opens the files of strangers.
"""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.duties.duty import Duty
from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.service.papers import with_papers, with_shut_papers
from mailbot.service.workbooks import with_shut_workbooks, with_workbooks
from mailbot.sorting.trust import judge


def with_shut_files(message: Message) -> Message:
    """The mail with its files named, and none of them opened."""
    return with_shut_papers(with_shut_workbooks(message))


def with_files(message: Message) -> Message:
    """The mail with its files opened; the mail itself where it has none. Never raises."""
    return with_papers(with_workbooks(message))


def may_be_opened(message: Message, known: Known, duties: Iterable[Duty]) -> bool:
    """Whether the mail has such files, and comes from somebody whose files one of the duties reads."""
    if not (message.workbooks or message.papers):
        return False
    lowest = min((duty.reads_files_of for duty in duties if duty.reads_files_of is not None), default=None)
    return lowest is not None and judge(message, known).trust >= lowest
