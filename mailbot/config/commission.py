"""What a sale earns its rep: the rules of commission, read from a TOML file of the company's own.

[[rule]]                       # the first rule that fits a line is its rule
name = "banners"
product = "banner"             # a word of the product; also rep and client, by name
rate = "5%"

[[rule]]
name = "standard"
tiers = [{ from = 0, rate = "3%" }, { from = 50000, rate = "4%" }]   # by what the rep has sold in the month

[[split]]
client = "Acme Corp"
with = "Tom Okafor"
share = "40%"

[[bonus]]
at_least = 60000
amount = 500
currency = "USD"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from mailbot.errors import Fault, Faults
from mailbot.suggestions import unknown
from mailbot.toml_source import Source, read_source

_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Tier:
    """From this amount sold in the month on, each further unit earns `rate` (a share of 1)."""

    start: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class RateRule:
    """What the lines earn that it fits; "" fits every rep, client or product."""

    name: str
    tiers: tuple[Tier, ...]
    rep: str = ""
    client: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class SplitRule:
    """Of what a line of this client or product earns, `share` (of 1) goes to a colleague."""

    name: str
    colleague: str
    share: Decimal
    client: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class BonusRule:
    """An amount on top, in a month in which so much was sold in its currency."""

    name: str
    at_least: Decimal
    amount: Decimal
    currency: str
    rep: str = ""


@dataclass(frozen=True, slots=True)
class CommissionRules:
    """All rules of a company, in the order of their file."""

    rates: tuple[RateRule, ...]
    splits: tuple[SplitRule, ...] = ()
    bonuses: tuple[BonusRule, ...] = ()


_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "rule": frozenset(("name", "rep", "client", "product", "rate", "tiers")),
    "split": frozenset(("name", "client", "product", "with", "share")),
    "bonus": frozenset(("name", "rep", "at_least", "amount", "currency")),
}


def load_commission(path: Path) -> CommissionRules:
    """The rules of a file. Raises Faults with every fault at once, each with its line."""
    source = read_source(path)
    reader = _Reader(source)
    rules = CommissionRules(
        rates=tuple(reader.rate(place, row) for place, row in reader.rows("rule")),
        splits=tuple(reader.split(place, row) for place, row in reader.rows("split")),
        bonuses=tuple(reader.bonus(place, row) for place, row in reader.rows("bonus")),
    )
    reader.check_tables()
    if not rules.rates and not reader.faults:
        reader.faults.append(Fault(source.file, None, "has no [[rule]]: nothing would earn anything"))
    if reader.faults:
        raise Faults(tuple(sorted(reader.faults, key=lambda fault: fault.line or 0)))
    return rules


class _Reader:
    """Reads one file, and keeps what is wrong with it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []

    def rows(self, table: str) -> Sequence[tuple[int, Mapping[str, object]]]:
        """The tables of one name, each with its place."""
        written = self.source.values.get(table, [])
        if not isinstance(written, list) or not all(isinstance(row, Mapping) for row in written):
            self._say(f"write [[{table}]], once for each", table)
            return ()
        for place, row in enumerate(written):
            for key in row.keys() - _KEYS[table]:
                self._say(unknown("key", key, sorted(_KEYS[table])), table, place, key)
        return tuple(enumerate(written))

    def check_tables(self) -> None:
        for name in self.source.values.keys() - _KEYS.keys():
            self._say(unknown("table", name, sorted(_KEYS)), name)

    def rate(self, place: int, row: Mapping[str, object]) -> RateRule:
        if ("rate" in row) == ("tiers" in row):
            self._say("name either a rate or tiers", "rule", place)
        tiers = self._tiers(place, row["tiers"]) if "tiers" in row else ()
        if "rate" in row:
            tiers = (Tier(Decimal(0), self._share(row["rate"], "rule", place, "rate")),)
        words = [self._text(row, "rule", place, key) for key in ("rep", "client", "product")]
        return RateRule(self._text(row, "rule", place, "name") or f"rule {place + 1}", tiers, *words)

    def split(self, place: int, row: Mapping[str, object]) -> SplitRule:
        colleague = self._text(row, "split", place, "with")
        if not colleague:
            self._say('name the colleague: with = "…"', "split", place)
        share = self._share(row.get("share"), "split", place, "share")
        client, product, name = (self._text(row, "split", place, key) for key in ("client", "product", "name"))
        if not (client or product):
            self._say("name the client or the product it is about", "split", place)
        return SplitRule(name or f"split {place + 1}", colleague, share, client, product)

    def bonus(self, place: int, row: Mapping[str, object]) -> BonusRule:
        name, rep, currency = (self._text(row, "bonus", place, key) for key in ("name", "rep", "currency"))
        if len(currency) != 3 or not currency.isupper():
            self._say(f'{currency!r} is no currency: write "USD"', "bonus", place, "currency")
        at_least, amount = (self._amount(row.get(key), "bonus", place, key) for key in ("at_least", "amount"))
        return BonusRule(name or f"bonus {place + 1}", at_least, amount, currency, rep)

    def _tiers(self, place: int, written: object) -> tuple[Tier, ...]:
        if not isinstance(written, list) or not written or not all(isinstance(each, Mapping) for each in written):
            self._say('write tiers = [{ from = 0, rate = "3%" }, …]', "rule", place, "tiers")
            return ()
        tiers = tuple(
            Tier(
                self._amount(each.get("from"), "rule", place, "tiers"),
                self._share(each.get("rate"), "rule", place, "tiers"),
            )
            for each in written
        )
        starts = [tier.start for tier in tiers]
        if starts[0] != 0 or starts != sorted(set(starts)):
            self._say("tiers begin at 0 and rise", "rule", place, "tiers")
        return tiers

    def _text(self, row: Mapping[str, object], table: str, place: int, key: str) -> str:
        written = row.get(key, "")
        if not isinstance(written, str):
            self._say(f"{key} is a text in quotes, not {written!r}", table, place, key)
            return ""
        return written.strip()

    def _share(self, written: object, table: str, place: int, key: str) -> Decimal:
        """ "3.5%" as 0.035."""
        text = written.strip() if isinstance(written, str) else ""
        number = _number(text.removesuffix("%")) if text.endswith("%") else None
        if number is None or not 0 <= number <= _HUNDRED:
            self._say(f'{written!r} is no share: write "3.5%"', table, place, key)
            return Decimal(0)
        return number / _HUNDRED

    def _amount(self, written: object, table: str, place: int, key: str) -> Decimal:
        number = written if isinstance(written, int | Decimal) and not isinstance(written, bool) else None
        if number is None or number < 0:
            self._say(f"{written!r} is no amount: write a number, 50000", table, place, key)
            return Decimal(0)
        return Decimal(number)

    def _say(self, what: str, *path: str | int) -> None:
        self.faults.append(Fault(self.source.file, self.source.line(*path), what))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
