"""What the records say, in the words of people: names for keys, amounts and dates as a language writes them.

Each table says by itself which of its columns people are told, and in which words; a duty does so for its own tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Language
from mailbot.letters.wording import Wording

_LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in every language of the desk."""

    en: str
    de: str

    def to(self, language: Language) -> str:
        """The words in one language."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """How people are told of a column: `name` stands before its value, unless the value says it all.

    `values` are the words for what can stand in it: the values of an enumeration, "True" and "False". Of a new row,
    what its title says already is not told again.
    """

    name: Words | None = None
    values: Mapping[str, Words] = field(default_factory=dict)
    is_flag: bool = False  # whether anything stands in it says enough
    in_title: bool = False


NOTHING: Final = Words("nothing", "nichts")


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells rows to one reader: in the reader's language, moments in the desk's zone."""

    session: Session
    language: Language = "en"
    zone: tzinfo = UTC

    @property
    def wording(self) -> Wording:
        """How the reader's language writes amounts and days."""
        return Wording(self.language)

    def say(self, en: str, de: str) -> str:
        """The words for this reader."""
        return Words(en, de).to(self.language)

    def money(self, amount: Decimal, currency: str) -> str:
        """12.500,00 EUR of what is kept as 12500.0000."""
        return self.wording.money(amount.normalize(), currency)

    def name_of(self, table: type[Any], key: object) -> str:
        """What the row of a table is called; "" for none."""
        row = self.session.get(table, key) if key is not None else None
        return "" if row is None else one_line(str(row.name_for(self)), _LONGEST_VALUE)

    def columns(self, table: type[Any], told: Mapping[str, Column], values: Mapping[str, object]) -> str:
        """The values of those columns that people are told, in the order of `told`."""
        words = [self._column(table, name, told[name], values[name]) for name in told if name in values]
        return ", ".join(filter(None, words)) or NOTHING.to(self.language)

    def _column(self, table: type[Any], name: str, column: Column, value: object) -> str:
        if value in (None, ""):
            return ""
        head = column.name.to(self.language) if column.name else ""
        if column.is_flag:
            return head
        if (said := column.values.get(str(value))) is not None:
            return said.to(self.language)
        return f"{head} {self._value(table, name, value)}".strip()

    def _value(self, table: type[Any], name: str, value: object) -> str:
        for key in inspect(table).columns[name].foreign_keys:
            return self.name_of(_class_of(table, key.column.table.name), value)
        match value:
            case bool():
                return self.wording.plain(value)
            case Decimal():
                return self.wording.amount(value.normalize())
            case datetime():
                return self.wording.moment(value.astimezone(self.zone), year=True)
            case date():
                return self.wording.day(value, year=True)
        return one_line(str(value), _LONGEST_VALUE)


def _class_of(table: type[Any], name: str) -> type[Any]:
    """The mapped class of another table of the same schema."""
    classes: list[type[Any]] = [mapper.class_ for mapper in table.registry.mappers]
    return next(each for each in classes if inspect(each).local_table.name == name)
