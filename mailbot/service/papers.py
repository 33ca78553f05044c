"""Has the PDF files of a mail opened, once its sender is believed (`mailbot.papers` says why here)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mailbot.message.model import Attachment, Message
from mailbot.papers.opening import opened
from mailbot.papers.values import Paper, PaperText, Unread

_MOST: Final = 2  # of one mail; the others are said not to have been read
_TYPE: Final = "application/pdf"
_NAME: Final = ".pdf"


def with_shut_papers(message: Message) -> Message:
    """The mail with its PDF files named, and none of them opened."""
    files = _papers_of(message)
    if not files:
        return message
    shut = PaperText(unread=Unread.SHUT)
    return replace(message, papers=tuple(Paper(file.filename, file.sha256, shut) for file in files))


def with_papers(message: Message) -> Message:
    """The mail with its PDF files opened; the mail itself where it has none. Never raises."""
    files = _papers_of(message)
    if not files:
        return message
    texts = [opened(file.content) for file in files[:_MOST]]
    texts += [PaperText(unread=Unread.TOO_LARGE) for _ in files[_MOST:]]
    papers = (Paper(file.filename, file.sha256, found) for file, found in zip(files, texts, strict=True))
    return replace(message, papers=tuple(papers))


def _papers_of(message: Message) -> list[Attachment]:
    return [attachment for attachment in message.attachments if _is_paper(attachment)]


def _is_paper(attachment: Attachment) -> bool:
    return attachment.filename.casefold().endswith(_NAME) or attachment.content_type.casefold().startswith(_TYPE)
