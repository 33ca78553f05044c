"""Frozen values as plain JSON values, and row values back again from what a change has kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column
from sqlalchemy.types import DateTime, TypeDecorator

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def kept_text(text: str, longest: int) -> str:
    """At most `longest` characters of a text, as every database keeps it: PostgreSQL keeps no NUL."""
    return text[:longest].replace("\x00", "\ufffd")


def plain(value: Any) -> Any:
    """A value as JSON can keep it: amounts and moments as text, dataclasses and mappings as objects.

    Bytes are not kept here; they have tables of their own, and only their length is told.
    """
    if value is None or (isinstance(value, bool | int | float) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return kept_text(value, len(value))
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    return [plain(each) for each in value]


@cache
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    """The names of the fields of a dataclass; the library gathers them anew at every call."""
    return tuple(each.name for each in fields(kind))


def column_value(column: Column[Any], kept: Any) -> Any:
    """What a change has kept, as the value the column takes."""
    if kept is None:
        return None
    python_type = _python_type(column)
    if python_type is datetime:
        return datetime.fromisoformat(kept)
    if python_type is date:
        return date.fromisoformat(kept)
    if python_type is Decimal:
        return Decimal(kept)
    if isinstance(python_type, type) and issubclass(python_type, Enum):
        return python_type(kept)
    return kept


def _python_type(column: Column[Any]) -> type:
    kind = column.type
    enum_class = getattr(kind, "enum_class", None)
    if enum_class is not None:
        return enum_class  # type: ignore[no-any-return]
    if isinstance(kind, TypeDecorator):
        return datetime if isinstance(kind.impl_instance, DateTime) else Decimal
    try:
        return kind.python_type
    except NotImplementedError:
        return object
