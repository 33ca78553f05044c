"""What every table shares: how moments, money and keys are kept, and how a row can be taken back without being lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, MetaData, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from mailbot.errors import OurBug
from mailbot.records.in_words import Column, Teller

# SQLite numbers rows by itself only where the key is INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware when it goes in, UTC when it comes out. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise OurBug(f"a moment without a time zone was about to be stored: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_STEPS_OF_A_CENT = 100


class Amount(TypeDecorator[Decimal]):
    """An amount of money, exact to four places, kept as whole ten-thousandths so that any database adds it exactly."""

    impl = BigInteger
    cache_ok = True
    STEP: ClassVar[Decimal] = Decimal("0.0001")

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value != value.quantize(self.STEP):
            raise OurBug(f"the amount {value} has more than four decimal places")
        return int(value / self.STEP)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        cents, rest = divmod(value, _STEPS_OF_A_CENT)
        if rest:
            return Decimal(value).scaleb(-4)
        return Decimal(cents).scaleb(-2)  # as money is written: two places where two say it all


class Base(DeclarativeBase):
    """The root of all tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), Decimal: Amount()}


@dataclass(frozen=True, slots=True)
class Follows:
    """How the rows of a table hang on a contact of a client, so that they go over to whoever follows: the columns that
    hold the contact, the name, the address and its key ("" where a table has none). Only rows whose `while_column`
    holds one of these are open; without one, all are.
    """

    contact: str = ""
    name: str = ""
    address: str = ""
    address_key: str = ""
    while_column: str = ""
    while_one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    """How the rows of a table are concerns of a client: the column that holds the client, and the values of
    `while_column` with which one is open."""

    client: str
    while_column: str
    while_one_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Personal:
    """Which columns of a table are about a person outside the company: `erased` are written over when they ask for it.

    Whose a row is stands in the columns `by_key` (address keys), `by_contact` (of the contact) or `by_arrival` (of a
    mail from them); "" where a table has none.
    """

    erased: tuple[str, ...]
    by_key: tuple[str, ...] = ()
    by_contact: str = ""
    by_arrival: str = ""


class Kept:
    """A row that belongs to a decision and is never deleted: taking it back says which decision took it back.

    `made_by` is the decision that wrote the row (None for imported ones), `undone_by` the one that took it back.
    """

    id: Mapped[int] = mapped_column(Key, primary_key=True)

    @declared_attr
    def made_by(self) -> Mapped[int | None]:
        return mapped_column(ForeignKey("decisions.id"), default=None)

    @declared_attr
    def undone_by(self) -> Mapped[int | None]:
        return mapped_column(ForeignKey("decisions.id"), default=None)

    # Every column of a table is in one of these two: what people are told of it, or that it means nothing to them.
    told: ClassVar[Mapping[str, Column]] = {}
    untold: ClassVar[frozenset[str]] = frozenset()
    follows: ClassVar[Follows | None] = None  # None: nothing of it hangs on a contact
    concern: ClassVar[Concern | None] = None  # None: nothing cheerful has to wait for it
    personal: ClassVar[Personal | None] = None  # None: nothing of it is a person's
    # Two rows with the same in all of these would count twice, unless somebody was asked or one supersedes the other.
    one_for: ClassVar[tuple[str, ...]] = ()

    def title(self, teller: Teller) -> str:
        """What this row is: "client Kestrel Roofing"."""
        raise OurBug(f"{type(self).__name__} has no words for people: write its `title`")

    def name_for(self, teller: Teller) -> str:
        """The same, as it stands in the words about another row: "Kestrel Roofing"."""
        return self.title(teller)

    def as_new(self, teller: Teller, values: Mapping[str, object]) -> str:
        """What it held when it was written; `values` are those of its columns then."""
        told = {name: column for name, column in self.told.items() if not column.in_title}
        return teller.columns(type(self), told, values)
