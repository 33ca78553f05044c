"""A conversation with the desk keeps its subject."""

from __future__ import annotations

import pytest

from tests.duties.sales.mails import DANA, S01, mail
from tests.duties.sales.road import Road
from tests.duties.sales.test_situations import FRIDAY, MINUTE


@pytest.mark.parametrize("prefix", ["Re: ", "AW: ", "", "RE: AW: Re: "])
def test_the_answer_to_an_answer_says_once_what_is_new(road: Road, prefix: str) -> None:
    booked = road.letters_of(road.arrives(S01, FRIDAY))[-1]
    at = FRIDAY + 5 * MINUTE
    raw = mail("2 is 1,500", DANA, at=at, subject=prefix + booked.subject, to=booked.envelope_sender)

    corrected = road.arrives(raw, at + MINUTE)

    assert booked.subject == "Re: numbers - booked 3 lines, 15,700.50 USD (week 44)"
    assert road.letters_of(corrected)[-1].subject == "Re: numbers - changed: Beta Freight"


def test_a_subject_that_answers_nothing_of_ours_stays_whole(road: Road) -> None:
    raw = mail("acme corp 12k", DANA, at=FRIDAY, subject="AW: week 44 - mine")

    booked = road.arrives(raw, FRIDAY)

    assert road.letters_of(booked)[-1].subject == "Re: week 44 - mine - booked 1 line, 12,000.00 USD (week 44)"


def test_a_mail_without_a_subject_is_answered_with_one(road: Road) -> None:
    first = road.arrives(mail("acme corp 12k", DANA, at=FRIDAY, subject=""), FRIDAY)

    assert road.letters_of(first)[-1].subject == "booked 1 line, 12,000.00 USD (week 44)"
    assert b"\r\nSubject: booked 1 line" in road.letters_of(first)[-1].content
