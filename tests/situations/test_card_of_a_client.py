"""A colleague asks for the card of a client: one page, for whoever looks after it, and for nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.told import Told
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, PlayedDesk

MONDAY = datetime(2025, 11, 3, 15, 0, tzinfo=UTC)
DANA, TOM, PRIYA = "dana@harbourpine.example", "tom@harbourpine.example", "priya@harbourpine.example"
ELLEN = "ellen@northstar.example"
NAMES = {
    DANA: "Dana Reyes",
    TOM: "Tom Okafor",
    PRIYA: "Priya Nair",
    ELLEN: "Ellen Marsh",
    "web@harbourpine.example": "Web Team",
}


def asks(desk: PlayedDesk, who: str, words: str, subject: str = "a question") -> Told:
    return desk.receives(mails.written(words, subject, f"{NAMES[who]} <{who}>", DESK, MONDAY))


@pytest.fixture(scope="module")
def after_a_sale_and_an_absence(open_desk: Opener) -> PlayedDesk:
    """Dana has booked North Star, and Ellen Marsh is away."""
    desk = open_desk()
    desk.receives("S01-in-1.eml")
    desk.receives("S17-in-1.eml")
    return desk


def test_the_card_tells_contacts_with_their_health_sales_and_last_mails(
    after_a_sale_and_an_absence: PlayedDesk,
) -> None:
    desk = after_a_sale_and_an_absence
    told = asks(desk, DANA, "card north star")
    assert (told.story.kind, told.story.rule) == ("card", "desk.card")
    text = desk.letters_to(DANA)[-1].text
    assert "North Star Logistics" in text
    assert "Ellen Marsh <ellen@northstar.example>" in text
    assert "away, back 17 Nov" in text
    assert "2025: 2,350.50 USD" in text
    assert "Automatic reply: Your free banner" in text
    assert "K-2207 until 5 Oct 2026, 14,200.00 USD" in text
    assert "not used yet: free banner on coastalbuilder.example" in text
    assert "Acme" not in text, "another client's sales stand on the card"


def test_the_subject_alone_is_enough(after_a_sale_and_an_absence: PlayedDesk) -> None:
    told = asks(after_a_sale_and_an_absence, DANA, "\n", subject="Card North Star")
    assert told.story.kind == "card"


def test_a_manager_reads_every_card(after_a_sale_and_an_absence: PlayedDesk) -> None:
    asks(after_a_sale_and_an_absence, PRIYA, "card of north star, please".replace(", please", ""))
    assert "2,350.50 USD" in after_a_sale_and_an_absence.letters_to(PRIYA)[-1].text


@pytest.mark.parametrize("who", [TOM, "web@harbourpine.example"])
def test_who_does_not_look_after_the_client_reads_nothing_of_it(
    after_a_sale_and_an_absence: PlayedDesk, who: str
) -> None:
    asks(after_a_sale_and_an_absence, who, "card north star")
    text = after_a_sale_and_an_absence.letters_to(who)[-1].text
    assert "looked after by a colleague" in text
    assert "2,350.50" not in text
    assert "Ellen" not in text


def test_a_client_gets_no_card(after_a_sale_and_an_absence: PlayedDesk) -> None:
    desk = after_a_sale_and_an_absence
    before = len(desk.letters_to(ELLEN))
    told = asks(desk, ELLEN, "card north star")
    assert told.story.kind != "card"
    assert all("on one page" not in letter.subject for letter in desk.letters_to(ELLEN)[before:])


def test_several_clients_are_named_and_none_is_told(after_a_sale_and_an_absence: PlayedDesk) -> None:
    desk = after_a_sale_and_an_absence
    asks(desk, DANA, "card star logistics")
    text = desk.letters_to(DANA)[-1].text
    assert "North Star Logistics" in text
    assert "South Star Logistics" in text
    assert "2,350.50" not in text


def test_an_unknown_name_is_said(after_a_sale_and_an_absence: PlayedDesk) -> None:
    desk = after_a_sale_and_an_absence
    asks(desk, DANA, "card Nobody Roofing")
    assert 'no client called "Nobody Roofing"' in " ".join(desk.letters_to(DANA)[-1].text.split())


@pytest.mark.parametrize(
    "words", ["card north star 2,350", "the card north star sent was nice", "Visitenkarte North Star"]
)
def test_a_mail_that_only_speaks_of_a_card_asks_for_none(after_a_sale_and_an_absence: PlayedDesk, words: str) -> None:
    assert asks(after_a_sale_and_an_absence, DANA, words).story.kind != "card"
