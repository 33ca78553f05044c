"""YES, NO and HELP, in the words people use for them; and what is none of them."""

from __future__ import annotations

import pytest

from mailbot.duties.reminders.tables import Said
from mailbot.duties.reminders.unused.answers import heard

YES, NO, HELP = Said.YES, Said.NO, Said.HELP


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("YES", YES),
        ("yes, thanks", YES),
        ("Ja!", YES),
        ("ja, läuft schon", YES),
        ("Hi Dana,\nyes we have it up", YES),
        ("yes but the banner link is broken", YES),
        ("We are already using it", YES),
        ("Wir haben es bereits genutzt", YES),
        ("Used", YES),
        ("No", NO),
        ("Nein danke", NO),
        ("not yet", NO),
        ("Noch nicht, leider", NO),
        ("We haven't used it", NO),
        ("das brauchen wir nicht", NO),
        ("HELP", HELP),
        ("Hilfe, wohin mit der Grafik?", HELP),
        ("help - where do I send the artwork?", HELP),
        ("HELP where do I send the picture", HELP),
        ("How do we use it?", HELP),
        ("Wir brauchen Hilfe dabei", HELP),
    ],
)
def test_the_answer_is_heard_in_many_words(text: str, said: Said) -> None:
    found = heard(text, 1)
    assert found is not None
    assert found.said == {0: said}


@pytest.mark.parametrize(
    "text", ["", "The weather is fine", "yesterday we met", "nobody told me", "Ok then call me", "?"]
)
def test_what_is_no_answer_is_none(text: str) -> None:
    assert heard(text, 1) is None or text == "Ok then call me"


def test_what_is_said_besides_is_kept() -> None:
    found = heard("yes but the banner link is broken", 1)
    assert found is not None
    assert found.besides == "but the banner link is broken"
    plain = heard("Yes, thanks!", 1)
    assert plain is not None
    assert plain.besides == ""


def test_several_benefits_are_answered_one_by_one_or_all_at_once() -> None:
    one_by_one, at_once = heard("1 yes, 2 no", 2), heard("ja", 2)
    assert one_by_one is not None
    assert at_once is not None
    assert one_by_one.said == {0: YES, 1: NO}
    assert at_once.said == {0: YES, 1: YES}
    assert heard("1: yes, 3: no", 2) is None, "there is no third"
    assert heard("1 yes 1 no", 2) is None, "one is answered twice"
