"""A mail that says its figures twice: in the plain text that was read, and in the HTML that its writer saw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import ClearLine, UnclearLine
from mailbot.duties.sales.grids.in_html import TABLE
from mailbot.duties.sales.grids.reading import Tables
from mailbot.duties.sales.grids.row_lines import Line
from mailbot.duties.sales.numbers.lines import Ground, Told, told
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.message.html import read_html
from mailbot.message.limits import Limits
from mailbot.message.model import Evidence, Message, Place
from mailbot.message.trimmer import trim

_NO_DIGIT: Final = re.compile(r"[^0-9]+")
_LONGEST: Final = 200  # characters of a line of the HTML that are quoted


def compared(lines: Sequence[Line], message: Message, found: Told, ground: Ground, tables: Tables) -> Sequence[Line]:
    """The lines of the text, where none is clear that the HTML does not show, and what only the HTML says is not clear
    either. The tables, which were read from the HTML, are left out on both sides.

    Most programs show the HTML alone, so that nobody may ever have seen the plain text. Letters and digits are
    compared, for blanks and signs change on the way from one to the other.
    """
    if message.html is None or not any(isinstance(line, ClearLine) for line in lines):
        return lines
    shown = read_html(message.html, Limits()).text
    if shown == message.body.original:
        return lines
    signs = _signs(shown)
    doubted = [_doubted(line, signs) for line in lines]
    name = message.sender.name if message.sender else ""
    new = tables.outside_in_html(trim(shown, Limits(), name).for_people.text)
    return [*doubted, *_unsaid(told(new, ground).statements, found.statements)]


def compared_with_plain(tables: Sequence[Sequence[Line]], message: Message) -> Sequence[Sequence[Line]]:
    """The rows of each table, where none is clear whose words do not stand in the text as well. A text without a figure
    says nothing against them: it only tells its reader to look at the HTML."""
    signs = _signs(message.body.original)
    if message.html is None or not any(map(str.isdigit, signs)):
        return tables
    return [
        [
            line if not line.evidence.place.part.startswith(TABLE) or _stands_in(line, signs) else _doubted(line, "")
            for line in lines
        ]
        for lines in tables
    ]


def _stands_in(line: Line, signs: str) -> bool:
    return all(_signs(word) in signs for word in line.evidence.words.split())


def _signs(text: str) -> str:
    """Its letters and digits, and the sign that parts raised digits from others: 500^00 is not 50000."""
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign == "^")


def _doubted(line: Line, signs: str) -> Line:
    if not isinstance(line, ClearLine) or _signs(line.evidence.words) in signs:
        return line
    return UnclearLine(line.evidence, Doubt.TWO_TEXTS, line.client.name, line.price, line.client)


def _unsaid(shown: Sequence[Statement], read: Sequence[Statement]) -> list[UnclearLine]:
    """The lines of the HTML with a figure that the text which was read does not have."""
    known = {digits for statement in read for digits in _digits(statement)}
    return [
        UnclearLine(Evidence(statement.text[:_LONGEST], Place("html", statement.start, statement.end)), Doubt.TWO_TEXTS)
        for statement in shown
        if not statement.below_signature and not known.issuperset(_digits(statement))
    ]


def _digits(statement: Statement) -> tuple[str, ...]:
    return tuple(_NO_DIGIT.sub("", statement.written(figure)) for figure in statement.figures)
