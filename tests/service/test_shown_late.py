"""Mails that a server shows late, or lists and does not give: they are read when they can be, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mailbot.errors import TryAgain
from tests.crash import company
from tests.service.bench import Benches, FakeInbox, FakeOutgoing


def test_a_mail_that_the_server_shows_late_is_found_at_the_next_start(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.problem(2))
    late = inbox.lying.pop(1)
    bench = desks.desk(inbox)
    bench.step()
    inbox.lying[1] = late
    bench.step()
    assert bench.kinds() == {"issue": 1}
    bench = desks.desk(inbox)
    bench.step()
    assert bench.kinds() == {"issue": 2}


def test_a_mail_that_the_server_shows_late_is_found_on_the_next_day_at_the_latest(desks: Benches) -> None:
    inbox, outgoing = FakeInbox(desks.clock), FakeOutgoing()
    inbox.receive(company.problem(1), company.problem(2), company.problem(3))
    late = inbox.lying.pop(2)
    bench = desks.desk(inbox, outgoing)
    bench.intake.step()
    inbox.lying[2] = late
    inbox.lay(b"Subject: nobody wrote this\r\n\r\n")
    bench.intake.step()
    bench.intake.step()
    assert [arrival.uid for arrival in bench.arrivals()] == [1, 3, 4]
    assert 4 in inbox.lying, "it is left where it lies"
    desks.clock.advance(timedelta(days=1))
    for _ in range(3):
        bench.intake.step()
    assert [arrival.uid for arrival in bench.arrivals()] == [1, 3, 4, 2]
    assert inbox.fetched == [1, 3, 4, 2]
    assert inbox.looked_above == [0, 3, 4, 0, 4, 4], "compared once at the start, and once on the next day"
    assert set(bench.decisions_of_mails().values()) == {1}
    bench.step()
    assert bench.kinds()["issue"] == 3
    assert set(outgoing.times().values()) == {1}


def test_a_mail_that_the_server_lists_and_does_not_give_is_asked_for_until_it_comes(desks: Benches) -> None:
    inbox, outgoing = FakeInbox(desks.clock), FakeOutgoing()
    inbox.receive(company.problem(1), company.problem(2), company.problem(3))
    inbox.withheld.add(2)
    bench = desks.desk(inbox, outgoing)
    bench.intake.step()
    inbox.before = _failing(at="fetch")
    with pytest.raises(TryAgain):
        bench.intake.step()
    inbox.before = lambda _: None
    bench.intake.step()
    assert bench.kinds() == {"issue": 2}
    inbox.withheld.clear()
    for _ in range(3):
        bench.intake.step()
    assert bench.kinds() == {"issue": 3}
    assert inbox.fetched == [1, 2, 3, 2, 2]
    assert inbox.looked_above == [0, 3, 3, 3, 3, 3], "and the folder is not compared for that"
    bench.step()
    assert set(bench.decisions_of_mails().values()) == set(outgoing.times().values()) == {1}


def test_a_mail_that_was_not_given_and_is_expunged_is_forgotten(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.problem(2))
    inbox.withheld.add(1)
    bench = desks.desk(inbox)
    bench.intake.step()
    del inbox.lying[1]
    bench.intake.step()
    asked: list[str] = []
    inbox.before = asked.append
    bench.intake.step()
    assert "listed" not in asked
    assert [arrival.uid for arrival in bench.arrivals()] == [2]


def _failing(at: str) -> Callable[[str], None]:
    def fail(command: str) -> None:
        if command == at:
            raise TryAgain("the connection was lost")

    return fail
