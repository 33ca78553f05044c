"""Values with parameters: Content-Type and Content-Disposition (RFC 2045 section 5.1, RFC 2183), and the continued
and percent-encoded parameters of RFC 2231, also where they are written wrongly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from mailbot.message.charsets import decode
from mailbot.message.encoded_words import decode_words

_QUOTED = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"?')
# Any sign may be escaped (RFC 2045 section 5.1), and nobody does; but some write C:\temp\new.pdf as it is.
_ESCAPED = re.compile(r'\\(["\\])')
_PLAIN = re.compile(r"[^;]*+")
# As nearly every program writes one.
_USUAL = re.compile(r"""[;\s]*+([^\s=;"]++)\s*+=\s*+(?:"([^"\\]*+)"|([^";][^;]*+))""")
_NAME = re.compile(r"[;\s]*+([^\s=;\"]*+)\s*+(=?)\s*+")
_CONTINUED = re.compile(r"([^*]+)\*(\d{1,3})(\*?)", re.ASCII)
_LONGEST_COMMON = 100  # characters; "text/plain; charset=utf-8" and its like are in mail after mail


@dataclass(frozen=True, slots=True)
class Parametrised:
    """A value in lower case, its parameters (names in lower case), and how many of them were not read."""

    value: str
    parameters: Mapping[str, str]
    complete: bool


def parse_parameters(text: str, most: int = 200) -> Parametrised:
    """The value before the first semicolon and at most `most` parameters. Of two with one name the first counts,
    and the extended form (`name*`) before the plain one (RFC 2231 section 4)."""
    return _parsed_often(text, most) if len(text) <= _LONGEST_COMMON else _parsed(text, most)


@lru_cache(maxsize=1_000)
def _parsed_often(text: str, most: int) -> Parametrised:
    return _parsed(text, most)


def _parsed(text: str, most: int) -> Parametrised:
    value, _, rest = text.partition(";")
    written: list[tuple[str, str]] = []
    position = 0
    while position < len(rest) and len(written) < most:
        if usual := _USUAL.match(rest, position):
            name, quoted, plain = usual.groups()
            written.append((name.lower(), plain.strip() if quoted is None else quoted))
            position = usual.end()
            continue
        found = _NAME.match(rest, position)
        if found is None or found.end() == position:
            position += 1
            continue
        position = found.end()
        if not found[2]:
            position = max(_PLAIN.match(rest, position).end(), position)  # type: ignore[union-attr]
            continue
        content, position = _content(rest, position)
        written.append((found[1].lower(), content))
    return Parametrised(value.strip().strip('"').lower(), _joined(written), len(written) < most)


def _content(text: str, position: int) -> tuple[str, int]:
    if quoted := _QUOTED.match(text, position):
        return _ESCAPED.sub(r"\1", quoted[1]), quoted.end()
    plain = _PLAIN.match(text, position)
    return (plain[0].strip(), plain.end()) if plain else ("", position)


def _joined(written: list[tuple[str, str]]) -> dict[str, str]:
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    extended: dict[str, str] = {}
    for name, content in written:
        if "*" not in name:
            plain.setdefault(name, decode_words(content))
        elif continued := _CONTINUED.fullmatch(name):
            pieces.setdefault(continued[1], {}).setdefault(int(continued[2]), (content, bool(continued[3])))
        elif name.endswith("*"):
            extended.setdefault(name[:-1], _percent_decoded([(content, True)]))
        else:
            plain.setdefault(name, decode_words(content))
    continued_values = {name: _percent_decoded(_in_order(numbered)) for name, numbered in pieces.items()}
    return {**plain, **continued_values, **extended}


def _in_order(numbered: dict[int, tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The pieces as counted from 0; what follows a gap is not part of the value (RFC 2231 section 3)."""
    ordered: list[tuple[str, bool]] = []
    for number in range(min(numbered), 1000):
        if number not in numbered:
            break
        ordered.append(numbered[number])
    return ordered


def _percent_decoded(pieces: list[tuple[str, bool]]) -> str:
    """`charset'language'text` of the first piece, and the percent signs of every extended piece, undone."""
    charset: str | None = None
    data: list[bytes] = []
    for number, (content, is_extended) in enumerate(pieces):
        text = content
        if number == 0 and is_extended and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data.append(unquote_to_bytes(text) if is_extended else text.encode("utf-8", "replace"))
    if not any(is_extended for _, is_extended in pieces):
        return decode_words(b"".join(data).decode("utf-8", "replace"))
    return decode(b"".join(data), charset or None)[0]
