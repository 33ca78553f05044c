"""What the settings file says about contracts, as the desk's card carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from mailbot.config import Config, ContractsSettings
from mailbot.duties.contracts.facts import NAME
from mailbot.duties.duty import OwnSettings
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what contracts promise: see `mailbot.config.contracts.KindSettings`."""

    name: str
    words: frozenset[str]  # casefolded
    department: str  # an address, or ""
    in_issues: bool
    wants_artwork: bool
    is_benefit: bool


@dataclass(frozen=True, slots=True)
class Arrangements:
    """The table [contracts]. `issues` are the copy deadlines by the first day of the month of the issue."""

    billing: str = ""
    heads_up_days: int = 30
    issues: Mapping[date, date] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()


def settings_of(desk: DeskCard) -> Arrangements:
    """The table [contracts] of this desk."""
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, Arrangements):
        raise OurBug(f"the settings of contracts on the desk's card are {type(found).__name__}, not Arrangements")
    return found


def arranged(table: ContractsSettings) -> Arrangements:
    """The table as this duty needs it."""
    return Arrangements(
        billing=table.billing,
        heads_up_days=table.heads_up_days,
        issues={date.fromisoformat(f"{month}-01"): copy for month, copy in sorted(table.issues.items())},
        kinds=tuple(
            Kind(
                name=name,
                words=frozenset(word.casefold() for word in kind.words),
                department=kind.department,
                in_issues=kind.in_issues,
                wants_artwork=kind.wants_artwork,
                is_benefit=kind.is_benefit,
            )
            for name, kind in table.all_kinds().items()
        ),
    )


def _of(config: Config) -> Arrangements:
    return arranged(config.contracts)


_AS_SHIPPED: Final = arranged(ContractsSettings())
SETTINGS: Final = OwnSettings(Arrangements, _of)
