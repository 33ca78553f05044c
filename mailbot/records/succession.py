"""One contact follows another: what hangs on the one that goes is handed over, whichever duty's it is.

A table says by itself how its rows hang on a contact (`Kept.follows`), as it says which of its columns people are told.
Every row that is handed over is a change of the decision, so undo gives it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sqlalchemy import Select, bindparam, null, or_, select
from sqlalchemy.orm import Session

from mailbot.errors import TryAgain
from mailbot.message.addresses import address_key
from mailbot.records.base import Base, Follows, Kept
from mailbot.records.in_words import Teller
from mailbot.records.known import Known
from mailbot.records.pen import Pen
from mailbot.records.suppression import is_suppressed
from mailbot.records.tables import Address, AddressStatus, Contact, QuestionRow, QuestionState
from mailbot.records.together import found_for

_MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Leaving:
    """The contact that goes, and the key of the address that is no longer theirs."""

    contact_id: int
    address_key: str

    @property
    def asked(self) -> dict[str, int | str]:
        """As queries ask for it."""
        return {"contact": self.contact_id, "address_key": self.address_key}


@dataclass(frozen=True, slots=True)
class Following:
    """The contact that follows, and the address as it is written."""

    contact_id: int
    name: str
    address: str


def hanging_on(session: Session, leaving: Leaving, teller: Teller) -> tuple[str, ...]:
    """What would be handed over, in the words of the reader, each duty's own."""
    tables = found_for(session, _tables_with, leaving, _writing) or ()
    rows = (row for table in tables for row in session.scalars(table.rows, leaving.asked))
    return tuple(row.title(teller) for row in islice(rows, _MOST_TOLD))


def hand_over(pen: Pen, leaving: Leaving, following: Following) -> None:
    """Everything open that hangs on the one is the other's; what the one was asked is asked no longer."""
    for row in list(_rows(pen.session, leaving)):
        if row.follows is not None:
            pen.update(row, **_named(row.follows, following))
    asked = select(QuestionRow).where(
        QuestionRow.asked_key == leaving.address_key,
        QuestionRow.state == QuestionState.OPEN,
        QuestionRow.undone_by.is_(None),
    )
    for question in pen.session.scalars(asked).all():
        pen.update(question, state=QuestionState.WITHDRAWN)


def new_contact(pen: Pen, client_id: int, name: str, address: str, phone: str | None, like: Contact) -> Contact:
    """A contact of the client in the place of another; TryAgain where the address is on file meanwhile."""
    contact = pen.insert(
        Contact(client_id=client_id, name=name, role=like.role, rank=like.rank, language=like.language, phone=phone)
    )
    give_address(pen, contact.id, address)
    return contact


def give_address(pen: Pen, contact_id: int, address: str) -> None:
    """A new address of a contact. One that was taken back comes back, with the owner it has now: a corrected address
    starts anew, but who asked us to stop stays stopped. TryAgain where it is on file meanwhile."""
    key = address_key(address)
    known = pen.session.scalar(select(Address).where(Address.key == key).with_for_update())
    if known is None:
        forgotten = is_suppressed(pen.session, key)
        status = AddressStatus.STOPPED if forgotten else AddressStatus.OK
        pen.insert(Address(key=key, written=address, contact_id=contact_id, status=status))
        return
    if known.undone_by is None:
        raise TryAgain(f"{address} is on file meanwhile; the answer will be decided anew")
    pen.update(known, undone_by=None, written=address, contact_id=contact_id, person_id=None)
    if known.status is not AddressStatus.STOPPED:
        pen.update(known, status=AddressStatus.OK, status_since=pen.now, status_because=None)


def put_first(pen: Pen, first: Contact) -> None:
    """The contact becomes the first of its client; the others keep their order behind it."""
    others = (
        select(Contact)
        .where(Contact.client_id == first.client_id, Contact.id != first.id, Contact.undone_by.is_(None))
        .order_by(Contact.rank, Contact.id)
        .with_for_update()
    )
    for rank, contact in enumerate([first, *pen.session.scalars(others).all()], start=1):
        pen.update(contact, rank=rank)


def _rows(session: Session, leaving: Leaving) -> Iterator[Kept]:
    """The open rows of all tables that hang on the contact, in the order of the tables' names, locked."""
    for table in _tables():
        yield from session.scalars(table.rows.with_for_update(), leaving.asked)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose rows hang on contacts: `rows` are those that hang on one, `whose` tells on which of some any does,
    by contact and by address key."""

    rows: Select[Kept]
    whose: Select[int | None, str | None]


@cache
def _tables() -> tuple[_Table, ...]:
    """Each table that says what of it hangs on a contact. They are all there before the first mail comes."""
    classes = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda each: each.__name__)
    kept = (each for each in classes if issubclass(each, Kept))
    return tuple(_table(table, table.follows) for table in kept if table.follows is not None)


def _table(table: type[Kept], follows: Follows) -> _Table:
    by = (follows.contact, follows.address_key)
    columns = [getattr(table, name) if name else None for name in by]
    one = [column == bindparam(name) for column, name in zip(columns, _ONE, strict=True) if column is not None]
    some = [
        column.in_(bindparam(name, expanding=True))
        for column, name in zip(columns, _SOME, strict=True)
        if column is not None
    ]
    is_open = [table.undone_by.is_(None)]
    if follows.while_column:
        is_open.append(getattr(table, follows.while_column).in_(follows.while_one_of))
    whose = [null() if column is None else column for column in columns]
    return _Table(
        rows=select(table).where(*is_open, or_(*one)).order_by(table.id),
        whose=select(*whose).where(*is_open, or_(*some)).distinct(),
    )


_ONE, _SOME = ("contact", "address_key"), ("contacts", "address_keys")


def _tables_with(session: Session, leaving: Sequence[Leaving]) -> dict[Leaving, list[_Table]]:
    """For each of these contacts, the tables in which something hangs on them."""
    asked = {"contacts": [each.contact_id for each in leaving], "address_keys": [each.address_key for each in leaving]}
    found: dict[Leaving, list[_Table]] = defaultdict(list)
    for table in _tables():
        rows = session.connection().execute(table.whose, asked).all()
        contacts, keys = {contact for contact, _ in rows}, {key for _, key in rows}
        for each in leaving:
            if each.contact_id in contacts or each.address_key in keys:
                found[each].append(table)
    return found


def _writing(known: Known) -> tuple[Leaving, ...]:
    sender = known.sender
    return (Leaving(sender.contact.id, sender.key),) if sender and sender.contact else ()


def _named(follows: Follows, following: Following) -> dict[str, object]:
    written = (
        (follows.contact, following.contact_id),
        (follows.name, following.name),
        (follows.address, following.address),
        (follows.address_key, address_key(following.address)),
    )
    return {column: value for column, value in written if column}
