"""Settings from the environment: MAILBOT_MAILBOX__SALES__PASSWORD is `password` of [mailbox.sales]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsError

from mailbot.config.model import Config, MailboxSettings
from mailbot.errors import Fault, Faults
from mailbot.suggestions import nearest

PREFIX = "MAILBOT_"
BETWEEN = "__"
ENVIRONMENT = "environment"  # as the place of a fault
_NO_SETTINGS = frozenset({"MAILBOT_CONFIG"})  # read by the command line itself


class _Reachable(Config, BaseSettings):  # type: ignore[misc]  # both say what to do with unknown keys: forbid them
    """The tables of a desk, as pydantic-settings wants them: it looks for their names in the environment."""


class _Environment(EnvSettingsSource):
    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        super().__init__(
            _Reachable, env_prefix=PREFIX, env_nested_delimiter=BETWEEN, env_ignore_empty=True, case_sensitive=False
        )

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): value for name, value in self._environ.items() if value}


def from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    """The settings that stand in the environment, in the tables they belong to; an empty variable is none.

    Raises Faults where a list is no JSON.
    """
    try:
        return dict(_Environment(environ)())
    except SettingsError as refusal:
        what = f'{refusal}: write a list as JSON, such as \'["a", "b"]\''
        raise Faults((Fault(ENVIRONMENT, None, what),)) from refusal


def variable(path: tuple[str, ...]) -> str:
    """The name of the variable that reaches a setting."""
    return PREFIX + BETWEEN.join(path).upper()


def strange_names(environ: Mapping[str, str], mailboxes: Iterable[str] = ()) -> tuple[Fault, ...]:
    """Variables that begin like ours and reach no table: they are misspelt, and nothing else would ever say so.

    (One that reaches a table, and in it no key, is a fault of `mailbot.config.loading.load`.)
    """
    known = tuple(_all_variables(mailboxes))
    return tuple(
        Fault(ENVIRONMENT, None, f"{name} is no setting{_meant(name, known)}")
        for name in sorted(environ)
        if name.upper().startswith(PREFIX) and name.upper() not in _NO_SETTINGS and not _reaches_a_table(name)
    )


def _reaches_a_table(name: str) -> bool:
    return name.lower().removeprefix(PREFIX.lower()).split(BETWEEN)[0] in Config.model_fields


def _meant(name: str, known: tuple[str, ...]) -> str:
    written = name.upper().removeprefix(PREFIX)
    first, between, rest = written.partition(BETWEEN)
    table = nearest(first, [key.upper() for key in Config.model_fields]) if between else None
    meant = f"{table}{between}{rest}" if table else nearest(written, [each.removeprefix(PREFIX) for each in known])
    return f" - did you mean {PREFIX}{meant}?" if meant else f": what mailbot reads is {PREFIX}TABLE{BETWEEN}KEY"


def _all_variables(mailboxes: Iterable[str]) -> Iterator[str]:
    for key, field in Config.model_fields.items():
        yield variable((key,))
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from (variable((key, inner)) for inner in field.annotation.model_fields)
    for name in mailboxes:
        yield from (variable(("mailbox", name, inner)) for inner in MailboxSettings.model_fields)
