"""A contract as it is handed to billing: a letter with the same thing as CSV and as JSON (docs/contracts.md). Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.duties.contracts.actions import Confirm
from mailbot.duties.contracts.planning import Planned
from mailbot.duties.contracts.settings import settings_of
from mailbot.letters.model import Draft, Enclosure, Plain, Recipient
from mailbot.message.addresses import address_key
from mailbot.records.decision import Send
from mailbot.records.importing.sheet import write_sheet

FORMAT: Final = "mailbot.contract/1"
_OF_LINES: Final = (
    *("line", "part", "kind", "words", "issue", "quantity", "percent", "list_price", "worth", "runs_from", "due"),
    "runs_until",
)


def handed_over(s: Situation, contract: Confirm) -> Send | None:
    """The letter to billing; None where nobody bills."""
    to = to_billing(s)
    if to is None:
        return None
    rep = s.known.person(contract.rep_id)
    facts: dict[str, Plain] = {
        "contract": contract.ref,
        "client": contract.client,
        "rep": rep.name if rep else "",
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "amount": contract.value,
        "currency": contract.currency,
        "discounts": tuple(
            {"words": row.words, "percent": row.percent, "list_price": row.list_price, "net": _net(row)}
            for row in contract.promised
            if row.percent is not None
        ),
    }
    data = as_data(contract, rep.name if rep else "")
    enclosures = (
        Enclosure(f"{contract.ref}.csv", "text/csv", as_csv(data).encode()),
        Enclosure(f"{contract.ref}.json", "application/json", json.dumps(data, ensure_ascii=False, indent=2).encode()),
    )
    draft = Draft(
        to,
        "contracts/billing",
        facts,
        "contracts-billing",
        contract.ref,
        s.ref,  # what is confirmed anew after an UNDO is handed over anew
        about_client=contract.client_id,
        enclosures=enclosures,
    )
    return Send(draft)


def to_billing(s: Situation) -> Recipient | None:
    """Who bills; None where nobody does."""
    address = settings_of(s.known.desk).billing
    if not address:
        return None
    person = next((each for each in s.known.staff if each.has(address_key(address))), None)
    return person.recipient if person else Recipient(address, "", s.known.desk.language)


def as_data(contract: Confirm, rep: str) -> dict[str, object]:
    """The contract as JSON holds it: days as 2025-12-01, amounts as text with a point, what is not known as null."""
    return {
        "format": FORMAT,
        "contract": contract.ref,
        "client": contract.client,
        "rep": rep,
        "signed": as_plain(contract.signed_on),
        "starts": as_plain(contract.starts_on),
        "ends": as_plain(contract.ends_on),
        "value": as_plain(contract.value),
        "currency": contract.currency,
        "renews": contract.renews,
        "notice_days": contract.notice_days,
        "lines": [line_data(row) for row in contract.promised],
    }


def as_csv(data: Mapping[str, object]) -> str:
    """The same with one row for each line; what is said of the contract stands in every row, so that `mailbot import`
    reads it."""
    of_contract = [name for name in data if name not in ("format", "lines")]
    lines = data["lines"] if isinstance(data["lines"], list) else []
    rows = (
        (*(_cell(data[name]) for name in of_contract), *(_cell(line[name]) for name in _OF_LINES)) for line in lines
    )
    return write_sheet((*of_contract, *_OF_LINES), rows)


def line_data(row: Planned) -> dict[str, object]:
    """One row of what is promised, as JSON holds it."""
    return {
        "line": row.position,
        "part": row.part,
        "kind": row.kind,
        "words": row.words,
        "issue": row.issue,
        "quantity": row.quantity,
        "percent": as_plain(row.percent),
        "list_price": as_plain(row.list_price),
        "worth": as_plain(row.worth),
        "runs_from": as_plain(row.starts_on),
        "due": as_plain(row.due_on),
        "runs_until": as_plain(row.ends_on),
    }


def _net(row: Planned) -> Decimal | None:
    return row.list_price - row.worth if row.list_price is not None and row.worth is not None else None


def as_plain(value: date | Decimal | None) -> str | None:
    """A day as 2025-12-01, an amount as text with a point."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if value is not None else None


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
