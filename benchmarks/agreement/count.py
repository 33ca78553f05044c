"""On how many mails the oracles agree with each other, and on how many of those we agree with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.agreement.oracles import oracles
from benchmarks.agreement.views import FIELDS, View, ours
from benchmarks.pure import mails_in

_SHOWN_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class Difference:
    """A mail of which at least two oracles say one thing and we another."""

    mail: str
    said_by: int
    theirs: str
    ours: str


@dataclass(slots=True)
class Tally:
    """One field over all mails."""

    three: int = 0
    with_three: int = 0
    two: int = 0
    with_two: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(folder: Path, shown: int) -> None:
    """Asks everybody about every mail of a folder, and prints the counts and the first differences of each field."""
    tallies = {name: Tally() for name in FIELDS}
    unread: Counter[str] = Counter()
    mails = list(mails_in(folder))
    with oracles() as asked:
        for mail in mails:
            seen = {oracle.name: oracle.view(mail) for oracle in asked}
            unread.update(name for name, view in seen.items() if view is None)
            views = [view for view in seen.values() if view is not None]
            count(mail.relative_to(folder).as_posix(), views, ours(mail.read_bytes()), tallies)
        names = [oracle.name for oracle in asked]
    _show(len(mails), {name: unread[name] for name in names}, tallies, shown)


def count(mail: str, views: list[View], own: View, tallies: Mapping[str, Tally]) -> None:
    """Adds one mail to the tallies; what fewer than two oracles say about it is nobody's measure."""
    for name, tally in tallies.items():
        values: Counter[str | tuple[str, ...]] = Counter(getattr(view, name) for view in views)
        value, said_by = values.most_common(1)[0] if values else ("", 0)
        # Where there is no plain text, ours is that of the HTML, which no oracle lays out.
        if said_by < 2 or (name == "text" and not value):
            continue
        agrees = getattr(own, name) == value
        tally.two += 1
        tally.with_two += agrees
        tally.three += said_by == 3
        tally.with_three += agrees and said_by == 3
        if not agrees:
            tally.differences.append(Difference(mail, said_by, *_shortened(value, getattr(own, name))))


def _shortened(theirs: str | tuple[str, ...], own: str | tuple[str, ...]) -> tuple[str, str]:
    """Both from shortly before the place where they part."""
    one, other = (value if isinstance(value, str) else ", ".join(value) for value in (theirs, own))
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    begin = max(same - 20, 0)
    return tuple(("…" if begin else "") + text[begin : begin + _SHOWN_CHARACTERS] for text in (one, other))  # type: ignore[return-value]


def _show(mails: int, unread: Mapping[str, int], tallies: Mapping[str, Tally], shown: int) -> None:
    console = Console()
    console.print(f"{mails} mails; not read: " + ", ".join(f"{count} by {name}" for name, count in unread.items()))
    table = Table("", "all three agree", "we too", "", "two agree at least", "we too", "")
    for name, tally in tallies.items():
        table.add_row(
            name,
            *(str(tally.three), str(tally.with_three), _share(tally.with_three, tally.three)),
            *(str(tally.two), str(tally.with_two), _share(tally.with_two, tally.two)),
        )
    console.print(table)
    for name, tally in tallies.items():
        for difference in sorted(tally.differences, key=lambda each: -each.said_by)[:shown]:
            print(f"{name}: {difference.mail}\n  {difference.said_by} say {difference.theirs!r}")
            print(f"  we say {difference.ours!r}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""
