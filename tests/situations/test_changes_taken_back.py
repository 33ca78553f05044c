"""A change of a contract is taken back: everything is as it was, and whoever was written to hears that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest

from mailbot.cli.demo import mails
from mailbot.duties import desk as desk_duty
from mailbot.duties.contracts.tables import ContractChange, DraftState
from mailbot.records.contracts.questions import HOW_IT_STANDS
from mailbot.records.contracts.tables import (
    Contract,
    ContractEvent,
    ContractState,
    Deliverable,
    DeliverableState,
    EventKind,
)
from mailbot.records.tables import QuestionRow, QuestionState
from mailbot.records.undo import Undo
from mailbot.service.by_hand import ByHand
from tests.situations.desk import DESK, PlayedDesk, played_desk

DANA, LENA, PRIYA, MARA = (f"{name}@harbourpine.example" for name in ("dana", "lena", "priya", "mara"))
WEB, DESIGN, BILLING = (f"{name}@harbourpine.example" for name in ("web", "design", "billing"))
NOON = datetime(2025, 11, 12, 17, 0, tzinfo=UTC)
Road = Literal["mail", "command"]


@pytest.fixture(params=["mail", "command"])
def road(request: pytest.FixtureRequest) -> Road:
    """How it is taken back."""
    return "mail" if request.param == "mail" else "command"


@pytest.fixture
def desk(new_database: Callable[[], str], tmp_path: Path) -> Iterator[PlayedDesk]:
    """A desk over each kind of database that asks about renewals."""
    with played_desk(tmp_path, new_database(), renewals_of_contracts=True) as opened:
        yield opened


def confirmed(desk: PlayedDesk, by: str, words: str, *, asked: str = "") -> str:
    """Somebody says so, and who is asked says OK; gives the decision that changed the contract."""
    moment = max(NOON, desk.clock.now() + timedelta(minutes=5))
    desk.receives(mails.written(words, "contract", by, DESK, moment), at=moment)
    return desk.is_answered(desk.letters_to(asked or by)[-1], "OK", by=asked or by).story.ref


def taken_back(desk: PlayedDesk, ref: str, road: Road, by: str) -> None:
    if road == "mail":
        desk.is_answered(desk.letters_to(by)[-1], f"undo {ref}", by=by)
    else:
        office = desk.service.office
        ByHand(
            office.database, office.desk, desk_duty.DUTY, office.secret, office.clock, lambda: office.orders.templates
        ).decide("undo", f"Took back {ref}.", [Undo(ref)])
    desk.waits(timedelta(minutes=1))


def contract(desk: PlayedDesk, ref: str) -> Contract:
    return next(each for each in desk.all_of(Contract) if each.ref == ref)


def rows(desk: PlayedDesk, ref: str) -> list[tuple[str, DeliverableState, date | None]]:
    key = contract(desk, ref).id
    return [(each.kind, each.state, each.ends_on) for each in desk.all_of(Deliverable) if each.contract_id == key]


def steps(desk: PlayedDesk, ref: str) -> list[EventKind]:
    key = contract(desk, ref).id
    return [each.kind for each in desk.all_of(ContractEvent) if each.contract_id == key]


def last(desk: PlayedDesk, to: str) -> str:
    return " ".join(desk.letters_to(to)[-1].text.split())


def test_what_was_added_goes_with_the_order_its_department_already_has(desk: PlayedDesk, road: Road) -> None:
    before = rows(desk, "K-2207")
    ref = confirmed(desk, DANA, "North Star adds two more banners from March, 2,400 more")
    assert len(desk.letters_to(WEB)) == 1, "the department has no order to be taken back"
    order = desk.letters_to(WEB)[-1]

    taken_back(desk, ref, road, DANA)

    assert (contract(desk, "K-2207").value, steps(desk, "K-2207")) == (Decimal(14200), [EventKind.SIGNED])
    assert rows(desk, "K-2207") == before
    for who in (WEB, BILLING):
        assert desk.letters_to(who)[-1].subject.startswith("Taken back: ")
        assert "It no longer holds" in last(desk, who)
    assert order.subject in last(desk, WEB)
    assert "K-2207, North Star Logistics: changed, 16,600.00 USD" in last(desk, BILLING)
    assert desk.letters_to(DESIGN) == (), "a department hears that has nothing to do with it"

    told = desk.is_answered(order, "DONE https://coastalbuilder.example/partners", by=WEB)
    assert desk.decision(told.story.ref).folder == "Held", "what was taken back counts as done"
    desk.waits(timedelta(days=1))
    assert len(desk.letters_to(BILLING)) == 2, "it is told twice"
    assert len([each for each in desk.letters_to(WEB) if each.subject.startswith("Taken back")]) == 1


def test_who_takes_it_back_reads_who_hears_of_it(desk: PlayedDesk) -> None:
    ref = confirmed(desk, DANA, "K-2207: banner runs until 30 June instead of 31 March, 300 more")
    desk.is_answered(desk.letters_to(DANA)[-1], f"undo {ref}", by=DANA)
    text = last(desk, DANA)
    assert "I tell Billing, Web Team that it no longer holds" in text
    assert "please tell them" not in text


def test_a_cancellation_that_is_taken_back_leaves_all_as_it_was(desk: PlayedDesk, road: Road) -> None:
    desk.waits(datetime(2025, 11, 3, 17, 0, tzinfo=UTC) - desk.clock.now())  # Lena is asked how it stands
    before = rows(desk, "K-2195")
    ref = confirmed(desk, LENA, "Hansen hat gekündigt zum 31.12.")
    assert contract(desk, "K-2195").state is ContractState.CANCELLED
    assert rows(desk, "K-2195") != before
    assert _asked(desk, "K-2195") == [QuestionState.WITHDRAWN]

    taken_back(desk, ref, road, LENA)

    assert (contract(desk, "K-2195").state, contract(desk, "K-2195").ends_on) == (
        ContractState.RUNNING,
        date(2026, 3, 31),
    )
    assert contract(desk, "K-2195").notice_on == date(2026, 1, 30)
    assert rows(desk, "K-2195") == before
    assert _asked(desk, "K-2195") == [QuestionState.OPEN], "nobody asks any more how it stands"
    for who in (DESIGN, BILLING):
        assert desk.letters_to(who)[-1].subject.startswith("Taken back: ")
    asked = next(each for each in desk.letters_to(LENA) if "Wie steht es um K-2195" in each.subject)
    assert desk.is_answered(asked, "VERLÄNGERT", by=LENA).story.kind == "answer"


def _asked(desk: PlayedDesk, ref: str) -> list[QuestionState]:
    return [
        each.state for each in desk.all_of(QuestionRow) if each.kind == HOW_IT_STANDS and each.context.get("ref") == ref
    ]


def test_money_that_was_to_go_back_does_not_and_billing_hears(desk: PlayedDesk, road: Road) -> None:
    ref = confirmed(desk, DANA, "we refund 500 to North Star (K-2207)", asked=PRIYA)
    assert steps(desk, "K-2207") == [EventKind.SIGNED, EventKind.REFUNDED]
    if road == "mail":
        desk.is_answered(desk.letters_to(DANA)[-1], f"undo {ref}", by=DANA)
        assert EventKind.REFUNDED in steps(desk, "K-2207"), "who does not decide about money takes it back"

    taken_back(desk, ref, road, PRIYA)

    assert steps(desk, "K-2207") == [EventKind.SIGNED]
    assert [each.state for each in desk.all_of(ContractChange)] == [DraftState.WAITING]
    assert "pay back 500.00 USD" in desk.letters_to(BILLING)[-1].subject
    assert desk.letters_to(BILLING)[-1].subject.startswith("Taken back: ")


def test_a_renewal_goes_with_all_the_orders_it_has_brought(desk: PlayedDesk, road: Road) -> None:
    ref = confirmed(desk, DANA, "North Star renews for another year, 15,000")
    assert [each.follows_id for each in desk.all_of(Contract) if each.follows_id] != []
    assert {len(desk.letters_to(who)) for who in (WEB, DESIGN, BILLING)} == {1}

    taken_back(desk, ref, road, DANA)

    assert [each.ref for each in desk.all_of(Contract) if each.follows_id] == []
    assert steps(desk, "K-2207") == [EventKind.SIGNED]
    for who in (WEB, DESIGN, BILLING):
        assert len(desk.letters_to(who)) == 2
        assert desk.letters_to(who)[-1].subject.startswith("Taken back: ")


def test_once_a_department_has_answered_it_is_not_taken_back_over_its_head(desk: PlayedDesk) -> None:
    ref = confirmed(desk, DANA, "North Star adds two more banners from March, 2,400 more")
    desk.is_answered(desk.letters_to(WEB)[-1], "PROBLEM no slot left in March", by=WEB)

    desk.is_answered(desk.letters_to(DANA)[-1], f"undo {ref}", by=DANA)

    assert contract(desk, "K-2207").value == Decimal(16600)
    assert "no slot left" not in last(desk, DANA).split("Later entries")[0]
    assert not [each for each in desk.letters_to(BILLING) if each.subject.startswith("Taken back")]


def test_an_undo_that_is_taken_back_is_told_too(desk: PlayedDesk) -> None:
    ref = confirmed(desk, DANA, "North Star adds two more banners from March, 2,400 more")
    undoing = desk.is_answered(desk.letters_to(DANA)[-1], f"undo {ref}", by=DANA).story.ref
    desk.waits(timedelta(minutes=1))

    desk.is_answered(desk.letters_to(DANA)[-1], f"undo {undoing}", by=DANA)
    desk.waits(timedelta(minutes=1))

    assert contract(desk, "K-2207").value == Decimal(16600)
    assert [state for kind, state, _ in rows(desk, "K-2207")][-1] is DeliverableState.ORDERED
    assert desk.letters_to(BILLING)[-1].subject.startswith("Taken back: Taken back: ")
    assert "what was before holds again" in last(desk, BILLING)
    assert len([each for each in desk.letters_to(WEB) if "Taken back" not in each.subject]) == 1, "it is ordered twice"
