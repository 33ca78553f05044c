"""What was promised, held against what came of it. Every difference is one line of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mailbot.cli.demo.script import Ending, Promise, Scene
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import EntryKind, SalesEntry
from mailbot.letters.wording import Wording
from mailbot.records.decision import Folder
from mailbot.records.session import Database
from mailbot.records.tables import Address, AddressStatus, Client, LetterRow, LetterState, Person


@dataclass(frozen=True, slots=True)
class Seen:
    """How everything lies in the end, in the words of the promises."""

    folders: Mapping[str, int]
    received: Mapping[str, int]
    ledger: tuple[str, ...]
    undeliverable: tuple[str, ...]
    stopped: tuple[str, ...]
    sent: Mapping[str, int]  # what the outbox says went to whom


def broken_in(scene: Scene, told: tuple[Told, ...]) -> tuple[str, ...]:
    """What came of a scene otherwise than promised. What was not promised must not have happened."""
    if len(told) != len(scene.promised):
        what = ", ".join(each.story.kind for each in told) or "nothing"
        return (f"{scene.name}: {len(scene.promised)} decisions were promised, {len(told)} were made: {what}",)
    return tuple(
        f"{scene.name}: {difference}"
        for promise, each in zip(scene.promised, told, strict=True)
        for difference in _differences(promise, each)
    )


def _differences(promise: Promise, told: Told) -> Iterator[str]:
    pairs: tuple[tuple[str, object, object], ...] = (
        ("kind", promise.kind, told.story.kind),
        ("folder", promise.folder, told.story.folder),
        ("records", promise.records, dict(told.records)),
        ("letters", promise.letters, tuple(letter.recipient for letter in told.letters)),
    )
    yield from (f"{name} {wanted!r} was promised, it is {came!r}" for name, wanted, came in pairs if wanted != came)
    written = "\n".join(f"{letter.subject}\n{letter.text}" for letter in told.letters)
    yield from (f"no letter says {words!r}" for words in promise.says if words not in written)


def broken_in_the_end(ending: Ending, seen: Seen) -> tuple[str, ...]:
    """What lies otherwise than promised in folders, mailboxes, ledger and addresses."""
    pairs: tuple[tuple[str, object, object], ...] = (
        ("mails in the folders", ending.folders, seen.folders),
        ("letters received", ending.received, seen.received),
        ("ledger", ending.ledger, seen.ledger),
        ("undeliverable addresses", ending.undeliverable, seen.undeliverable),
        ("addresses that asked us to stop", ending.stopped, seen.stopped),
        ("letters that were sent, and received", seen.sent, seen.received),
    )
    return tuple(f"in the end: {name}: {w!r} was promised, it is {s!r}" for name, w, s in pairs if w != s)


def seen_in_the_end(database: Database, folders: Mapping[str, int], received: Mapping[str, int]) -> Seen:
    """The records at the end of the script, beside what lies on the mail server."""
    with database.reading() as session:
        return Seen(
            folders={name: count for name, count in folders.items() if count},
            received={name: count for name, count in received.items() if count},
            ledger=ledger(session),
            undeliverable=_addresses(session, AddressStatus.UNDELIVERABLE),
            stopped=_addresses(session, AddressStatus.STOPPED),
            sent=dict(Counter(session.scalars(select(LetterRow.recipient).where(LetterRow.state == LetterState.SENT)))),
        )


def ledger(session: Session) -> tuple[str, ...]:
    """What is booked and counts: "Dana Reyes: Acme Corp 12,000.00 USD, week 44"."""
    later = aliased(SalesEntry)
    superseded = select(later.id).where(later.supersedes_id == SalesEntry.id, later.undone_by.is_(None))
    query = (
        select(SalesEntry, Person.name, Client.name)
        .join(Person, Person.id == SalesEntry.rep_id)
        .join(Client, Client.id == SalesEntry.client_id)
        .where(SalesEntry.undone_by.is_(None), SalesEntry.kind != EntryKind.CANCELLED, ~superseded.exists())
        .order_by(SalesEntry.id)
    )
    return tuple(_entry_told(*row) for row in session.execute(query).tuples())


def _entry_told(entry: SalesEntry, rep: str, client: str) -> str:
    amount = Wording("en").money(entry.amount.normalize(), entry.currency)
    return f"{rep}: {client} {amount}, week {entry.period_start.isocalendar().week}"


def _addresses(session: Session, status: AddressStatus) -> tuple[str, ...]:
    return tuple(session.scalars(select(Address.written).where(Address.status == status).order_by(Address.id)))


FOLDERS = ("INBOX", *(folder.value for folder in Folder if folder is not Folder.LEAVE))
