"""The file of commission rules: read whole, or every fault at once with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.config.commission import Tier, load_commission
from mailbot.errors import Faults

RIGHT = """\
[[rule]]
name = "banners"
product = "banner"
rate = "5.5%"

[[rule]]
tiers = [{ from = 0, rate = "3%" }, { from = 50000, rate = "4%" }]

[[split]]
client = "Acme Corp"
with = "Tom Okafor"
share = "40%"

[[bonus]]
at_least = 60000
amount = 500
currency = "USD"
"""


def test_rates_tiers_splits_and_bonuses_are_read(tmp_path: Path) -> None:
    file = tmp_path / "commission.toml"
    file.write_text(RIGHT)
    rules = load_commission(file)
    assert rules.rates[0].tiers == (Tier(Decimal(0), Decimal("0.055")),)
    assert [tier.start for tier in rules.rates[1].tiers] == [0, 50000]
    assert (rules.splits[0].colleague, rules.splits[0].share) == ("Tom Okafor", Decimal("0.4"))
    assert (rules.bonuses[0].at_least, rules.bonuses[0].amount) == (Decimal(60000), Decimal(500))


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        ('rate = "5.5"', 4, "is no share"),
        ("rate = 5.5", 4, "is no share"),
        ('rat = "5%"', 4, "did you mean 'rate'?"),
        ('rate = "101%"', 4, "is no share"),
    ],
)
def test_a_fault_names_its_line_and_what_to_write(tmp_path: Path, wrong: str, line: int, says: str) -> None:
    file = tmp_path / "commission.toml"
    file.write_text(RIGHT.replace('rate = "5.5%"', wrong))
    with pytest.raises(Faults) as refused:
        load_commission(file)
    assert any(fault.line == line and says in fault.what for fault in refused.value.faults)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    file = tmp_path / "commission.toml"
    file.write_text(RIGHT.replace("60000", '"much"').replace('"USD"', '"dollars"').replace("from = 0", "from = 7"))
    with pytest.raises(Faults) as refused:
        load_commission(file)
    assert len(refused.value.faults) == 3
