"""`mailbot explain`: every question that leads, or led, to a decision."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from mailbot.cli.opening import Records, records
from mailbot.cli.stories import in_full
from mailbot.cli.terminal import as_json, say
from mailbot.deciding.words import explain as in_words
from mailbot.errors import Never
from mailbot.letters.refs import decision_of
from mailbot.message import Limits, read
from mailbot.records.why import tell
from mailbot.service.explaining import decision_about

# RFC 5322 section 3.6 demands From and Date; what is broken, and came all the same, has one of the others.
_EVERY_MAIL_HAS_ONE: Final = ("From", "Date", "To", "Subject", "Message-ID", "Received", "Return-Path")


@click.command()
@click.argument("what", metavar="FILE.eml|REF")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON.")
@click.pass_context
def explain(ctx: click.Context, what: str, in_json: bool) -> None:
    """Says step by step what the desk would do with a mail in a file, and why; or what it did, for a reference.

    A file is only read: nothing is written, nothing is sent, and its decision takes no number.

    \b
    mailbot explain mail.eml
    mailbot explain N-0412
    """
    with records(ctx) as opened:
        if Path(what).is_file():
            explain_file(opened, Path(what), in_json=in_json)
        else:
            _explain_ref(opened, what, in_json=in_json)


def explain_file(opened: Records, path: Path, *, in_json: bool) -> None:
    """What would be done with the mail in this file."""
    limits = Limits(mail_bytes=int(opened.config.limits.mail_megabytes * 1_000_000))
    size = path.stat().st_size
    if size > limits.mail_bytes:
        raise Never(f"{path} has {size:,} bytes, and [limits] mail_megabytes allows {limits.mail_bytes:,}")
    raw = path.read_bytes()
    _demand_mail(path, raw, limits)
    decision, came_before = decision_about(raw, opened.office(), limits)
    if in_json:
        as_json(decision)
        return
    if came_before:
        say(f"This mail came before, and was decided as {came_before}. If it came for the first time:")
    for line in in_words(decision).splitlines():
        say(line, indent=2)


def _demand_mail(path: Path, raw: bytes, limits: Limits) -> None:
    """Never for bytes that no mail server would have brought: every mail has at least one of these fields."""
    if not raw:
        raise Never(f"{path} is empty: save a mail with all its headers (.eml), and name that file")
    message = read(raw, limits)
    if not any(message.value(name) is not None for name in _EVERY_MAIL_HAS_ONE):
        raise Never(
            f"{path} is no mail: it begins with none of the fields {', '.join(_EVERY_MAIL_HAS_ONE)}. "
            "Save a mail with all its headers (.eml), and name that file"
        )


def _explain_ref(opened: Records, ref: str, *, in_json: bool) -> None:
    with opened.database.reading() as session:
        stories = tell(session, ref)
    wanted = decision_of(ref.strip().upper())
    story = next((story for story in stories if story.ref == wanted), None)
    if story is None:
        raise Never(f"{ref!r} is neither a file nor the reference of a decision, such as N-0412")
    if in_json:
        as_json(story)
        return
    for line in in_full(story, opened.desk.zone):
        say(line, indent=2)
