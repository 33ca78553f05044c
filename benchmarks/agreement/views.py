"""What a reader saw in one mail, in a form in which readers can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.message import read
from mailbot.message.filenames import clean_filename

FIELDS = ("sender", "subject", "text", "html", "names")


@dataclass(frozen=True, slots=True)
class View:
    """One mail as one reader sees it. White space is folded everywhere, for it is nobody's meaning.

    `sender`   the one mailbox of the one From field; "" where either is not one, or has no domain
    `text`     the plain text that is written to be read with the mail; "" where there is none
    `html`     the source of the first HTML part that is written to be read with the mail
    `names`    the names of files that came with the mail, cleaned as ours are
    """

    sender: str
    subject: str
    text: str
    html: str
    names: tuple[str, ...]


def view_of(
    senders: Sequence[str],
    subject: str,
    plain: Sequence[str],
    html: Sequence[str],
    files: Sequence[tuple[str, str]],
    content_type: str,
) -> View:
    """The view of a reader that found these mailboxes, texts, and files (name and content type).

    Of a report only the first text is written to be read (RFC 6522 section 3).
    """
    return View(
        sender=senders[0].casefold() if len(senders) == 1 and "@" in senders[0] else "",
        subject=_folded(subject),
        text=_folded("\n".join(plain[:1] if content_type == "multipart/report" else plain)),
        html=_folded(html[0]) if html else "",
        names=_names(files),
    )


def ours(raw: bytes) -> View:
    """The mail as the desk reads it."""
    message = read(raw)
    return view_of(
        [message.sender.address] if message.sender else [],
        message.subject,
        [message.body.original],
        [message.html] if message.html is not None else [],
        [(file.filename, file.content_type) for file in message.attachments],
        message.content_type,
    )


def _folded(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _names(files: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Names that were written; one that we made for a file without a name is none."""
    cleaned = ((clean_filename(name, kind), kind) for name, kind in files)
    return tuple(sorted(name for name, kind in cleaned if name != clean_filename("", kind)))
