"""What the settings file says about sales reaches this duty by the desk's card, and no other part of the program."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from mailbot.config import SalesSettings
from mailbot.config.commission import CommissionRules, RateRule, Tier
from mailbot.config.hours import WeeklyHour
from mailbot.duties.sales import DUTY
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.settings import Arrangements, commission_of, settings_of
from mailbot.errors import OurBug
from mailbot.records.known import DeskCard
from mailbot.records.snapshot import unpack
from mailbot.records.tables import CircumstancesRow, DecisionRow
from tests.duties.sales.mails import TOM, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 11, 7, 16, 0, tzinfo=ZoneInfo("America/New_York"))
RULES = CommissionRules((RateRule("all", (Tier(Decimal(0), Decimal("0.035")),)),))
TABLE = SalesSettings.model_validate({"numbers_due": "thursday 16:30", "rates": {"EUR": {"2025-11": "1.10"}}})


def kept_of(road: Road, settings: dict[str, type]) -> DeskCard:
    """The desk of the last decision, as a replay reads it back."""
    with road.database.reading() as session:
        packed, circumstances = session.execute(
            select(DecisionRow.known, CircumstancesRow.content)
            .join(CircumstancesRow, CircumstancesRow.id == DecisionRow.circumstances_id)
            .order_by(DecisionRow.id.desc())
        ).first() or (b"", b"")
    return unpack(packed, circumstances, {}, settings).desk


def test_a_replay_finds_the_settings_of_that_day(road: Road) -> None:
    road.desk = replace(road.desk, settings={NAME: Arrangements(TABLE, RULES)})
    road.arrives(mail("globex tools 975.50", TOM, at=FRIDAY), FRIDAY)
    assert DUTY.settings is not None

    then = kept_of(road, {NAME: DUTY.settings.type})
    assert settings_of(then) == TABLE
    assert settings_of(then).numbers_due == WeeklyHour(3, time(16, 30))
    assert commission_of(then) == RULES
    assert kept_of(road, {"parcels": Arrangements}).settings == {}


def test_without_a_table_of_its_own_what_is_shipped_counts(road: Road) -> None:
    assert settings_of(road.desk) == SalesSettings()
    assert commission_of(road.desk) is None


def test_settings_of_another_type_are_a_bug_and_never_taken_for_the_shipped_ones(road: Road) -> None:
    with pytest.raises(OurBug, match="are dict, not Arrangements"):
        settings_of(replace(road.desk, settings={NAME: {"numbers_due": "friday 17:00"}}))
