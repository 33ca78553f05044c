"""One amount that a mail names, with the words around it: what is judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailbot.duties.sales.numbers.periods import Mention
from mailbot.money.figure import Figure


@dataclass(frozen=True, slots=True)
class Statement:
    """One amount, the words that may name its client, and what else is said.

    `start` and `end` are its characters in the text; up to `short_end` it says the name and the amount. `figures`
    holds one figure, or more where they could not be parted. `names` are the ways to cut the client's name out of the
    words, the longest first. `rest` are the other words of the sentence, with "|" for the amount; `governing` those
    that stand before earlier amounts of it ("hope to close A for 900 and B for 300"), `behind` the sentences that
    follow it on its line, `around` headings and remarks that speak for it, `under` the line with a colon that its block
    begins with. `old` is the amount in whose place it stands, where it says so: "12,500 (was 15,200)".
    """

    start: int
    end: int
    short_end: int
    text: str
    figures: tuple[Figure, ...]
    names: tuple[str, ...]
    rest: str
    times: tuple[Mention, ...]
    governing: str = ""
    behind: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    under: str = ""
    below_signature: bool = False
    too_long: bool = False
    old: Figure | None = None

    def written(self, figure: Figure) -> str:
        """One of its figures as it stands in the text."""
        return self.text[figure.start - self.start : figure.end - self.start]

    def shifted(self, by: int) -> Statement:
        """The statement of a line, with the places it has in the text."""
        return replace(
            self,
            start=self.start + by,
            end=self.end + by,
            short_end=self.short_end + by,
            figures=tuple(replace(each, start=each.start + by, end=each.end + by) for each in self.figures),
            old=replace(self.old, start=self.old.start + by, end=self.old.end + by) if self.old else None,
        )
