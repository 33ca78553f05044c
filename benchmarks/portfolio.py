"""What a company has sold to its clients, and what came of it: of any size, from a seed, the same in every run.

It stands on the evening before a day: what falls due by that day is there, what fell due before was done. Any number of
times as much can stand beside it of which nothing is due: contracts that run on or are over, benefits that are used,
that lie far ahead or that were reminded of, issues that nobody has to hear of, answered questions, letters sent long
ago.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Final

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from benchmarks.company import ZONE
from mailbot.config import RemindersSettings
from mailbot.duties.issues.tables import Issue, IssueMessage, IssueState, Ring, Severity, Voice
from mailbot.duties.reminders.settings import NAME as REMINDERS
from mailbot.duties.reminders.tables import CheckIn, Reminder, Rung
from mailbot.duties.reminders.touch.check_ins import number_due
from mailbot.duties.reminders.unused.ladder import days_of
from mailbot.duties.renewals.facts import ASKED, asked_about
from mailbot.duties.renewals.facts import NAME as RENEWALS
from mailbot.letters.model import LetterKind
from mailbot.records.contracts.questions import HOW_IT_STANDS
from mailbot.records.contracts.tables import Contract, ContractState, Deliverable, DeliverableState, Use
from mailbot.records.looks import LookState, PageLook
from mailbot.records.page_seen import Verdict
from mailbot.records.rows import table_of
from mailbot.records.session import Database
from mailbot.records.tables import (
    Address,
    Client,
    Contact,
    DecisionRow,
    LetterRow,
    LetterState,
    Number,
    Person,
    QuestionRow,
    QuestionState,
    Role,
    TaskRow,
    TaskState,
)
from mailbot.working_days import is_working_day, working_day_before

TODAY: Final = date(2025, 12, 1)  # a Monday, and the first day of a month: every job of the desk has something to do
_EVENING: Final = datetime.combine(working_day_before(TODAY), time(18), ZONE)
_REPS, _DEPARTMENTS, _CLIENTS_OF_A_CONTRACT = 40, 4, 0.4
_FAR: Final = 190  # days: beyond what anybody is told or asked about
_STEPS: Final = (90, 60, 30)  # days before a contract has to be decided on
_KINDS: Final = ("banner", "link", "discount", "booth", "ad")
_CHUNK: Final = 10_000
_LADDERS: Final = RemindersSettings()
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of which something may be due."""

    issues: int = 10_000
    contracts: int = 50_000
    benefits: int = 200_000


def fill(database: Database, size: Size, times_more: int) -> None:
    """Writes the company into an empty database: `size` of everything, and so many times as much that is not due."""
    with database.writing() as session:
        _staff(session)
        first = _Part(size, seed=1, may_be_due=True)
        _write(session, first)
        if times_more:
            more = _Part(size, seed=2, may_be_due=False, after=dict(first.last))
            _write(session, more)
            for copy in range(1, times_more):
                _once_more(session, more, copy)
        session.execute(insert(Number).values(series="decisions", next=_last(session, DecisionRow) + 1))


def _staff(session: Session) -> None:
    roles = [*[Role.REP] * _REPS, *[Role.DEPARTMENT] * _DEPARTMENTS, Role.COORDINATOR, Role.MANAGER, Role.ADMIN]
    for number, role in enumerate(roles, start=1):
        session.add(Person(id=number, name=f"{role.value.title()} {number}", role=role, currency="USD"))
    session.flush()
    for number in range(1, len(roles) + 1):
        address = f"person{number}@harbourpine.example"
        session.add(Address(key=address, written=address, person_id=number))
    session.flush()


def _write(session: Session, part: _Part) -> None:
    for table, rows in part.rows():
        session.execute(insert(table), rows)


def _last(session: Session, kind: type[Any]) -> int:
    return session.execute(text(f"SELECT max(id) FROM {table_of(kind).name}")).scalar() or 0  # noqa: S608 - our own


@dataclass(frozen=True, slots=True)
class _Written:
    """A letter that was sent: its key in the outbox, and what it asked."""

    to: str
    key: tuple[str, str, str]
    duty: str
    asks: str
    context: Mapping[str, object]
    kind: LetterKind | None = None
    is_open: bool = False


@dataclass(slots=True)
class _Part:
    """A part of the company: clients with one contact each, their contracts, and all that hangs on those."""

    size: Size
    seed: int
    may_be_due: bool
    after: dict[type[Any], int] = field(default_factory=lambda: defaultdict(int, {Address: 100}))
    last: dict[type[Any], int] = field(default_factory=dict)
    _waiting: dict[type[Any], list[_Row]] = field(default_factory=lambda: defaultdict(list))

    def rows(self) -> Iterator[tuple[Any, list[_Row]]]:
        """The rows of all tables, in handfuls, and in an order in which each finds what it hangs on."""
        self.last = dict(self.after)
        chance = random.Random(self.seed)  # noqa: S311 - a benchmark, not a secret
        for number in range(int(self.size.contracts * _CLIENTS_OF_A_CONTRACT)):
            self._client(number)
        yield from self._handed_out()
        for number in range(self.size.contracts):
            self._contract(number, chance)
            if number % _CHUNK == 0:
                yield from self._handed_out()
        for number in range(self.size.issues):
            self._issue(number, chance)
        yield from self._handed_out()

    def _handed_out(self) -> Iterator[tuple[Any, list[_Row]]]:
        for kind in _ORDER:
            rows = self._waiting.pop(kind, [])
            for start in range(0, len(rows), _CHUNK):
                yield table_of(kind), rows[start : start + _CHUNK]

    def _add(self, kind: type[Any], /, **values: object) -> int:
        key = self.last.get(kind, 0) + 1
        self.last[kind] = key
        self._waiting[kind].append({"id": key, **values})
        return key

    def _first(self, kind: type[Any]) -> int:
        """The key of the first row of this part."""
        return self.after.get(kind, 0) + 1

    def _client(self, number: int) -> None:
        client = self._add(Client, name=f"Client {self.seed}-{number}", name_key=f"client {self.seed}-{number}",
                           owner_id=1 + number % _REPS)  # fmt: skip
        contact = self._add(Contact, client_id=client, name=f"Contact {self.seed}-{number}")
        key = f"contact@client{self.seed}-{number}.example"
        self._add(Address, key=key, written=key, contact_id=contact, looks=key.partition("@")[2])
        reminder = ("reminder", str(client), "")
        self._letter(client, _Written(key, reminder, REMINDERS, "reminder", {}, LetterKind.REMINDER, number % 2 == 0))
        if number % 5 == 0:
            state = TaskState.OPEN if self.may_be_due and number % 2_000 == 0 else TaskState.DONE
            self._add(TaskRow, made_by=self.last[DecisionRow], duty=REMINDERS, kind="call", words="Please call them.",
                      client_id=client, state=state, created_at=_EVENING, person_id=1 + number % _REPS)  # fmt: skip

    def _letter(self, client: int, letter: _Written) -> None:
        """A letter that was sent some time ago, the decision that wrote it, and what it asked."""
        to, duty, asks = letter.to, letter.duty, letter.asks
        purpose, about, period = letter.key
        state = QuestionState.OPEN if letter.is_open else QuestionState.ANSWERED
        number = self.last.get(LetterRow, 0) + 1
        at = _EVENING - timedelta(days=2 + number % 300, minutes=number % 600)
        decision = self._add(
            DecisionRow, ref=f"D-{self.seed}-{number}", origin="clock", job=f"{duty}.job {at:%Y-%m-%d}", decided_at=at,
            kind=asks, duty=duty, rule="", level="act", trust="", folder="", carried_out=True, summary="A letter.",
            evidence=[], trace={}, actions=[],
        )  # fmt: skip
        ref = f"L-{self.seed}-{number}"
        self._add(
            LetterRow, made_by=decision, ref=ref, duty=duty, purpose=purpose, object=about, period=period,
            recipient=to, recipient_key=to, envelope_sender="desk@harbourpine.example",
            message_id=f"<{ref}@harbourpine.example>", subject="A letter",
            text="A letter.", content=b"A letter.", client_id=client, kind=letter.kind,
            state=LetterState.SENT, created_at=at, try_after=at, sent_at=at,
        )  # fmt: skip
        self._add(
            QuestionRow, made_by=decision, letter_ref=ref, duty=duty, kind=asks, asked_key=to, words="What is it?",
            context=letter.context, followed=letter.kind is not None, state=state, asked_at=at,
        )  # fmt: skip

    # --- contracts ---

    def _contract(self, number: int, chance: random.Random) -> None:
        """Three of ten are over; of the others any day of the year may be the last."""
        client = self._first(Client) + int(number * _CLIENTS_OF_A_CONTRACT)
        is_over, renews = chance.random() < 0.3, chance.random() < 0.5
        if is_over:
            ends = self._told_of(TODAY - timedelta(days=chance.randrange(5, 1_000)))
        else:
            nearest = 0 if self.may_be_due else _FAR + 90 * renews
            ends = TODAY + timedelta(days=chance.randrange(nearest, 364))
        starts = ends - timedelta(days=364)
        notice_on = ends - timedelta(days=90) if renews else None
        contract = self._add(
            Contract, ref=f"K-{self.seed}-{number}", client_id=client, rep_id=1 + client % _REPS, starts_on=starts,
            ends_on=ends, value=Decimal(chance.randrange(500, 20_000)), currency="USD", renews=renews,
            notice_days=90 if renews else None, notice_on=notice_on,
            state=ContractState.ENDED if is_over else ContractState.RUNNING,
        )  # fmt: skip
        if not is_over:
            self._asked(client, f"K-{self.seed}-{number}", notice_on or ends)
            self._checked_in(client, contract, starts)
        self._deliverable(client, contract, starts, ends, chance)
        for position in range(self.size.benefits // self.size.contracts):
            self._benefit(client, contract, position + 2, (starts, ends), is_over, chance)

    def _asked(self, client: int, ref: str, decide_by: date) -> None:
        """How it stands was asked about at every step that lies behind."""
        rep = f"person{1 + client % _REPS}@harbourpine.example"
        for step in _STEPS:
            if timedelta(0) < decide_by - TODAY and decide_by - timedelta(days=step) <= _EVENING.date():
                context = {"ref": ref, "decide_by": decide_by.isoformat(), "step": step}
                key = (ASKED, asked_about(ref, decide_by), str(step))
                self._letter(client, _Written(rep, key, RENEWALS, HOW_IT_STANDS, context))

    def _checked_in(self, client: int, contract: int, starts: date) -> None:
        """Every client was asked how it goes when it was time."""
        day = _EVENING.date() if self.may_be_due else TODAY
        number = number_due(starts, day, _LADDERS)
        for each in range(1, (number or 0) + 1):
            self._add(CheckIn, contract_id=contract, client_id=client, contact_id=self._contact_of(client), number=each,
                      asked_on=TODAY - timedelta(days=5 + 91 * ((number or 0) - each)), score=8)  # fmt: skip

    def _told_of(self, day: date) -> date:
        """The day; where nothing is to be due, none of the two months whose figures are told today."""
        is_counted = not self.may_be_due and TODAY - timedelta(days=62) < day < TODAY
        return day - timedelta(days=62) if is_counted else day

    def _contact_of(self, client: int) -> int:
        return self._first(Contact) + client - self._first(Client)

    # --- what they promise ---

    def _deliverable(self, client: int, contract: int, starts: date, ends: date, chance: random.Random) -> None:
        """What a department delivers: one of ten is late, or not done yet a week before."""
        due_on = self._told_of(starts + timedelta(days=chance.randrange((ends - starts).days)))
        is_near = due_on < TODAY + timedelta(days=70)
        is_done = is_near and not (self.may_be_due and due_on > TODAY - timedelta(days=30) and chance.random() < 0.1)
        state = DeliverableState.DELIVERED if is_done else DeliverableState.ORDERED
        self._add(Deliverable, contract_id=contract, client_id=client, position=1, kind="ad", words="A full page",
                  issue=None, currency="USD", department_id=_REPS + 1 + contract % _DEPARTMENTS, starts_on=starts,
                  due_on=due_on, ends_on=ends, state=state, link=None, is_benefit=False, use=Use.UNUSED)  # fmt: skip

    def _benefit(self, client: int, contract: int, position: int, span: tuple[date, date], is_over: bool,
                 chance: random.Random) -> None:  # fmt: skip
        """Half of them are used. Of the others, every rung of the ladder that lies behind was reached."""
        starts, ends = span
        kind = chance.choice(_KINDS)
        lapses_on = self._told_of(min(starts + timedelta(days=chance.randrange(60, 365)), ends))
        is_used = chance.random() < 0.5
        is_lapsed = lapses_on < (_EVENING.date() if self.may_be_due and not is_over else TODAY)
        use = Use.USED if is_used else Use.LAPSED if is_lapsed else Use.UNUSED
        deliverable = self._add(
            Deliverable, contract_id=contract, client_id=client, position=position, kind=kind, words=f"A {kind}",
            issue=None, currency="USD", department_id=_REPS + 1 + contract % _DEPARTMENTS, starts_on=starts,
            due_on=None, ends_on=lapses_on, state=DeliverableState.DELIVERED,
            link=f"https://client{client}.example/{position}" if kind == "banner" else None, is_benefit=True, use=use,
        )  # fmt: skip
        if kind == "banner" and not is_over:
            self._look(deliverable, client, position)
        if use is Use.UNUSED:
            until = _EVENING.date() if self.may_be_due else TODAY
            for rung, day in _rungs(kind, lapses_on):
                if day <= until:
                    self._add(Reminder, deliverable_id=deliverable, client_id=client, rung=rung, reached_on=day,
                              contact_id=self._contact_of(client))  # fmt: skip

    def _look(self, deliverable: int, client: int, position: int) -> None:
        """Its page was looked at some days ago."""
        at = _EVENING - timedelta(days=1 + deliverable % 5)
        self._add(PageLook, url=f"https://client{client}.example/{position}", duty="departments",
                  about=f"{deliverable} page", asked_at=at, state=LookState.CLOSED, try_after=at, seen_at=at,
                  verdict=Verdict.FOUND)  # fmt: skip

    # --- issues ---

    def _issue(self, number: int, chance: random.Random) -> None:
        """All of them are open; the clock has something to say of three in a hundred."""
        client = self._first(Client) + number * 2 % (self.last[Client] - self.after.get(Client, 0))
        is_angry = self.may_be_due and number % 500 == 0
        rings = self.may_be_due and number % 33 == 0
        rings_at = _EVENING + (timedelta(hours=1) if rings else timedelta(days=chance.randrange(4, 30)))
        opened_at = _EVENING - timedelta(days=chance.randrange(0 if self.may_be_due else 65, 120), minutes=5)
        issue = self._add(
            Issue, ref=f"I-{self.seed}-{number}", client_id=client, name="A client", subject="Our banner",
            address=f"contact@client{number}.example", address_key=f"contact@client{number}.example",
            opened_at=opened_at, severity=Severity.HIGH if is_angry else Severity.NORMAL, severity_because="broken",
            owner_id=1 + client % _REPS, department_id=_REPS + 1 + number % _DEPARTMENTS, state=IssueState.OPEN,
            deadline=TODAY + timedelta(days=1 if is_angry else 40), answered_at=opened_at,
            solve_by=rings_at + timedelta(hours=4), rings_at=rings_at, rings_for=Ring.SOLUTION_NEAR,
        )  # fmt: skip
        self._add(IssueMessage, issue_id=issue, voice=Voice.CLIENT, sender="A client", words="It is broken.",
                  at=opened_at)  # fmt: skip


@cache
def _rungs(kind: str, lapses_on: date) -> tuple[tuple[Any, date], ...]:
    """The rungs of a ladder with their days; the call comes last."""
    ladder = _LADDERS.ladder(kind)
    called = () if ladder.call is None else ((Rung.CALL, ladder.call.before(lapses_on, is_working_day)),)
    return (*days_of(ladder, lapses_on, is_working_day), *called)


_ORDER: Final = (
    Client, Contact, Address, DecisionRow, LetterRow, QuestionRow, TaskRow, Contract, Deliverable, Reminder, CheckIn,
    PageLook, Issue, IssueMessage,
)  # fmt: skip
_REFERS: Final[Mapping[str, type[Any]]] = {
    "client_id": Client, "contact_id": Contact, "contract_id": Contract, "deliverable_id": Deliverable,
    "issue_id": Issue, "made_by": DecisionRow,
}  # fmt: skip
_UNIQUE: Final = frozenset(
    {(Contract, "ref"), (Address, "key"), (Issue, "ref"), (DecisionRow, "ref"), (LetterRow, "ref"),
     (LetterRow, "object"), (LetterRow, "message_id"), (QuestionRow, "letter_ref")}
)  # fmt: skip


def _once_more(session: Session, part: _Part, copy: int) -> None:
    """The same part again, under keys and names of its own: copied by the database itself."""
    shift = {kind: copy * (part.last[kind] - part.after.get(kind, 0)) for kind in _ORDER}
    for kind in _ORDER:
        columns = [column.key for column in table_of(kind).columns]
        values = ", ".join(_copied(kind, column, shift, copy) for column in columns)
        name, first, last = table_of(kind).name, part.after.get(kind, 0) + 1, part.last[kind]
        quoted = ", ".join(f'"{column}"' for column in columns)
        session.execute(
            text(f"INSERT INTO {name} ({quoted}) SELECT {values} FROM {name} WHERE id BETWEEN {first} AND {last}")  # noqa: S608 - all of it our own
        )


def _copied(kind: type[Any], column: str, shift: Mapping[type[Any], int], copy: int) -> str:
    if column == "id":
        return f"id + {shift[kind]}"
    if kind is PageLook and column == "about":  # "17 page"
        return f"(CAST(about AS INTEGER) + {shift[Deliverable]}) || ' page'"
    if (kind, column) in _UNIQUE:
        return f"\"{column}\" || '-{copy}'"
    return f'"{column}" + {shift[_REFERS[column]]}' if column in _REFERS else f'"{column}"'
