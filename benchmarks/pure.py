"""The pure part of the road over a folder of mails: bytes to decision, with nobody known and nothing recorded."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

from mailbot import app
from mailbot.config import DeskSettings, MailboxSettings, SmtpSettings, TrustSettings
from mailbot.config.model import Config
from mailbot.deciding.decide import decide
from mailbot.duties.hints import clues_for, hints_of, seen_of
from mailbot.message import read
from mailbot.records.known import Known, known_beforehand
from mailbot.service.garbage import collect_garbage_seldom
from mailbot.sorting.sort import sort

SLOW_SECONDS = 2.0
_HANDFUL = 25  # mails that are read one after the other, as a worker gets them, before it is the turn of the reference
_FIRST_MAIL = b"From: dana@harbourpine.example\nSubject: numbers\n\nAcme Corp 12k\n"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PureRun:
    """What the pure road did with a folder: how many mails, in which time, which raised, which were slow.

    `compared` are the mails that the reference survives; the seconds of both are over these alone. `sorted_seconds`
    are those of ours until a mail was read, trimmed and sorted; what is left is deciding. All are seconds of the
    processor: what else the machine does costs neither.
    """

    mails: int
    compared: int
    seconds: float
    sorted_seconds: float
    reference_seconds: float
    raised: tuple[str, ...]
    slow: tuple[str, ...]
    slowest: tuple[float, str]
    peak_megabytes: float


@dataclass(frozen=True, slots=True)
class _Times:
    """What one mail took, in seconds. `reference` is None where that could not read it."""

    name: str
    seconds: float
    until_sorted: float
    reference: float | None


def standard_library(raw: bytes) -> None:
    """Parses a mail with the standard library, and does nothing else with it."""
    BytesParser(policy=policy.compat32).parsebytes(raw)


def over(folder: Path, reference: Callable[[bytes], None] = standard_library) -> PureRun:
    """Reads every mail of a folder in a fresh process, so that its memory is its own; in turn with a reference.

    A worker has read many mails before, and never the one that comes: half of the mails warm up one process, which then
    reads the others, and those warm up another one, which reads the first half.
    """
    paths = list(mails_in(folder))
    halves = paths[::2], paths[1::2]
    runs = []
    for measured, others in (halves, halves[::-1]):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            runs.append(pool.apply(_run, (measured, others, reference)))
    return _together(*runs)


def _together(first: PureRun, second: PureRun) -> PureRun:
    return PureRun(
        mails=first.mails + second.mails,
        compared=first.compared + second.compared,
        seconds=first.seconds + second.seconds,
        sorted_seconds=first.sorted_seconds + second.sorted_seconds,
        reference_seconds=first.reference_seconds + second.reference_seconds,
        raised=first.raised + second.raised,
        slow=first.slow + second.slow,
        slowest=max(first.slowest, second.slowest),
        peak_megabytes=max(first.peak_megabytes, second.peak_megabytes),
    )


def mails_in(folder: Path) -> Iterator[Path]:
    """The mails of a folder and of those below it: whatever is no table, list or program."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {".json", ".md", ".py", ".html"} and ".expected" not in path.name:
            yield path


def _run(paths: Sequence[Path], others: Sequence[Path], reference: Callable[[bytes], None]) -> PureRun:
    ours = _pure_road()
    _warm_up(others, ours, reference)
    raised: list[str] = []
    times: list[_Times] = []
    for start in range(0, len(paths), _HANDFUL):
        mails = [(path.name, path.read_bytes()) for path in paths[start : start + _HANDFUL]]
        read = [_taken(ours, name, raw, raised) for name, raw in mails]
        beside = [_seconds_of(reference, raw) for _, raw in mails]
        times += [_Times(*each, reference) for each, reference in zip(read, beside, strict=True)]
    both = [(each.seconds, each.until_sorted, each.reference) for each in times if each.reference is not None]
    return PureRun(
        mails=len(times),
        compared=len(both),
        seconds=sum(spent for spent, _, _ in both),
        sorted_seconds=sum(until_sorted for _, until_sorted, _ in both),
        reference_seconds=sum(beside for _, _, beside in both),
        raised=tuple(raised),
        slow=tuple(each.name for each in times if each.seconds > SLOW_SECONDS),
        slowest=max(((each.seconds, each.name) for each in times), default=(0.0, "")),
        peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _taken(ours: Callable[[bytes], float], name: str, raw: bytes, raised: list[str]) -> tuple[str, float, float]:
    """The name of a mail, the seconds it took, and those until it was sorted. What it raised is noted."""
    started = sorted_at = time.process_time()
    try:
        sorted_at = ours(raw)
    except Exception as error:  # noqa: BLE001  (that nothing is raised is what is measured)
        raised.append(f"{name}: {type(error).__name__}: {error}")
    return name, time.process_time() - started, sorted_at - started


def _pure_road() -> Callable[[bytes], float]:
    """What takes a mail to its decision, and returns when it was sorted."""
    known = nobody_known()
    orders, hints = app.standing_orders(), hints_of(app.DUTIES, known.desk)
    readers = [(duty.name, duty.read) for duty in app.DUTIES]

    def ours(raw: bytes) -> float:
        message = read(raw)
        seen = seen_of(clues_for(message, hints))
        reading = sort(message, known, readers, seen)
        sorted_at = time.process_time()
        decide(message, known, reading, orders, NOW)
        return sorted_at

    return ours


def _warm_up(paths: Sequence[Path], ours: Callable[[bytes], float], reference: Callable[[bytes], None]) -> None:
    """What is loaded once is not measured: codecs, automata and templates, at the first mail that wants them."""
    for raw in (_FIRST_MAIL, *(path.read_bytes() for path in paths)):
        for reader in (ours, reference):
            with suppress(Exception):  # the other process counts it
                reader(raw)
    collect_garbage_seldom()  # as every worker does


def _seconds_of(reference: Callable[[bytes], None], raw: bytes) -> float | None:
    started = time.process_time()
    try:
        reference(raw)
    except Exception:  # noqa: BLE001  (a mail that the reference cannot read is no comparison)
        return None
    return time.process_time() - started


def nobody_known() -> Known:
    """A desk that knows nobody: every sender is a stranger."""
    config = Config(
        desk=DeskSettings(
            company="Harbour & Pine Media", address="desk@harbourpine.example", domains=("harbourpine.example",)
        ),
        mailbox={"desk": MailboxSettings(host="127.0.0.1")},
        smtp=SmtpSettings(host="127.0.0.1"),
        trust=TrustSettings(authserv_id="mx.harbourpine.example"),
    )
    return replace(known_beforehand(app.desk_card(config)), number=101, key=b"for benchmarks only")
