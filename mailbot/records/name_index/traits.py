"""What of a folded name is looked up: keys of the name and of its words, and trigrams.

A trigram is three letters in a row, as a number. Letters have six bits: the blank, a to z and 0 to 9 have one each, all
others share what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_BITS: Final = 6  # of a letter
TRIGRAMS: Final = 1 << (3 * _BITS)  # as many there are
_BREAK: Final = 255  # between two names

Numbers = NDArray[np.uint32]
Bytes = NDArray[np.uint8]


# --- keys


def key_of_word(word: str) -> int:
    """Of a word, in any name."""
    return crc32(b"w" + word.encode())


def key_of_name(line: str) -> int:
    """Of a name, whatever the order of its words."""
    return crc32(b"s" + in_order(line).encode())


def key_of_piece(line: str) -> int:
    """Of a name, wherever its blanks are."""
    return crc32(b"j" + in_one_piece(line).encode())


def keys_of(line: str) -> Iterator[int]:
    """All keys under which a name is found."""
    yield key_of_name(line)
    yield key_of_piece(line)
    for word in set(line.split()):
        yield key_of_word(word)


def in_order(line: str) -> str:
    """The words of a name in the order of the alphabet."""
    return " ".join(sorted(line.split()))


def in_one_piece(line: str) -> str:
    """The letters of a name without the blanks."""
    return line.replace(" ", "")


# --- trigrams


def trigrams_of(line: str) -> NDArray[np.int64]:
    """The trigrams of one name, in its order."""
    return _in_a_row(_LETTER[np.frombuffer(f" {line} ".encode(), dtype=np.uint8)])


def trigrams_in(lines: list[bytes], first: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The trigrams of many names and the rows they stand in, each once, sorted by trigram. `first` is the row of the
    first name."""
    letters = _LETTER[np.frombuffer(b"".join(b"\n " + line + b" " for line in lines), dtype=np.uint8)]
    rows = np.cumsum(letters == _BREAK) - 1 + first
    inside = (letters[:-2] != _BREAK) & (letters[1:-1] != _BREAK) & (letters[2:] != _BREAK)
    pairs = once(_in_a_row(letters)[inside] << 32 | rows[:-2][inside])
    return pairs >> 32, pairs & 0xFFFFFFFF


def rarity_of(sizes: NDArray[np.int64] | Numbers, names: int) -> NDArray[np.float32]:
    """How much trigrams say that stand in so many of the names."""
    return np.log((names + 1) / (np.asarray(sizes, dtype=np.float64) + 1) + 1).astype(np.float32)


def once(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values sorted, each once; several times faster than `np.unique`."""
    values = np.sort(values)
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if len(values) else values


def _in_a_row(letters: NDArray[np.uint8]) -> NDArray[np.int64]:
    wide = letters.astype(np.int64)
    return wide[:-2] << (2 * _BITS) | wide[1:-1] << _BITS | wide[2:]


def _table() -> NDArray[np.uint8]:
    """For each byte its letter in six bits."""
    table = np.array([37 + byte % 27 for byte in range(256)], dtype=np.uint8)
    table[ord(" ")] = 0
    for place, sign in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", start=1):
        table[ord(sign)] = place
    table[ord("\n")] = _BREAK
    return table


_LETTER: Final = _table()
