"""Reads the settings of a desk, and says everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from mailbot.config.commission import load_commission
from mailbot.config.environment import from_environment
from mailbot.config.faults import fault_at, faults_of
from mailbot.config.model import Config, Security, is_loopback
from mailbot.config.secrecy import (
    SHORTEST_SECRET_OF_THE_DESK,
    SecretPlace,
    UnreadableSecretError,
    places,
    secret_at,
)
from mailbot.errors import Fault, Faults
from mailbot.toml_source import Source, read_source

Values = dict[str, object]

_SQLITE = "sqlite:///"
_DATABASES = (_SQLITE, "postgresql+psycopg://")


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """The settings of this file, with what the environment puts over them.

    Names of files in it are relative to its folder. Raises Faults with every fault at once.
    """
    source = read_source(path)
    environment = from_environment(environ)
    values = _over(source.values, environment)
    faults = list(_across(values, source, environment))
    faults += _with_secrets(values, path.absolute().parent, environ, source, environment)
    config: Config | None = None
    try:
        config = Config.model_validate(values)
    except ValidationError as refusal:
        faults += faults_of(refusal, source, environment)
    if faults or config is None:
        raise Faults(tuple(dict.fromkeys(faults)))
    anchored = _anchored(config, path.absolute().parent)
    if anchored.sales.commission:
        load_commission(anchored.sales.commission)
    return anchored


def _over(below: Mapping[str, object], above: Mapping[str, object]) -> Values:
    """The tables of one with those of the other put over them."""
    merged: Values = {key: _over(value, {}) if isinstance(value, Mapping) else value for key, value in below.items()}
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _over(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return merged


def _with_secrets(
    values: Values, folder: Path, environ: Mapping[str, str], source: Source, environment: Mapping[str, object]
) -> Iterator[Fault]:
    """Puts every secret into its table, and yields what is wrong with them."""
    for place in places(values):
        table = _table(values, place.table)
        if table is None:
            continue
        if place.key not in table:
            try:
                found = secret_at(place, table, folder, environ)
            except UnreadableSecretError as refusal:
                yield fault_at(place.file_path, str(refusal), source, environment)
                continue
            if found is not None:
                table[place.key] = found
        if what := _lacks(place, table):
            yield fault_at(place.path, what, source, environment)


def _table(values: Values, path: tuple[str, ...]) -> Values | None:
    found: object = values
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def _lacks(place: SecretPlace, table: Mapping[str, object]) -> str | None:
    secret = table.get(place.key, "")
    if not isinstance(secret, str):
        return None  # the model says so
    if place.key == "secret" and not secret:
        return f"is missing; it signs every letter: {place.ways()} (`mailbot init` makes one)"
    if place.key == "secret" and len(secret) < SHORTEST_SECRET_OF_THE_DESK:
        return f"has less than {SHORTEST_SECRET_OF_THE_DESK} characters and can be guessed: `mailbot init` makes one"
    if place.key == "password" and not secret and table.get("user"):
        return f"is missing for the user {table['user']!r}: {place.ways()}"
    return None


def _across(values: Values, source: Source, environment: Mapping[str, object]) -> Iterator[Fault]:
    """Faults that no table can see alone, and those that servers would only show later."""
    mailboxes = _table(values, ("mailbox",)) or {}
    for path in (("smtp",), *(("mailbox", name) for name in mailboxes)):
        server = _table(values, path) or {}
        host = server.get("host")
        plaintext = server.get("security") == Security.PLAINTEXT_LOOPBACK
        if plaintext and isinstance(host, str) and host.strip() and not is_loopback(host):
            what = f'plain text is only for this machine, and {host!r} is another one: write "tls" or "starttls"'
            yield fault_at((*path, "security"), what, source, environment)
        if path[0] == "mailbox" and server and not server.get("user"):
            yield fault_at((*path, "user"), "is missing: whose mailbox is it?", source, environment)
    database = values.get("database", _SQLITE)
    if isinstance(database, str) and not database.startswith(_DATABASES):
        what = f"is no database that mailbot knows: it begins with {' or '.join(map(repr, _DATABASES))}"
        yield fault_at(("database",), what, source, environment)


def _anchored(config: Config, folder: Path) -> Config:
    """The settings with every name of a file made absolute, so that it does not matter where mailbot is started."""
    mailboxes = {
        name: server.model_copy(update=_ca_file(server.ca_file, folder)) for name, server in config.mailbox.items()
    }
    return config.model_copy(
        update={
            "mailbox": mailboxes,
            "smtp": config.smtp.model_copy(update=_ca_file(config.smtp.ca_file, folder)),
            "sales": config.sales.model_copy(update={"commission": _below(folder, config.sales.commission)}),
            "rules": config.rules and folder / config.rules,
            "templates": config.templates and folder / config.templates,
            "cache": _below(folder, config.cache),
            "database": _anchored_database(config.database, folder),
        }
    )


def _below(folder: Path, named: Path | None) -> Path | None:
    return named and folder / named


def _ca_file(named: Path | None, folder: Path) -> Values:
    return {"ca_file": named and folder / named}


def _anchored_database(url: str, folder: Path) -> str:
    name = url.removeprefix(_SQLITE)
    if name == url or not name or name.startswith((":memory:", "file:")):
        return url
    return f"{_SQLITE}{folder / name}"
