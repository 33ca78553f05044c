"""The names of all clients as they stand at one moment: many in arrays that were built once, a few that came later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Self

import numpy as np
from numpy.typing import NDArray

from mailbot.records.name_index.folding import folded
from mailbot.records.name_index.segment import Segment

_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A client, and how like its name is, of 100; 100 is the same name."""

    client_id: int
    likeness: float


_NONE = Segment.of((), ())


@dataclass(frozen=True, slots=True)
class Names:
    """An index that never changes; `with_changes` gives another one.

    `fresh` are the names that were written since `base` was built; `gone` the clients whose names in `base` hold no
    longer, because they have another one or were taken back.
    """

    base: Segment
    fresh: Mapping[int, str] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    late: Segment = field(default_factory=lambda: _NONE)

    @classmethod
    def of(cls, names: Mapping[int, str]) -> Self:
        """The names of these clients."""
        return cls(Segment.of(list(names), list(names.values())))

    def with_changes(self, changed: Mapping[int, str | None]) -> Names:
        """The same with the names of some clients written anew; None for one that is there no longer."""
        kept = {client_id: name for client_id, name in self.fresh.items() if client_id not in changed}
        fresh = kept | {client_id: name for client_id, name in changed.items() if name is not None}
        return Names(self.base, fresh, self.gone | changed.keys(), Segment.of(list(fresh), list(fresh.values())))

    def with_word(self, word: str) -> tuple[int, ...]:
        """The clients with a word in their names, in the form in which names are compared."""
        found = [int(self.base.ids[row]) for row in self.base.with_word(word)]
        late = [int(self.late.ids[row]) for row in self.late.with_word(word)]
        return (*(each for each in found if each not in self.gone), *late)

    def count(self, word: str) -> int:
        """How many clients have the word, those included whose names hold no longer."""
        return self.base.count(word) + self.late.count(word)

    def with_all(self, words: Sequence[str]) -> tuple[int, ...]:
        """The clients with all of these words in their names."""
        found = [int(self.base.ids[row]) for row in _in_all(self.base, words)]
        return (
            *(each for each in found if each not in self.gone),
            *(int(self.late.ids[n]) for n in _in_all(self.late, words)),
        )

    def search(self, name: str, most: int) -> tuple[Hit, ...]:
        """The clients whose names are the likest, the best first; those of the same name alone, where there are any."""
        (line,) = folded([name])
        if not line:
            return ()
        same = [Hit(client_id, _WHOLE) for client_id in self._same(line)]
        return tuple(same[:most]) or self._like(line, most)

    def _same(self, line: str) -> list[int]:
        base = (int(self.base.ids[row]) for row in self.base.same(line))
        return [
            *(each for each in base if each not in self.gone),
            *(int(self.late.ids[n]) for n in self.late.same(line)),
        ]

    def _like(self, line: str, most: int) -> tuple[Hit, ...]:
        asked = most + min(len(self.gone), most)
        hits = [Hit(int(self.base.ids[each.row]), each.likeness) for each in self.base.like(line, asked)]
        hits = [hit for hit in hits if hit.client_id not in self.gone]
        hits += [Hit(int(self.late.ids[each.row]), each.likeness) for each in self.late.like(line, most)]
        hits.sort(key=lambda hit: (-hit.likeness, hit.client_id))
        return tuple(hits[:most])


def _in_all(segment: Segment, words: Sequence[str]) -> NDArray[np.uint32]:
    rows = [segment.with_word(word) for word in sorted(words, key=segment.count)]
    return reduce(partial(np.intersect1d, assume_unique=True), rows)
