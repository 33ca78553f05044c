"""What the letters about a change of a contract tell of it: the contract, each point of the list, each part. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.duties.contracts.changes.comparing import of_file
from mailbot.duties.contracts.changes.facts import ChangeCard, ChangeReading, Deed, Line
from mailbot.duties.contracts.changes.points import Point
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Language, Plain
from mailbot.records.contracts.cards import ContractCard, DeliverableCard
from mailbot.records.contracts.magazine import issue_named
from mailbot.records.contracts.tables import EventKind

LONGEST_WORDS: Final = 90


def contract_and_reading(card: ChangeCard) -> tuple[ContractCard, ChangeReading]:
    """The contract that a change is about, and what was read of it; only for one of which both are known."""
    if card.contract is None or card.reading is None:
        raise OurBug(f"{card.ref} was about to be told before it was known which contract it is about")
    return card.contract, card.reading


def of_contract(card: ChangeCard, contract: ContractCard) -> dict[str, Plain]:
    """The contract, as it stands before the change."""
    return {
        "contract": contract.ref,
        "client": card.client_of(contract).name,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "value": contract.value,
        "currency": contract.currency,
    }


def of_late_notice(contract: ContractCard, reading: ChangeReading) -> Mapping[str, Plain] | None:
    """That notice came too late: until when it was possible, and the two days on which it may end."""
    if not reading.late_ends or reading.ends_on is not None:
        return None
    return {"notice_on": contract.notice_on, "first": reading.late_ends[0], "second": reading.late_ends[1]}


def of_point(card: ChangeCard, point: Point, language: Language) -> Mapping[str, Plain]:
    """One point of the list. `file` is what the file says, where that is something else."""
    contract, reading = contract_and_reading(card)
    told: dict[str, Plain] = {
        "number": point.number,
        "kind": point.kind,
        "doubt": point.doubt.value if point.doubt else None,
        "currency": contract.currency,
    }
    match point.kind:
        case "end":
            other = card.in_file.ends_on if card.in_file else None
            is_other = other is not None and other != reading.ends_on and bool(card.in_file and card.in_file.end_words)
            return told | {
                "was": contract.ends_on,
                "ends_on": reading.ends_on,
                "file": other if is_other else None,
                "words": one_line(reading.end_words, LONGEST_WORDS) or None,
            }
        case "value":
            return told | _value(card, contract, reading)
        case "line":
            line = reading.lines[point.place]
            theirs = of_file(line, card.in_file)
            return (
                told
                | _line(line, contract, language)
                | {"file": one_line(theirs.words, LONGEST_WORDS) if theirs else None}
            )


def _value(card: ChangeCard, contract: ContractCard, reading: ChangeReading) -> dict[str, Plain]:
    before, value = contract.value, reading.value
    is_refund = card.kind is EventKind.REFUNDED
    amount = None if value is None else value.amount if is_refund else value.after(before)
    theirs = card.in_file.value if card.in_file else None
    other = None if theirs is None else theirs.amount if is_refund else theirs.after(before)
    return {
        "was": before,
        "amount": amount,
        "by": amount - before if amount is not None and before is not None and not is_refund else None,
        "readings": value.readings if value else (),
        "file": other if other is not None and other != amount else None,
        "words": one_line(value.words, LONGEST_WORDS) if value else None,
    }


def _line(line: Line, contract: ContractCard, language: Language) -> dict[str, Plain]:
    rows = [row for row in contract.deliverables if row.id in line.rows]
    promise = line.promise
    return {
        "deed": line.deed.value,
        "what": one_line(line.what, LONGEST_WORDS),
        "which": tuple(issue_named(row.issue, language) for row in rows if row.issue) if rows else (),
        "was": rows[0].ends_on if rows and line.deed is Deed.MOVE else None,
        "ends_on": promise.ends_on if promise else line.ends_on,
        "starts_on": promise.starts_on if promise else None,
        "months": tuple(issue.month for issue in promise.issues) if promise else (),
        "quantity": promise.quantity if promise else None,
        "count": line.count,
        "count_was": line.count_was,
        "words": one_line(line.words, LONGEST_WORDS) or None,
    }


def of_part(line: Line, row: DeliverableCard, language: Language) -> Mapping[str, Plain]:
    """What changes in one promised thing, for the department that delivers it."""
    is_shrunk = row.id == line.shrunk
    return {
        "deed": "fewer" if is_shrunk else "drop" if line.deed is Deed.FEWER else line.deed.value,
        "what": _named(row, language),
        "was": row.ends_on,
        "ends_on": line.ends_on,
        "count": line.left,
        "count_was": row.quantity,
    }


def _named(row: DeliverableCard, language: Language) -> str:
    words = one_line(row.words, LONGEST_WORDS)
    return f"{words}: {issue_named(row.issue, language)}" if row.issue and row.issue not in words else words
