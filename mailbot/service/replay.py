"""Stored mails are read again with other rules: what would have been decided otherwise, on what was known that day.

Nothing can come of it: there is no way to a mail server here, the session has no word for writing, and the letters are
signed with a key that proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.duties.duty import Duty
from mailbot.errors import Never
from mailbot.message import Limits, read
from mailbot.records.decision import Decision, Send
from mailbot.records.reading_only import ReadOnly
from mailbot.records.snapshot import unpack
from mailbot.records.stored_mail import DecidedMail, decided_between
from mailbot.service.enclosed import files_read_of, with_believed_files, with_shut_files
from mailbot.sorting.sort import sort

_KEY = b"a replay signs nothing"


@dataclass(frozen=True, slots=True)
class DecidedAs:
    """What a decision comes to, then or now. `deeds` is what it books or changes, `letters` what it writes."""

    kind: str
    rule: str
    folder: str
    deeds: tuple[str, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A mail that the other rules decide otherwise."""

    ref: str
    decided_at: datetime
    sender: str
    subject: str
    before: DecidedAs
    after: DecidedAs
    evidence: tuple[str, ...]

    @property
    def changes_records(self) -> bool:
        """Whether it books or changes something else, and not only says or files it otherwise."""
        return self.before.deeds != self.after.deeds


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A decision that cannot be replayed, and why."""

    ref: str
    why: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of a replay."""

    read_again: int
    differences: tuple[Difference, ...]
    left_out: tuple[Unreadable, ...]


class Replay:
    """Reads mails again with `orders`. It is given a session that cannot write, and no transport at all."""

    def __init__(self, records: ReadOnly, orders: StandingOrders, duties: Sequence[Duty], limits: Limits) -> None:
        self._records = records
        self._orders = orders
        self._readers = [(duty.name, duty.read) for duty in duties]
        self._recalled: Mapping[str, type] = {duty.name: duty.recall.type for duty in duties if duty.recall}
        self._settings: Mapping[str, type] = {duty.name: duty.settings.type for duty in duties if duty.settings}
        self._files_of = files_read_of(duties)
        self._limits = limits

    def run(self, since: datetime, until: datetime) -> Replayed:
        """Every mail that was decided from `since` on and before `until`."""
        differences: list[Difference] = []
        left_out: list[Unreadable] = []
        count = 0
        for stored in decided_between(self._records, since, until):
            if stored.raw is None:
                left_out.append(Unreadable(stored.ref, "its bytes are no longer kept ([retention] raw_days)"))
                continue
            try:
                now = self._decide(stored, stored.raw)
            except Never as unreadable:
                left_out.append(Unreadable(stored.ref, str(unreadable)))
                continue
            count += 1
            after = _outcome(now)
            before = _told(stored.kind, stored.rule, stored.folder, stored.actions)
            if after != before:
                evidence = tuple(str(each) for each in now.evidence)
                differences.append(
                    Difference(stored.ref, stored.decided_at, stored.sender, stored.subject, before, after, evidence)
                )
        return Replayed(count, tuple(differences), tuple(left_out))

    def _decide(self, stored: DecidedMail, raw: bytes) -> Decision:
        known = unpack(stored.known, stored.circumstances, self._recalled, self._settings)
        known = replace(known, key=_KEY)
        message = with_believed_files(with_shut_files(read(raw, self._limits)), known, self._files_of)
        return decide(message, known, sort(message, known, self._readers), self._orders, stored.decided_at)


def _outcome(decision: Decision) -> DecidedAs:
    told = [(action.name, str(action)) for action in (*decision.actions, *decision.planned)]
    return _told(decision.kind, decision.rule, decision.folder.value, told)


def _told(kind: str, rule: str, folder: str, actions: Sequence[tuple[str, str]]) -> DecidedAs:
    return DecidedAs(
        kind=kind,
        rule=rule,
        folder=folder,
        deeds=tuple(words for name, words in actions if name != Send.name),
        letters=tuple(words for name, words in actions if name == Send.name),
    )
