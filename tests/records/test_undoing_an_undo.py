"""To take an undo back is to do the old again: it is judged as it was the first time, and what came since counts."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from mailbot.errors import TryAgain
from mailbot.records.decision import Decision
from mailbot.records.tables import Client, Contact, DecisionRow
from mailbot.records.undo import Undo, foresee
from tests.clerk import JONAS, PRIYA, Desk
from tests.records.test_undo import carry_out


def undo(desk: Desk, decision: Decision) -> Decision:
    return desk.says(f"undo {decision.ref}")


def in_the_way(desk: Desk, decision: Decision) -> list[str]:
    """What stands in the way of taking a decision back, as it is foreseen and as it is told."""
    with desk.database.reading() as session:
        foreseen = foresee(session, decision.ref)
    assert foreseen is not None
    if foreseen.refused is None:
        return []
    refs = [each.ref for each in foreseen.refused.later]
    text = desk.letter_of(undo(desk, decision)).text
    assert all(ref in text for ref in refs)
    assert f'reply "undo {refs[-1]}"' in text
    return refs


def contacts(desk: Desk) -> list[str]:
    return [contact.name for contact in desk.all_of(Contact)]


def test_a_contact_does_not_come_back_at_a_client_that_is_gone(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    first = undo(desk, desk.says("contact Ed at Kestrel"))
    second = undo(desk, opened)

    assert in_the_way(desk, first) == [second.ref]
    assert (desk.clients(), contacts(desk)) == ([], [])

    undo(desk, second)
    undo(desk, first)
    assert (desk.clients(), contacts(desk)) == (["Kestrel"], ["Ed"])


def test_a_name_does_not_go_back_to_one_whose_decision_was_undone(desk: Desk) -> None:
    desk.says("open Kestrel")
    renamed = desk.says("rename Kestrel to Osprey")
    first = undo(desk, desk.says("rename Osprey to Falcon"))
    second = undo(desk, renamed)

    assert in_the_way(desk, first) == [second.ref]
    assert desk.clients() == ["Kestrel"]

    undo(desk, second)
    undo(desk, first)
    assert desk.clients() == ["Falcon"]


def test_a_name_that_was_changed_since_is_not_overwritten(desk: Desk) -> None:
    desk.says("open Kestrel")
    undone = undo(desk, desk.says("rename Kestrel to Osprey"))
    newer = desk.says("rename Kestrel to Falcon")

    assert in_the_way(desk, undone) == [newer.ref]
    assert desk.clients() == ["Falcon"]


def test_what_came_back_does_not_go_beneath_what_was_built_on_it_since(desk: Desk) -> None:
    back = undo(desk, undo(desk, desk.says("open Kestrel")))
    pointing = desk.says("contact Ed at Kestrel")

    assert in_the_way(desk, back) == [pointing.ref]
    assert (desk.clients(), contacts(desk)) == (["Kestrel"], ["Ed"])


def test_what_came_back_does_not_go_beneath_what_came_back_since(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    contact_gone = undo(desk, desk.says("contact Ed at Kestrel"))
    back = undo(desk, undo(desk, opened))
    contact_back = undo(desk, contact_gone)

    assert in_the_way(desk, back) == [contact_back.ref]
    assert contacts(desk) == ["Ed"]

    undo(desk, contact_back)
    undo(desk, back)
    assert desk.clients() == []


def test_an_undo_is_not_taken_back_twice_by_way_of_the_first_decision(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    back = undo(desk, undo(desk, opened))
    anew = undo(desk, opened)

    assert in_the_way(desk, back) == [anew.ref]
    assert desk.clients() == []

    undo(desk, anew)
    undo(desk, back)
    assert desk.clients() == []


def test_an_undo_that_overtook_it_stands_no_longer_in_the_way_once_it_is_taken_back_itself(desk: Desk) -> None:
    desk.says("open Kestrel")
    undone = undo(desk, desk.says("rename Kestrel to Osprey"))
    undo(desk, desk.says("rename Kestrel to Falcon"))

    assert in_the_way(desk, undone) == []
    undo(desk, undone)
    assert desk.clients() == ["Osprey"]


def test_what_only_changed_the_name_of_its_client_stands_not_in_the_way(desk: Desk) -> None:
    desk.says("open Kestrel")
    undone = undo(desk, desk.says("contact Ed at Kestrel"))
    desk.says("rename Kestrel to Osprey")
    desk.says("contact Flo at Osprey")
    desk.says("open Falcon", JONAS)

    assert in_the_way(desk, undone) == []
    undo(desk, undone)
    assert sorted(contacts(desk)) == ["Ed", "Flo"]


def test_a_whole_day_that_was_taken_back_comes_back_whole(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    pointing = desk.says("contact Ed at Kestrel")
    renamed = desk.says("rename Kestrel to Osprey")
    carry_out(desk, opened, *(Undo(each.ref) for each in (renamed, pointing, opened)))
    assert desk.clients() == []

    desk.says("undo D-9000", PRIYA)

    assert (desk.clients(), contacts(desk)) == (["Osprey"], ["Ed"])


def test_what_has_moved_on_since_it_was_foreseen_stops_the_undo_of_an_undo(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    first = undo(desk, desk.says("contact Ed at Kestrel"))
    with desk.database.reading() as session:
        foreseen = foresee(session, first.ref)
    assert foreseen is not None
    assert foreseen.refused is None
    second = undo(desk, opened)

    with pytest.raises(TryAgain, match=f"{second.ref} of 03 Nov 2025 stands in the way of doing again"):
        carry_out(desk, first, Undo(first.ref))

    with desk.database.reading() as session:
        assert session.scalars(select(Client.undone_by).where(Client.name == "Kestrel")).one() is not None
        assert session.scalars(select(DecisionRow.undone_by).where(DecisionRow.ref == first.ref)).one() is None
    assert contacts(desk) == []
