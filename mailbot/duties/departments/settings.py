"""What the settings file says about departments, as the desk's card carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.config import Config, ContractsSettings, DepartmentsSettings
from mailbot.duties.departments.facts import NAME
from mailbot.duties.duty import OwnSettings
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard


@dataclass(frozen=True, slots=True)
class Arrangements:
    """The table [departments], and the kinds of [contracts.kinds] that count only when they were seen on the web."""

    table: DepartmentsSettings
    seen_kinds: frozenset[str]


def settings_of(desk: DeskCard) -> DepartmentsSettings:
    """The table [departments] of this desk."""
    return _arrangements(desk).table


def seen_kinds(desk: DeskCard) -> frozenset[str]:
    """The kinds of things that count only when they were seen on the web."""
    return _arrangements(desk).seen_kinds


def _arrangements(desk: DeskCard) -> Arrangements:
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, Arrangements):
        raise OurBug(f"the settings of departments on the desk's card are {type(found).__name__}")
    return found


def _arranged(table: DepartmentsSettings, contracts: ContractsSettings) -> Arrangements:
    seen = frozenset(name for name, kind in contracts.all_kinds().items() if kind.seen)
    return Arrangements(table, seen)


def _of(config: Config) -> Arrangements:
    return _arranged(config.departments, config.contracts)


_AS_SHIPPED: Final = _arranged(DepartmentsSettings(), ContractsSettings())
SETTINGS: Final = OwnSettings(Arrangements, _of)
