"""Which of the things that were sold a mail is about, and what it says of it besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailbot.duties.issues.signals import signals_of
from mailbot.duties.issues.sold.facts import NOTHING, About, Figures, Sold
from mailbot.duties.issues.sold.reading import about, asks_for_figures
from mailbot.letters.model import Language
from mailbot.message.model import Passage, Words
from mailbot.records.known import QuestionCard

TODAY = date(2025, 11, 17)
OCTOBER = Figures(date(2025, 10, 1), 41220, 312)
PAGE = "https://www.northstar.example/fall-offer"


def sold(number: int, kind: str, words: str, contract: int = 1, target: str | None = None) -> Sold:
    return Sold(
        id=number,
        contract_id=contract,
        contract=f"K-22{contract:02d}",
        contract_ends=date(2026, 9, 14),
        kind=kind,
        words=words,
        department_id=None,
        link=None,
        target=target,
        is_unused=kind == "banner",
        figures=(OCTOBER,) if kind == "banner" else (),
    )


BANNER = sold(1, "banner", "free banner on coastalbuilder.example", target=PAGE)
ADS = (sold(2, "ad", "1/4 page, October issue"), sold(3, "ad", "1/4 page, December issue"))
REMINDED = QuestionCard(9, "R-0290", "R-0290", "reminders", "benefit-used", "", "", {"benefits": [1]})


def read(
    text: str, *things: Sold, question: QuestionCard | None = None, subject: str = "", language: Language = "en"
) -> About:
    signals = signals_of(subject, Words((Passage(text, 0),)))
    return about(text, subject, signals, things or (BANNER, *ADS), question, language, TODAY)


def test_the_mail_of_the_situation_is_about_the_banner_its_page_and_its_figures() -> None:
    text = "yes but the banner link is broken, it lands on a page not found. Also the click numbers for october?"
    found = read(text, question=REMINDED)
    assert (found.sold, found.used, found.page, found.figures) == (BANNER, (BANNER,), PAGE, OCTOBER)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("the phone number in our October ad is wrong", ADS[0]),
        ("In unserer Anzeige im December issue fehlt das Logo", ADS[1]),
        ("The banner is too small", BANNER),
    ],
)
def test_the_kind_and_the_words_of_the_promise_tell_things_apart(text: str, thing: Sold) -> None:
    assert read(text).sold == thing


def test_where_two_fit_it_is_about_their_contract_alone() -> None:
    found = read("the phone number in our ad is wrong")
    assert (found.sold, found.contract) == (None, "K-2201")


def test_where_they_are_of_two_contracts_it_is_about_neither() -> None:
    assert read("our ad is wrong", ADS[0], sold(4, "ad", "back cover", contract=2)) == NOTHING


def test_a_contract_that_is_named_is_the_one() -> None:
    found = read("what about K-2202?", ADS[0], sold(4, "booth", "a booth", contract=2))
    assert (found.sold, found.contract) == (None, "K-2202")


@pytest.mark.parametrize("text", ["The colours of the banner are wrong", "We love the banner and its link!"])
def test_a_page_is_looked_at_only_where_something_is_wrong_with_it(text: str) -> None:
    assert read(text).page is None


@pytest.mark.parametrize("text", ["the banner link is broken", "no, the banner link is broken"])
def test_a_benefit_is_used_by_a_yes_to_its_question_alone(text: str) -> None:
    assert not read(text, question=REMINDED).used
    assert not read(f"yes. {text}").used


@pytest.mark.parametrize(("text", "thing"), [("yes but the banner link is broken", BANNER), ("yes, all wrong", None)])
def test_a_yes_holds_for_everything_that_was_asked_whatever_is_wrong_with_one_of_them(
    text: str, thing: Sold | None
) -> None:
    booth = replace(sold(5, "booth", "corner booth"), is_unused=True)
    both = replace(REMINDED, context={"benefits": [1, 5]})
    found = read(text, BANNER, booth, ADS[0], question=both)
    assert (found.sold, found.used) == (thing, (BANNER, booth))


def test_the_last_month_that_is_over_is_meant_where_none_is_named() -> None:
    assert read("how many clicks did the banner get?").asked_month == date(2025, 10, 1)
    assert read("wie viele Klicks hatte das Banner im September?", language="de").asked_month == date(2025, 9, 1)
    assert read("the banner is missing").asked_month is None


def test_a_question_about_something_else_asks_for_no_figures() -> None:
    assert asks_for_figures("could you send me the click numbers?")
    assert not asks_for_figures("could you call me?")


def test_a_stranger_has_bought_nothing() -> None:
    assert about("the banner link is broken", "", (), (), None, "en", TODAY) == NOTHING
