"""The benchmark of names: what it counts as found, as decided and as right."""

from __future__ import annotations

from benchmarks.names import Query, by_rapidfuzz, of_the_index

NAMES = ("Brightwater Utilities plc", "Northwind Traders Ltd", "Krüger Fenster GmbH", "Schmidt Logistik Bremen GmbH")
QUERIES = (
    Query(q="brigthwater utilities", truth=0),
    Query(q="NORTHWIND TRADERS", truth=1),
    Query(q="Shmidt Logstik", truth=3),
    Query(q="Kröger Fenster", truth=-1),
)


def test_what_is_found_decided_and_right_is_counted_and_an_unknown_name_is_not_taken_for_a_likeness() -> None:
    measured = of_the_index(NAMES, QUERIES)

    assert (measured.outcome.names, measured.outcome.queries, measured.outcome.first) == (4, 4, 100.0)
    assert measured.decided.decided == 100 * 2 / 3
    assert (measured.decided.right, measured.decided.taken_for_another) == (100.0, 0.0)
    assert measured.added_is_found
    assert measured.outcome.megabytes is not None
    assert measured.outcome.megabytes > 10


def test_the_others_are_measured_by_the_same_queries() -> None:
    outcome = by_rapidfuzz(NAMES, QUERIES)

    assert (outcome.queries, outcome.first) == (4, 100.0)
    assert outcome.p50 <= outcome.p95
