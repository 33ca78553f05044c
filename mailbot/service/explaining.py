"""What the desk would do with a mail, without doing anything."""

from __future__ import annotations

from dataclasses import replace

from mailbot.duties.hints import seen_of
from mailbot.message import Limits
from mailbot.records.arrivals import Claimed
from mailbot.records.decision import Decision
from mailbot.records.numbers import next_number
from mailbot.records.parties import people
from mailbot.records.recall import Read, recall
from mailbot.service.knowing import known_about
from mailbot.service.office import Office
from mailbot.service.road import Judged

_NO_ARRIVAL = 0  # keys begin at 1


def decision_about(raw: bytes, office: Office, limits: Limits) -> tuple[Decision, str | None]:
    """The decision that this mail would get now if it came for the first time, and how it was decided where it came
    before: a mail that was saved from an inbox has been there. Nothing is written; the number is not taken."""
    now = office.clock.now()
    with office.database.reading() as session:
        road = office.road().among(tuple(people(session).values()))
        mail = Read(Claimed(_NO_ARRIVAL, "", len(raw), now, 0, None), *road.read(raw, limits))
        if mail.cover.has_files:
            (known,) = recall(session, office.desk, office.secret, [mail], [0], now)
            mail = Read(mail.claimed, *road.open(mail.sealed, known))
        known = next(known_about(session, office, [mail], [next_number(session)]))
    came_before = known.copy_of.decision_ref if known.copy_of else None
    new = replace(known, copy_of=None)
    return road.judge(Judged(mail.sealed, new, seen_of(mail.clues)), now), came_before
