"""Looks at pages: asked for by a decision, taken once outside any transaction, and answered by the duty that asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot import app
from mailbot.config import Level
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Duty, Upkeep
from mailbot.records.known import Known
from mailbot.records.looks import AskLook, CloseLook, Look, LookState, PageLook, last_look, seen_for
from mailbot.records.page_seen import PageSeen, Verdict
from mailbot.records.tables import DecisionRow
from mailbot.records.undo import Undo
from mailbot.service.by_hand import ByHand
from tests.crash import poison
from tests.service.bench import Bench, Benches, FakeInbox

PAGE = "https://coastalbuilder.example/partners"
FOUND = PageSeen(Verdict.FOUND, (PAGE, f"{PAGE}/"), 200, "Our partners")
SLOW = PageSeen(Verdict.TOO_SLOW, (PAGE,), why="the time for this page is over")


@dataclass
class FakeWeb:
    """Pages as a test has them: each look takes the next of what there is to see, the last one again and again."""

    shows: Sequence[PageSeen] = (FOUND,)
    looked_at: list[str] = field(default_factory=list)
    faults: dict[int, BaseException] = field(default_factory=dict)

    def look(self, url: str) -> PageSeen:
        self.looked_at.append(url)
        if fault := self.faults.get(len(self.looked_at)):
            raise fault
        return self.shows[min(len(self.looked_at), len(self.shows)) - 1]


def _nothing(session: Session, known: Known, now: datetime) -> None:
    """The job needs to know nothing."""


def _asks(waiting: object, known: Known, now: datetime) -> tuple[Due, ...]:
    ask = AskLook(PAGE, "banner 1", "desk")
    return (Due("look", "it is time", Plan("A page is looked at.", (ask,), acts_from=Level.WATCH)),)


def _seen(session: Session, known: Known, now: datetime) -> tuple[Look, ...]:
    return seen_for(session, "desk")


def _follows(seen: object, known: Known, now: datetime) -> tuple[Due, ...]:
    assert isinstance(seen, tuple)
    return tuple(
        Due(
            "looked",
            f"{each.about} was looked at",
            Plan(f"{each.seen.verdict.value}", (CloseLook(each.id),), acts_from=Level.WATCH),
            once=f"look {each.id}",
        )
        for each in seen
    )


ASKS = Upkeep("asking", time(0, 0), _nothing, _asks)
FOLLOWS = Upkeep("following", None, _seen, _follows)


def _desk(desks: Benches, web: FakeWeb, *jobs: Upkeep) -> Bench:
    """A desk that asks for one look a day."""
    duties: tuple[Duty, ...] = tuple(
        replace(duty, upkeep=jobs) if duty.name == "desk" else replace(duty, upkeep=()) for duty in app.DUTIES
    )
    assert poison.DUTY not in duties
    return desks.desk(FakeInbox(desks.clock), duties=duties, web=web)


def _looks(bench: Bench) -> list[PageLook]:
    return list(bench.read(lambda session: session.scalars(select(PageLook).order_by(PageLook.id)).all()))


def test_a_page_is_looked_at_once_and_its_duty_decides_what_follows(desks_on_both: Benches) -> None:
    web = FakeWeb()
    bench = _desk(desks_on_both, web, ASKS, FOLLOWS)

    bench.step()
    bench.step()

    assert web.looked_at == [PAGE]
    (row,) = _looks(bench)
    assert (row.state, row.verdict, row.status, row.page_title) == (
        LookState.CLOSED,
        Verdict.FOUND,
        200,
        "Our partners",
    )
    assert (row.final_url, row.redirects, row.lease_of) == (f"{PAGE}/", 1, None)
    summaries = select(DecisionRow.summary).where(DecisionRow.kind == "looked")
    assert bench.read(lambda session: session.scalars(summaries).all()) == ["found"]
    look = bench.read(lambda session: last_look(session, "desk", "banner 1"))
    assert look is not None
    assert (look.url, look.seen.final, look.redirects) == (PAGE, f"{PAGE}/", 1)
    assert bench.read(lambda session: last_look(session, "desk", "banner 2")) is None


def test_what_may_pass_is_looked_at_again_later_and_only_then_told(desks: Benches) -> None:
    web = FakeWeb(shows=(SLOW, SLOW, FOUND))
    bench = _desk(desks, web, ASKS, FOLLOWS)

    bench.step()
    assert (len(web.looked_at), _looks(bench)[0].state) == (1, LookState.WAITING)
    bench.step()
    assert len(web.looked_at) == 1
    desks.clock.advance(timedelta(minutes=1))
    bench.step()
    assert (len(web.looked_at), _looks(bench)[0].state) == (2, LookState.WAITING)
    assert bench.kinds()["looked"] == 0
    desks.clock.advance(timedelta(minutes=5))
    bench.step()

    assert [row.verdict for row in _looks(bench)] == [Verdict.FOUND]
    assert bench.kinds()["looked"] == 1


def test_what_does_not_pass_is_told_as_it_was_seen_last(desks: Benches) -> None:
    web = FakeWeb(shows=(SLOW,))
    bench = _desk(desks, web, ASKS, FOLLOWS)

    for minutes in (0, 1, 5, 20, 60):
        desks.clock.advance(timedelta(minutes=minutes))
        bench.step()

    assert len(web.looked_at) == 4
    (row,) = _looks(bench)
    assert (row.state, row.verdict, row.tries, row.why) == (LookState.CLOSED, Verdict.TOO_SLOW, 4, SLOW.why)


@pytest.mark.parametrize("verdict", [each for each in Verdict if not each.may_pass])
def test_every_other_verdict_is_told_at_once(desks: Benches, verdict: Verdict) -> None:
    web = FakeWeb(shows=(PageSeen(verdict, (PAGE,)),))
    bench = _desk(desks, web, ASKS, FOLLOWS)

    bench.step()

    assert bench.kinds()["looked"] == 1
    assert _looks(bench)[0].verdict is verdict


def test_a_look_whose_desk_died_is_taken_by_another_when_its_lease_has_run_out(desks: Benches) -> None:
    dying = FakeWeb(faults={1: KeyboardInterrupt()})
    bench = _desk(desks, dying, ASKS, FOLLOWS)
    with pytest.raises(KeyboardInterrupt):
        bench.step()
    web = FakeWeb()
    other = _desk(desks, web, FOLLOWS)

    other.step()
    assert web.looked_at == []
    desks.after_all_leases()
    other.step()

    assert web.looked_at == [PAGE]
    assert other.kinds()["looked"] == 1


def test_who_comes_back_after_the_lease_writes_nothing_over_what_another_saw(desks: Benches) -> None:
    bench = _desk(desks, FakeWeb(), FOLLOWS)
    other = _desk(desks, FakeWeb(), ASKS, FOLLOWS)

    class Slow(FakeWeb):
        def look(self, url: str) -> PageSeen:
            desks.after_all_leases()
            other.step()
            return PageSeen(Verdict.NOT_FOUND, (url,), 404)

    late = _desk(desks, Slow(), ASKS)
    late.step()
    bench.step()

    assert [row.verdict for row in _looks(bench)] == [Verdict.FOUND]


def test_a_look_whose_decision_was_taken_back_is_never_taken(desks: Benches) -> None:
    web = FakeWeb()
    bench = _desk(desks, web, ASKS, FOLLOWS)
    bench.service.maintenance.step()
    asked = bench.read(lambda session: session.scalars(select(DecisionRow.ref).where(DecisionRow.kind == "look")).one())
    office = bench.office
    templates = office.orders.templates
    by_hand = ByHand(office.database, office.desk, office.duties[0], office.secret, office.clock, lambda: templates)
    by_hand.decide("undo", "Taken back.", [Undo(asked)])

    bench.step()

    assert web.looked_at == []
    assert bench.kinds()["looked"] == 0
