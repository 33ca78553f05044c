"""A desk that is driven from the command line: a folder with settings, and a mail server where one is wanted."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import Select, select

from mailbot.cli import main
from mailbot.clock import SystemClock
from mailbot.post.sandbox import PASSWORD, Sandbox
from mailbot.records import migrate
from mailbot.records.base import Base
from mailbot.records.session import Database

SECRET = "the secret of a desk of tests"
DESK = "desk@harbourpine.example"
PEOPLE = """\
name,email,role,language,currency
Mara Lindqvist,mara@harbourpine.example,coordinator,en,
Priya Nair,priya@harbourpine.example,manager,en,
Dana Reyes,dana@harbourpine.example,rep,en,USD
Jonas Weber,jonas@harbourpine.example,rep,de,EUR
"""
CLIENTS = """\
Code;Kunde;Betreuer;Ansprechpartner;E-Mail;Telefon
C01;Acme Corp;Dana Reyes;Ada Brook;ada@acme.example;+1 617 555 0101
C04;Beta Freight;dana@harbourpine.example;;;
C05;Müller Bau GmbH;Jonas;Uwe Müller;uwe@muellerbau.example;
"""


@dataclass(slots=True)
class Driver:
    """Runs `mailbot` in a folder, as a person at a terminal would."""

    folder: Path
    sandbox: Sandbox | None = None
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def write_config(self, *, levels: str = "", more: str = "", imap_port: int = 9, smtp_port: int = 9) -> None:
        """Settings for the sandbox; without one, for ports where nobody listens."""
        if self.sandbox is not None:
            imap_port, smtp_port = self.sandbox.imap_port, self.sandbox.smtp_port
        self.config.write_text(
            f"""\
secret = "{SECRET}"
[desk]
company = "Harbour & Pine Media"
address = "{DESK}"
domains = ["harbourpine.example"]
timezone = "America/New_York"
[mailbox.sales]
host = "127.0.0.1"
port = {imap_port}
security = "plaintext-loopback"
user = "{DESK}"
password = "{PASSWORD}"
start = "all"
timeout_seconds = 10
[smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "plaintext-loopback"
timeout_seconds = 10
[trust]
authserv_id = "mx.harbourpine.example"
[limits]
workers = 1
[levels]
{levels}
{more}
""",
            encoding="utf-8",
        )
        self.config.chmod(0o600)

    def run(self, *arguments: str | Path, says: str = "") -> Result:
        """One call; `says` is typed in. What nobody foresaw is raised."""
        words = ["--config", str(self.config), *map(str, arguments)]
        result = CliRunner().invoke(main, words, input=says, env=self.environ, catch_exceptions=False)
        for secret in (SECRET, PASSWORD + '"'):
            assert secret not in result.output, f"a secret is in the output of {arguments}"
        return result

    def ok(self, *arguments: str | Path, says: str = "") -> str:
        """One call that must end well; its output."""
        result = self.run(*arguments, says=says)
        assert result.exit_code == 0, result.output
        return result.stdout

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def database(self) -> Database:
        """The records, made by migration where they are not there yet."""
        database = Database(f"sqlite:///{self.folder / 'mailbot.sqlite'}")
        migrate.upgrade(database)
        return database

    def rows(self, query: Select[tuple[object, ...]]) -> list[tuple[object, ...]]:
        database = self.database()
        try:
            with database.reading() as session:
                return [tuple(row) for row in session.execute(query)]
        finally:
            database.close()

    def all(self, table: type[Base]) -> Sequence[Mapping[str, object]]:
        """Every row of a table."""
        columns = [column for column in table.__table__.columns if column.name not in ("content", "known")]
        names = [column.name for column in columns]
        return [
            dict(zip(names, row, strict=True))
            for row in self.rows(select(*columns).order_by(*table.__table__.primary_key))
        ]

    def mail(self, sender: str, subject: str, text: str, *, name: str = "") -> None:
        """Somebody writes to the desk of the sandbox."""
        assert self.sandbox is not None
        message = EmailMessage()
        message["From"] = f"{name} <{sender}>" if name else sender
        message["To"] = DESK
        message["Subject"] = subject
        message["Message-ID"] = f"<{abs(hash((sender, subject, text)))}@mail.example>"
        message["Date"] = format_datetime(SystemClock().now())  # a command looks at the real clock
        message.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.sandbox.smtp_port) as server:
            server.send_message(message)


def json_lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]
