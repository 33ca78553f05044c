"""How the values of the pure road travel between processes: as their class and their values.

A frozen, slotted dataclass is otherwise taken apart and put together by Python code, field by field, which takes twice
as long; and a mail is sealed so, with everything that was read in it.
"""

from __future__ import annotations

import copyreg
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from types import ModuleType
from typing import Any

_Made = tuple[type, tuple[Any, ...]]
_OURS = f"{__name__.partition('.')[0]}."


def travel_light() -> None:
    """From now on this process sends every frozen dataclass of the program so, those of the duties that are loaded
    too. What receives them needs to know nothing."""
    for module in _own_modules():
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__module__ == module.__name__ and _is_slow(kind):
                copyreg.pickle(kind, _taking_apart(kind))


def _own_modules() -> list[ModuleType]:
    return [module for name, module in tuple(sys.modules.items()) if name.startswith(_OURS)]


def _is_slow(kind: type) -> bool:
    """Whether it is frozen and slotted: then, and only then, `dataclass` gave it a state of its own."""
    return is_dataclass(kind) and "__setstate__" in vars(kind)


def _taking_apart(kind: type) -> Callable[[Any], _Made]:
    names = [each.name for each in fields(kind) if each.init]
    if len(names) < 2:  # then attrgetter gives no tuple
        return lambda value: (kind, tuple(getattr(value, name) for name in names))
    values = attrgetter(*names)
    return lambda value: (kind, values(value))
