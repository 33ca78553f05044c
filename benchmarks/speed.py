"""The pure road beside mail-parser, in turn by the handful, on one core: bytes to decision against bytes to fields.

mail-parser is for this comparison alone, and no part of what is locked.
"""

from __future__ import annotations

import logging
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from benchmarks import pure
from benchmarks.road import Figure, show

logging.getLogger("mailparser").addHandler(logging.NullHandler())  # what it complains of is not to cost it time


def measure(folder: Path) -> None:
    """Measures and prints. A sentence with what to install where mail-parser is missing."""
    if find_spec("mailparser") is None:
        raise click.ClickException(f"mail-parser is missing: {sys.executable} -m pip install mail-parser")
    run = pure.over(folder, mail_parser)
    beside = f"beside mail-parser, {run.compared} of {run.mails} mails that both read"
    reference = run.compared / run.reference_seconds
    show(
        [
            Figure(
                f"reading, trimming and sorting {beside}", run.compared / run.sorted_seconds, "mails/s", reference, 1.3
            ),
            Figure(f"the same and deciding {beside}", run.compared / run.seconds, "mails/s", reference, 1.3),
        ]
    )


def mail_parser(raw: bytes) -> None:
    """Parses a mail and asks for what a reader of mail needs: mail-parser makes some of it only then."""
    from mailparser import parse_from_bytes  # noqa: PLC0415  (installed by choice)

    mail = parse_from_bytes(raw)
    _ = (mail.from_, mail.subject, mail.text_plain, mail.text_html, mail.attachments)
