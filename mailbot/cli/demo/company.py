"""The company of the demo: a folder with its settings and its database; people, clients and contracts come from CSV."""

from __future__ import annotations

import csv
import secrets
import shutil
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot import app
from mailbot.clock import Clock
from mailbot.config import Config
from mailbot.config.loading import load
from mailbot.errors import Never
from mailbot.post.sandbox import HOST, PASSWORD, Sandbox
from mailbot.records.importing.reading import read_import
from mailbot.records.session import Database
from mailbot.service.by_hand import ByHand
from mailbot.service.office import Office

DESK = "desk@harbourpine.example"
ALIAS = "numbers@harbourpine.example"
AUTHSERV_ID = "mx.harbourpine.example"
ZONE = ZoneInfo("America/New_York")
SETTINGS = "config.toml"
TABLES = ("people.csv", "clients.csv", "contracts.csv", "traffic.csv")  # in the order in which they are imported
_DEMANDED = TABLES[:2]

_ANSWERS_SECONDS = 2.0
_HEAD = "# Written by `mailbot demo`, and again at each of its starts.\n"


def prepare_folder(folder: Path) -> None:
    """An empty folder for the demo. One of an earlier demo is replaced, unless it is still played there: Never.

    Anything else is left alone, and Never.
    """
    if folder.exists() and not folder.is_dir():
        raise Never(f"{folder} is a file; name a folder of its own for the demo: --folder NAME")
    if folder.exists() and any(folder.iterdir()):
        settings = folder / SETTINGS
        if not (settings.is_file() and settings.read_text(encoding="utf-8").startswith(_HEAD)):
            raise Never(f"{folder} holds something else than a demo, and is left alone; name another: --folder NAME")
        _refuse_where_it_is_played(
            folder, tomllib.loads(settings.read_text(encoding="utf-8"))["mailbox"]["sales"]["port"]
        )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def _refuse_where_it_is_played(folder: Path, port: int) -> None:
    """Its mail server lives as long as the demo does, and would lose its desk's database."""
    try:
        socket.create_connection((HOST, port), _ANSWERS_SECONDS).close()
    except OSError:
        return
    raise Never(
        f"the demo in {folder} seems to be open still: its port {port} answers. "
        "End it with Ctrl-C, or play in another folder: --folder NAME --imap-port 0 --smtp-port 0"
    )


def write_settings(folder: Path, box: Sandbox) -> Config:
    """The settings of the demo, written as a person would write them, and read as `mailbot run` reads them."""
    (folder / "mailbot.secret").write_text(secrets.token_urlsafe(32), encoding="utf-8")
    (folder / "sandbox.password").write_text(PASSWORD, encoding="utf-8")
    settings = folder / SETTINGS
    settings.write_text(_HEAD + _SETTINGS.format(imap_port=box.imap_port, smtp_port=box.smtp_port), encoding="utf-8")
    return load(settings, environ={})


def addresses_in(folder: Path) -> Iterator[str]:
    """Every address of the company's people and contacts, so that each has a mailbox in the sandbox."""
    for table in _DEMANDED:
        with (folder / table).open(encoding="utf-8", newline="") as lines:
            yield from (row["email"] for row in csv.DictReader(lines) if row["email"])


def open_office(config: Config, clock: Clock, folder: Path) -> Office:
    """The desk's records and standing orders, with the company imported from the tables in `folder`."""
    office = app.office(config, Database(config.database, cache=config.cache), clock)
    import_company(office, folder)
    return office


def import_company(office: Office, folder: Path) -> None:
    """Brings in the tables in `folder`: people and clients, and contracts and figures where there are any.

    Never where a row is not taken.
    """
    desk = next(duty for duty in office.duties if duty.name == office.orders.desk)
    by_hand = ByHand(office.database, office.desk, desk, office.secret, office.clock, lambda: office.orders.templates)
    for table in TABLES:
        if table not in _DEMANDED and not (folder / table).exists():
            continue
        with office.database.reading() as session:
            found = read_import((folder / table).read_bytes(), table, session)
        if found.bad:
            raise Never(f"{folder / table}:{found.bad[0].line.number}: {found.bad[0].why}")
        action = found.writes
        by_hand.decide("import", f"{action}.", [action])


_SETTINGS = f"""\
# The mail server named here runs inside `mailbot demo`, and only while it does.
secret_file = "mailbot.secret"
database = "sqlite:///desk.sqlite"

[desk]
company = "Harbour & Pine Media"
address = "{DESK}"
aliases = ["{ALIAS}"]
domains = ["harbourpine.example"]
timezone = "{ZONE}"

[mailbox.sales]
host = "{HOST}"
port = {{imap_port}}
security = "plaintext-loopback"
user = "{DESK}"
password_file = "sandbox.password"
start = "all"

[smtp]
host = "{HOST}"
port = {{smtp_port}}
security = "plaintext-loopback"

[trust]
authserv_id = "{AUTHSERV_ID}"

[sales]
rates = {{{{ EUR = 1.10 }}}}

[contracts]
billing = "billing@harbourpine.example"

[contracts.issues]
2025-12 = 2025-11-03
2026-01 = 2025-12-01
2026-02 = 2026-01-05
2026-03 = 2026-02-02
2026-04 = 2026-03-02
2026-05 = 2026-04-02
2026-06 = 2026-05-04
2026-07 = 2026-06-01
2026-09 = 2026-08-03
2026-10 = 2026-09-01
2026-11 = 2026-10-01
2026-12 = 2026-11-02

[contracts.kinds]
ad = {{{{ department = "design@harbourpine.example" }}}}
banner = {{{{ department = "web@harbourpine.example" }}}}
link = {{{{ department = "web@harbourpine.example" }}}}
newsletter = {{{{ department = "web@harbourpine.example" }}}}
discount = {{{{ department = "shows@harbourpine.example" }}}}
booth = {{{{ department = "shows@harbourpine.example" }}}}

[levels]
desk = "act"
bounces = "act"
sales = "act"
expenses = "act"
renewals = "act"
contracts = "act"
departments = "act"
issues = "act"
reminders = "act"
"""
