"""A mail that says its figures twice: in the plain text that was read, and in the HTML that its writer saw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mailbot.duties.sales.facts import ClearLine, Doubt, Numbers, UnclearLine
from mailbot.duties.sales.numbers.lines import Ground, Statement, told
from mailbot.message.html import read_html
from mailbot.message.limits import Limits
from mailbot.message.model import Evidence, Message, Place
from mailbot.message.trimmer import trim

_NO_DIGIT: Final = re.compile(r"[^0-9]+")
_LONGEST: Final = 200  # characters of a line of the HTML that are quoted


def compared(facts: Numbers, message: Message, statements: Sequence[Statement], ground: Ground) -> Numbers:
    """The facts, where no line is clear that the HTML does not show, and what only the HTML says is not clear either.

    Most programs show the HTML alone, so that nobody may ever have seen the plain text. Letters and digits are
    compared, for blanks and signs change on the way from one to the other.
    """
    if message.html is None or not facts.lines:
        return facts
    shown = read_html(message.html, Limits()).text
    if shown == message.body.original:
        return facts
    signs = _signs(shown)
    seen = [line for line in facts.lines if _signs(line.evidence.words) in signs]
    unseen = [_doubted(line) for line in facts.lines if line not in seen]
    name = message.sender.name if message.sender else ""
    unsaid = _unsaid(told(trim(shown, Limits(), name).for_people.text, ground).statements, statements)
    return replace(facts, lines=tuple(seen), unclear=(*unseen, *unsaid, *facts.unclear))


def _signs(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _doubted(line: ClearLine) -> UnclearLine:
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
