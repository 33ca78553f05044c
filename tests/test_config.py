"""The settings: every fault at once, with its line; secrets from four places, and never in words."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.config import SHIPPED, Config, Level, Security
from mailbot.config.environment import strange_names
from mailbot.config.loading import load
from mailbot.errors import Faults

SECRET = "a secret that nobody guesses"
PASSWORD = "correct horse"
GOOD = f"""\
secret = "{SECRET}"

[desk]
company = "Harbour & Pine Media"
address = "desk@harbourpine.example"
domains = ["harbourpine.example"]
timezone = "America/New_York"

[mailbox.sales]
host = "imap.harbourpine.example"
user = "desk@harbourpine.example"
password = "{PASSWORD}"

[smtp]
host = "smtp.harbourpine.example"
user = "desk@harbourpine.example"
password = "{PASSWORD}"

[trust]
authserv_id = "mx.harbourpine.example"
"""


def loaded(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environ or {})


def faults(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> list[str]:
    """The faults of these settings, without the folder in front of the file."""
    with pytest.raises(Faults) as caught:
        loaded(folder, text, environ)
    return [str(fault).replace(f"{folder}{os.sep}", "") for fault in caught.value.faults]


def with_line(line: str, *, instead_of: str = "", below: str = "") -> str:
    """The good settings with one line changed, or put below another."""
    old = instead_of or below
    assert GOOD.count(old) >= 1
    return GOOD.replace(old, line if instead_of else f"{below}\n{line}", 1)


def test_good_settings_are_read_and_defaults_filled_in(tmp_path: Path) -> None:
    config = loaded(tmp_path, GOOD)

    assert config.desk.company == "Harbour & Pine Media"
    assert config.mailbox["sales"].port == 993
    assert config.mailbox["sales"].security is Security.TLS
    assert config.smtp.password.get_secret_value() == PASSWORD
    assert config.secret.get_secret_value() == SECRET
    assert config.levels == {}
    assert config.brakes.letters_per_hour == 300


def test_every_fault_is_said_at_once_with_its_line_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """\
secret = "a secret that nobody guesses"

[desk]
company = ""
address = "desk at harbourpine"
domains = "harbourpine.example"
timezone = "Europe/Berln"
curency = "EUR"

[mailbox.sales]
host = "imap.harbourpine.example"
user = "desk"
password = "x"
port = 99999
start = "al"

[smtp]
host = 4
port = "many"

[levels]
sales = "acts"
"""
    assert faults(tmp_path, text) == [
        "config.toml: [trust] is missing",
        "config.toml:4: [desk] company: is empty",
        (
            "config.toml:5: [desk] address: 'desk at harbourpine' is not an e-mail address: "
            "An email address must have an @-sign."
        ),
        (
            "config.toml:6: [desk] domains: 'harbourpine.example' is not a list: write it in brackets, such as "
            '["a", "b"]'
        ),
        "config.toml:7: [desk] timezone: 'Europe/Berln' is not a time zone - did you mean 'Europe/Berlin'?",
        "config.toml:8: [desk] curency: unknown key 'curency' - did you mean 'currency'?",
        "config.toml:14: [mailbox.sales] port: 99999 is not a port (1 to 65535)",
        "config.toml:15: [mailbox.sales] start: 'al' is none of now, all - did you mean 'all'?",
        "config.toml:18: [smtp] host: 4 is not a text: write it in quotes",
        "config.toml:19: [smtp] port: 'many' is not a whole number",
        "config.toml:22: [levels] sales: 'acts' is none of watch, propose, act - did you mean 'act'?",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.replace("[smtp]", "[smpt]"), "config.toml:14: smpt: unknown key 'smpt' - did you mean 'smtp'?"),
        (with_line("port = true", below="[smtp]"), "config.toml:15: [smtp] port: true is not a number"),
        (with_line("port = 0", below="[smtp]"), "config.toml:15: [smtp] port: 0 is not a port (1 to 65535)"),
        (
            with_line("timeout_seconds = 0", below="[smtp]"),
            "config.toml:15: [smtp] timeout_seconds: 0 is too small: more than 0",
        ),
        (
            with_line("timeout_seconds = 601.5", below="[smtp]"),
            "config.toml:15: [smtp] timeout_seconds: Decimal('601.5') is too big: at most 600",
        ),
        (
            with_line('password_file = "no/such.file"', instead_of=f'password = "{PASSWORD}"'),
            (
                "config.toml:12: [mailbox.sales] password_file: '{folder}/no/such.file' cannot be read: "
                "No such file or directory"
            ),
        ),
        (
            with_line('security = "plaintext-loopback"', below="[smtp]"),
            (
                "config.toml:15: [smtp] security: plain text is only for this machine, and 'smtp.harbourpine.example' "
                'is another one: write "tls" or "starttls"'
            ),
        ),
        (
            with_line('domains = ["other.example"]', instead_of='domains = ["harbourpine.example"]'),
            (
                "config.toml:6: [desk] domains: 'harbourpine.example', the domain of the desk's own address, is not "
                "among them: add it"
            ),
        ),
        (
            with_line('address = "desk@harbourpine"', instead_of='address = "desk@harbourpine.example"'),
            (
                "config.toml:5: [desk] address: 'desk@harbourpine' is not an e-mail address that others can write to: "
                "its domain has no dot"
            ),
        ),
        (
            with_line('holidays = "Boston"', below="[desk]"),
            (
                "config.toml:4: [desk] holidays: the holidays of 'Boston' are not known: write \"US\", or "
                '"DE-HH" (ISO 3166)'
            ),
        ),
        (
            with_line('currency = "euro"', below="[desk]"),
            (
                "config.toml:4: [desk] currency: 'euro' is not a currency: write three capital letters, such as 'EUR' "
                "(ISO 4217)"
            ),
        ),
        (
            with_line("[mailbox.Sales-EU]", instead_of="[mailbox.sales]"),
            (
                "config.toml:9: [mailbox.Sales-EU] this cannot be the name of a mailbox: use small letters, digits and "
                "single underscores, so that variables of the environment can reach it"
            ),
        ),
        (with_line('user = ""', instead_of='user = "desk@harbourpine.example"'), "whose mailbox is it?"),
        (
            with_line("", instead_of=f'password = "{PASSWORD}"'),
            (
                "config.toml:9: [mailbox.sales] password: is missing for the user 'desk@harbourpine.example': set "
                'MAILBOT_MAILBOX__SALES__PASSWORD, or password_file = "FILE", or the systemd credential '
                "'mailbox.sales.password'"
            ),
        ),
        (with_line("", instead_of=f'secret = "{SECRET}"'), "secret: is missing; it signs every letter"),
        (with_line('secret = "short"', instead_of=f'secret = "{SECRET}"'), "secret: has less than 16 characters"),
        (with_line('database = "mysql://db"', below=f'secret = "{SECRET}"'), "database: is no database that mailbot"),
        (GOOD + "limits = 3\n", "config.toml:21: [trust] limits: unknown key 'limits'"),
        ("limits = 3\n" + GOOD, "config.toml:1: [limits] 3 stands where a table must stand"),
        (GOOD + "\n[trust\n", "config.toml:22: is not valid TOML:"),
        (GOOD + '\n[trust]\nauthserv_id = "mx"\n', "is not valid TOML: Cannot declare ('trust',) twice"),
    ],
)
def test_a_fault_names_its_line_and_what_to_write(tmp_path: Path, text: str, fault: str) -> None:
    found = faults(tmp_path, text)

    assert any(fault.replace("{folder}", str(tmp_path)).replace(f"{tmp_path}/", "") in each for each in found), found


def test_rates_are_exact_of_every_month_or_of_each(tmp_path: Path) -> None:
    written = '[sales]\nreport_at = "07:30"\nrates = { EUR = 1.10, CHF = { 2025-10 = 1.11, 2025-11 = 1.125 } }\n'
    sales = loaded(tmp_path, GOOD + written).sales

    assert sales.report_at == time(7, 30)
    assert sales.rates["EUR"] == {"always": Decimal("1.1")}
    assert sales.rates["CHF"] == {"2025-10": Decimal("1.11"), "2025-11": Decimal("1.125")}
    assert loaded(tmp_path, GOOD).sales.rates == {}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('rates = { EUR = "one" }', "[sales.rates.EUR] always: 'one' is not a number"),
        ("rates = { EUR = -1 }", "[sales.rates.EUR] always: -1 is too small: more than 0"),
        ("rates = { CHF = { November = 1.1 } }", "'November' is not a month: write 2025-11, or always"),
        ("rates = { euro = 1.1 }", "'euro' is not a currency: write EUR (ISO 4217)"),
        ('numbers_due = "Freitag 17:00"', "[sales] numbers_due: 'Freitag 17:00' is no weekday and hour"),
        ('numbers_due = "friday 25:00"', "[sales] numbers_due: 'friday 25:00' has no hour of the day"),
        ('month_closes = "31st 18:00"', "[sales] month_closes: '31st 18:00' is no day of the month (1 to 28)"),
        ('report_at = "eight"', "[sales] report_at: 'eight' is not a time of day"),
    ],
)
def test_a_fault_of_the_rates_is_said_in_words(tmp_path: Path, line: str, fault: str) -> None:
    found = faults(tmp_path, f"{GOOD}[sales]\n{line}\n")

    assert any(fault in each for each in found), found


def test_one_fault_brings_no_others_with_it(tmp_path: Path) -> None:
    assert len(faults(tmp_path, with_line("port = 99999", below="[smtp]"))) == 1


def test_a_file_that_is_not_there_or_not_utf8_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Faults, match="cannot be read: No such file"):
        load(tmp_path / "config.toml", {})
    (tmp_path / "config.toml").write_bytes(b'[desk]\ncompany = "M\xfcller"\n')
    with pytest.raises(Faults, match=re.escape("config.toml:2: is not UTF-8 here")):
        load(tmp_path / "config.toml", {})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    environ = {"MAILBOT_MAILBOX__SALES__PASSWORD": "from outside", "mailbot_smtp__port": "2525", "MAILBOT_SECRET": ""}
    config = loaded(tmp_path, GOOD, environ)

    assert config.mailbox["sales"].password.get_secret_value() == "from outside"
    assert config.mailbox["sales"].host == "imap.harbourpine.example"
    assert config.smtp.port == 2525
    assert config.secret.get_secret_value() == SECRET  # an empty variable is none


def test_a_fault_of_the_environment_names_the_variable(tmp_path: Path) -> None:
    environ = {"MAILBOT_SMTP__PORT": "99999", "MAILBOT_SMTP__PASWORD": "geheim", "MAILBOT_DESK__ALIASES": '["x"]'}
    found = faults(tmp_path, GOOD, environ)

    assert "environment: MAILBOT_SMTP__PORT: '99999' is not a port (1 to 65535)" in found
    assert "environment: MAILBOT_SMTP__PASWORD: unknown key 'pasword' - did you mean 'password'?" in found
    assert any(fault.startswith("environment: MAILBOT_DESK__ALIASES: 'x' is not an e-mail address") for fault in found)
    assert not any("geheim" in fault for fault in found)
    assert "write a list as JSON" in faults(tmp_path, GOOD, {"MAILBOT_DESK__ALIASES": "x, y"})[0]


def test_a_mailbox_that_only_the_environment_names_lacks_its_host(tmp_path: Path) -> None:
    found = faults(tmp_path, GOOD, {"MAILBOT_MAILBOX__SALE__PASSWORD": "geheim"})

    assert any("[mailbox.sale] host: is missing" in fault for fault in found)


def test_misspelt_variables_are_found_and_right_ones_are_not() -> None:
    environ = {
        "MAILBOT_MAILBX__SALES__PASSWORD": "geheim",
        "MAILBOT_SMTP_PASSWORD": "geheim",
        "MAILBOT_MAILBOX_SALES_PASSWORD": "geheim",
        "MAILBOT_SMTP__PASSWORD": "geheim",
        "MAILBOT_CONFIG": "x.toml",
        "MAILBOT_QQQ": "1",
        "PATH": "/bin",
    }

    assert [str(fault) for fault in strange_names(environ, ["sales"])] == [
        "environment: MAILBOT_MAILBOX_SALES_PASSWORD is no setting - did you mean MAILBOT_MAILBOX__SALES__PASSWORD?",
        "environment: MAILBOT_MAILBX__SALES__PASSWORD is no setting - did you mean MAILBOT_MAILBOX__SALES__PASSWORD?",
        "environment: MAILBOT_QQQ is no setting: what mailbot reads is MAILBOT_TABLE__KEY",
        "environment: MAILBOT_SMTP_PASSWORD is no setting - did you mean MAILBOT_SMTP__PASSWORD?",
    ]


def test_secrets_come_from_files_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "desk.secret").write_text("from a file of its own\n")
    (tmp_path / "imap").write_text("pass word \r\n")
    text = GOOD.replace(f'secret = "{SECRET}"', 'secret_file = "desk.secret"').replace(
        f'password = "{PASSWORD}"', 'password_file = "imap"', 1
    )
    config = loaded(tmp_path, text)

    assert config.secret.get_secret_value() == "from a file of its own"
    assert config.mailbox["sales"].password.get_secret_value() == "pass word "


def test_secrets_come_from_systemd_credentials(tmp_path: Path) -> None:
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    for name in ("secret", "mailbox.sales.password", "smtp.password"):
        (credentials / name).write_text(f"{name}, of systemd\n")
    text = GOOD.replace(f'secret = "{SECRET}"', "").replace(f'password = "{PASSWORD}"', "")
    config = loaded(tmp_path, text, {"CREDENTIALS_DIRECTORY": str(credentials)})

    assert config.secret.get_secret_value() == "secret, of systemd"
    assert config.mailbox["sales"].password.get_secret_value() == "mailbox.sales.password, of systemd"
    assert config.smtp.password.get_secret_value() == "smtp.password, of systemd"
    assert len(faults(tmp_path, text)) == 3  # and without them, all three are missing


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe\x00", "is not UTF-8"), (b"x" * 10_001, "is longer than")],
)
def test_a_secret_file_that_holds_no_secret_is_a_fault(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "desk.secret").write_bytes(content)
    found = faults(tmp_path, GOOD.replace(f'secret = "{SECRET}"', 'secret_file = "desk.secret"'))

    assert len(found) == 1
    assert found[0].startswith("config.toml:1: secret_file: ")
    assert why in found[0]


def test_no_secret_is_ever_printed(tmp_path: Path) -> None:
    config = loaded(tmp_path, with_line('database = "postgresql+psycopg://m:hush@db/m"', below=f'secret = "{SECRET}"'))

    for words in (repr(config), str(config), config.model_dump_json()):
        assert SECRET not in words
        assert PASSWORD not in words
    assert "hush" not in repr(config)
    broken = faults(tmp_path, GOOD.replace(f'"{PASSWORD}"', "12345678", 1).replace(f'"{SECRET}"', "87654321"))
    assert any("password: this value is not a text" in fault for fault in broken)
    assert not any("12345678" in fault or "87654321" in fault for fault in broken)


def test_names_of_files_are_relative_to_the_settings(tmp_path: Path) -> None:
    config = loaded(tmp_path, 'rules = "mine"\ndatabase = "sqlite:///desk.sqlite"\n' + GOOD)

    assert config.rules == tmp_path / "mine"
    assert config.templates is None
    assert config.database == f"sqlite:///{tmp_path}/desk.sqlite"
    assert loaded(tmp_path, 'database = "sqlite:////var/desk.sqlite"\n' + GOOD).database == "sqlite:////var/desk.sqlite"


def test_the_example_needs_nothing_but_its_secrets(tmp_path: Path) -> None:
    (tmp_path / "mailbot.secret").write_text(SECRET)
    environ = {"MAILBOT_MAILBOX__SALES__PASSWORD": "x", "MAILBOT_SMTP__PASSWORD": "y"}
    config = loaded(tmp_path, (SHIPPED / "config.example.toml").read_text(encoding="utf-8"), environ)

    assert set(config.levels.values()) == {Level.WATCH}


def test_the_example_shows_every_setting_and_its_default(tmp_path: Path) -> None:
    (tmp_path / "mailbot.secret").write_text(SECRET)
    example = (SHIPPED / "config.example.toml").read_text(encoding="utf-8")
    shown = re.sub(r"^# (\w+ = )", r"\1", example, flags=re.MULTILINE)
    written = {line.partition(" = ")[0] for line in shown.splitlines() if re.match(r"\w+ = ", line)}
    environ = {"MAILBOT_MAILBOX__SALES__PASSWORD": "x", "MAILBOT_SMTP__PASSWORD": "y"}
    plain = loaded(tmp_path, example, environ)
    tables = [plain, plain.desk, plain.mailbox["sales"], plain.smtp, plain.trust, plain.limits, plain.brakes]
    tables += [plain.sales, plain.web, plain.contracts, plain.departments]

    expected = {name for table in tables for name in type(table).model_fields}
    nested = {"desk", "mailbox", "smtp", "trust", "levels", "limits", "brakes", "retention"}
    nested |= {"sales", "expenses", "web", "renewals", "contracts", "departments"}
    assert expected - written - nested == {"secret", "password"}
    without_files = re.sub(
        r"^(\w+_file|rules|templates|commission|cache|list_to) = .*$",
        "",
        shown.replace('secret_file = "', 'secret_file="'),
        flags=re.MULTILINE,
    )
    spelt_out = loaded(tmp_path, without_files, environ)
    assert spelt_out.model_dump() == plain.model_dump()
