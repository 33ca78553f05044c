"""Contracts come near their last day: who looks after them is asked, sees them in a calendar, and who manages hears."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from icalendar import Calendar

from mailbot.duties.renewals.facts import Standing
from mailbot.duties.renewals.tables import RenewalWord
from mailbot.records.contracts.tables import Contract
from mailbot.records.tables import QuestionRow
from tests.situations.desk import PlayedDesk, played_desk

TOM, LENA, DANA, PRIYA, MARA = (f"{name}@harbourpine.example" for name in ("tom", "lena", "dana", "priya", "mara"))
BY_TOM, BY_LENA = f"Tom Okafor <{TOM}>", f"Lena Brandt <{LENA}>"
FRIDAY_NOON = datetime(2025, 10, 31, 16, 0, tzinfo=UTC)
MONDAY_NOON = datetime(2025, 11, 3, 17, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlayedDesk]:
    """A desk that looks after renewals by the clock; it is Friday 31 October, noon."""
    with played_desk(tmp_path, f"sqlite:///{tmp_path}/desk.sqlite", renewals_of_contracts=True) as opened:
        until(opened, FRIDAY_NOON)
        yield opened


def until(desk: PlayedDesk, moment: datetime) -> None:
    desk.waits(moment - desk.clock.now())


def words(desk: PlayedDesk) -> list[tuple[str, Standing, str]]:
    refs = {contract.id: contract.ref for contract in desk.all_of(Contract)}
    return [(refs[word.contract_id], word.said, word.because) for word in desk.all_of(RenewalWord)]


def test_the_rep_is_asked_about_a_contract_that_ends_soon_and_nobody_else_is(desk: PlayedDesk) -> None:
    (letter,) = desk.letters_to(TOM)
    assert letter.subject == "Globex Tools: how does it stand with K-2188?"
    text = " ".join(letter.text.split())
    assert "(4,900.00 USD) ends on 14 Dec 2025 and does not renew by itself: 44 days from now" in text
    assert "Reply RENEW, TALKING or LOST" in text
    assert desk.letters() == {TOM: 1}


def test_a_contract_that_renews_is_asked_about_before_its_notice_date_not_before_its_end(desk: PlayedDesk) -> None:
    until(desk, MONDAY_NOON)
    asked = [letter for letter in desk.letters_to(LENA) if "K-2195" in letter.subject]
    (letter,) = asked
    assert "verlängert sich von selbst, wenn niemand bis 30.1.2026 kündigt" in " ".join(letter.text.split())


def test_nobody_is_asked_twice_about_the_same_step_and_never_on_a_free_day(desk: PlayedDesk) -> None:
    for _ in range(9):
        desk.waits(timedelta(days=1))
    assert len([letter for letter in desk.letters_to(TOM) if "K-2188" in letter.subject]) == 1
    assert len([letter for letter in desk.letters_to(LENA) if "K-2195" in letter.subject]) == 1
    asked = [row.asked_at for row in desk.all_of(QuestionRow) if row.duty == "renewals"]
    assert len(asked) == 2
    assert all(moment.weekday() < 5 for moment in asked)


def test_one_word_is_kept_with_what_stands_beside_it(desk: PlayedDesk) -> None:
    told = desk.is_answered(desk.letters_to(TOM)[-1], "talking\nthey wait for their new budget", by=BY_TOM)
    assert (told.story.kind, told.story.rule) == ("answer", "renewals.answer")
    assert words(desk) == [("K-2188", Standing.TALKING, "they wait for their new budget")]
    assert "I ask again 30 days before 14 Dec 2025" in " ".join(desk.letters_to(TOM)[-1].text.split())
    assert PRIYA not in desk.letters(), "who manages heard of talks that go on"


def test_after_talks_the_question_comes_again_at_the_next_step_with_what_was_said(desk: PlayedDesk) -> None:
    desk.is_answered(desk.letters_to(TOM)[-1], "TALKING\nthey wait for their new budget", by=BY_TOM)
    until(desk, datetime(2025, 11, 14, 17, 0, tzinfo=UTC))
    asked = [letter for letter in desk.letters_to(TOM) if letter.subject.startswith("Globex Tools: how")]
    assert len(asked) == 2
    assert 'Last time you said: "they wait for their new budget"' in " ".join(asked[-1].text.split())


@pytest.mark.parametrize("word", ["RENEW", "renewed, all fine", "yes they renew"])
def test_a_contract_that_goes_on_is_not_asked_about_again(desk: PlayedDesk, word: str) -> None:
    desk.is_answered(desk.letters_to(TOM)[-1], word.replace("yes they renew", "renew"), by=BY_TOM)
    until(desk, datetime(2025, 11, 28, 17, 0, tzinfo=UTC))
    assert len([letter for letter in desk.letters_to(TOM) if letter.subject.startswith("Globex Tools: how")]) == 1


@pytest.mark.parametrize(
    ("word", "said"),
    [("VERLÄNGERT", "Du hast geschrieben, dass sie weitermachen"), ("VERLOREN", "Kündigen sie nicht rechtzeitig")],
)
def test_on_the_heads_up_day_who_has_answered_is_told_until_when_notice_can_be_given(
    desk: PlayedDesk, word: str, said: str
) -> None:
    until(desk, MONDAY_NOON)
    asked = next(each for each in desk.letters_to(LENA) if "K-2195" in each.subject)
    desk.is_answered(asked, word, by=BY_LENA)
    until(desk, datetime(2025, 12, 30, 17, 0, tzinfo=UTC))
    assert not [each for each in desk.letters_to(LENA) if "kündbar" in each.subject], "it came before the day"

    until(desk, datetime(2025, 12, 31, 17, 0, tzinfo=UTC))
    until(desk, datetime(2026, 1, 5, 17, 0, tzinfo=UTC))

    (letter,) = [each for each in desk.letters_to(LENA) if "kündbar" in each.subject]
    assert letter.subject == "Hansen & Söhne KG: K-2195 ist bis 30.1.2026 kündbar"
    assert said in " ".join(letter.text.split())
    assert len([each for each in desk.letters_to(LENA) if each.subject.startswith("Hansen & Söhne KG: Wie")]) == 1


def test_who_has_not_answered_is_asked_on_the_heads_up_day_and_not_told_besides(desk: PlayedDesk) -> None:
    until(desk, datetime(2026, 1, 2, 17, 0, tzinfo=UTC))
    asked = [each for each in desk.letters_to(LENA) if "Wie steht es um K-2195" in each.subject]

    assert "Das ist in 28 Tagen" in " ".join(asked[-1].text.split())
    assert not [each for each in desk.letters_to(LENA) if "kündbar" in each.subject]


def test_of_a_lost_contract_the_manager_hears_at_once_with_the_reason(desk: PlayedDesk) -> None:
    desk.is_answered(desk.letters_to(TOM)[-1], "lost\nwrong phone number in the October ad, he is furious", by=BY_TOM)
    (letter,) = desk.letters_to(PRIYA)
    assert letter.subject == "Globex Tools: K-2188 will not go on"
    assert "wrong phone number in the October ad, he is furious" in " ".join(letter.text.split())
    assert [contract.state.value for contract in desk.all_of(Contract) if contract.ref == "K-2188"] == ["running"]


def test_a_german_word_counts(desk: PlayedDesk) -> None:
    until(desk, MONDAY_NOON)
    letter = next(each for each in desk.letters_to(LENA) if "K-2195" in each.subject)
    desk.is_answered(letter, "Verlängert, sagt Uwe", by=BY_LENA)
    assert [(ref, said) for ref, said, _ in words(desk)] == [("K-2195", Standing.RENEW)]


def test_what_is_none_of_the_words_changes_nothing_and_waits_for_a_person(desk: PlayedDesk) -> None:
    told = desk.is_answered(desk.letters_to(TOM)[-1], "will call him next week, no idea yet", by=BY_TOM)
    assert told.story.rule == "renewals.all-else"
    assert words(desk) == []


def test_a_stranger_with_the_token_says_nothing_of_a_contract(desk: PlayedDesk) -> None:
    desk.is_answered(desk.letters_to(TOM)[-1], "LOST", by="Pete Grundy <pete@globex.example>")
    assert words(desk) == []
    assert PRIYA not in desk.letters()


def test_undo_opens_the_question_again(desk: PlayedDesk) -> None:
    told = desk.is_answered(desk.letters_to(TOM)[-1], "lost", by=BY_TOM)
    desk.is_answered(desk.letters_to(TOM)[-1], f"undo {told.story.ref}", by=BY_TOM)
    asked = next(each for each in desk.letters_to(TOM) if each.subject.startswith("Globex Tools: how"))
    desk.is_answered(asked, "renew", by=BY_TOM)
    assert [said for _, said, _ in words(desk) if said is Standing.RENEW] == [Standing.RENEW]


def test_each_month_everybody_gets_the_own_contracts_as_text_and_as_a_calendar(desk: PlayedDesk) -> None:
    until(desk, MONDAY_NOON)
    (letter,) = (each for each in desk.letters_to(TOM) if "to decide on" in each.subject)
    assert "14 Dec" in letter.text
    assert "Globex Tools" in letter.text
    assert "Hansen" not in letter.text, "a colleague's contract stands in the calendar"
    events = _events(desk, TOM)
    assert [(str(each["summary"]), each["dtstart"].dt) for each in events] == [
        ("Globex Tools (K-2188): contract ends", date(2025, 12, 14))
    ]
    (german,) = (each for each in desk.letters_to(LENA) if "zu entscheiden" in each.subject)
    assert "30.1." in german.text
    assert not [each for each in desk.letters_to(DANA) if "to decide on" in each.subject], "she has none to decide on"


def test_the_manager_sees_what_is_at_risk_and_why(desk: PlayedDesk) -> None:
    until(desk, MONDAY_NOON)
    (letter,) = desk.letters_to(PRIYA)
    text = " ".join(letter.text.split())
    assert "Globex Tools K-2188, 4,900.00 USD, Tom Okafor: asked, no answer yet" in text
    assert "Hansen & Söhne KG K-2195, 7,200.00 EUR, Lena Brandt: not used: Anzeigenplatz" in text


def test_the_calendar_comes_once_a_month(desk: PlayedDesk) -> None:
    until(desk, MONDAY_NOON)
    for _ in range(10):
        desk.waits(timedelta(days=1))
    assert len([each for each in desk.letters_to(TOM) if "to decide on" in each.subject]) == 1


def _events(desk: PlayedDesk, account: str) -> list[object]:
    for raw in reversed(desk.box.messages(account=account)):
        for part in message_from_bytes(raw, policy=policy.default).walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_content()
                return Calendar.from_ical(content if isinstance(content, bytes) else content.encode()).walk("VEVENT")
    return []


def test_after_renew_the_same_terms_become_a_contract_that_follows_and_nobody_is_asked_any_more(
    desk: PlayedDesk,
) -> None:
    desk.is_answered(desk.letters_to(TOM)[-1], "RENEW", by=BY_TOM)
    noted = desk.letters_to(TOM)[-1]
    assert "reply SAME" in " ".join(noted.text.split())

    desk.is_answered(noted, "SAME", by=BY_TOM)
    reading = desk.letters_to(TOM)[-1]
    assert "K-2188 goes on" in " ".join(reading.text.split())
    assert not [each for each in desk.all_of(Contract) if each.follows_id is not None], "it runs before the OK"
    desk.is_answered(reading, "OK", by=BY_TOM)

    (new,) = [each for each in desk.all_of(Contract) if each.follows_id is not None]
    assert (new.starts_on, new.ends_on) == (date(2025, 12, 15), date(2026, 12, 14))
    before = len(desk.letters_to(TOM))
    until(desk, datetime(2025, 11, 14, 17, 0, tzinfo=UTC))
    assert not [each for each in desk.letters_to(TOM)[before:] if "K-2188" in each.subject]


def test_after_lost_one_word_says_that_notice_was_given_and_the_contract_ends_after_the_ok(desk: PlayedDesk) -> None:
    until(desk, MONDAY_NOON)
    desk.is_answered(next(each for each in desk.letters_to(LENA) if "K-2195" in each.subject), "VERLOREN", by=BY_LENA)
    noted = desk.letters_to(LENA)[-1]
    assert "antworte GEKÜNDIGT" in " ".join(noted.text.split())

    desk.is_answered(noted, "GEKÜNDIGT", by=BY_LENA)
    states = {each.ref: each.state.value for each in desk.all_of(Contract)}
    assert states["K-2195"] == "running", "it ends before the OK"
    desk.is_answered(desk.letters_to(LENA)[-1], "OK", by=BY_LENA)

    ended = next(each for each in desk.all_of(Contract) if each.ref == "K-2195")
    assert (ended.state.value, ended.ends_on) == ("cancelled", date(2026, 3, 31))
