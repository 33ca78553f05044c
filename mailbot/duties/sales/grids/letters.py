"""What a letter says of the rows of tables that are not counted."""

from __future__ import annotations

from typing import Final

from mailbot.duties.sales.facts.lines import Aside, Numbers
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Plain

_LONGEST_WORDS: Final = 120
_MOST: Final = 6  # that are told of one by one


def asides(facts: Numbers) -> tuple[Plain, ...]:
    """The rows that were seen and are not counted, and why; of many, the first ones and how many more."""
    told: list[Plain] = [_aside(each) for each in facts.asides[:_MOST]]
    left = len(facts.asides) - _MOST
    if left > 0:
        told.append({"why": "more", "count": left})
    return tuple(told)


def _aside(aside: Aside) -> dict[str, Plain]:
    """`row` is the number of the row where it stands in a table, `sheet` the table."""
    source, _, row = aside.evidence.place.part.rpartition("row ")
    return {
        "why": aside.why.value,
        "name": one_line(aside.name, _LONGEST_WORDS),
        "amount": aside.price.amount if aside.price else None,
        "currency": aside.price.currency if aside.price else None,
        "row": row,
        "sheet": one_line(source.rstrip("! "), _LONGEST_WORDS).rpartition("/")[2],
        "order": one_line(aside.order.words, _LONGEST_WORDS) if aside.order else "",
    }
