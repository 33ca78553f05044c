"""What a letter says of the rows of tables that are not counted."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.sales.facts.lines import Aside, Numbers
from mailbot.duties.sales.grids.in_html import TABLE
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Plain

_LONGEST_WORDS: Final = 120
_OF_THE_MAIL: Final = re.compile(rf"{TABLE}[0-9]+ ")
_MOST: Final = 6  # that are told of one by one


def asides(facts: Numbers) -> tuple[Plain, ...]:
    """The rows that were seen and are not counted, and why; of many, the first ones and how many more."""
    told: list[Plain] = [_aside(each) for each in facts.asides[:_MOST]]
    left = len(facts.asides) - _MOST
    if left > 0:
        told.append({"why": "more", "count": left})
    return tuple(told)


def _aside(aside: Aside) -> dict[str, Plain]:
    """`row` is the number of the row where it stands in a table, `sheet` the file or the sheet; "" for a table of the
    mail itself."""
    source, _, row = aside.evidence.place.part.rpartition("row ")
    source = "" if _OF_THE_MAIL.fullmatch(source) else source
    return {
        "why": aside.why.value,
        "name": one_line(aside.name, _LONGEST_WORDS),
        "amount": aside.price.amount if aside.price else None,
        "currency": aside.price.currency if aside.price else None,
        "row": row,
        "sheet": one_line(source.rstrip("! "), _LONGEST_WORDS).rpartition("/")[2],
        "order": one_line(aside.order.words, _LONGEST_WORDS) if aside.order else "",
    }
