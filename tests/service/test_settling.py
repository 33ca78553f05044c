"""What a mail does to its worker, its group or its decision costs that mail its tries, and nothing else."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from mailbot.config import Limits
from mailbot.errors import TryAgain
from mailbot.records.tables import Arrival, ArrivalState
from mailbot.service.checkpoints import Checkpoint
from tests.crash import company, poison
from tests.service.bench import Bench, Benches, FakeInbox, FakeOutgoing

QUICK = Limits(workers=1, seconds_per_mail=1, memory_megabytes=512)
AFTER_A_TRY = timedelta(minutes=2)


def test_mails_that_hang_kill_or_flood_a_worker_are_set_aside_and_delay_no_other(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    bench = desks.desk(inbox, limits=QUICK, worker_processes=True)
    inbox.receive(company.problem(1), company.poisoned(poison.HANG), company.poisoned(poison.DIE), company.problem(2))
    bench.intake.step()
    assert bench.kinds() == {"issue": 2}, "the mails around them are decided in the same step"
    for _ in range(3):
        desks.clock.advance(AFTER_A_TRY)
        bench.intake.step()
    assert bench.kinds() == {"issue": 2, "set aside": 2}
    aside = [arrival for arrival in bench.arrivals() if arrival.state is ArrivalState.SET_ASIDE]
    assert [arrival.tries for arrival in aside] == [3, 3]
    assert ["longer than" in str(aside[0].trouble), "died" in str(aside[1].trouble)] == [True, True]
    assert len(bench.letters("alarm-mail")) == 2

    inbox.receive(company.poisoned(poison.EAT), company.problem(3))
    bench.intake.step()
    (eater,) = (arrival for arrival in bench.arrivals() if arrival.subject == poison.EAT)
    assert eater.folder_wanted == "Held", "a duty that runs out of memory fails closed"
    assert bench.kinds()["issue"] == 3
    assert set(bench.decisions_of_mails().values()) == {1}


@pytest.mark.parametrize("how", [poison.UNWRITABLE, poison.REFUSED_BY_DATABASE, poison.UNKNOWABLE])
def test_a_mail_that_cannot_be_settled_is_set_aside_after_three_tries_and_costs_no_other_anything(
    desks_on_both: Benches, how: str
) -> None:
    inbox = FakeInbox(desks_on_both.clock)
    inbox.receive(company.problem(1), company.poisoned(how), company.problem(2))
    bench = desks_on_both.desk(inbox)
    bench.step()
    assert bench.kinds() == {"issue": 2}
    for tries in (2, 3):
        desks_on_both.clock.advance(AFTER_A_TRY)
        bench.step()
        assert [arrival.tries for arrival in bench.arrivals()] == [0, tries, 0]
    desks_on_both.clock.advance(AFTER_A_TRY)
    bench.step()
    assert bench.kinds() == {"issue": 2, "set aside": 1}
    assert set(bench.decisions_of_mails().values()) == {1}
    (alarm,) = bench.letters("alarm-mail")
    assert alarm.recipient == company.MARA
    assert sorted(inbox.moved) == [(1, "Done"), (2, "Held"), (3, "Done")]


def test_nothing_of_an_action_that_fails_half_way_is_left(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.poisoned(poison.UNWRITABLE))
    bench = desks.desk(inbox)
    bench.step()
    assert bench.kinds() == {}
    assert bench.letters() == []


def test_a_mail_that_is_set_aside_once_more_is_named_once_more(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.poisoned(poison.UNWRITABLE))
    bench = desks.desk(inbox)
    for _ in range(2):
        for _ in range(4):
            bench.step()
            desks.clock.advance(AFTER_A_TRY)
        with bench.office.database.writing() as session:  # as DecideAgain does, after a person's "again"
            arrival = session.get_one(Arrival, 1)
            assert arrival.state is ArrivalState.SET_ASIDE
            arrival.state, arrival.tries, arrival.try_after = ArrivalState.ACCEPTED, 0, None
            session.flush()
    assert len(bench.letters("alarm-mail")) == 2


class Overtaken:
    """At the named place, all leases run out and another desk settles what it finds."""

    def __init__(self, desks: Benches, inbox: FakeInbox, place: str) -> None:
        self.desks, self.inbox, self.place = desks, inbox, place
        self.other: Bench | None = None

    def __call__(self, place: str, /) -> None:
        if place == self.place and self.other is None:
            self.desks.after_all_leases()
            self.other = self.desks.desk(self.inbox)
            self.other.step()


@pytest.mark.parametrize("place", ["accepted", "read"])
def test_a_desk_that_slept_through_its_lease_writes_nothing(desks_on_both: Benches, place: str) -> None:
    inbox = FakeInbox(desks_on_both.clock)
    inbox.receive(company.problem(1), company.sale(2), company.poisoned(poison.UNWRITABLE))
    outgoing = FakeOutgoing()
    bench = desks_on_both.desk(inbox, outgoing, checkpoint=Overtaken(desks_on_both, inbox, place))
    bench.step()
    assert bench.kinds() == {"issue": 1, "numbers": 1}
    assert [arrival.tries for arrival in bench.arrivals()] == [0, 0, 1], "its failure is counted for the other desk"
    assert outgoing.handed_over == [], "the other desk has sent the answers"


def test_mails_are_given_back_at_once_where_the_database_fails(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1))
    with pytest.raises(TryAgain):
        desks.desk(inbox, checkpoint=_fail_at("judged")).step()
    other = desks.desk(inbox)
    other.step()
    assert other.kinds() == {"issue": 1}
    assert [arrival.tries for arrival in other.arrivals()] == [0]


def test_an_identifier_as_long_and_as_strange_as_can_be_stops_no_database(desks_on_both: Benches) -> None:
    """An index entry of PostgreSQL holds 2,704 bytes."""
    strange = "".join(chr(sign) for sign in random.Random(1).choices(range(0x4E00, 0x9FFF), k=900))  # noqa: S311
    raw = company.problem(1).replace(b"problem-1@client1.example", strange.encode())
    inbox = FakeInbox(desks_on_both.clock)
    inbox.receive(raw, company.problem(2))
    bench = desks_on_both.desk(inbox)
    bench.step()
    assert bench.kinds() == {"issue": 2}
    assert bench.arrivals()[0].message_id == strange


def test_more_waiting_mails_than_a_batch_are_all_settled_in_one_step(desks: Benches) -> None:
    desks.clients = 60
    inbox = FakeInbox(desks.clock)
    inbox.receive(*(company.problem(number) for number in range(60)))
    bench = desks.desk(inbox, checkpoint=_fail_at("judged"))
    for _ in range(2):
        with pytest.raises(TryAgain):
            bench.intake.step()
    assert bench.kinds() == {}
    other = desks.desk(inbox)
    assert other.intake.step() == 60
    assert other.kinds() == {"issue": 60}


def _fail_at(place_to_fail: str) -> Checkpoint:
    def fail(place: str, /) -> None:
        if place == place_to_fail:
            raise TryAgain("the database is gone")

    return fail
