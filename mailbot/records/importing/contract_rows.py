"""One line as what it says of a contract and of one thing that it promises, or of the figures of a month.

None: the file does not say, and what is known stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.records.contracts.tables import LONGEST_KIND, ContractState, DeliverableState
from mailbot.records.importing.cells import YES, BadRowError, Cells, day_in
from mailbot.records.importing.columns import Columns
from mailbot.records.importing.sheet import Line


@dataclass(frozen=True, slots=True)
class DeliverablePart:
    """What a line says of one thing that a contract promises: see `Deliverable`.

    `position` is None where the file leaves the numbering to its order. `department` and `asked` are as they are
    written: an address or a name. `used_on` is None where it is not known when; `used` where nothing is said of it.
    """

    position: int | None
    part: int
    kind: str | None
    words: str | None
    issue: str | None
    quantity: int | None
    percent: Decimal | None
    list_price: Decimal | None
    worth: Decimal | None
    department: str | None
    asked: str | None
    starts_on: date | None
    due_on: date | None
    ends_on: date | None
    state: DeliverableState | None
    link: str | None
    target: str | None
    proof: str | None
    is_benefit: bool | None
    used: bool | None
    used_on: date | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """What a line says of a contract. `client`, `rep`, `contact` and `follows` are as they are written."""

    line: int
    ref: str
    client: str
    rep: str | None
    contact: str | None
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    value: Decimal | None
    currency: str | None
    renews: bool | None
    notice_days: int | None
    state: ContractState | None
    follows: str | None
    deliverable: DeliverablePart | None

    def __str__(self) -> str:
        return f"{self.ref} ({self.client})"


@dataclass(frozen=True, slots=True)
class TrafficRow:
    """What a line says of the figures of a month: of the line and part of a contract. None: of its only banner."""

    line: int
    ref: str
    position: int | None
    part: int
    month: date
    views: int
    clicks: int

    def __str__(self) -> str:
        return f"{self.ref}, {self.month:%B %Y}"


_CONTRACT_STATES: Final[Mapping[str, ContractState]] = {
    **{state.value: state for state in ContractState},
    **dict.fromkeys(("active", "laeuft", "laufend", "aktiv"), ContractState.RUNNING),
    **dict.fromkeys(("expired", "ausgelaufen", "beendet"), ContractState.ENDED),
    **dict.fromkeys(("canceled", "gekuendigt", "storniert"), ContractState.CANCELLED),
}
_DELIVERY_STATES: Final[Mapping[str, DeliverableState]] = {
    **{state.value: state for state in DeliverableState},
    **dict.fromkeys(("no", "open", "offen", "geplant", "nein"), DeliverableState.PLANNED),
    **dict.fromkeys(("yes", "done", "ja", "erledigt", "erbracht"), DeliverableState.DELIVERED),
}
_MOST_PARTS: Final = 999
_LONGEST_TEXT: Final = 1_000


def contract_row(line: Line, columns: Columns) -> ContractRow:
    """A contract with one thing that it promises, where the line names one. Raises BadRowError."""
    cells = Cells(line, columns)
    ref, client = cells.text("contract", 32), cells.text("client", 300)
    if not ref:
        raise BadRowError("it has no number of a contract")
    if not client:
        raise BadRowError(f"{ref} has no client")
    starts, ends = cells.day("starts"), cells.day("ends")
    if starts and ends and ends < starts:
        raise BadRowError(f"{ref} ends on {ends}, before it starts on {starts}")
    return ContractRow(
        line=line.number,
        ref=ref,
        client=client,
        rep=cells.text("rep", 320),
        contact=cells.text("contact", 320),
        signed_on=cells.day("signed"),
        starts_on=starts,
        ends_on=ends,
        value=cells.amount("value"),
        currency=cells.currency("currency"),
        renews=cells.one_of("renews", YES, "word for renews", ["yes", "no"]),
        notice_days=cells.count("notice_days", 0, 3_650),
        state=cells.one_of("state", _CONTRACT_STATES, "state of a contract", [*ContractState]),
        follows=cells.text("follows", 32),
        deliverable=_deliverable(cells),
    )


def traffic_row(line: Line, columns: Columns) -> TrafficRow:
    """The figures of one month. Raises BadRowError."""
    cells = Cells(line, columns)
    ref, month = cells.text("contract", 32), cells.month("month")
    views, clicks = cells.count("views", 0, 10**12), cells.count("clicks", 0, 10**12)
    if not ref:
        raise BadRowError("it has no number of a contract")
    if month is None or views is None or clicks is None:
        raise BadRowError(f"of {ref} a month, its views and its clicks are wanted, such as 2025-10, 41220, 312")
    if clicks > views:
        raise BadRowError(f"{clicks:,} clicks on {views:,} views: are the two columns exchanged?")
    return TrafficRow(
        line.number,
        ref,
        cells.count("line", 1, _MOST_PARTS),
        cells.count("part", 1, _MOST_PARTS) or 1,
        month,
        views,
        clicks,
    )


def _deliverable(cells: Cells) -> DeliverablePart | None:
    words, kind = cells.text("words", _LONGEST_TEXT), cells.text("kind", LONGEST_KIND)
    if not words and not kind:
        return None
    starts, ends = cells.day("runs_from"), cells.day("runs_until")
    if starts and ends and ends < starts:
        raise BadRowError(f"{words or kind!r} runs until {ends}, before it begins on {starts}")
    used, used_on = _used(cells)
    return DeliverablePart(
        position=cells.count("line", 1, _MOST_PARTS),
        part=cells.count("part", 1, _MOST_PARTS) or 1,
        kind=kind.casefold() if kind else None,
        words=words,
        issue=cells.text("issue", 40),
        quantity=cells.count("quantity", 1, 1_000_000),
        percent=cells.percent("percent"),
        list_price=cells.amount("list_price"),
        worth=cells.amount("worth"),
        department=cells.text("department", 320),
        asked=cells.text("asked", 320),
        starts_on=starts,
        due_on=cells.day("due"),
        ends_on=ends,
        state=cells.one_of("done", _DELIVERY_STATES, "state of a delivery", [*DeliverableState]),
        link=cells.text("link", _LONGEST_TEXT),
        target=cells.text("target", _LONGEST_TEXT),
        proof=cells.text("proof", _LONGEST_TEXT),
        is_benefit=cells.one_of("benefit", YES, "word for benefit", ["yes", "no"]),
        used=used,
        used_on=used_on,
    )


def _used(cells: Cells) -> tuple[bool | None, date | None]:
    """Whether a benefit was used, and the day, where the cell is one."""
    said = cells.text("used", 40)
    day = day_in(said) if said else None
    if day is not None:
        return True, day
    return cells.one_of("used", YES, "day, and no word for used", ["yes", "no"]), None
