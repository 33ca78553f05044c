"""Three readers that know nothing of ours: the standard library's compat32, fast-mail-parser, GMime.

They are for this comparison alone, and no part of what is locked. Each gives None for a mail that it cannot read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from benchmarks.agreement.views import View, view_of

if TYPE_CHECKING:
    from fast_mail_parser import PyMimePart

_READER = Path(__file__).with_name("gmime_reader.py")
_SYSTEM_PYTHON = "/usr/bin/python3"


class Oracle(Protocol):
    """A reader that is asked."""

    name: str

    def view(self, mail: Path) -> View | None:
        """The mail as this reader sees it, or None where it cannot read it."""


@contextmanager
def oracles() -> Iterator[tuple[Oracle, ...]]:
    """All three, ready to be asked. A sentence with what to install where one is missing."""
    if find_spec("fast_mail_parser") is None:
        raise click.ClickException(f"fast-mail-parser is missing: {sys.executable} -m pip install fast-mail-parser")
    gmime = Gmime()
    try:
        yield StandardLibrary(), FastMailParser(), gmime
    finally:
        gmime.close()


class StandardLibrary:
    """The parser of the standard library, with its oldest policy: the one that survives most mails."""

    name = "compat32"

    def view(self, mail: Path) -> View | None:
        """The mail as the standard library sees it."""
        with suppress(Exception):  # it has no closed list of what it raises
            return _of_compat32(message_from_bytes(mail.read_bytes(), policy=policy.compat32))
        return None


def _of_compat32(message: Message) -> View:
    senders = message.get_all("from", [])
    plain: list[str] = []
    html: list[str] = []
    files: list[tuple[str, str]] = []
    for part in _leaves(message):
        kind, name = part.get_content_type(), _filename(part)
        if kind in {"text/plain", "text/html"} and not name and part.get_content_disposition() != "attachment":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            text = content.decode(part.get_content_charset("ascii"), "replace")
            (plain if kind == "text/plain" else html).append(text)
        else:
            files.append((name, kind))
    return view_of(
        [address for _, address in getaddresses([str(senders[0])])] if len(senders) == 1 else [],
        str(make_header(decode_header(message.get("subject", "")))),
        plain,
        html,
        files,
        message.get_content_type(),
    )


def _leaves(part: Message) -> Iterator[Message]:
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        yield part
        return
    for inner in part.get_payload():
        assert isinstance(inner, Message)
        yield from _leaves(inner)


def _filename(part: Message) -> str:
    written = part.get_filename()
    return str(make_header(decode_header(collapse_rfc2231_value(written)))) if written else ""


class FastMailParser:
    """mail-parse of Rust, through fast-mail-parser."""

    name = "fast-mail-parser"

    def view(self, mail: Path) -> View | None:
        """The mail as fast-mail-parser sees it; its tree says which of its texts are written to be read."""
        from fast_mail_parser import ParseError, parse_email, parse_email_tree  # noqa: PLC0415  (installed by choice)

        raw = mail.read_bytes()
        try:
            flat, root = parse_email(raw), parse_email_tree(raw)
        except ParseError:
            return None
        inner = list(_fast_leaves(root))
        plain, html = _of_kind(inner, "text/plain", flat.text_plain), _of_kind(inner, "text/html", flat.text_html)
        if plain is None or html is None:
            return None
        fields = sum(len(values) for name, values in flat.headers.items() if name.lower() == "from")
        return view_of(
            [flat.from_.address] if flat.from_ and fields == 1 else [],
            flat.subject,
            plain,
            html,
            [
                (part.filename, part.content_type)
                for part, is_inner in inner
                if not is_inner and not _is_read_with(part)
            ],
            root.content_type,
        )


def _fast_leaves(part: PyMimePart, is_inner: bool = False) -> Iterator[tuple[PyMimePart, bool]]:
    """The parts that have no parts, and attached mails; and whether each stands inside an attached mail."""
    if not part.children or part.is_message:
        yield part, is_inner
    for child in part.children:
        yield from _fast_leaves(child, is_inner or part.is_message)


def _is_read_with(part: PyMimePart) -> bool:
    return part.content_type in {"text/plain", "text/html"} and not part.filename and part.disposition != "attachment"


def _of_kind(leaves: list[tuple[PyMimePart, bool]], kind: str, texts: list[str]) -> list[str] | None:
    """Those of its texts that are neither a named file nor of an attached mail; None where tree and texts differ."""
    bodies = [leaf for leaf in leaves if leaf[0].content_type == kind and leaf[0].disposition != "attachment"]
    if len(bodies) != len(texts):
        return None
    return [text for (part, is_inner), text in zip(bodies, texts, strict=True) if not is_inner and not part.filename]


class Gmime:
    """GMime, asked in a process of its own: its bindings belong to the Python of the system."""

    name = "GMime"

    def __init__(self) -> None:
        self._process = _started()

    def view(self, mail: Path) -> View | None:
        """The mail as GMime sees it. A mail that ends its process costs that mail alone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{mail}\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            self.close()
            self._process = _started()
            return None
        seen = json.loads(answer)
        return view_of(**seen) if seen else None

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.communicate()


def _started() -> subprocess.Popen[str]:
    for python in (sys.executable, _SYSTEM_PYTHON):
        process = subprocess.Popen(
            [python, str(_READER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        assert process.stdout is not None
        if process.stdout.readline() == "ready\n":
            return process
        process.communicate()
    raise click.ClickException("GMime is missing: apt install gir1.2-gmime-3.0 python3-gi")
