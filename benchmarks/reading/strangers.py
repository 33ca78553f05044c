"""Mails that a desk which knows nobody reads: replies, automatic mail, odd mail, bounces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from benchmarks.pure import NOW, nobody_known
from benchmarks.reading.predicting import Predicted, timed, whole_mails
from mailbot import app
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.duties import bounces
from mailbot.duties.bounces.reports.detectors import failures_in
from mailbot.duties.bounces.reports.failure import Failure, Outcome, Reason
from mailbot.message import Message, clues, read
from mailbot.records.known import Known
from mailbot.sorting.model import AutomaticKind, NotMine, Trouble
from mailbot.sorting.sort import sort

# The header that a body is given which lies in a folder without one, by the ending of its file. It says nothing of a
# thread: whether the body answers a mail, the body alone is to show.
_HEADERS: Final[Mapping[str, bytes]] = {
    ending: (
        b"From: someone@client.example\r\nTo: desk@harbourpine.example\r\nSubject: your letter\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: text/" + kind + b"; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    for ending, kind in ((".txt", b"plain"), (".html", b"html"))
} | {".eml": b""}

_KINDS: Final[Mapping[AutomaticKind, str]] = {
    AutomaticKind.AUTO_REPLY: "autoreply",
    AutomaticKind.CHALLENGE: "challenge",
    AutomaticKind.FEEDBACK: "feedback",
}


def replies(folder: Path) -> Iterator[Predicted]:
    """{name without ending: the new words} of whole mails (.eml) and of bodies alone (.txt, .html)."""
    for path in sorted(folder.iterdir()):
        if path.suffix in _HEADERS and not path.stem.endswith(".expected"):
            found = timed(partial(_new_words, _HEADERS[path.suffix] + path.read_bytes()))
            yield Predicted(path.stem, found.seconds, found.error, found.value)


def _new_words(raw: bytes) -> str:
    return read(raw).body.for_people.text


def automatic_mails(folder: Path) -> Iterator[Predicted]:
    """{file: whether a machine wrote it, so that it must not be answered}."""
    known = nobody_known()
    for path in whole_mails(folder):
        found = timed(partial(_is_automatic, path.read_bytes(), known))
        yield Predicted(path.name, found.seconds, found.error, found.value)


def _is_automatic(raw: bytes, known: Known) -> bool:
    return sort(read(raw), known, ()).sorted.automatic is not None


@dataclass(frozen=True, slots=True)
class _ReadWhole:
    """A mail that went the whole pure road, and what broke on it without escaping."""

    message: Message
    trouble: tuple[Trouble, ...]


def odd_mails(folder: Path) -> Iterator[Predicted]:
    """{file: what was read of it on the whole pure road, the seconds, and what escaped}.

    A reader of a duty that broke counts as an error too, though the road goes on without it.
    """
    orders, known = app.standing_orders(), nobody_known()
    for path in whole_mails(folder):
        found = timed(partial(_whole_road, path.read_bytes(), known, orders))
        message = found.value.message if found.value else None
        trouble = "; ".join(map(str, found.value.trouble)) if found.value else ""
        error = found.error or trouble or None
        told: JsonValue = {
            "seconds": found.seconds,
            "error": error,
            "from": message.sender.address if message and message.sender else None,
            "subject": message.subject if message else None,
            "attachments": [file.filename for file in message.attachments] if message else [],
            "characters": len(message.body.original) if message else 0,
        }
        yield Predicted(path.name, found.seconds, error, told)


def _whole_road(raw: bytes, known: Known, orders: StandingOrders) -> _ReadWhole:
    message = read(raw)
    clues(message)
    reading = sort(message, known, [(duty.name, duty.read) for duty in app.DUTIES])
    decide(message, known, reading, orders, NOW)
    return _ReadWhole(message, reading.trouble)


def bounced_mails(folder: Path) -> Iterator[Predicted]:
    """{file: what kind of machine's mail it is, and which recipients failed how}, by the mail alone: no letter of ours
    is looked for."""
    known = nobody_known()
    for path in whole_mails(folder):
        found = timed(partial(_bounce, path.read_bytes(), known))
        yield Predicted(path.name, found.seconds, found.error, found.value)


def _bounce(raw: bytes, known: Known) -> dict[str, JsonValue]:
    message = read(raw)
    sorted_as = sort(message, known, ()).sorted
    if isinstance(bounces.DUTY.read(message, known, sorted_as), NotMine):
        failures = failures_in(message)
        delivered = bool(failures) and all(failure.outcome is Outcome.DELIVERED for failure in failures)
        machine = _KINDS.get(sorted_as.automatic.kind, "none") if sorted_as.automatic else "none"
        complained = [_recipient(failure) for failure in failures if failure.reason is Reason.COMPLAINT]
        kind = "feedback" if complained else "delivered" if delivered else machine
        return {"is_bounce": False, "kind": kind, "recipients": complained}
    failed = [failure for failure in failures_in(message) if failure.outcome is not Outcome.DELIVERED]
    return {"is_bounce": True, "kind": "bounce", "recipients": [_recipient(failure) for failure in failed]}


def _recipient(failure: Failure) -> JsonValue:
    return {
        "address": failure.address,
        "permanent": failure.is_dead,
        "final": failure.outcome.value,
        "reason": failure.reason.value,
    }
