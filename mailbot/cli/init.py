"""`mailbot init`: the settings of a new desk, from a few questions."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import click
from email_validator import EmailNotValidError, validate_email

from mailbot.cli.opening import settings_path
from mailbot.config import SHIPPED
from mailbot.errors import Never
from mailbot.toml_source import KeyPath, read_source

EXAMPLE = SHIPPED / "config.example.toml"
SECRET = "mailbot.secret"  # noqa: S105 - the name of the file


def _address(_ctx: click.Context, _option: click.Parameter, value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, globally_deliverable=False).normalized
    except EmailNotValidError as refusal:
        raise click.BadParameter(f"{value!r} is not an e-mail address: {refusal}") from refusal


def _one_line(_ctx: click.Context, _option: click.Parameter, value: str) -> str:
    if not value.strip() or not value.isprintable():
        raise click.BadParameter("write something, on one line")
    return value.strip()


@click.command()
@click.option("--company", prompt="Company, as it stands under letters", callback=_one_line)
@click.option("--address", prompt="Address of the desk", callback=_address, help="The address people write to.")
@click.option("--imap-host", prompt="IMAP server", callback=_one_line)
@click.option("--imap-user", prompt="IMAP user", callback=_one_line)
@click.option("--smtp-host", prompt="SMTP server", callback=_one_line)
@click.option("--smtp-user", prompt="SMTP user", callback=_one_line)
@click.option(
    "--authserv-id",
    prompt="Name that your mail server writes into Authentication-Results (often that of its MX)",
    callback=_one_line,
)
@click.option("--timezone", default="UTC", show_default=True, callback=_one_line, help="Such as Europe/Berlin.")
@click.option("--language", type=click.Choice(["en", "de"]), default="en", show_default=True)
@click.option("--currency", default="USD", show_default=True, callback=_one_line, help="Of reports (ISO 4217).")
@click.option("--force", is_flag=True, help="Overwrite settings that are there; the secret is kept.")
@click.pass_context
def init(ctx: click.Context, /, force: bool, **answers: str) -> None:
    """Writes the settings of a new desk and makes its secret. Every duty starts in "watch": it says what it would do,
    and does nothing.

    Asks what no option says. Passwords are never asked for: it says in the end where they go.

    \b
    mailbot init
    mailbot --config /etc/mailbot/config.toml init --company "Harbour & Pine Media" --address desk@harbourpine.example
    """
    path = settings_path(ctx)
    if path.exists() and not force:
        raise Never(f"{path} is there already: edit it, or overwrite it with --force")
    text = filled(EXAMPLE, _values(answers))
    secret = path.parent / SECRET
    made = _make_secret(secret)
    _write(path, text)
    click.echo(f"{path}: written; every duty only watches")
    click.echo(f"{secret}: {'made, for its owner alone; keep it' if made else 'kept as it was'}")
    click.echo("\nNext:")
    click.echo("  export MAILBOT_MAILBOX__SALES__PASSWORD=…   (or password_file, or a systemd credential)")
    click.echo("  export MAILBOT_SMTP__PASSWORD=…")
    click.echo("  mailbot check && mailbot doctor")
    click.echo("  mailbot import people.csv                   (name, email, role: one coordinator at least)")


def filled(example: Path, values: Mapping[KeyPath, object]) -> str:
    """The example with other values in its lines; a comment that stands behind one stays."""
    source = read_source(example)
    lines = example.read_text(encoding="utf-8").splitlines()
    for path, value in values.items():
        number = source.lines.get(path) or _commented(lines, path)
        before, sign, comment = lines[number - 1].partition("  # ")
        written = f"{path[-1]} = {json.dumps(value, ensure_ascii=False)}"
        lines[number - 1] = f"{written:<{len(before)}}{sign}{comment}".rstrip()
    return "\n".join(lines) + "\n"


def _values(answers: Mapping[str, str]) -> dict[KeyPath, object]:
    return {
        ("desk", "company"): answers["company"],
        ("desk", "address"): answers["address"],
        ("desk", "domains"): [answers["address"].rpartition("@")[2]],
        ("desk", "timezone"): answers["timezone"],
        ("desk", "language"): answers["language"],
        ("desk", "currency"): answers["currency"],
        ("mailbox", "sales", "host"): answers["imap_host"],
        ("mailbox", "sales", "user"): answers["imap_user"],
        ("smtp", "host"): answers["smtp_host"],
        ("smtp", "user"): answers["smtp_user"],
        ("trust", "authserv_id"): answers["authserv_id"],
    }


def _commented(lines: list[str], path: KeyPath) -> int:
    """The line in which a setting of this table stands as a comment, with its default."""
    table = f"[{'.'.join(map(str, path[:-1]))}]"
    start = lines.index(table)
    return next(
        number for number, line in enumerate(lines[start:], start=start + 1) if line.startswith(f"# {path[-1]} = ")
    )


def _make_secret(path: Path) -> bool:
    """Makes the secret of the desk. One that is there is kept: with another, open questions could not be answered."""
    if path.exists():
        return False
    _write(path, f"{secrets.token_urlsafe(48)}\n", mode=0o600)
    return True


def _write(path: Path, text: str, mode: int = 0o666) -> None:
    """Writes a file whole or not at all, whatever interrupts it: its name is given to it when it is complete."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as refusal:
        raise Never(f"{path} cannot be written: {refusal.strerror}") from refusal
