"""Makes the arrays of the index out of names: some at a time, so that a million of them need little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mailbot.records.name_index.folding import folded
from mailbot.records.name_index.segment import Segment
from mailbot.records.name_index.traits import TRIGRAMS, Bytes, Numbers, keys_of, rarity_of, trigrams_in

_CHUNK: Final = 25_000  # names that are taken apart at a time
_LONGEST: Final = 120  # letters of a name that are compared


def built(names: Iterable[tuple[int, str]]) -> Segment:
    """The arrays of these names, each with whose it is."""
    lines = _folded(iter(names))
    starts, postings = _lists(lines)
    return Segment(
        ids=lines.ids,
        text=lines.text,
        ends=lines.ends,
        keys=lines.keys,
        starts=starts,
        postings=postings,
        weight=_weights(lines, rarity_of(np.diff(starts), len(lines.ids))),
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """The folded names end to end, where each ends, whose it is, and the sorted keys of all."""

    ids: NDArray[np.int64]
    text: Bytes
    ends: Numbers
    keys: NDArray[np.uint64]

    def trigrams(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """The trigrams and their rows, some names at a time."""
        for first in range(0, len(self.ends), _CHUNK):
            ends = self.ends[first : first + _CHUNK].tolist()
            begin = int(self.ends[first - 1]) if first else 0
            text = self.text[begin : ends[-1]].tobytes()
            starts = [begin, *ends[:-1]]
            yield trigrams_in([text[a - begin : b - begin] for a, b in zip(starts, ends, strict=True)], first)


def _folded(names: Iterator[tuple[int, str]]) -> _Lines:
    text = bytearray()
    ids: list[NDArray[np.int64]] = [np.array([], dtype=np.int64)]
    lengths: list[Numbers] = [np.array([], dtype=np.uint32)]
    keys: list[NDArray[np.uint64]] = [np.array([], dtype=np.uint64)]
    row = 0
    while some := list(islice(names, _CHUNK)):
        lines = [line[:_LONGEST] for line in folded([name for _, name in some])]
        encoded = [line.encode() for line in lines]
        text += b"".join(encoded)
        ids.append(np.array([each for each, _ in some], dtype=np.int64))
        lengths.append(np.array([len(line) for line in encoded], dtype=np.uint32))
        keys.append(np.fromiter(chain.from_iterable(map(_keys, range(row, row + len(lines)), lines)), dtype=np.uint64))
        row += len(lines)
    all_keys = np.concatenate(keys)
    all_keys.sort()
    ends = np.cumsum(np.concatenate(lengths), dtype=np.uint32)
    return _Lines(np.concatenate(ids), np.frombuffer(text, dtype=np.uint8), ends, all_keys)


def _keys(row: int, line: str) -> Iterator[int]:
    return (key << 32 | row for key in keys_of(line))


def _lists(lines: _Lines) -> tuple[Numbers, Numbers]:
    """Where the list of each trigram begins, and the lists end to end."""
    counts = np.zeros(TRIGRAMS, dtype=np.int64)
    for trigrams, _rows in lines.trigrams():
        counts += np.bincount(trigrams, minlength=TRIGRAMS)
    starts = np.zeros(TRIGRAMS + 1, dtype=np.uint32)
    np.cumsum(counts, out=starts[1:])
    postings = np.zeros(int(starts[-1]), dtype=np.uint32)
    filled = starts[:-1].astype(np.int64)
    for trigrams, rows in lines.trigrams():
        own = np.bincount(trigrams, minlength=TRIGRAMS)
        within = np.arange(len(trigrams)) - np.repeat(np.cumsum(own) - own, own)
        postings[filled[trigrams] + within] = rows
        filled += own
    return starts, postings


def _weights(lines: _Lines, rarity: NDArray[np.float32]) -> NDArray[np.float32]:
    weights = np.zeros(len(lines.ids), dtype=np.float32)
    for trigrams, rows in lines.trigrams():
        first, last = (int(rows.min()), int(rows.max())) if len(rows) else (0, -1)
        sums = np.bincount(rows - first, weights=rarity[trigrams], minlength=last - first + 1)
        weights[first : last + 1] += sums.astype(np.float32)
    return weights
