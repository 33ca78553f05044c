"""The demo on a terminal: mail by mail what came in, what was decided and why, what changed, and what went out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rich.box import MINIMAL
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from mailbot.cli.demo.told import LetterShown, Told
from mailbot.letters.cleaning import clean, one_line
from mailbot.letters.wording import Wording
from mailbot.message import Message
from mailbot.records.telling import ChangeTold

_LONGEST_TEXT = 4_000
_MOST_LINES_IN = 9
_MOST_LINES_OUT = 14
_MOST_WORDS = 5
_WIDEST = 112
_WORDS = Wording("en")
_COLOURS = {"": "bright_black", "Done": "green", "Asked": "yellow", "Held": "yellow", "Quarantine": "red"}
_FOLDERS = {"": "stays in INBOX"}


class View:
    """Writes on one console. What strangers wrote is cleaned: no terminal obeys it."""

    def __init__(self, zone: ZoneInfo, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, emoji=False, markup=False)
        self._zone = zone
        self._day: date | None = None

    @property
    def _width(self) -> int:
        return min(self.console.width, _WIDEST)

    def head(self, title: str, words: str) -> None:
        """The first lines."""
        self._print(Text())
        self._print(Text(title, style="bold cyan"))
        self._print(Text(words, style="dim"))

    def scene(self, title: str, at: datetime) -> None:
        """What is about to happen; a new day has a line of its own."""
        day = at.astimezone(self._zone).date()
        if day != self._day:
            self._day = day
            heading = f"{_WORDS.weekday(day)}, {_WORDS.day(day, year=True)}"
            self._print(Text())
            self._print(Rule(Text(heading, style="bold cyan"), style="cyan", align="left"))
        self._print(Text())
        self._print(Text(title, style="bold italic"))

    def nothing(self, at: datetime) -> None:
        """A scene of which nothing came."""
        self._print(self._timed(at, Text("Nothing is waiting for anybody, so nobody is written to.", style="dim")))

    def told(self, told: Told) -> None:
        """One decision, whole."""
        parts: list[RenderableType] = []
        if told.mail is not None:
            parts.append(_incoming(told.mail))
        else:
            by = {"clock": "by the clock", "person": "ordered at the command line"}.get(told.story.origin, "")
            parts.append(Text(f"{by}: {one_line(told.story.subject or told.story.kind)}", style="dim"))
        parts.append(_decided(told))
        self._print(self._timed(told.moment, Group(*parts)))

    def kept(self, promises: int, broken: Sequence[str]) -> None:
        """Whether everything came as it was promised."""
        self._print(Text())
        if not broken:
            self._print(Text(f"✓ All {promises} promises of this play were kept.", style="bold green"))
            return
        self._print(Text(f"✗ {len(broken)} of the promises of this play were broken:", style="bold red"))
        for line in broken:
            self._print(Padding(Text(one_line(line, 1_000), style="red"), (0, 0, 0, 2)))

    def where_to_look(self, rows: Sequence[tuple[str, str]], title: str) -> None:
        """Things to try, or where things lie."""
        self._print(Text())
        self._print(Text(title, style="bold cyan"))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(style="dim")
        for left, right in rows:
            grid.add_row(Text(left), Text(right))
        self._print(Padding(grid, (0, 0, 0, 2)))

    def line(self, words: str, style: str = "") -> None:
        """One paragraph."""
        self._print(Text(words, style=style))

    def _timed(self, at: datetime, what: RenderableType) -> RenderableType:
        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=5, style="cyan")
        grid.add_column(ratio=1)
        grid.add_row(Text(f"{at.astimezone(self._zone):%H:%M}"), what)
        return grid

    def _print(self, what: RenderableType) -> None:
        self.console.print(what, width=self._width)


def _incoming(mail: Message) -> RenderableType:
    sender = mail.sender
    name = one_line(sender.name or sender.address if sender else "nobody", 60)
    head = Text.assemble((name, "bold"), ("  " + one_line(sender.address, 80), "dim") if sender and sender.name else "")
    subject = Text(one_line(mail.subject, 200) or "(no subject)", style="italic")
    return Group(head, subject, _quoted(_lines(mail.body.for_people.text, _MOST_LINES_IN), "white"))


def _decided(told: Told) -> RenderableType:
    story = told.story
    colour = _COLOURS.get(story.folder, "green")
    head = Table.grid(expand=True)
    head.add_column(ratio=1)
    head.add_column(justify="right")
    folder = f" → {_FOLDERS.get(story.folder, story.folder)}" if told.mail is not None else ""
    head.add_row(Text.assemble((f"● {story.kind}", f"bold {colour}"), (folder, colour)), Text(story.ref, style="bold"))
    rows = Table.grid(padding=(0, 1, 0, 0))
    rows.add_column(width=5, style="dim", no_wrap=True)
    rows.add_column(ratio=1)
    for name, what in _reasons(told):
        rows.add_row(name, what)
    letters = [_letter(letter) for letter in told.letters] or [Text("Nobody is written to.", style="dim")]
    return Group(head, Padding(rows, (0, 0, 0, 2)), *letters)


def _reasons(told: Told) -> Iterator[tuple[str, RenderableType]]:
    """What the decision stands on, and what it wrote; each with its name."""
    story = told.story
    if told.mail is not None or story.changes:
        yield "", Text(one_line(story.summary))
    if story.evidence:
        yield "read", _evidence(story.evidence)
    if story.rule:
        yield "rule", Text(story.rule, style="cyan")
    if trust := story.trace.get("trust"):
        yield "trust", Text(one_line(str(trust)), style="dim")
    for place, change in enumerate(story.changes):
        yield "" if place else "wrote", _change(change)


def _evidence(evidence: Sequence[str]) -> Text:
    shown = [one_line(words, 70) for words in evidence[:_MOST_WORDS]]
    text = Text(" · ", style="dim").join(Text(f"“{words}”", style="magenta") for words in shown)
    return text + Text(f" and {len(evidence) - _MOST_WORDS} more", style="dim") if evidence[_MOST_WORDS:] else text


def _change(change: ChangeTold) -> Text:
    before, after = (one_line(value, 110) if value else None for value in (change.before, change.after))
    text = Text.assemble((one_line(change.what, 80), "bold"), ": ")
    return text.append(f"{before} → {after or 'nothing'}" if before else str(after))


def _letter(letter: LetterShown) -> RenderableType:
    head = Text.assemble(("✉ ", "green"), (one_line(letter.recipient), "bold green"))
    if letter.state != "sent":
        head.append(f"  ({letter.state})", style="yellow")
    subject = Text(one_line(letter.subject), style="italic")
    return Group(head, subject, _quoted(_lines(letter.text, _MOST_LINES_OUT), "dim"))


def _lines(text: str, most: int) -> list[str]:
    lines = re.sub(r"\n{2,}", "\n\n", clean(text, _LONGEST_TEXT).strip()).split("\n")
    return [*lines[:most], f"… {len(lines) - most} lines more"] if len(lines) > most + 1 else lines


def _quoted(lines: Sequence[str], style: str) -> RenderableType:
    """Lines with a bar at their left, also where they are wrapped: the divider of two columns, the first one empty."""
    table = Table(box=MINIMAL, show_header=False, show_edge=False, padding=0, border_style="bright_black", expand=True)
    table.add_column(width=1)
    table.add_column(ratio=1)
    table.add_row("", Padding(Text("\n".join(lines), style=style), (0, 0, 0, 1)))
    return table
