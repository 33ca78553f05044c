"""The mails of reps, in a company with the clients that a clients.json lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.pure import NOW, nobody_known
from benchmarks.reading.judging import judged
from benchmarks.reading.predicting import Predicted, timed, whole_mails
from benchmarks.reading.world import Account, Rep, World, desk_of, vanishing
from mailbot.duties.sales.facts import Doubt, Numbers, Price, UnclearLine
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.message import read
from mailbot.records.tables import Client
from mailbot.sorting.language import language
from mailbot.sorting.model import Reading

_LOCALES: Final = {"de": "de_DE", "en": "en_US"}
# A line that waits because of one of these is a sale all the same: its client is asked for, or its week is another.
_A_SALE: Final = frozenset(
    {
        Doubt.ANOTHERS_CLIENT,
        Doubt.COLLEAGUE,
        Doubt.EXPECTED,
        Doubt.NO_CLIENT,
        Doubt.OTHER_PERIOD,
        Doubt.PRODUCT_DIFFERS,
        Doubt.RANGE,
        Doubt.SEVERAL_CLIENTS,
        Doubt.TWO_READINGS,
        Doubt.UNKNOWN_CLIENT,
        Doubt.UNKNOWN_CURRENCY,
    }
)
_ASKS: Final[Mapping[Doubt, str]] = {
    Doubt.NO_CLIENT: "client",
    Doubt.UNKNOWN_CLIENT: "client",
    Doubt.SEVERAL_CLIENTS: "client",
    Doubt.RANGE: "amount",
    Doubt.TWO_READINGS: "amount",
    Doubt.UNKNOWN_CURRENCY: "currency",
}


class _Listed(BaseModel):
    """A client as the list has it."""

    model_config = ConfigDict(frozen=True)
    id: str
    name: str


def numbers(folder: Path) -> Iterator[Predicted]:
    """{name without ending: the rows that were read, and what would be asked}.

    Nobody says whose the clients are and how a rep writes numbers: all are the writer's own, and he writes numbers as
    people do in the language of his mail.
    """
    listed = TypeAdapter(tuple[_Listed, ...]).validate_json((folder / "clients.json").read_bytes())
    desk = World(now=NOW, authserv_id="mx.company.example", desk="desk@company.example")
    with desk_of(desk, believe_unauthenticated=True) as office:
        for path in whole_mails(folder):
            raw = path.read_bytes()
            with vanishing(office.database, _with_its_rep(desk, raw, listed)) as session:
                came = timed(partial(judged, session, office, raw))
                told = _told(came.value.reading, _codes(session)) if came.value else None
            yield Predicted(path.stem, came.seconds, came.error, told)


def _with_its_rep(desk: World, raw: bytes, listed: tuple[_Listed, ...]) -> World:
    """The company, with the writer of this mail as its rep; without one where nobody wrote it."""
    message = read(raw)
    if message.sender is None:
        return desk
    address = message.sender.address
    rep = Rep(
        name=message.sender.name or address,
        address=address,
        locale=_LOCALES[language(message, nobody_known())],
        currency="EUR",
    )
    accounts = tuple(Account(name=each.name, owner=address, code=each.id) for each in listed)
    return desk.model_copy(update={"reps": (rep,), "clients": accounts})


def _codes(session: Session) -> dict[int, str | None]:
    return {row.id: row.code for row in session.execute(select(Client.id, Client.code))}


def _told(reading: Reading, codes: Mapping[int, str | None]) -> JsonValue:
    facts = [finding.facts for finding in reading.findings if isinstance(finding.facts, Numbers)]
    waiting = [line for found in facts for line in found.unclear if line.doubt in _A_SALE]
    booked = [_row(line.client, line.price, codes) for found in facts for line in found.lines]
    booked += [_row(line.client, line.price, codes) for found in facts for line in found.expected]
    rows = [*booked, *(_row(_client_of(line), line.price, codes) for line in waiting)]
    asks: list[JsonValue] = [*sorted({_ASKS[line.doubt] for line in waiting if line.doubt in _ASKS})]
    return {"rows": rows, "ask": asks}


def _client_of(line: UnclearLine) -> NamedClient | None:
    return None if _ASKS.get(line.doubt) == "client" else line.client


def _row(client: NamedClient | None, price: Price | None, codes: Mapping[int, str | None]) -> JsonValue:
    return {
        "client": codes[client.id] if client else None,
        "amount": str(price.amount) if price else None,
        "currency": price.currency if price else None,
    }
