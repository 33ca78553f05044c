"""What the settings file says about renewals, as the desk's card carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.config import Config, ContractsSettings, RenewalsSettings
from mailbot.duties.duty import OwnSettings
from mailbot.duties.renewals.facts import NAME
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard


@dataclass(frozen=True, slots=True)
class Arrangements:
    """The table [renewals], and how long before the last day of notice whoever looks after a contract is told."""

    asked_days_before: tuple[int, ...]
    heads_up_days: int

    def steps(self, *, renews: bool) -> tuple[int, ...]:
        """How many days before a contract has to be decided on its rep hears of it."""
        return tuple(sorted({*self.asked_days_before, *((self.heads_up_days,) if renews else ())}, reverse=True))


def settings_of(desk: DeskCard) -> Arrangements:
    """What this desk has settled about renewals."""
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, Arrangements):
        raise OurBug(f"the settings of renewals on the desk's card are {type(found).__name__}, not Arrangements")
    return found


def _arranged(renewals: RenewalsSettings, contracts: ContractsSettings) -> Arrangements:
    return Arrangements(renewals.asked_days_before, contracts.heads_up_days)


def _of(config: Config) -> Arrangements:
    return _arranged(config.renewals, config.contracts)


_AS_SHIPPED: Final = _arranged(RenewalsSettings(), ContractsSettings())
SETTINGS: Final = OwnSettings(Arrangements, _of)
