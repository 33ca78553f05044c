"""How long mails are kept as they came: all of them equally long, once nobody needs them to decide."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from mailbot.records.retention import forget_raw
from mailbot.records.tables import Arrival, ArrivalState, RawMail
from tests.crash import company, poison
from tests.service.bench import Bench, Benches, FakeInbox


def _kept(bench: Bench) -> dict[str, ArrivalState]:
    """The state of every mail whose bytes are kept, by its subject."""
    kept = select(Arrival.subject, Arrival.state).join(RawMail, RawMail.arrival_id == Arrival.id)
    return {subject or "": state for subject, state in bench.read(lambda session: session.execute(kept).all())}


def test_mails_that_were_decided_and_mails_that_were_set_aside_are_let_go_alike(desks_on_both: Benches) -> None:
    clock = desks_on_both.clock
    inbox = FakeInbox(clock)
    inbox.receive(company.problem(1), company.poisoned(poison.UNWRITABLE))
    bench = desks_on_both.desk(inbox)
    for _ in range(4):
        bench.step()
        clock.advance(timedelta(minutes=2))
    assert sorted(_kept(bench).values()) == [ArrivalState.DECIDED, ArrivalState.SET_ASIDE]
    clock.advance(timedelta(days=364))
    bench.service.maintenance.step()
    assert len(_kept(bench)) == 2
    clock.advance(timedelta(days=2))
    bench.service.maintenance.step()
    assert _kept(bench) == {}
    assert len(bench.arrivals()) == 2


def test_a_mail_that_is_still_to_be_decided_is_kept_however_old_it_is(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.poisoned(poison.UNWRITABLE))
    bench = desks.desk(inbox)
    bench.step()
    assert list(_kept(bench).values()) == [ArrivalState.ACCEPTED]
    with bench.office.database.writing() as session:
        assert forget_raw(session, desks.clock.now() + timedelta(days=5_000), 365) == 0
