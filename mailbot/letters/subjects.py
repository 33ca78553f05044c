"""The subject of an answer: that of the thread, and once what is new. It does not grow from answer to answer.

`Re: numbers - booked 3 lines` is answered with the same words behind another "Re:"; the next letter is
`Re: numbers - changed: Acme Corp`. So that this can be told from words of the sender, what is new has no dash of the
kind that stands between the two.
"""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.message.subjects import taken_apart

_LONGEST_BASE = 110  # characters: what is new is read, too
_DASH = " - "
_OTHER_DASH = " – "


def of_thread(subject: str, ours: Iterable[str]) -> str:
    """The subject of the thread that a mail belongs to; `ours` are those of the letters that it may answer."""
    base = taken_apart(subject).base
    for letter in map(taken_apart, ours):
        if letter.is_reply and letter.base.casefold() == base.casefold():
            return letter.base.rpartition(_DASH)[0] or base
    return base


def shown(subject: str) -> str:
    """What a letter calls the mail that it answers: without Re:, AW:, Fwd:, and not longer than a subject can bear."""
    base = taken_apart(subject).base
    return base if len(base) <= _LONGEST_BASE else base[: _LONGEST_BASE - 1].rstrip() + "…"


def of_answer(subject: str, thread: str) -> str:
    """The subject as it is sent, `thread` being the name that it was given for the mail it answers."""
    start = f"Re: {thread}{_DASH}"
    if not thread or not subject.startswith(start):
        return subject
    return start + subject[len(start) :].replace(_DASH, _OTHER_DASH)
