"""What the desk would do with a mail, without doing anything."""

from __future__ import annotations

from mailbot.deciding.decide import decide
from mailbot.message import Limits, clues, read
from mailbot.records.arrivals import Claimed
from mailbot.records.decision import Decision
from mailbot.records.numbers import next_number
from mailbot.records.recall import Read
from mailbot.service.knowing import known_about
from mailbot.service.office import Office
from mailbot.sorting.sort import sort

_NO_ARRIVAL = 0  # keys begin at 1


def decision_about(raw: bytes, office: Office, limits: Limits) -> Decision:
    """The decision that this mail would get now. Nothing is written; the number of the decision is not taken."""
    message = read(raw, limits)
    now = office.clock.now()
    mail = Read(Claimed(_NO_ARRIVAL, "", len(raw), now, 0, None), message, clues(message))
    with office.database.reading() as session:
        known = next(known_about(session, office, [mail], [next_number(session)]))
    readers = [(duty.name, duty.read) for duty in office.duties]
    return decide(message, known, sort(message, known, readers), office.orders, now)
