"""Names in arrays that never change: who has the same name, who has a word, and whose letters are alike.

A trigram is three letters in a row. Each has a list of the names it stands in; a search adds up the lists of the rarest
trigrams of the words it is given, and compares the best of what it finds letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from mailbot.records.name_index.traits import (
    Bytes,
    Numbers,
    in_one_piece,
    in_order,
    key_of_name,
    key_of_piece,
    key_of_word,
    once,
    rarity_of,
    trigrams_of,
)

_MOST_POSTINGS: Final = 60_000  # entries of lists that one search adds up
_FEWEST_LISTS: Final = 3
_RESCORED: Final = 50


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

    def __len__(self) -> int:
        return len(self.ids)

    def name(self, row: int) -> str:
        """The name of a row, folded."""
        begin = int(self.ends[row - 1]) if row else 0
        return self.text[begin : int(self.ends[row])].tobytes().decode()

    def with_word(self, word: str) -> NDArray[np.uint32]:
        """The rows whose names have the word, in the form in which names are folded."""
        return self._rows_of(key_of_word(word))

    def count(self, word: str) -> int:
        """How many rows have the word; cheaper than the rows."""
        low, high = self._between(key_of_word(word))
        return high - low

    def same(self, line: str) -> list[int]:
        """The rows that have the same name: the same words in any order, or the same letters without the blanks."""
        rows = [*self._rows_of(key_of_name(line)), *self._rows_of(key_of_piece(line))]
        return [
            row
            for row in dict.fromkeys(map(int, rows))
            if in_order(name := self.name(row)) == in_order(line) or in_one_piece(name) == in_one_piece(line)
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
        if not len(self):  # mostly so of the names that came late
            return 0, 0
        low, high = self.keys.searchsorted(np.array([key << 32, (key + 1) << 32], dtype=np.uint64))
        return int(low), int(high)

    def _candidates(self, line: str) -> NDArray[np.int64]:
        """The rows that share the rarest trigrams, as many as are worth comparing."""
        if not len(self):
            return _NO_ROWS
        grams = once(trigrams_of(line))
        sizes = self.starts[grams + 1].astype(np.int64) - self.starts[grams]
        rarity = rarity_of(sizes, len(self))
        order = np.argsort(sizes, kind="stable")
        order = order[sizes[order] > 0]
        within = np.searchsorted(np.cumsum(sizes[order]), _MOST_POSTINGS)
        order = order[: max(int(within), _FEWEST_LISTS)]
        if not len(order):
            return _NO_ROWS
        shared = np.zeros(len(self), dtype=np.float32)
        lists = [self.postings[self.starts[gram] : self.starts[gram + 1]] for gram in grams[order]]
        for rows, weight in zip(lists, rarity[order], strict=True):
            shared[rows] += weight
        rows = np.concatenate(lists)
        shares = shared[rows]
        touched = once(rows[shares >= shares.max() * _SHARED_ENOUGH].astype(np.int64))
        score = shared[touched] / (rarity.sum() + self.weight[touched])
        best = touched if len(touched) <= _RESCORED else touched[np.argpartition(-score, _RESCORED)[:_RESCORED]]
        return np.sort(best)


_SHARED_ENOUGH: Final = 0.45
_NO_ROWS: Final[NDArray[np.int64]] = np.array([], dtype=np.int64)


def likeness(line: str, name: str) -> float:
    """How like two folded names are, of 100: half of it as a whole, as they stand, with their words in any order or in
    one piece; half of it how well each word of the first is found in the second, so that a word left out costs less
    than one too many."""
    whole = max(
        fuzz.ratio(line, name),
        fuzz.token_sort_ratio(line, name),
        fuzz.ratio(in_one_piece(line), in_one_piece(name)),
    )
    words, of_name = line.split(), name.split()
    letters = sum(map(len, words))
    found = sum(len(word) * _likest(word, of_name) for word in words)
    return 0.5 * whole + (50.0 * found / letters if letters else 0.0)


def _likest(word: str, others: Sequence[str]) -> float:
    return max((OSA.normalized_similarity(word, other) for other in others), default=0.0)
