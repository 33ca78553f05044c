"""message.read and clues on any bytes: nothing is raised, and every text can be stored, shown and quoted."""

from __future__ import annotations

from collections.abc import Iterator

from fuzz.harness import MAILS, fuzz, instrumented

with instrumented():
    from mailbot.message import Message, clues, read


def target(data: bytes) -> None:
    """Reads the bytes as a mail."""
    message = read(data)
    clues(message)
    for text in _lines(message):
        assert "\n" not in text, f"more than one line: {text!r}"
        assert "\r" not in text, f"more than one line: {text!r}"
        assert "\0" not in text, f"a NUL: {text!r}"
        text.encode("utf-8")
    for text in (message.body.original, message.html or "", *(c for t in message.tables for r in t.rows for c in r)):
        assert "\0" not in text, f"a NUL: {text!r}"
        text.encode("utf-8")
    for file in message.attachments:
        assert file.filename not in {"", ".", ".."}, f"no name: {file.filename!r}"
        assert not set(file.filename) & set("/\\"), f"a path: {file.filename!r}"


def _lines(message: Message) -> Iterator[str]:
    yield message.subject
    yield from (value for header in message.headers for value in (header.name, header.value))
    yield from (value for mailbox in message.to for value in (mailbox.name, mailbox.address, mailbox.key))
    yield from (message.in_reply_to + message.references)
    yield from (file.filename for file in message.attachments)
    if message.sender:
        yield from (message.sender.name, message.sender.address)


if __name__ == "__main__":
    fuzz("reading", target, MAILS)
