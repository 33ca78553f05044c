"""What every table shares: how moments, money and keys are kept, and how a row can be taken back without being lost."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, MetaData, TypeDecorator, inspect
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from mailbot.errors import OurBug

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
        return None if value is None else (value * self.STEP).quantize(self.STEP)


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

    told_by: ClassVar[tuple[str, ...]] = ()  # the columns that tell a new row in words; none: all of them

    def title(self, session: Session) -> str:
        """What this row is, in words for people."""
        return f"{inspect(type(self)).local_table.name.replace('_', ' ')} {self.id}"
