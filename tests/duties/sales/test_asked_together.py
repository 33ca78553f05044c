"""What the records hold of a rep's lines is the same, whether one mail is asked about or all mails of a group."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from mailbot.duties.sales.entries import entries_for
from mailbot.duties.sales.pending import pending_lines
from mailbot.message.addresses import address_key
from mailbot.records.correspondence import open_questions
from mailbot.records.decision import Decision
from mailbot.records.known import Known, LetterCard, known_beforehand
from mailbot.records.parties import parties_by_key, people
from mailbot.records.tables import LetterRow
from mailbot.records.together import together
from tests.duties.sales.mails import DANA, S01, S02, TOM, mail
from tests.duties.sales.road import Road
from tests.duties.sales.test_situations import FRIDAY, MINUTE

WRITERS = tuple(f"{name}@harbourpine.example" for name in ("dana", "jonas", "tom", "lena"))
LONG_AFTER = date(2026, 6, 1)  # nothing was said in the days before

Found = tuple[list[tuple[str, str, bool]], list[str]]  # entries with client, amount, and whether they count; lines


def found_about(session: Session, known: Known, today: date) -> Found:
    assert known.sender
    assert known.sender.person
    rep_id = known.sender.person.id
    entries = entries_for(session, known, rep_id, today, corrects=False)
    lines = pending_lines(session, known, rep_id)
    return [(each.client_name, str(each.price.amount), each.is_current) for each in entries], [
        each.words for each in lines
    ]


def known_of(session: Session, road: Road, sender: str, letter: LetterRow | None, booked: Decision) -> Known:
    """What is known of a mail of this sender that answers a letter."""
    known = replace(known_beforehand(road.desk), sender=parties_by_key(session, WRITERS, people(session))[sender])
    named = (card_of(letter, booked),) if letter else ()
    return replace(known, letters=named, questions=open_questions(session, {sender}, [named]))


def card_of(letter: LetterRow, booked: Decision) -> LetterCard:
    return LetterCard(
        ref=letter.ref,
        decision_ref=booked.ref,
        duty=letter.duty,
        purpose=letter.purpose,
        object=letter.object,
        recipient_key=address_key(letter.recipient),
        recipient=letter.recipient,
        message_id=letter.message_id,
        subject=letter.subject,
        sent_at=letter.sent_at,
        client_id=letter.client_id,
        proven=True,
    )


@pytest.mark.parametrize("in_a_group", [False, True])
def test_a_rep_hears_of_the_lines_that_his_mail_and_his_questions_name_and_of_nobody_elses(
    any_road: Road, in_a_group: bool
) -> None:
    dana = any_road.arrives(S01, FRIDAY)
    to_dana = any_road.letters_of(dana)[-1]
    at = FRIDAY + 5 * MINUTE
    answer = mail("2 is 1,500", DANA, at=at, subject="Re: " + to_dana.subject, to=to_dana.envelope_sender)
    any_road.arrives(answer, at)
    jonas = any_road.arrives(S02, FRIDAY)
    any_road.arrives(mail("South Star 700\nStarlight Bakery 90", TOM, at=FRIDAY), FRIDAY)

    with any_road.database.reading() as session:
        to_jonas = any_road.letters_of(jonas)[-1]
        group = [
            known_of(session, any_road, WRITERS[0], to_dana, dana),
            known_of(session, any_road, WRITERS[1], to_jonas, jonas),
            known_of(session, any_road, WRITERS[2], None, dana),
            known_of(session, any_road, WRITERS[3], None, dana),
        ]
        with together(session, group) if in_a_group else nullcontext():
            found = [found_about(session, known, LONG_AFTER) for known in group]
            tom_on_friday = found_about(session, group[2], FRIDAY.date())

    assert found == [
        (
            [
                ("Acme Corp", "12000.00", True),
                ("Beta Freight", "1350.00", False),
                ("North Star Logistics", "2350.50", True),
                ("Beta Freight", "1500.00", True),
            ],
            [],
        ),
        (
            [
                ("Müller Bau GmbH", "1234.56", True),
                ("Acme Medical GmbH", "12500.00", True),
                ("Müller Bau GmbH", "-200.00", True),
            ],
            [],
        ),
        ([], ["Starlight Bakery 90"]),
        ([], ["Hansen 3.000 - bitte bei Lena eintragen, war ihr Termin"]),
    ]
    assert tom_on_friday == ([("South Star Logistics", "700.00", True)], ["Starlight Bakery 90"])
