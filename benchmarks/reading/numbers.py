"""The mails of reps, in a company with the clients that a clients.json lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
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
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import Numbers, UnclearLine
from mailbot.duties.sales.facts.particulars import Particulars, Price
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.message import read
from mailbot.records.tables import Client
from mailbot.sorting.language import language
from mailbot.sorting.model import Reading

_LOCALES: Final = {"de": "de_DE", "en": "en_US"}
# A line that waits because of one of these is a sale all the same: something of it is asked for.
_A_SALE: Final = frozenset(
    {
        Doubt.ANOTHERS_CLIENT,
        Doubt.BELOW_SIGNATURE,
        Doubt.COLLEAGUE,
        Doubt.CORRECTS,
        Doubt.DIFFERS,
        Doubt.DROPS,
        Doubt.EXPECTED,
        Doubt.GROSS,
        Doubt.NO_CLIENT,
        Doubt.NO_CURRENCY,
        Doubt.OTHER_PERIOD,
        Doubt.PRODUCT_DIFFERS,
        Doubt.RANGE,
        Doubt.SEVERAL_CLIENTS,
        Doubt.TWO_READINGS,
        Doubt.UNKNOWN_CLIENT,
        Doubt.UNKNOWN_CURRENCY,
    }
)
_OF_THE_CLIENT: Final = frozenset({Doubt.NO_CLIENT, Doubt.SEVERAL_CLIENTS, Doubt.UNKNOWN_CLIENT})
_OPS: Final[Mapping[Doubt, str]] = {Doubt.CORRECTS: "replace", Doubt.DROPS: "delete"}


class _Listed(BaseModel):
    """A client as the list has it."""

    model_config = ConfigDict(frozen=True)
    id: str
    name: str


def numbers(folder: Path) -> Iterator[Predicted]:
    """{name without ending: the rows that were read, and what would be asked}.

    Nobody says whose the clients are, in which currency a rep sells, and how he writes numbers: all clients are the
    writer's own, no currency is anybody's, and a rep writes numbers as people do in the language of most of his mails.
    """
    listed = TypeAdapter(tuple[_Listed, ...]).validate_json((folder / "clients.json").read_bytes())
    desk = World(now=NOW, authserv_id="mx.company.example", desk="desk@company.example")
    mails = {path: path.read_bytes() for path in whole_mails(folder)}
    locales = _locales(mails.values())
    with desk_of(desk, believe_unauthenticated=True) as office:
        for path, raw in mails.items():
            with vanishing(office.database, _with_its_rep(desk, raw, listed, locales)) as session:
                came = timed(partial(judged, session, office, raw))
                told = _told(came.value.reading, _codes(session)) if came.value else None
            yield Predicted(path.stem, came.seconds, came.error, told)


def _locales(mails: Iterable[bytes]) -> Mapping[str, str]:
    """How each writer writes numbers, by his address: as in the language of most of his mails that show one."""
    english = nobody_known()
    german = replace(english, desk=replace(english.desk, language="de"))
    languages: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for raw in mails:
        message = read(raw)
        told = language(message, english)
        if message.sender is not None:
            languages[message.sender.address][told] += 1 if told == language(message, german) else 0
    return {address: _LOCALES[counted.most_common(1)[0][0]] for address, counted in languages.items()}


def _with_its_rep(desk: World, raw: bytes, listed: tuple[_Listed, ...], locales: Mapping[str, str]) -> World:
    """The company, with the writer of this mail as its rep; without one where nobody wrote it."""
    message = read(raw)
    if message.sender is None:
        return desk
    address = message.sender.address
    rep = Rep(name=message.sender.name or address, address=address, locale=locales[address], currency=None)
    accounts = tuple(Account(name=each.name, owner=address, code=each.id) for each in listed)
    return desk.model_copy(update={"reps": (rep,), "clients": accounts})


def _codes(session: Session) -> dict[int, str | None]:
    return {row.id: row.code for row in session.execute(select(Client.id, Client.code))}


def _told(reading: Reading, codes: Mapping[int, str | None]) -> JsonValue:
    facts = [finding.facts for finding in reading.findings if isinstance(finding.facts, Numbers)]
    waiting = [line for found in facts for line in found.unclear if line.doubt in _A_SALE]
    rows = [
        *(_row(line.client, line.price, line.said, codes) for found in facts for line in found.lines),
        *(_row(line.client, line.price, line.said, codes, line.currency) for found in facts for line in found.expected),
        *(_waiting(line, codes) for line in waiting),
    ]
    asks: set[str] = {ask for line in waiting for ask in _asked_of(line)}
    if any(line.price is None for found in facts for line in found.expected):
        asks.add("amount")
    return {"rows": list(rows), "ask": [*sorted(asks)]}


def _asked_of(line: UnclearLine) -> Iterator[str]:
    """What the rep is asked for before such a line is booked."""
    if line.doubt in _OF_THE_CLIENT or line.client is None:
        yield "client"
    if line.doubt is Doubt.GROSS or (line.price is None and line.amount is None):
        yield "amount"
    if line.price is None and line.currency is None:
        yield "currency"


def _waiting(line: UnclearLine, codes: Mapping[int, str | None]) -> dict[str, JsonValue]:
    client = None if line.doubt in _OF_THE_CLIENT else line.client
    row = _row(client, line.price, line.said, codes, line.currency, line.amount)
    if line.doubt in _OPS:
        row["op"] = _OPS[line.doubt]
        row["old_amount"] = str(line.other.amount) if line.other else None
    return row


def _row(
    client: NamedClient | None,
    price: Price | None,
    said: Particulars,
    codes: Mapping[int, str | None],
    currency: str | None = None,
    amount: Decimal | None = None,
) -> dict[str, JsonValue]:
    whole = price.amount if price else amount
    quantity = said.quantity or (price.quantity if price else None)
    return {
        "client": codes[client.id] if client else None,
        "amount": str(whole) if whole is not None else None,
        "currency": price.currency if price else currency,
        "product": said.product or None,
        "quantity": f"{quantity.normalize():f}" if quantity else None,
        "stage": said.stage.value if said.stage else None,
        "date": said.day.isoformat() if said.day else None,
        "period": f"{said.period.first}/{said.period.last}" if said.period else None,
    }
