"""What a mail server answers is kept beside the letter, whatever it answers."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from mailbot.records import outbox
from mailbot.records.arrivals import Lease
from mailbot.records.tables import Address, AddressStatus, LetterRow, LetterState
from tests.clerk import Desk


def test_an_answer_with_a_nul_in_it_is_kept_by_every_database(desk: Desk) -> None:
    desk.says("open Kestrel")
    lease = Lease("test", desk.now + timedelta(minutes=5))

    with desk.database.writing() as session:
        (letter,) = outbox.claim(session, lease, desk.now, 10)
        assert outbox.begin(session, letter.id, lease, desk.now)
        outbox.sent(session, letter.id, "250 queued\x00 as " + "7" * 5_000, desk.now)

    (kept,) = desk.all_of(LetterRow)
    assert kept.state is LetterState.SENT
    assert kept.reply is not None
    assert kept.reply.startswith("250 queued\ufffd as 777")
    assert len(kept.reply) == 2_000


def test_a_letter_on_hold_goes_out_when_its_address_is_well_again_and_not_before(desk: Desk) -> None:
    desk.says("open Kestrel")
    with desk.database.writing() as session:
        letter = session.scalars(select(LetterRow)).one()
        letter.state = LetterState.ON_HOLD
        address = session.scalars(select(Address).where(Address.key == letter.recipient_key)).one()
        address.status = AddressStatus.UNDELIVERABLE
        session.flush()
        assert outbox.release_the_held(session, desk.now) == 0
        address.status = AddressStatus.OK
        session.flush()
        assert outbox.release_the_held(session, desk.now) == 1

    (kept,) = desk.all_of(LetterRow)
    assert kept.state is LetterState.WAITING


def test_a_letter_that_was_on_hold_still_waits_for_its_day(desk: Desk) -> None:
    desk.says("open Kestrel")
    its_day = desk.now + timedelta(days=14)
    with desk.database.writing() as session:
        letter = session.scalars(select(LetterRow)).one()
        letter.state, letter.try_after = LetterState.ON_HOLD, its_day
        session.flush()
        assert outbox.release_the_held(session, desk.now) == 1

    (kept,) = desk.all_of(LetterRow)
    assert (kept.state, kept.try_after) == (LetterState.WAITING, its_day)
