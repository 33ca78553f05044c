"""S05, the other answers: the client of a colleague, who is asked; and an answer that comes late."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.duties.sales.tables import PendingState
from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import QuestionState
from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road

TUESDAY = datetime(2025, 11, 4, 10, 2, tzinfo=ZoneInfo("Europe/Berlin"))
MINUTE = timedelta(minutes=1)
DANA_AT, JONAS_AT = "dana@harbourpine.example", "jonas@harbourpine.example"


def ask(road: Road) -> Decision:
    return road.arrives(mail("Acme 4.800 €, heute unterschrieben", JONAS, at=TUESDAY, subject="noch was"), TUESDAY)


def handed_on(road: Road) -> Decision:
    return says(road, ask(road), "2", JONAS, after=18)


def says(road: Road, asked: Decision, words: str, who: str = DANA, to: str = "", after: int = 40) -> Decision:
    """A reply to the letter of a decision that went to `to`, or to the one who writes."""
    letter = next(each for each in road.letters_of(asked) if each.recipient in (to or who))
    at = TUESDAY + after * MINUTE
    return road.arrives(mail(words, who, at=at, subject=f"Re: {letter.subject}", to=letter.envelope_sender), at)


@pytest.mark.parametrize("answer", ["1", "Beta"])
def test_a_slip_in_a_short_name_is_asked_with_numbers_and_never_taken_for_a_new_client(road: Road, answer: str) -> None:
    asked = road.arrives(mail("Btea 900", DANA, at=TUESDAY, subject="numbers"), TUESDAY)
    (letter,) = road.letters_of(asked)
    assert (asked.folder, road.ledger()) == (Folder.ASKED, [])
    assert "1. Beta Freight - your client" in letter.text
    assert "NEW for a new client" in letter.text

    says(road, asked, answer)
    assert road.ledger() == [("Beta Freight", Decimal(900), "USD")]


@pytest.mark.parametrize("answer", ["2", "Corp", "die 2 bitte"])
def test_the_client_of_a_colleague_is_asked_about_and_books_nothing(road: Road, answer: str) -> None:
    decision = says(road, ask(road), answer, JONAS)

    assert (decision.rule, decision.folder) == ("sales.client-of-a-colleague", Folder.ASKED)
    assert road.ledger() == []
    (waiting,) = road.pending()
    assert (waiting.state, waiting.amount, waiting.doubt) == (PendingState.WAITING, Decimal(4800), "another's client")
    to_dana, to_jonas = road.letters_of(decision)
    assert (to_dana.recipient, to_jonas.recipient) == (DANA_AT, JONAS_AT)
    assert "Jonas Weber sent a line for Acme Corp" in to_dana.text
    assert "Reply YES and I book it for you" in to_dana.text
    assert "Acme Corp ist Kunde von Dana Reyes" in to_jonas.text
    assert road.tasks() == []
    assert [(each.kind, each.asked_key, each.state) for each in road.questions()] == [
        ("which-client", JONAS_AT, QuestionState.ANSWERED),
        ("yours", DANA_AT, QuestionState.OPEN),
    ]


@pytest.mark.parametrize("word", ["YES", "ja, danke", "yes that's mine, thanks\n\nDana", "mine", "ja, meiner"])
def test_the_colleague_says_yes_and_it_is_booked_there_in_the_week_of_the_line(road: Road, word: str) -> None:
    asked = handed_on(road)

    decision = says(road, asked, word)

    assert road.ledger() == [("Acme Corp", Decimal(4800), "EUR")]
    (entry,) = road.entries()
    assert entry.period_start == date(2025, 11, 3)
    assert [waiting.state for waiting in road.pending()] == [PendingState.BOOKED]
    to_dana, to_jonas = road.letters_of(decision)
    assert (to_dana.recipient, to_jonas.recipient) == (DANA_AT, JONAS_AT)
    assert "Booked for week 45" in to_dana.text
    assert "Dana Reyes hat ja gesagt" in to_jonas.text
    assert {question.state for question in road.questions()} == {QuestionState.ANSWERED}


@pytest.mark.parametrize("word", ["no", "No, that's not mine", "nein, das ist nicht meiner"])
def test_the_colleague_says_no_and_a_person_settles_it_while_both_hear_so(road: Road, word: str) -> None:
    decision = says(road, handed_on(road), word)

    assert (road.ledger(), decision.folder) == ([], Folder.HELD)
    assert [waiting.state for waiting in road.pending()] == [PendingState.WAITING]
    to_dana, to_jonas = road.letters_of(decision)
    assert "is not booked for you" in to_dana.text
    assert "Dana Reyes sagt, deine Zeile ist kein Umsatz mit Acme Corp" in " ".join(to_jonas.text.split())
    (task,) = road.tasks()
    assert "Dana Reyes says" in task.words


@pytest.mark.parametrize(
    "words", ["mine or Tom's?", "yes, but 4,500", "not sure it's mine", "half of it is mine", "no, mine"]
)
def test_what_is_neither_a_clear_yes_nor_a_clear_no_books_nothing_and_the_question_stays(
    road: Road, words: str
) -> None:
    decision = says(road, handed_on(road), words)

    assert (road.ledger(), decision.rule) == ([], "sales.all-else")
    assert [each.state for each in road.questions() if each.kind == "yours"] == [QuestionState.OPEN]


def test_only_the_colleague_says_yes(road: Road) -> None:
    says(road, handed_on(road), "yes", JONAS, to=DANA_AT)

    assert road.ledger() == []
    assert road.questions()[-1].state is QuestionState.OPEN


def test_what_was_handed_on_is_taken_back_until_the_colleague_has_answered(road: Road) -> None:
    asked = handed_on(road)
    road.take_back(asked, TUESDAY + 20 * MINUTE)

    assert [(each.kind, each.state) for each in road.questions()] == [("which-client", QuestionState.OPEN)]
    assert road.pending()[0].doubt == "several clients"


def test_a_second_answer_is_told_who_answered_first_and_changes_nothing(road: Road) -> None:
    asked = ask(road)
    first = says(road, asked, "1", JONAS)
    booked = road.ledger()

    second = says(road, asked, "3", JONAS, after=50)

    assert (second.kind, road.ledger(), road.tasks()) == ("late-answer", booked, [])
    (letter,) = road.letters_of(second)
    text = " ".join(letter.text.split())
    assert f"durch {first.ref} (Jonas Weber, 4.11.)" in text
    assert f"\u201eundo {first.ref}\u201c" in text


def test_why_to_the_question_is_no_answer_to_it(road: Road) -> None:
    decision = says(road, ask(road), "why?", JONAS)

    assert decision.duty != "sales"
    assert road.questions()[0].state is QuestionState.OPEN
