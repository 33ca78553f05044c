"""A yes to what fell due by the clock is one deed, whoever settles it and wherever a desk dies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import ClassVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot import app
from mailbot.config import Level
from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Duty, Upkeep
from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.known import Known
from mailbot.records.names import name_key
from mailbot.records.pen import Pen
from mailbot.records.proposals import Approval, ApprovalState, DoAsProposed, SettleApproval, waiting_approvals
from mailbot.records.tables import Client, DecisionRow, LetterRow
from mailbot.service.by_hand import ByHand
from mailbot.service.checkpoints import Checkpoint, unwatched
from mailbot.service.upkeep import Maintenance
from tests.crash import poison
from tests.service.bench import Bench, Benches, FakeInbox

ERRAND = "Errand Ltd"


class KilledError(Exception):
    """The desk dies."""


@dataclass(frozen=True, slots=True)
class RunErrand(Action):
    """Leaves a client behind, so that everybody sees how often it was done."""

    name: ClassVar[str] = "poison.errand"

    def carry_out(self, pen: Pen) -> None:
        pen.insert(Client(name=ERRAND, name_key=name_key(ERRAND)))

    def __str__(self) -> str:
        return "run the errand"


def _errands(session: Session, _known: Known, _now: datetime) -> int:
    return session.scalar(select(func.count(Client.id)).where(Client.name == ERRAND, Client.undone_by.is_(None))) or 0


def _due(errands: object, _known: Known, _now: datetime) -> tuple[Due, ...]:
    return () if errands else (Due("errand", "nobody ran it", Plan("The errand is run.", (RunErrand(),))),)


@dataclass(frozen=True, slots=True)
class DoChore(Action):
    """Leaves a client behind, too."""

    name: ClassVar[str] = "poison.chore"

    def carry_out(self, pen: Pen) -> None:
        pen.insert(Client(name="Chore Ltd", name_key=name_key("Chore Ltd")))

    def __str__(self) -> str:
        return "do the chore"


def _chores(session: Session, _known: Known, _now: datetime) -> int:
    return session.scalar(select(func.count(Client.id)).where(Client.name == "Chore Ltd")) or 0


def _chore(chores: object, _known: Known, _now: datetime) -> tuple[Due, ...]:
    return () if chores else (Due("chore", "nobody did it", Plan("The chore is done.", (DoChore(),))),)


JOB = Upkeep("errands", time(1, 0), _errands, _due)
DUTIES: Sequence[Duty] = (*app.DUTIES, replace(poison.DUTY, upkeep=(JOB,)))


def upkeep(
    bench: Bench,
    *,
    level: Level = Level.PROPOSE,
    checkpoint: Checkpoint = unwatched,
    duties: Sequence[Duty] = DUTIES,
) -> Maintenance:
    """What this desk does by the clock, at this level."""
    desk = replace(bench.office.desk, levels={**bench.office.desk.levels, "poison": level})
    return Maintenance(replace(bench.office, desk=desk, duties=tuple(duties), checkpoint=checkpoint), 365)


def errands(bench: Bench) -> int:
    return bench.read(lambda session: session.scalar(select(func.count(Client.id)).where(Client.name == ERRAND)) or 0)


def states(bench: Bench) -> list[ApprovalState]:
    return bench.read(lambda session: list(session.scalars(select(Approval.state).order_by(Approval.id))))


def said_yes(bench: Bench) -> str:
    """Proposes the errand, and says yes to it; the decision of the yes."""
    upkeep(bench).step()
    return says_yes(bench, "errand")


def proposed(bench: Bench, kind: str) -> DecisionRow:
    """The first decision of a kind."""
    query = select(DecisionRow).where(DecisionRow.kind == kind).order_by(DecisionRow.id).limit(1)
    return bench.read(lambda session: session.scalars(query).one())


def says_yes(bench: Bench, kind: str) -> str:
    """Says yes to what was proposed; the decision of the yes."""
    decision = proposed(bench, kind)
    assert (decision.carried_out, errands(bench)) == (False, 0)
    office = bench.office
    by_hand = ByHand(
        office.database, office.desk, app.DUTIES[0], office.secret, office.clock, lambda: office.orders.templates
    )
    return by_hand.decide("answer", "Yes.", [DoAsProposed(decision.id, decision.ref)])


@pytest.fixture
def bench(desks: Benches) -> Bench:
    return desks.desk(FakeInbox(desks.clock), duties=DUTIES)


def test_a_desk_that_dies_before_the_commit_has_done_nothing_and_the_next_one_does_it_once(bench: Bench) -> None:
    def dies(place: str, /) -> None:
        if place == "approvals written":
            raise KilledError

    said_yes(bench)
    with pytest.raises(KilledError):
        upkeep(bench, checkpoint=dies).step()
    assert (errands(bench), states(bench)) == (0, [ApprovalState.WAITING])
    for _ in range(3):
        upkeep(bench).step()
    assert (errands(bench), states(bench)) == (1, [ApprovalState.DONE])


def test_a_desk_that_dies_after_the_commit_has_done_it_and_the_next_one_does_not(bench: Bench) -> None:
    def dies(place: str, /) -> None:
        if place == "approvals committed":
            raise KilledError

    said_yes(bench)
    with pytest.raises(KilledError):
        upkeep(bench, checkpoint=dies).step()
    for _ in range(3):
        upkeep(bench).step()
    assert (errands(bench), states(bench)) == (1, [ApprovalState.DONE])


def test_what_one_desk_has_settled_another_that_knew_it_waiting_cannot(desks_on_both: Benches) -> None:
    bench = desks_on_both.desk(FakeInbox(desks_on_both.clock), duties=DUTIES)
    said_yes(bench)
    (known_waiting,) = bench.read(waiting_approvals)
    upkeep(bench).step()

    settles = SettleApproval(known_waiting.id, ApprovalState.DONE)
    with bench.office.database.writing() as session:
        pen = Pen(session, 101, "poison", bench.clock.now(), None)
        with pytest.raises(TryAgain, match="settled meanwhile"):
            settles.carry_out(pen)
    assert (errands(bench), states(bench)) == (1, [ApprovalState.DONE])


@pytest.mark.parametrize(
    ("level", "duties"), [(Level.WATCH, DUTIES), (Level.PROPOSE, app.DUTIES)], ids=["watches by then", "no such job"]
)
def test_a_desk_that_may_not_do_it_any_more_says_so_once(bench: Bench, level: Level, duties: Sequence[Duty]) -> None:
    said_yes(bench)
    for _ in range(3):
        upkeep(bench, level=level, duties=duties).step()

    assert (errands(bench), states(bench)) == (0, [ApprovalState.MOOT])
    told = select(LetterRow.subject).where(LetterRow.purpose == "not-as-proposed")
    (subject,) = bench.read(lambda session: session.scalars(told).all())
    assert subject.startswith("Not done: Shall I? run the errand")


def test_what_was_done_by_somebody_else_meanwhile_is_not_done_again(bench: Bench) -> None:
    said_yes(bench)
    with bench.office.database.writing() as session:
        session.add(Client(name=ERRAND, name_key=name_key(ERRAND)))
    upkeep(bench).step()
    assert (errands(bench), states(bench)) == (1, [ApprovalState.MOOT])


def test_a_yes_that_fails_stops_no_other_and_is_done_when_it_can_be(bench: Bench) -> None:
    def fails(waiting: object, known: Known, now: datetime) -> tuple[Due, ...]:
        if is_broken:
            raise ZeroDivisionError("one bad row")
        return _chore(waiting, known, now)

    is_broken = False
    chores = Upkeep("chores", time(1, 0), _chores, fails)
    duties = (*app.DUTIES, replace(poison.DUTY, upkeep=(chores, JOB)))
    upkeep(bench, duties=duties).step()
    for kind in ("chore", "errand"):
        says_yes(bench, kind)
    is_broken = True

    at_work = upkeep(bench, duties=duties)
    at_work.step()
    assert (errands(bench), states(bench)) == (1, [ApprovalState.WAITING, ApprovalState.DONE])
    assert list(at_work.failing) == [f"poison.chores (the yes to {proposed(bench, 'chore').ref})"]
    (letter,) = bench.letters("alarm-job")
    assert f"said yes to in {proposed(bench, 'chore').ref} could not be done" in " ".join(letter.text.split())

    is_broken = False
    at_work.step()
    at_work.step()
    assert (states(bench), list(at_work.failing)) == ([ApprovalState.DONE] * 2, [])
    assert bench.kinds()["chore"] == 2, "it was proposed once, and done once"
    assert len(bench.letters("alarm-job")) == 1
