"""What is wrong with settings, in words: file and line, table and key, the value, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mailbot.config.environment import ENVIRONMENT, variable
from mailbot.config.model import Config
from mailbot.errors import Fault
from mailbot.suggestions import nearest, unknown
from mailbot.toml_source import KeyPath, Source

_SECRET = frozenset({"password", "secret", "database"})  # their values are never shown
_KEY = "[key]"  # how pydantic names the key of a table itself


def faults_of(refusal: ValidationError, source: Source, environment: Mapping[str, object]) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the file."""
    found = [fault_at(_path(error), _in_words(error), source, environment) for error in refusal.errors()]
    return tuple(sorted(found, key=lambda fault: (fault.file == ENVIRONMENT, fault.line or 0)))


def fault_at(path: KeyPath, what: str, source: Source, environment: Mapping[str, object]) -> Fault:
    """A fault of one setting, named where it was written: in the environment, or in a line of the file."""
    names = tuple(str(step) for step in path)
    if written := _written_in(environment, names):
        return Fault(ENVIRONMENT, None, f"{variable(written)}: {what}")
    return Fault(source.file, source.line(*path), f"{_label(names)}{what}")


def _path(error: ErrorDetails) -> KeyPath:
    return tuple(step for step in error["loc"] if step != _KEY)


def _written_in(environment: Mapping[str, object], names: tuple[str, ...]) -> tuple[str, ...] | None:
    """The part of these names that a variable stands for; None where they do not come from the environment."""
    found: object = environment
    for place, name in enumerate(names):
        if not isinstance(found, Mapping):
            return names[:place]  # an entry of a list that one variable holds
        if name not in found:
            return None
        found = found[name]
    return names


def _label(names: tuple[str, ...]) -> str:
    """`[mailbox.sales] port: ` for a key in a table, `[smtp] ` for a table, `secret: ` for a key above all tables."""
    if _is_table(names):
        return f"[{'.'.join(names)}] "
    *tables, key = names
    return f"[{'.'.join(tables)}] {key}: " if tables else f"{key}: "


def _is_table(names: tuple[str, ...]) -> bool:
    if _table(names) is not None:
        return True
    field = Config.model_fields.get(names[0])  # [mailbox] is a table of tables, and [levels] one of plain keys
    return len(names) == 1 and field is not None and get_origin(field.annotation) is dict


def _table(path: KeyPath) -> type[BaseModel] | None:
    """The model of the table at this path; None where it is no table."""
    kind: Any = Config
    for step in path:
        if get_origin(kind) is dict:
            kind = get_args(kind)[1]
        elif isinstance(kind, type) and issubclass(kind, BaseModel) and step in kind.model_fields:
            kind = kind.model_fields[str(step)].annotation
        else:
            return None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


_SAID = {
    "missing": "is missing",
    "greater_than_equal": "{shown} is too small: at least {ge:g}",
    "greater_than": "{shown} is too small: more than {gt:g}",
    "less_than_equal": "{shown} is too big: at most {le:g}",
    "int_parsing": "{shown} is not a whole number",
    "int_type": "{shown} is not a whole number",
    "int_from_float": "{shown} is not a whole number",
    "float_parsing": "{shown} is not a number",
    "decimal_parsing": "{shown} is not a number",
    "decimal_type": "{shown} is not a number",
    "time_parsing": '{shown} is not a time of day: write "08:00"',
    "time_type": '{shown} is not a time of day: write "08:00"',
    "float_type": "{shown} is not a number",
    "bool_parsing": "{shown} is neither true nor false",
    "bool_type": "{shown} is neither true nor false",
    "string_type": "{shown} is not a text: write it in quotes",
    "path_type": "{shown} is not a text: write it in quotes",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "{shown} is not a currency: write three capital letters, such as 'EUR' (ISO 4217)",
    "tuple_type": '{shown} is not a list: write it in brackets, such as ["a", "b"]',
    "too_short": "is empty: a desk reads at least one mailbox, [mailbox.NAME]",
    "model_type": "{shown} stands where a table must stand",
    "dict_type": "{shown} stands where a table must stand",
    "value_error": "{error}",
}


def _in_words(error: ErrorDetails) -> str:
    path, kind, given = _path(error), error["type"], error["input"]
    shown = "this value" if path[-1] in _SECRET else repr(given)
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "zoneinfo_str":
        return f"{shown} is not a time zone{_meant(given, available_timezones())}"
    if kind in ("literal_error", "enum"):
        choices = _choices(str(error["ctx"]["expected"]))
        return f"{shown} is none of {', '.join(choices)}{_meant(given, choices)}"
    if error["loc"][-1] == _KEY and path[0] == "sales":
        what = "a month: write 2025-11, or always" if len(path) > 3 else "a currency: write EUR (ISO 4217)"
        return f"{path[-1]!r} is not {what}"
    if error["loc"][-1] == _KEY:
        return (
            "this cannot be the name of a mailbox: use small letters, digits and single underscores, so that variables "
            "of the environment can reach it"
        )
    if path[-1] == "port" and kind in ("greater_than_equal", "less_than_equal"):
        return f"{shown} is not a port (1 to 65535)"
    said = _SAID.get(kind)
    return said.format(shown=shown, **error.get("ctx", {})) if said else error["msg"]


def _choices(expected: str) -> list[str]:
    """The words of "'a', 'b' or 'c'"."""
    return [word.strip(" '") for part in expected.split(" or ") for word in part.split(",")]


def _meant(given: object, choices: Iterable[str]) -> str:
    meant = nearest(str(given), choices)
    return f" - did you mean {meant!r}?" if meant else ""


def _unknown_key(path: KeyPath) -> str:
    *above, key = path
    model = _table(tuple(above))
    return unknown("key", str(key), model.model_fields if model else ())
