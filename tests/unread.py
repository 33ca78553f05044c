"""A mail as the desk's own process may look at it: who wrote it and when, and not one word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

from mailbot.message.model import Message


class WordsWereReadError(AssertionError):
    """Something looked at the words of a mail where none may be read."""


def unread(message: Message) -> Message:
    """The mail without its words: whoever looks at them raises WordsWereReadError."""
    words: Any = _Words()
    return replace(
        message, subject=words, body=words, html=words, tables=words, attachments=words, workbooks=words, papers=words
    )


def _raise(*_of: object, **_how: object) -> NoReturn:
    raise WordsWereReadError("the words of the mail were read, where they may only be read in a worker process")


class _Words:
    __slots__ = ()
    __getattribute__ = __getitem__ = __iter__ = __len__ = __bool__ = __contains__ = _raise
    __str__ = __repr__ = __format__ = __eq__ = __hash__ = __add__ = __radd__ = _raise
