"""One amount for each of several clients: "Acme and Beta signed, 2.5k each", "A und B haben je 900 € bestellt"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from mailbot.duties.sales.naming.clients import AnothersClient, Book, Meant, meaning_of
from mailbot.duties.sales.naming.names_in import names_in
from mailbot.duties.sales.numbers.sentences import client_in
from mailbot.duties.sales.numbers.statement import Statement
from mailbot.records.names import name_words

_BEFORE: Final = re.compile(r"\b(?:jeweils|je)\s*$", re.IGNORECASE)
_BEHIND: Final = re.compile(r"\s*(?:each|apiece|jeweils|je)\b", re.IGNORECASE)
_JOINED: Final = re.compile(r",\s+(?:and |und |sowie )?|\s+(?:and|und|sowie)\s+", re.IGNORECASE)
_MOST: Final = 12  # clients
_AMOUNT: Final = "|"


def one_for_each(statement: Statement, book: Book) -> tuple[Statement, ...]:
    """A statement for each client, where the amount is that of each and every name before it is that of one client;
    else the statement alone, which then has a price for one of something."""
    if len(statement.figures) != 1 or statement.figures[0].quantity is not None:
        return (statement,)
    before, bar, behind = statement.rest.partition(_AMOUNT)
    told_before, told_behind = _BEFORE.search(before), _BEHIND.match(behind)
    if not bar or not (told_before or told_behind):
        return (statement,)
    before = before[: told_before.start()] if told_before else before
    behind = behind[told_behind.end() :] if told_behind else behind
    pieces = [piece for piece in _JOINED.split(before) if name_words(piece)]
    named = [_name(statement, piece, book) for piece in pieces]
    while named and not named[-1]:  # "A and B, both signed": what is said of them all
        named.pop()
    names = [name for name in named if name]
    if not 1 < len(names) == len(named) <= _MOST or len({name.casefold() for name in names}) < len(names):
        return (statement,)
    said = before[before.rindex(names[-1]) + len(names[-1]) :]
    return tuple(replace(statement, names=(name,), rest=f"{name}{said}{_AMOUNT}{behind}") for name in names)


def _name(statement: Statement, piece: str, book: Book) -> str:
    """The words of a piece that name one client; "" where they name none."""
    for cut in names_in(piece):
        if isinstance(meaning_of(cut, book), Meant | AnothersClient):
            return cut
    found = client_in(replace(statement, rest=f"{piece} {_AMOUNT}"), book)
    return found.name if found is not None and isinstance(found.meaning, Meant | AnothersClient) else ""
