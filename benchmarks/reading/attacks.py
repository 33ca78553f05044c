"""Hostile mails in a company that a world.json describes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from pydantic import JsonValue

from benchmarks.reading.judging import Judged, judged
from benchmarks.reading.predicting import Predicted, Timed, timed, whole_mails
from benchmarks.reading.world import described, desk_of, vanishing
from mailbot.message import read


def attacks(folder: Path) -> Iterator[Predicted]:
    """{file: who it says it is from, how far that is believed, who would be written to, and what would change}.

    Each mail is the first that the company ever gets, and nothing of it stays; only the copies of one mail come one
    after the other, because a replay can be told by nothing else.
    """
    world = described(folder / "world.json")
    with desk_of(world) as office:
        for copies in _by_content(whole_mails(folder)):
            with vanishing(office.database, world) as session:
                for uid, path in enumerate(copies, start=1):
                    came = timed(partial(judged, session, office, path.read_bytes(), uid))
                    yield Predicted(path.name, came.seconds, _error(came), _told(came))


def _by_content(paths: Iterable[Path]) -> Iterable[list[Path]]:
    """The mails in their order, the copies of one together."""
    found: dict[str, list[Path]] = {}
    for path in paths:
        found.setdefault(read(path.read_bytes()).content_hash, []).append(path)
    return found.values()


def _error(came: Timed[Judged]) -> str | None:
    """What escaped, or what broke in a reader without escaping."""
    trouble = "; ".join(map(str, came.value.reading.trouble)) if came.value else ""
    return came.error or trouble or None


def _told(came: Timed[Judged]) -> JsonValue:
    mail = came.value
    sender = mail.message.sender if mail else None
    return {
        "error": _error(came),
        "seconds": came.seconds,
        "identity": sender.address if sender else None,
        "trust": mail.decision.trust if mail else None,
        "kind": mail.decision.kind if mail else None,
        "answers": list(mail.written_to) if mail else [],
        "changes": list(mail.changes) if mail else [],
    }
