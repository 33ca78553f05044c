"""All bounces of one day are taken back at once: every address, letter and question is as it was in the morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mailbot.duties.bounces.tables import Bounce
from mailbot.records.tables import LetterRow, LetterState, QuestionRow
from mailbot.records.undo import Undo, decided_on
from mailbot.service.by_hand import ByHand
from tests.situations.desk import PlayedDesk
from tests.situations.test_s13_hard_bounce import KAREN, PLANNED, TOM, TUESDAY, letter_to_karen, report

MIDNIGHT = datetime(2025, 11, 4, 5, 0, tzinfo=UTC)  # in Boston


def test_a_day_is_taken_back_whole_and_the_days_around_it_stay(desk: PlayedDesk) -> None:
    desk.has_planned(PLANNED[0], KAREN, TUESDAY + timedelta(days=7))
    desk.receives(report(letter_to_karen(desk)))
    desk.is_answered(desk.letters_to(TOM)[-1], "2 k.holt@southstar.example", by=f"Tom Okafor <{TOM}>")
    with desk.database.reading() as session:
        assert decided_on(session, "bounces", MIDNIGHT - timedelta(days=1), MIDNIGHT) == ()
        refs = decided_on(session, "bounces", MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert len(refs) == 2

    office = desk.service.office
    by_hand = ByHand(
        office.database, office.desk, office.duties[0], office.secret, office.clock, lambda: office.orders.templates
    )
    by_hand.decide("undo", "Took back 2 decisions of bounces.", [Undo(ref) for ref in refs])

    assert desk.addresses_that_are_not_ok() == {}
    assert desk.all_of(Bounce) == []
    assert [each for each in desk.all_of(QuestionRow) if each.duty == "bounces"] == []
    assert [each.state for each in desk.all_of(LetterRow) if each.duty == "reminders"] == [LetterState.WAITING]
    with desk.database.reading() as session:
        assert decided_on(session, "bounces", MIDNIGHT, MIDNIGHT + timedelta(days=1)) == ()
