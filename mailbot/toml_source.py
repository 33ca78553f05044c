"""A TOML file as it was written: its values by tomllib, and the line of every key by tree-sitter."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from mailbot.errors import Fault, Faults

KeyPath = tuple[str | int, ...]  # ("rule", 0, "when", "subject"): keys, and places in arrays from 0


@dataclass(frozen=True, slots=True)
class Source:
    """The values of a TOML file, and where each of them stands."""

    file: str
    values: Mapping[str, object]
    lines: Mapping[KeyPath, int]

    def line(self, *path: str | int) -> int | None:
        """The line of a key, or of the nearest table around it that is written out."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None


def read_source(path: Path) -> Source:
    """Reads a TOML file. Raises Faults where it cannot be read, or is not TOML, with the line."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as refusal:
        raise Faults((Fault(str(path), None, f"cannot be read: {refusal.strerror}"),)) from refusal
    except UnicodeDecodeError as refusal:
        line = refusal.object[: refusal.start].count(b"\n") + 1
        raise Faults((Fault(str(path), line, "is not UTF-8 here: save the file as UTF-8"),)) from refusal
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as refusal:
        raise Faults((_syntax_fault(str(path), text, refusal),)) from refusal
    return Source(str(path), values, _lines(text))


def _syntax_fault(file: str, text: str, refusal: tomllib.TOMLDecodeError) -> Fault:
    message = str(refusal)
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    if place is None:
        what, _, _ = message.partition(" (at ")
        return Fault(file, text.rstrip().count("\n") + 1, f"is not valid TOML: {what}, at the end of the file")
    return Fault(file, int(place[1]), f"is not valid TOML: {message[: place.start()]}, at column {place[2]}")


def _lines(text: str) -> dict[KeyPath, int]:
    """The line of every key of a text that tomllib has read."""
    tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
    lines: dict[KeyPath, int] = {}
    rows: Counter[KeyPath] = Counter()  # how many rows each array of tables has so far
    for node in tree.root_node.named_children:
        if node.type == "pair":
            _note_pair(node, (), lines)
        elif node.type in ("table", "table_array_element"):
            header, *pairs = (child for child in node.named_children if child.type != "comment")
            table = _table_path(header, rows, is_row=node.type == "table_array_element")
            _note(table, node, lines)
            for pair in pairs:
                _note_pair(pair, table, lines)
    return lines


def _table_path(header: Node, rows: Counter[KeyPath], *, is_row: bool) -> KeyPath:
    """Where a [table] or an [[array of tables]] belongs: below the last row of every array on the way."""
    path: KeyPath = ()
    keys = tuple(_keys(header))
    for place, key in enumerate(keys, start=1):
        path = (*path, key)
        if is_row and place == len(keys):
            rows[path] += 1
        if rows[path]:
            path = (*path, rows[path] - 1)
    return path


def _note_pair(pair: Node, table: KeyPath, lines: dict[KeyPath, int]) -> None:
    key, value = (child for child in pair.named_children if child.type != "comment")
    path = (*table, *_keys(key))
    _note(path, pair, lines)
    _note_value(value, path, lines)


def _note_value(value: Node, path: KeyPath, lines: dict[KeyPath, int]) -> None:
    children = [child for child in value.named_children if child.type != "comment"]
    if value.type == "inline_table":
        for pair in children:
            _note_pair(pair, path, lines)
    elif value.type == "array":
        for place, child in enumerate(children):
            _note((*path, place), child, lines)
            _note_value(child, (*path, place), lines)


def _note(path: KeyPath, node: Node, lines: dict[KeyPath, int]) -> None:
    for length in range(1, len(path) + 1):
        lines.setdefault(path[:length], node.start_point[0] + 1)


def _keys(key: Node) -> Iterator[str]:
    if key.type == "dotted_key":
        for child in key.named_children:
            yield from _keys(child)
    else:
        written = (key.text or b"").decode()
        yield next(iter(tomllib.loads(f"{written} = 0")))
