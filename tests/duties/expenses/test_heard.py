"""What the words of a mail have this duty look up."""

from __future__ import annotations

import pytest

from mailbot.duties.expenses.heard import Heard, Spending, hint
from mailbot.message import read
from mailbot.records.known import known_beforehand
from tests.clerk import card, mail


def heard(words: str) -> Heard | None:
    return hint(read(mail(words)), known_beforehand(card()))


def test_a_sentence_about_money_spent_is_heard_with_the_words_that_may_name_a_client() -> None:
    lunch = Spending("also lunch w/ Blue Ridge 86.40", ("also", "lunch", "w", "blue", "ridge", "86", "40"))

    assert heard("globex tools 975.50! also lunch w/ Blue Ridge 86.40? bye") == Heard((lunch,))


@pytest.mark.parametrize("word", ["TAXI", "TAXİ", "parkıng", "Parkgebühr"])
def test_a_word_is_heard_in_whichever_letters_it_is_written(word: str) -> None:
    found = heard(f"{word} 12.00")

    assert found is not None
    assert [each.sentence for each in found.spending] == [f"{word} 12.00"]


def test_an_amount_that_was_another_is_heard() -> None:
    assert heard("it was 68.40, not 86.40") == Heard(corrects=True)


@pytest.mark.parametrize(
    "words",
    ["", "acme corp 12k", "not today", "a cabinet, 20.00"],
)
def test_nothing_is_heard_where_nothing_was_spent(words: str) -> None:
    assert heard(words) is None
