"""A change as it is handed to billing: a letter with the same thing as CSV and as JSON (docs/contracts.md). Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.duties.contracts.billing import as_plain, line_data, to_billing
from mailbot.duties.contracts.changes.actions import ChangeContract
from mailbot.letters.model import Draft, Enclosure, Plain
from mailbot.records.contracts.tables import EventKind
from mailbot.records.decision import Send
from mailbot.records.importing.sheet import write_sheet

FORMAT: Final = "mailbot.contract-change/1"


def change_handed_over(s: Situation, change: ChangeContract, before: Decimal | None) -> Send | None:
    """The letter to billing; None where nobody bills. `before` is what the contract was worth."""
    to = to_billing(s)
    if to is None:
        return None
    rep = s.known.person(change.rep_id)
    facts: dict[str, Plain] = {
        "contract": change.contract,
        "client": change.client,
        "rep": rep.name if rep else "",
        "kind": change.kind.value,
        "since": change.since,
        "ends_on": change.last_day,
        "before": before,
        "amount": change.amount,
        "currency": change.currency,
        "is_new_amount": change.kind is EventKind.REFUNDED or change.value is not None,
        "words": change.words,
    }
    data = as_data(change, before, rep.name if rep else "")
    name = f"{change.contract}-{change.kind.value}"
    enclosures = (
        Enclosure(f"{name}.csv", "text/csv", as_csv(data).encode()),
        Enclosure(f"{name}.json", "application/json", json.dumps(data, ensure_ascii=False, indent=2).encode()),
    )
    draft = Draft(
        to,
        "contracts/billing_change",
        facts,
        "contracts-billing-change",
        change.contract,
        s.ref,
        about_client=change.client_id,
        enclosures=enclosures,
    )
    return Send(draft)


def as_data(change: ChangeContract, before: Decimal | None, rep: str) -> dict[str, object]:
    """The change as JSON holds it; of a refund, `amount` is what is paid back."""
    return {
        "format": FORMAT,
        "contract": change.contract,
        "client": change.client,
        "rep": rep,
        "kind": change.kind.value,
        "since": as_plain(change.since),
        "starts": as_plain(change.starts_on),
        "ends": as_plain(change.last_day),
        "before": as_plain(before),
        "amount": as_plain(change.amount),
        "currency": change.currency,
        "words": change.words,
        "added": [line_data(row) for row in change.added],
    }


def as_csv(data: Mapping[str, object]) -> str:
    """The same in one row, without the lines that are added."""
    names = tuple(name for name in data if name not in ("format", "added"))
    return write_sheet(names, iter([tuple("" if data[name] is None else str(data[name]) for name in names)]))
