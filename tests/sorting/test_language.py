from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.records.known import Known
from mailbot.sorting.language import language
from tests.sorting.world import ANJA, DANA, DESK, JONAS, anja_party, from_staff, known, mail


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moin zusammen, nächste Woche erwarte ich noch ca. 8.000 von Acme Medical, noch nicht sicher!", "de"),
        ("Ich bin bis 14.11. im Urlaub. Vertretung: Jonas Weber.", "de"),
        ("Nice one everybody!!! btw globex is 1,975.50 not 975.50, typo in my sheet", "en"),
        ("nothing this week, all pushed to next. blue ridge maybe 2k on tue", "en"),
    ],
)
def test_the_new_words_tell_the_language(text: str, expected: str) -> None:
    assert language(mail(text=text), known()) == expected
    assert language(from_staff(JONAS, text=text), known(JONAS)) == expected


def test_the_quoted_words_do_not() -> None:
    ours = "> which of the three is it, and who should be asked about that?"
    text = f"1\n\nOn Tue, 4 Nov 2025 at 10:02, Sales Desk <desk@harbourpine.example> wrote:\n{ours}"
    assert language(from_staff(JONAS, "Subject: Re: x", text=text), known(JONAS)) == "de"


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        (known(JONAS), "de"),
        (known(DANA), "en"),
        (known(), "en"),
        (known(desk=replace(DESK, language="de")), "de"),
        (known(anja_party()), "de"),
        (known(replace(anja_party(), contact=replace(ANJA, language="en"))), "en"),
    ],
)
def test_too_few_words_leave_it_to_the_records_then_to_the_desk(world: Known, expected: str) -> None:
    address = world.sender.key if world.sender else "pat@client.example"
    assert language(mail(sender=address, text="Acme 4.800"), world) == expected


def test_the_record_of_somebody_else_does_not_count() -> None:
    assert language(mail(text="Acme 4.800"), known(JONAS)) == "en"
