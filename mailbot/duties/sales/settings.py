"""What the settings file says about sales, as the desk's card carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.config import Config, SalesSettings
from mailbot.config.commission import CommissionRules, load_commission
from mailbot.duties.duty import OwnSettings
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard


@dataclass(frozen=True, slots=True)
class Arrangements:
    """The table [sales], and the rules of commission where the desk is to know them."""

    table: SalesSettings
    commission: CommissionRules | None = None


_AS_SHIPPED: Final = Arrangements(SalesSettings())


def settings_of(desk: DeskCard) -> SalesSettings:
    """The table [sales] of this desk."""
    return _arrangements(desk).table


def commission_of(desk: DeskCard) -> CommissionRules | None:
    """What sales earn their reps; None where that is computed elsewhere."""
    return _arrangements(desk).commission


def _arrangements(desk: DeskCard) -> Arrangements:
    found = desk.settings.get(NAME, _AS_SHIPPED)
    if not isinstance(found, Arrangements):
        raise OurBug(f"the settings of sales on the desk's card are {type(found).__name__}, not Arrangements")
    return found


def _arranged(config: Config) -> Arrangements:
    rules = config.sales.commission
    return Arrangements(config.sales, load_commission(rules) if rules else None)


SETTINGS: Final = OwnSettings(Arrangements, _arranged)
