"""What a client wrote before is the same, whether it is asked about one mail or about all mails of a group."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbot.duties.issues.anger.earlier import unanswered
from mailbot.message import read
from mailbot.records.known import Known, known_beforehand
from mailbot.records.parties import parties_by_key, people
from mailbot.records.together import together
from tests.duties.issues.mails import NEW_YORK, mail
from tests.duties.issues.road import Road

ELLEN, SAM, GIL = "ellen@northstar.example", "sam@northstar.example", "gil@southstar.example"
FIRST = datetime(2025, 11, 3, 9, 0, tzinfo=NEW_YORK)
SECOND = FIRST + timedelta(days=2)
BROKEN = "the banner link is broken, it lands on a page not found.\n"

Asked = tuple[str, datetime]  # who writes, and when
ASKED: dict[Asked, list[datetime]] = {
    (ELLEN, FIRST): [],
    (ELLEN, FIRST + timedelta(seconds=1)): [FIRST],
    (SAM, SECOND + timedelta(minutes=1)): [FIRST, SECOND],
    (SAM, FIRST + timedelta(weeks=8)): [FIRST, SECOND],
    (ELLEN, FIRST + timedelta(weeks=8, seconds=1)): [SECOND],
    (GIL, SECOND + timedelta(minutes=1)): [FIRST],
    ("nobody@elsewhere.example", SECOND): [],
}


def known_of(road: Road) -> dict[str, Known]:
    with road.database.reading() as session:
        parties = parties_by_key(session, (ELLEN, SAM, GIL), people(session))
    return {sender: replace(known_beforehand(road.desk), sender=parties.get(sender)) for sender, _ in ASKED}


@pytest.mark.parametrize("in_a_group", [False, True])
def test_a_mail_hears_of_its_clients_mails_of_eight_weeks_and_of_no_other_ones(
    any_road: Road, in_a_group: bool
) -> None:
    for sender, at in ((ELLEN, FIRST), (GIL, FIRST), (SAM, SECOND)):
        any_road.arrives(mail(BROKEN, sender, at=at), at)
    known = known_of(any_road)

    with any_road.database.reading() as session:
        group = together(session, [known[sender] for sender, _ in ASKED]) if in_a_group else nullcontext()
        with group:
            found = {
                (sender, at): [
                    each.came_at for each in unanswered(session, read(mail("", sender, at=at)), known[sender])
                ]
                for sender, at in ASKED
            }

    assert found == ASKED
