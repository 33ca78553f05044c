"""What words show, in English and German; what takes it back; and that no text is too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.duties.issues.facts import severity_of
from mailbot.duties.issues.signals import ANGER, MOST_OF_ONE_SIGN, Sign, anger_of, is_only_thanks, signals_of
from mailbot.duties.issues.tables import Severity
from mailbot.message.model import Passage, Words
from tests.duties.issues import mails


def in_words(text: str) -> Words:
    return Words((Passage(text, 0),))


def signs(text: str, subject: str = "") -> set[Sign]:
    return {signal.sign for signal in signals_of(subject, in_words(text))}


@pytest.mark.parametrize(
    "text",
    [
        "the banner link is broken",
        "Our logo is missing in the November issue.",
        "The page doesn’t work on my phone",
        "The website is down since noon",
        "I have a complaint about the booth.",
        "Please fix the address.",
        "wir haben eine Reklamation",
        "Der Link funktioniert leider nicht.",
        "In der Anzeige fehlt das Logo.",
        "Die Telefonnummer ist falsch.",
        "Das Banner ist kaputt!!",
        "Die Seite ist\nnicht erreichbar",
    ],
)
def test_a_problem_is_seen(text: str) -> None:
    assert Sign.PROBLEM in signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "No problem, thanks!",
        "There is nothing wrong with it.",
        "We have no complaint at all.",
        "Kein Problem!",
        "Nichts kaputt, alles gut.",
        "Keine Fehler gefunden",
        "Falls Probleme auftreten, melden wir uns.",
        "my work mail is down, beta freight 1,900 for this week",
        "We are wrongfooted",
        mails.NO_STOP,
        mails.NO_MORE_REMINDERS,
    ],
)
def test_what_its_own_clause_takes_back_is_no_problem(text: str) -> None:
    assert Sign.PROBLEM not in signs(text)


def test_a_no_in_another_clause_takes_nothing_back() -> None:
    assert Sign.PROBLEM in signs("No, the link is broken.")
    assert Sign.PROBLEM in signs("Nein. Der Link ist kaputt.")


@pytest.mark.parametrize(
    "text",
    [
        "When does the November issue appear?",
        "Could you send me the click numbers",
        'Is it "live"?',
        "Wann erscheint das Heft?",
        "Bitte senden Sie uns die Rechnung noch einmal.",
        "Ich wüsste gern, wo die Anzeige steht",
    ],
)
def test_a_question_is_seen(text: str) -> None:
    assert Sign.QUESTION in signs(text)


@pytest.mark.parametrize("text", ["How are you?", "Wie geht es Ihnen?", "see https://a.example/?x=1", "", "??", "ok"])
def test_small_talk_and_links_ask_nothing(text: str) -> None:
    assert Sign.QUESTION not in signs(text)


def test_the_angry_mail_shows_every_kind_of_anger_with_its_words() -> None:
    anger = anger_of(signals_of("THIRD TIME!!", in_words(mails.THIRD_TIME)))

    assert {signal.sign: " ".join(signal.evidence.words.split()) for signal in anger} == {
        Sign.REPEATED: "THIRD TIME",
        Sign.DEADLINE: "If this is not sorted by Wednesday",
        Sign.REFUND: "money back",
        Sign.CANCEL: "forget the renewal",
        Sign.HARSH: "ripped off",
    }
    assert severity_of(signals_of("THIRD TIME!!", in_words(mails.THIRD_TIME))) is Severity.HIGH


def test_the_german_words_of_anger_are_known_too() -> None:
    text = (
        "Ich schreibe Ihnen zum dritten Mal. Wenn das bis Freitag nicht erledigt ist, kündigen wir. "
        "Wir wollen unser Geld zurück. Das ist eine Frechheit."
    )

    assert {signal.sign for signal in anger_of(signals_of("", in_words(text)))} == set(ANGER)


@pytest.mark.parametrize(
    "text",
    [
        "We need the artwork by Friday, thanks.",
        "The link is broken.",
        "I am away until Monday.",
        "Please don't cancel anything, we are happy.",
        "We are not asking for a refund.",
        "Bitte stornieren Sie nichts... nein, keine Stornierung!",
    ],
)
def test_an_ordinary_mail_is_not_angry_enough_for_a_person(text: str) -> None:
    assert len(anger_of(signals_of("", in_words(text)))) < 2
    assert severity_of(signals_of("", in_words(text))) is not Severity.HIGH


def test_evidence_stands_where_it_was_read() -> None:
    text = "Hello,\n\nthe link is broken."
    (signal,) = signals_of("", in_words(text))

    assert text[signal.evidence.place.start : signal.evidence.place.end] == "broken" == signal.evidence.words


@pytest.mark.parametrize(
    "text",
    [
        "thanks, all fine",
        "danke, passt",
        "Vielen Dank!\nEllen",
        "Works now, thank you",
        "It was broken but works now. Thanks",
        "Hat sich erledigt",
    ],
)
def test_thanks_are_only_thanks(text: str) -> None:
    assert is_only_thanks(signals_of("", in_words(text)), text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks, but it is still broken",
        "Thanks. When will it be fixed?",
        "danke, der neue Link ist www.northstar.example/winter",
        "Thanks, call me on 617 555 0142",
        "works now but the second link is broken",
        "thank you " + "and this and that " * 10,
        "The new logo comes tomorrow",
        "",
    ],
)
def test_whatever_somebody_may_have_to_act_on_is_more_than_thanks(text: str) -> None:
    assert not is_only_thanks(signals_of("", in_words(text)), text)


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_is_read_and_every_quotation_stands_in_it(text: str, subject: str) -> None:
    for signal in signals_of(subject, in_words(text)):
        source = subject if signal.evidence.place.part == "subject" else text
        assert source[signal.evidence.place.start : signal.evidence.place.end] == signal.evidence.words
        assert signal.evidence.words


_WORDS = ["not", "broken", "by Friday", "?", "if", ".", "thanks", "\n", "wrong", "kein"]


@given(st.lists(st.sampled_from(_WORDS), max_size=30))
def test_only_a_no_takes_a_problem_back(words: list[str]) -> None:
    problems = {"broken", "wrong"} & set(words)
    takes_back = {"not", "kein"} & set(words)
    seen = Sign.PROBLEM in signs(" ".join(words))

    assert not (seen and not problems)
    assert seen or not problems or takes_back


@pytest.mark.parametrize("piece", ["? ", "what? ", "by ", "not ", "if by Monday ", "wrong ", " ", "\n", "a", "'"])
def test_hostile_repetition_gives_no_more_than_a_few_signs(piece: str) -> None:
    text = piece * 20_000
    found = signals_of(text, in_words(text))

    assert all(sum(signal.sign is sign for signal in found) <= 4 * MOST_OF_ONE_SIGN for sign in Sign)
    assert all(len(signal.evidence.words) <= 300 for signal in found)
