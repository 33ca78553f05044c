from __future__ import annotations

import pytest

from mailbot.sorting.one_word import Choice, Chosen, NoAnswer, Option, Several, Unsure, choice

ACMES = (
    Option("medical", ("Acme Medical GmbH",)),
    Option("corp", ("Acme Corp",)),
    Option("media", ("Acme Media",)),
    Option("new", numbered=False),
)
CONSENT = (Option("yes", numbered=False), Option("no", numbered=False), Option("stop", numbered=False))


def key_of(found: Choice) -> str:
    assert isinstance(found, Chosen), found
    return found.key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", "medical"),
        ("1.", "medical"),
        ("die 1 bitte", "medical"),
        ("medical", "medical"),
        ("Medical, danke!", "medical"),
        ("Acme Medical GmbH", "medical"),
        ("1 = Acme Medical", "medical"),
        ("Option 2", "corp"),
        ("No. 2", "corp"),
        ("#2", "corp"),
        ("(2)", "corp"),
        ("2nd", "corp"),
        ("the second one", "corp"),
        ("nr. 3", "media"),
        ("Antwort: 3", "media"),
        ("die dritte", "media"),
        ("neu", "new"),
        ("ok, 1", "medical"),
        ("Hi Mara,\n1\nJonas", "medical"),
        ("1\n\nViele Grüße\nJonas Weber", "medical"),
        ("Moin zusammen,\n\nlieber die 2, danke\nJonas", "corp"),
    ],
)
def test_one_of_the_options_is_read_as_people_write_it(text: str, key: str) -> None:
    assert key_of(choice(text, ACMES)) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ja", "yes"),
        ("JA!", "yes"),
        ("Ja, bitte", "yes"),
        ("yes please", "yes"),
        ("OK, thanks Mara!", "yes"),
        ("passt", "yes"),
        ("Yes, that's right", "yes"),
        ("nein danke", "no"),
        ("No, thanks.", "no"),
        ("STOP", "stop"),
        ("Stopp bitte", "stop"),
    ],
)
def test_yes_no_and_stop_are_read_in_both_languages(text: str, key: str) -> None:
    assert key_of(choice(text, CONSENT)) == key


def test_the_place_of_the_answer_is_told() -> None:
    assert choice("die 1 bitte", ACMES) == Chosen("medical", 4, 5)


def test_what_is_said_below_the_answer_is_kept_beside_it() -> None:
    text = "2 please\n\nBTW the banner link is broken since last week, can somebody look?"
    assert choice(text, ACMES) == Chosen("corp", 0, 1, text.partition("\n\n")[2])


def test_what_is_cited_answers_nothing_and_what_stands_beside_it_does() -> None:
    options = (Option("yes", numbered=False), Option("no", numbered=False))

    assert choice("Thanks!\n\n> yes\n", options) == NoAnswer()
    assert choice("> no, not that one\n\nyes", options) == Chosen("yes", 20, 23, "")


def test_the_answer_may_stand_below_a_greeting() -> None:
    text = "Hi Mara,\n1\n\nThe banner link has been broken since last week, who looks after it?"
    assert key_of(choice(text, ACMES)) == "medical"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1 und 3 je zur Hälfte", ("medical", "media")),
        ("1 oder 2", ("medical", "corp")),
        ("1+3", ("medical", "media")),
        ("nicht 1 sondern 2", ("medical", "corp")),
        ("medical and corp", ("medical", "corp")),
        ("1\nor the media one", ("medical", "media")),
    ],
)
def test_two_options_are_never_one(text: str, keys: tuple[str, ...]) -> None:
    assert choice(text, ACMES) == Several(keys)


@pytest.mark.parametrize(
    "text",
    [
        "weiß nicht",
        "no idea",
        "keine Ahnung",
        "not 1",
        "1?",
        "vielleicht 1",
        "4",
        "0",
        "12k",
        "1,3",
        "2 %",
        "in 2 weeks",
        "I tell you in 2 days",
        "1 Uhr passt mir",
    ],
)
def test_doubt_denial_and_other_numbers_are_no_answer_to_act_on(text: str) -> None:
    assert isinstance(choice(text, ACMES), Unsure)


@pytest.mark.parametrize(
    "text",
    ["yes but the banner link is broken", "please stop sending two copies", "no problem", "ja, aber erst Montag"],
)
def test_an_answer_word_inside_a_sentence_is_not_an_answer(text: str) -> None:
    found = choice(text, CONSENT)
    assert isinstance(found, Unsure)
    assert found.keys


@pytest.mark.parametrize(
    "text", ["", "thanks", "👍", "acme", "Hello Mara", "new rates come with the next mail to all of you in Hamburg"]
)
def test_words_that_name_no_option_are_no_answer(text: str) -> None:
    assert choice(text, ACMES[:3]) == NoAnswer()


def test_a_word_that_two_options_share_names_neither() -> None:
    assert choice("Acme", ACMES) == NoAnswer()
    assert key_of(choice("acme corp", ACMES)) == "corp"


def test_figures_and_courtesies_inside_a_name_do_not_name_it() -> None:
    options = (Option("a", ("Studio 2",)), Option("b", ("The Good Team",)))
    assert key_of(choice("2", options)) == "b"
    assert choice("thanks team, good", options) == NoAnswer()
    assert key_of(choice("Studio", options)) == "a"


def test_the_words_of_a_question_may_be_names_of_people() -> None:
    options = tuple(Option(key, numbered=False) for key in ("mara", "tom", "split", "none"))
    assert key_of(choice("Split.", options)) == "split"
    assert key_of(choice("none", options)) == "none"
    assert choice("TOM\nMara", options) == Several(("tom", "mara"))


def test_a_question_without_numbers_reads_no_digits() -> None:
    assert isinstance(choice("1", CONSENT), Unsure)


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    assert isinstance(choice("x " * 2000 + "1", ACMES), NoAnswer)
    assert isinstance(choice("1" * 100_000, ACMES), Unsure)
