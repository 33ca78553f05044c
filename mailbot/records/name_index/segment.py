"""Names in arrays that never change: who has the same name, who has a word, and whose letters are alike.

A trigram is three letters in a row. Each has a list of the names it stands in; a search adds up the lists of the rarest
trigrams of the words it is given, and compares the best of what it finds letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from mailbot.records.name_index.folding import folded

_CHUNK: Final = 50_000  # names that are taken apart at a time, so that building needs little memory
_BITS: Final = 6  # of a letter
_GRAMS: Final = 1 << (3 * _BITS)
_BREAK: Final = 255  # between two names
_MOST_POSTINGS: Final = 60_000  # entries of lists that one search adds up
_FEWEST_LISTS: Final = 3
_RESCORED: Final = 50
_LONGEST: Final = 120  # letters of a name that are compared

Numbers = NDArray[np.uint32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the index, and how like its name is, of 100."""

    row: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Segment:
    """The arrays. A row stands for a name; `ids` says whose it is.

    `text` holds the folded names end to end, `ends` where each of them ends. `keys` are sorted: the hash of a key in
    the upper half, the row in the lower one. `postings` holds the rows of every trigram, `starts` where each of these
    lists begins. `weight` is how rare the trigrams of a name are, all together.
    """

    ids: NDArray[np.int64]
    text: Bytes
    ends: Numbers
    keys: NDArray[np.uint64]
    starts: Numbers
    postings: Numbers
    weight: NDArray[np.float32]

    @classmethod
    def of(cls, ids: Sequence[int], names: Sequence[str]) -> Self:
        """Built from names and whose they are."""
        lines = [line[:_LONGEST] for line in folded(names)] if names else []
        encoded = [line.encode() for line in lines]
        ends = np.cumsum([len(line) for line in encoded], dtype=np.uint32)
        starts, postings = _lists(encoded)
        return cls(
            ids=np.array(ids, dtype=np.int64),
            text=np.frombuffer(b"".join(encoded), dtype=np.uint8),
            ends=ends,
            keys=_sorted_keys(lines),
            starts=starts,
            postings=postings,
            weight=_weights(encoded, _rarity(np.diff(starts), len(names))),
        )

    def save(self, folder: Path) -> None:
        """Keeps the arrays in a folder, one file each."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The arrays of a folder; what of them is needed is read when it is needed."""
        return cls(
            **{
                field.name: np.load(folder / f"{field.name}.npy", mmap_mode="r", allow_pickle=False)
                for field in fields(cls)
            }
        )

    def __len__(self) -> int:
        return len(self.ids)

    def name(self, row: int) -> str:
        """The name of a row, folded."""
        begin = int(self.ends[row - 1]) if row else 0
        return self.text[begin : int(self.ends[row])].tobytes().decode()

    def with_word(self, word: str) -> NDArray[np.uint32]:
        """The rows whose names have the word, in the form in which names are folded."""
        return self._rows_of(_hash("w", word))

    def count(self, word: str) -> int:
        """How many rows have the word; cheaper than the rows."""
        low, high = self._between(_hash("w", word))
        return high - low

    def same(self, line: str) -> list[int]:
        """The rows that have the same name: the same words in any order, or the same letters without the blanks."""
        rows = [*self._rows_of(_hash("s", _sorted(line))), *self._rows_of(_hash("j", _joined(line)))]
        return [
            row
            for row in dict.fromkeys(map(int, rows))
            if _sorted(self.name(row)) == _sorted(line) or _joined(self.name(row)) == _joined(line)
        ]

    def like(self, line: str, most: int) -> list[Found]:
        """The rows whose names are the likest, the best first."""
        rows = self._candidates(line)
        found = [Found(int(row), likeness(line, self.name(int(row)))) for row in rows]
        found.sort(key=lambda each: (-each.likeness, each.row))
        return found[:most]

    def _rows_of(self, key: int) -> NDArray[np.uint32]:
        low, high = self._between(key)
        return (self.keys[low:high] & np.uint64(0xFFFFFFFF)).astype(np.uint32)

    def _between(self, key: int) -> tuple[int, int]:
        low, high = np.searchsorted(self.keys, np.array([key << 32, (key + 1) << 32], dtype=np.uint64))
        return int(low), int(high)

    def _candidates(self, line: str) -> NDArray[np.int64]:
        """The rows that share the rarest trigrams, as many as are worth comparing."""
        grams = _once(_grams(_letters(line.encode())))
        sizes = self.starts[grams + 1].astype(np.int64) - self.starts[grams]
        rarity = _rarity(sizes, len(self))
        order = np.argsort(sizes, kind="stable")
        order = order[sizes[order] > 0]
        within = np.searchsorted(np.cumsum(sizes[order]), _MOST_POSTINGS)
        order = order[: max(int(within), _FEWEST_LISTS)]
        if not len(order):
            return np.array([], dtype=np.int64)
        shared = np.zeros(len(self), dtype=np.float32)
        lists = [self.postings[self.starts[gram] : self.starts[gram + 1]] for gram in grams[order]]
        for rows, weight in zip(lists, rarity[order], strict=True):
            shared[rows] += weight
        rows = np.concatenate(lists)
        shares = shared[rows]
        touched = _once(rows[shares >= shares.max() * _SHARED_ENOUGH].astype(np.int64))
        score = shared[touched] / (rarity.sum() + self.weight[touched])
        best = touched if len(touched) <= _RESCORED else touched[np.argpartition(-score, _RESCORED)[:_RESCORED]]
        return np.sort(best)


_SHARED_ENOUGH: Final = 0.45


def likeness(line: str, name: str) -> float:
    """How like two folded names are, of 100: half of it as a whole, as they stand, with their words in any order or in
    one piece; half of it how well each word of the first is found in the second, so that a word left out costs less
    than one too many."""
    whole = max(
        fuzz.ratio(line, name),
        fuzz.token_sort_ratio(line, name),
        fuzz.ratio(line.replace(" ", ""), name.replace(" ", "")),
    )
    words, of_name = line.split(), name.split()
    letters = sum(map(len, words))
    found = sum(len(word) * _likest(word, of_name) for word in words)
    return 0.5 * whole + (50.0 * found / letters if letters else 0.0)


def _likest(word: str, others: Sequence[str]) -> float:
    return max((OSA.normalized_similarity(word, other) for other in others), default=0.0)


# --- keys


def _sorted(line: str) -> str:
    return " ".join(sorted(line.split()))


def _joined(line: str) -> str:
    return line.replace(" ", "")


def _hash(kind: str, key: str) -> int:
    return crc32(f"{kind}{key}".encode())


def _sorted_keys(lines: Sequence[str]) -> NDArray[np.uint64]:
    keys = np.fromiter(_keys(lines), dtype=np.uint64)
    keys.sort()
    return keys


def _keys(lines: Sequence[str]) -> Iterator[int]:
    for row, line in enumerate(lines):
        words = set(line.split())
        yield _hash("s", _sorted(line)) << 32 | row
        yield _hash("j", _joined(line)) << 32 | row
        for word in words:
            yield _hash("w", word) << 32 | row


# --- trigrams


def _table() -> NDArray[np.uint8]:
    """For each byte its letter in six bits: the blank 0, a to z, 0 to 9, and what is left shares the others."""
    table = np.array([37 + byte % 27 for byte in range(256)], dtype=np.uint8)
    table[ord(" ")] = 0
    for place, sign in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", start=1):
        table[ord(sign)] = place
    table[ord("\n")] = _BREAK
    return table


_LETTER: Final = _table()


def _letters(line: bytes) -> NDArray[np.uint8]:
    return _LETTER[np.frombuffer(b" " + line + b" ", dtype=np.uint8)]


def _grams(letters: NDArray[np.uint8]) -> NDArray[np.int64]:
    wide = letters.astype(np.int64)
    return wide[:-2] << (2 * _BITS) | wide[1:-1] << _BITS | wide[2:]


def _chunks(encoded: Sequence[bytes]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The trigrams of the names and the rows they stand in, each once, sorted by trigram; some names at a time."""
    for first in range(0, len(encoded), _CHUNK):
        some = encoded[first : first + _CHUNK]
        letters = _LETTER[np.frombuffer(b"".join(b"\n " + line + b" " for line in some), dtype=np.uint8)]
        rows = np.cumsum(letters == _BREAK) - 1 + first
        inside = (letters[:-2] != _BREAK) & (letters[1:-1] != _BREAK) & (letters[2:] != _BREAK)
        pairs = _once(_grams(letters)[inside] << 32 | rows[:-2][inside])
        yield pairs >> 32, pairs & 0xFFFFFFFF


def _once(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values sorted, each once; several times faster than `np.unique`."""
    values = np.sort(values)
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if len(values) else values


def _lists(encoded: Sequence[bytes]) -> tuple[Numbers, Numbers]:
    """The rows of every trigram, end to end, and where each list begins."""
    counts = np.zeros(_GRAMS, dtype=np.int64)
    for grams, _rows in _chunks(encoded):
        counts += np.bincount(grams, minlength=_GRAMS)
    starts = np.zeros(_GRAMS + 1, dtype=np.uint32)
    np.cumsum(counts, out=starts[1:])
    postings = np.zeros(int(starts[-1]), dtype=np.uint32)
    filled = starts[:-1].astype(np.int64)
    for grams, rows in _chunks(encoded):
        own = np.bincount(grams, minlength=_GRAMS)
        within = np.arange(len(grams)) - np.repeat(np.cumsum(own) - own, own)
        postings[filled[grams] + within] = rows
        filled += own
    return starts, postings


def _rarity(sizes: NDArray[np.int64] | Numbers, names: int) -> NDArray[np.float32]:
    return np.log((names + 1) / (np.asarray(sizes, dtype=np.float64) + 1) + 1).astype(np.float32)


def _weights(encoded: Sequence[bytes], rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    weights = np.zeros(len(encoded), dtype=np.float32)
    for grams, rows in _chunks(encoded):
        weights += np.bincount(rows, weights=rarity[grams], minlength=len(encoded)).astype(np.float32)
    return weights
