"""Where secrets come from: the environment, the file itself, a file of their own, or systemd credentials.

They are looked for in this order, and the first that is there counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mailbot.config.environment import variable
from mailbot.toml_source import KeyPath

LONGEST_SECRET = 10_000  # bytes
SHORTEST_SECRET_OF_THE_DESK = 16  # characters


@dataclass(frozen=True, slots=True)
class SecretPlace:
    """One secret of a desk: the table and key it belongs to, and the name of its credential (systemd.exec(5))."""

    table: tuple[str, ...]
    key: str

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.table, self.key)

    @property
    def file_path(self) -> KeyPath:
        """The setting that names its file."""
        return (*self.table, f"{self.key}_file")

    @property
    def credential(self) -> str:
        return ".".join(self.path)

    def ways(self) -> str:
        """How a person can give it, in words."""
        return f'set {variable(self.path)}, or {self.key}_file = "FILE", or the systemd credential {self.credential!r}'


class UnreadableSecretError(Exception):
    """A secret that was to be read from a file and cannot be; the message says why, and never what stands in it."""


def places(values: Mapping[str, object]) -> Iterator[SecretPlace]:
    """All secrets that these settings can have."""
    yield SecretPlace((), "secret")
    yield SecretPlace(("smtp",), "password")
    mailboxes = values.get("mailbox")
    for name in mailboxes if isinstance(mailboxes, Mapping) else ():
        yield SecretPlace(("mailbox", str(name)), "password")


def secret_at(place: SecretPlace, table: Mapping[str, object], folder: Path, environ: Mapping[str, str]) -> str | None:
    """The secret of this place, where it is not written in its table itself; None where there is none.

    `folder` is where relative names of files begin. Raises UnreadableSecretError.
    """
    named = table.get(f"{place.key}_file")
    if isinstance(named, str):
        return _read(folder / named)
    credentials = environ.get("CREDENTIALS_DIRECTORY")
    if credentials and (path := Path(credentials) / place.credential).exists():
        return _read(path)
    return None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_SECRET + 1)
        secret = content.decode("utf-8").rstrip("\r\n")
    except OSError as refusal:
        raise UnreadableSecretError(f"{str(path)!r} cannot be read: {refusal.strerror}") from refusal
    except UnicodeDecodeError:
        raise UnreadableSecretError(f"{str(path)!r} is not UTF-8") from None
    if not secret.strip():
        raise UnreadableSecretError(f"{str(path)!r} is empty")
    if len(content) > LONGEST_SECRET:
        raise UnreadableSecretError(f"{str(path)!r} is longer than {LONGEST_SECRET} bytes: is it the right file?")
    return secret
