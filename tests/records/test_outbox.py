"""What a mail server answers is kept beside the letter, whatever it answers."""

from __future__ import annotations

from datetime import timedelta

from mailbot.records import outbox
from mailbot.records.arrivals import Lease
from mailbot.records.tables import LetterRow, LetterState
from tests.clerk import Desk


def test_an_answer_with_a_nul_in_it_is_kept_by_every_database(desk: Desk) -> None:
    desk.says("open Kestrel")
    lease = Lease("test", desk.now + timedelta(minutes=5))

    with desk.database.writing() as session:
        (letter,) = outbox.claim(session, lease, desk.now, 10)
        assert outbox.begin(session, letter.id, lease)
        outbox.sent(session, letter.id, "250 queued\x00 as " + "7" * 5_000, desk.now)

    (kept,) = desk.all_of(LetterRow)
    assert kept.state is LetterState.SENT
    assert kept.reply is not None
    assert kept.reply.startswith("250 queued\ufffd as 777")
    assert len(kept.reply) == 2_000
