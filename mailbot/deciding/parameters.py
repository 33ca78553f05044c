"""`do.VERB = {…}`: the table becomes an instance of the verb's own frozen dataclass."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mailbot.deciding.verbs import Verb
from mailbot.suggestions import unknown


@dataclass(frozen=True, slots=True)
class ParameterFault:
    """What is wrong with one parameter: the keys that lead to it, and what to write instead."""

    path: tuple[str | int, ...]
    what: str


def read_parameters(verb: Verb[Any], given: Mapping[str, object]) -> object | tuple[ParameterFault, ...]:
    """The parameters of a verb, or everything that is wrong with them."""
    known = tuple(parameter.name for parameter in fields(verb.parameters))
    strange = [name for name in given if name not in known]
    if strange:
        return tuple(ParameterFault((name,), unknown(f"parameter of {verb.name!r}", name, known)) for name in strange)
    try:
        parameters: object = TypeAdapter(verb.parameters).validate_json(_json(given), strict=True)
    except ValidationError as refusal:
        return tuple(
            ParameterFault(error["loc"], f"{_named(verb.name, error['loc'])}: {error['msg']}")
            for error in refusal.errors(include_url=False)
        )
    return parameters


def _named(verb: str, path: tuple[int | str, ...]) -> str:
    return f"parameter {'.'.join(str(part) for part in path)!r} of {verb!r}" if path else f"parameters of {verb!r}"


def _json(given: Mapping[str, object]) -> str:
    """The table for pydantic's strict JSON mode, which knows lists, the words of enumerations, and dates."""
    return json.dumps(given, default=lambda value: float(value) if isinstance(value, Decimal) else str(value))
