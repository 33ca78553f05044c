"""Which client is meant, among very many: how fast the index of names is, how often it is right, and what is decided
without a question; beside rapidfuzz over all names and pg_trgm of PostgreSQL."""

from __future__ import annotations

import json
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table
from sqlalchemy import create_engine, text

from mailbot.duties.sales.naming.clients import Book, Meant, NamedClient, meaning_of
from mailbot.duties.sales.naming.looking_up import crowded, like_phrase, naming_in, with_word
from mailbot.records.name_index.building import built
from mailbot.records.name_index.file import Mark, read, write
from mailbot.records.name_index.folding import folded
from mailbot.records.name_index.names import Names
from tests.servers import missing_for, running_postgresql

REP: Final = 1  # all clients are this rep's own
_ADDED: Final = "Quillhaven Lantern Works"


class Query(BaseModel):
    """What somebody wrote, and the line of the names that it means, counted from 0; -1 for none."""

    model_config = ConfigDict(frozen=True)
    q: str
    truth: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way to look names up came to. Times in milliseconds, `first` is how many of a hundred that have a match
    got it as the first; the figures of the process are None where its memory and its start were not measured."""

    way: str
    names: int
    queries: int
    p50: float
    p95: float
    cpu_p95: float | None
    first: float
    megabytes: float | None = None
    load_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What the desk does without a question: of a hundred queries that have a match how many it decides, of a hundred
    of these how many are right; and of a hundred that have none how many it takes for a client all the same."""

    decided: float
    right: float
    taken_for_another: float


@dataclass(frozen=True, slots=True)
class OfTheIndex:
    """All that is measured of the index; `build_seconds` is how long it takes to build it from the names."""

    outcome: Outcome
    decided: Decided
    build_seconds: float
    megabytes_of_arrays: float
    added_is_found: bool
    adding_seconds: float


def measure(names_file: Path, queries_file: Path, sample: int, json_file: Path | None) -> None:
    """Measures, prints a table, and writes the figures."""
    names = names_file.read_text(encoding="utf-8").split("\n")
    queries = TypeAdapter(tuple[Query, ...]).validate_json(queries_file.read_bytes())
    ours = of_the_index(names, queries)
    others = [by_rapidfuzz(names, _some(queries, sample))]
    if missing_for("postgresql") is None:
        others.append(by_postgresql(names, _some(queries, 10 * sample)))
    _show(ours, others)
    if json_file is not None:
        written = {"index": asdict(ours), "others": [asdict(each) for each in others]}
        json_file.write_text(json.dumps(written, indent=1) + "\n")


def of_the_index(names: Sequence[str], queries: Sequence[Query]) -> OfTheIndex:
    """The index, built in one process and opened in another, so that the memory of the second is its own."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        segment = built(enumerate(names))
        build_seconds = time.perf_counter() - started
        file = Path(folder) / "names"
        write(file, segment, Mark(1, ""))
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            opened = pool.apply(_opened, (file, queries))
        decided = _decided(Names(segment), names, queries)
        return replace(opened, decided=decided, build_seconds=build_seconds)


def by_rapidfuzz(names: Sequence[str], queries: Sequence[Query]) -> Outcome:
    """Every name compared with every query."""
    lines = folded(names)

    def first(query: str) -> int | None:
        found = process.extractOne(query, lines, scorer=fuzz.WRatio, processor=None)
        return found[2] if found else None

    return _timed("rapidfuzz extractOne, WRatio", len(names), queries, lambda query: first(folded([query])[0]))


def by_postgresql(names: Sequence[str], queries: Sequence[Query]) -> Outcome:
    """pg_trgm with a GIN index, asked for the most similar one."""
    with running_postgresql() as server:
        engine = create_engine(server.new_database())
        with engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION pg_trgm"))
            connection.execute(text("CREATE TABLE names (id integer PRIMARY KEY, name text)"))
            rows = [{"id": row, "name": line} for row, line in enumerate(folded(names))]
            for begin in range(0, len(rows), 10_000):
                connection.execute(text("INSERT INTO names VALUES (:id, :name)"), rows[begin : begin + 10_000])
            connection.execute(text("CREATE INDEX of_names ON names USING gin (name gin_trgm_ops)"))
        similar = text("SELECT id FROM names WHERE name % :q ORDER BY similarity(name, :q) DESC, id LIMIT 1")
        with engine.connect() as connection:
            connection.execute(text("ANALYZE names"))

            def first(query: str) -> int | None:
                return connection.execute(similar, {"q": folded([query])[0]}).scalar()

            outcome = _timed("pg_trgm, GIN", len(names), queries, first)
        engine.dispose()
    return replace(outcome, cpu_p95=None)  # its work is done in another process


def _opened(file: Path, queries: Sequence[Query]) -> OfTheIndex:
    """In a process that has nothing but the index."""
    started = time.perf_counter()
    segment, _ = read(file)
    names = Names(segment)
    load_seconds = time.perf_counter() - started

    def first(query: str) -> int | None:
        hits = names.search(query, 1)
        return hits[0].client_id if hits else None

    outcome = _timed("index of names", len(segment), queries, first)
    megabytes = _resident_megabytes()
    started = time.perf_counter()
    found = names.with_changes({len(segment): _ADDED}).search(_ADDED.upper(), 1)
    return OfTheIndex(
        outcome=replace(outcome, megabytes=megabytes, load_seconds=load_seconds),
        decided=Decided(0.0, 0.0, 0.0),
        build_seconds=0.0,
        megabytes_of_arrays=file.stat().st_size / 1e6,
        added_is_found=bool(found) and found[0].client_id == len(segment),
        adding_seconds=time.perf_counter() - started,
    )


def _decided(index: Names, names: Sequence[str], queries: Sequence[Query]) -> Decided:
    """What is decided without a question, by the same steps as for a line of a mail."""
    matched = decided = right = taken = 0
    for query in queries:
        meaning = _meaning(query.q, index, names)
        matched += query.truth >= 0
        if isinstance(meaning, Meant):
            decided += query.truth >= 0
            right += meaning.client.id == query.truth
            taken += query.truth < 0
    return Decided(_percent(decided, matched), _percent(right, decided), _percent(taken, len(queries) - matched))


def _meaning(written: str, index: Names, names: Sequence[str]) -> object:
    naming = naming_in(written)
    found = {each for word in naming.looked_up for each in with_word(word, index)}
    found |= {each for phrase in naming.phrases for each in like_phrase(phrase, index)}
    clients = tuple(NamedClient(each, names[each], REP, None) for each in sorted(found))
    words = {word for client in clients for word in client.words}
    many = crowded({*words, *folded([written])[0].split()}, index)
    return meaning_of(written, Book(REP, clients, frozenset(many)))


def _timed(way: str, names: int, queries: Sequence[Query], first: Callable[[str], int | None]) -> Outcome:
    seconds: list[float] = []
    cpu: list[float] = []
    right = 0
    for query in queries:
        began, began_cpu = time.perf_counter(), time.process_time()
        found = first(query.q)
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
        right += query.truth >= 0 and found == query.truth
    matched = sum(query.truth >= 0 for query in queries)
    return Outcome(
        way, names, len(queries), _at(seconds, 0.5), _at(seconds, 0.95), _at(cpu, 0.95), _percent(right, matched)
    )


def _at(seconds: Sequence[float], part: float) -> float:
    """Milliseconds below which this part of them lies."""
    return sorted(seconds)[min(int(len(seconds) * part), len(seconds) - 1)] * 1000


def _percent(some: int, of_all: int) -> float:
    return 100 * some / of_all if of_all else 0.0


def _some(queries: Sequence[Query], count: int) -> Sequence[Query]:
    step = max(len(queries) // count, 1)
    return queries[::step][:count]


def _resident_megabytes() -> float:
    """The memory of this process, pages of mapped files included."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1000


def _show(ours: OfTheIndex, others: Sequence[Outcome]) -> None:
    count = ours.outcome.names
    table = Table("way", "queries", "p50 ms", "p95 ms", "p95 CPU ms", "first %", title=f"{count:,} names")
    for each in (ours.outcome, *others):
        cpu = "" if each.cpu_p95 is None else f"{each.cpu_p95:,.1f}"
        table.add_row(each.way, f"{each.queries:,}", f"{each.p50:,.1f}", f"{each.p95:,.1f}", cpu, f"{each.first:.1f}")
    Console().print(table)
    index = Table("index of names", "measured")
    index.add_row("decided without a question, of those with a match", f"{ours.decided.decided:.1f} %")
    index.add_row("right, of those decided", f"{ours.decided.right:.2f} %")
    index.add_row("taken for a client, of those without a match", f"{ours.decided.taken_for_another:.2f} %")
    index.add_row("memory of a process with it", f"{ours.outcome.megabytes:,.0f} MB")
    index.add_row("built in", f"{ours.build_seconds:.1f} s")
    index.add_row("opened in", f"{ours.outcome.load_seconds:.3f} s")
    index.add_row("an added name found", f"{ours.added_is_found}, after {ours.adding_seconds * 1000:.1f} ms")
    Console().print(index)
