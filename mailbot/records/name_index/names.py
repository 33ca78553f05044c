"""The names of all clients as they stand at one moment: many in arrays that were built once, a few that came later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from typing import Self

import numpy as np
from numpy.typing import NDArray

from mailbot.records.name_index.building import built
from mailbot.records.name_index.folding import folded
from mailbot.records.name_index.segment import Segment

_WHOLE = 100.0
Rows = Iterable[int] | NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A client, and how like its name is, of 100; 100 is the same name."""

    client_id: int
    likeness: float


_NONE = built(())


@dataclass(frozen=True, slots=True)
class Names:
    """An index that never changes; `with_changes` gives another one.

    `fresh` are the names that were written since `base` was built; `gone` the clients whose names in `base` hold no
    longer, because they have another one or were taken back. `stands_for` says which client is meant by the name of one
    that was merged into it.
    """

    base: Segment
    fresh: Mapping[int, str] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    late: Segment = field(default_factory=lambda: _NONE)
    stands_for: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Mapping[int, str]) -> Self:
        """The names of these clients."""
        return cls(built(names.items()))

    def with_changes(self, changed: Mapping[int, str | None]) -> Names:
        """The same with the names of some clients written anew; None for one that is there no longer."""
        kept = {client_id: name for client_id, name in self.fresh.items() if client_id not in changed}
        fresh = kept | {client_id: name for client_id, name in changed.items() if name is not None}
        return replace(self, fresh=fresh, gone=self.gone | changed.keys(), late=built(fresh.items()))

    def on(self, base: Segment) -> Names:
        """The same with these arrays, which hold the same names."""
        return replace(self, base=base)

    def merged(self, stands_for: Mapping[int, int]) -> Names:
        """The same where the names of some clients mean others."""
        return replace(self, stands_for=stands_for)

    def with_word(self, word: str) -> tuple[int, ...]:
        """The clients with a word in their names, in the form in which names are compared."""
        return self._clients(self.base.with_word(word), self.late.with_word(word))

    def count(self, word: str) -> int:
        """How many clients have the word, those included whose names hold no longer."""
        return self.base.count(word) + self.late.count(word)

    def with_all(self, words: Sequence[str]) -> tuple[int, ...]:
        """The clients with all of these words in their names."""
        return self._clients(_in_all(self.base, words), _in_all(self.late, words))

    def search(self, name: str, most: int) -> tuple[Hit, ...]:
        """The clients whose names are the likest, the best first; those of the same name alone, where there are any."""
        (line,) = folded([name])
        if not line:
            return ()
        same = [Hit(client_id, _WHOLE) for client_id in self._clients(self.base.same(line), self.late.same(line))]
        return tuple(same[:most]) or self._like(line, most)

    def _like(self, line: str, most: int) -> tuple[Hit, ...]:
        asked = most + min(len(self.gone) + len(self.stands_for), most)
        in_base = ((int(self.base.ids[each.row]), each.likeness) for each in self.base.like(line, asked))
        in_late = ((int(self.late.ids[each.row]), each.likeness) for each in self.late.like(line, asked))
        hits = [(self._meant(each), likeness) for each, likeness in in_base if each not in self.gone]
        hits += [(self._meant(each), likeness) for each, likeness in in_late]
        hits.sort(key=lambda hit: (-hit[1], hit[0]))
        best: dict[int, Hit] = {}
        for client_id, likeness in hits:
            best.setdefault(client_id, Hit(client_id, likeness))
        return tuple(best.values())[:most]

    def _clients(self, in_base: Rows, in_late: Rows) -> tuple[int, ...]:
        """The clients of some rows, each once."""
        found = [each for row in in_base if (each := int(self.base.ids[row])) not in self.gone]
        found += [int(self.late.ids[row]) for row in in_late]
        return tuple(dict.fromkeys(map(self._meant, found)))

    def _meant(self, client_id: int) -> int:
        return self.stands_for.get(client_id, client_id)


def _in_all(segment: Segment, words: Sequence[str]) -> NDArray[np.uint32]:
    rows = sorted(map(segment.with_word, words), key=len)
    return reduce(partial(np.intersect1d, assume_unique=True), rows)
