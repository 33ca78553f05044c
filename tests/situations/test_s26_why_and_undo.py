"""S26: the manager asks in a sentence why a figure changed, and takes "the Kestrel thing" back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import EntryKind, SalesEntry
from mailbot.records.name_index.changes import name_written
from mailbot.records.names import name_key
from mailbot.records.tables import Client, Person, QuestionRow, QuestionState
from tests.schemas import migrated_file
from tests.situations.conftest import Opener
from tests.situations.desk import DESK, PlayedDesk, played_desk
from tests.situations.test_s06_correction import FRIDAY_NIGHT, on_friday_night

DANA, PRIYA, TOM = "dana@harbourpine.example", "priya@harbourpine.example", "tom@harbourpine.example"
BY_PRIYA, BY_DANA = f"Priya Nair <{PRIYA}>", f"Dana Reyes <{DANA}>"
THURSDAY = datetime(2025, 11, 13, 17, 0, tzinfo=UTC)
MONDAY = datetime(2025, 11, 17, 15, 5, tzinfo=UTC)
KESTREL = Decimal(18000)


def counting(desk: PlayedDesk) -> list[Decimal]:
    entries = desk.all_of(SalesEntry)
    superseded = {entry.supersedes_id for entry in entries}
    return sorted(each.amount for each in entries if each.id not in superseded and each.kind is not EntryKind.CANCELLED)


def has_kestrel(desk: PlayedDesk) -> None:
    """Kestrel Roofing came into the records as Dana's client."""
    dana = next(person.id for person in desk.all_of(Person) if person.name == "Dana Reyes")
    with desk.database.writing() as session:
        client = Client(name="Kestrel Roofing", name_key=name_key("Kestrel Roofing"), owner_id=dana, language="en")
        session.add(client)
        session.flush()
        name_written(session, client.id)


def weeks_before(desk: PlayedDesk, kestrel: str = "Kestrel roofing 18,000 signed") -> None:
    """Acme was corrected on Monday the 10th, Kestrel closed on Thursday the 13th."""
    has_kestrel(desk)
    on_friday_night(desk)
    desk.receives("S06-in-1.eml")
    desk.receives(mails.written(kestrel, "KESTREL closed", BY_DANA, DESK, THURSDAY))


@pytest.fixture(scope="module")
def asked(open_desk: Opener) -> tuple[PlayedDesk, Told]:
    """Priya's mail of Monday has come in. Only looked at."""
    desk = open_desk()
    weeks_before(desk)
    return desk, desk.receives("S26-in-1.eml")


def test_the_chain_of_mails_is_told_with_their_lines_and_rules(asked: tuple[PlayedDesk, Told]) -> None:
    desk, told = asked
    assert (told.story.kind, told.story.rule) == ("in-words", "desk.in-words")
    text = " ".join(desk.letters_to(PRIYA)[-1].text.split())
    first, second = text.index("Acme corp 15,200"), text.index("Acme was 12,500 not 15,200")
    assert first < second
    assert "rule sales.numbers" in text
    assert "rule sales.correction" in text
    assert "12,500.00 USD instead of 15,200.00 USD" in text
    assert "7 Nov" in text
    assert "10 Nov" in text


def test_everything_the_kestrel_mail_booked_is_taken_back_and_nothing_else(asked: tuple[PlayedDesk, Told]) -> None:
    desk, _ = asked
    assert counting(desk) == [Decimal(900), Decimal(12500)]
    text = " ".join(desk.letters_to(PRIYA)[-1].text.split())
    assert "Kestrel Roofing is taken back" in text
    assert "18,000.00 USD" in text


def test_letters_that_went_out_cannot_be_unsent_and_a_follow_up_is_proposed(asked: tuple[PlayedDesk, Told]) -> None:
    desk, told = asked
    text = " ".join(desk.letters_to(PRIYA)[-1].text.split())
    assert "What was sent cannot be unsent" in text
    assert "to Dana Reyes: Re: KESTREL closed" in text
    assert "Shall I tell Dana Reyes that it no longer holds? Reply YES or NO." in text
    assert {letter.recipient for letter in told.letters} == {PRIYA}
    assert [each.kind for each in desk.all_of(QuestionRow) if each.state is QuestionState.OPEN] == ["follow-up"]


def test_the_report_of_the_week_is_revised_and_says_what_was_taken_back(tmp_path: Path) -> None:
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), weeks_of_sales=True) as desk:
        weeks_before(desk)
        desk.clock.set(MONDAY - timedelta(hours=2, minutes=5))  # 08:00 in Boston
        desk.waits(timedelta(0))
        desk.receives("S26-in-1.eml")
        desk.waits(timedelta(minutes=10))
        first, second = (each for each in desk.letters_to(PRIYA) if each.subject.startswith("Sales week 46"))
        assert ("18,000.00 USD" in first.subject, "(r1)" in first.subject) == (True, True)
        assert "(r2)" in second.subject
        top = next(line for line in second.text.splitlines() if line.strip())
        assert top.startswith("Changed since 08:00: Dana / Kestrel Roofing \N{MINUS SIGN}18,000.00 (taken back, ")
        assert "18,000.00 USD" not in second.subject


@pytest.mark.parametrize(("word", "hears"), [("YES", 1), ("no", 0)])
def test_dana_hears_of_it_only_after_a_yes(desk: PlayedDesk, word: str, hears: int) -> None:
    weeks_before(desk)
    desk.receives("S26-in-1.eml")
    before = len(desk.letters_to(DANA))
    desk.is_answered(desk.letters_to(PRIYA)[-1], word, by=BY_PRIYA)

    new = desk.letters_to(DANA)[before:]
    assert len(new) == hears
    assert all("Priya Nair has taken back what I had noted for Kestrel Roofing" in letter.text for letter in new)
    assert counting(desk) == [Decimal(900), Decimal(12500)]


def test_the_undo_itself_can_be_taken_back(desk: PlayedDesk) -> None:
    weeks_before(desk)
    desk.receives("S26-in-1.eml")
    desk.is_answered(desk.letters_to(PRIYA)[-1], "UNDO", by=BY_PRIYA)
    assert counting(desk) == [Decimal(900), Decimal(12500), KESTREL]


def test_what_later_mails_were_built_on_is_asked_about_and_nothing_is_taken_back_by_halves(desk: PlayedDesk) -> None:
    """A correction of the line is a part of the same thing; a mail that also told of others is not taken back."""
    weeks_before(desk, "Kestrel roofing 18,000 signed\nbeta freight 750")
    desk.receives("S26-in-1.eml")
    assert counting(desk) == [Decimal(750), Decimal(900), Decimal(12500), KESTREL]
    text = " ".join(desk.letters_to(PRIYA)[-1].text.split())
    assert "also told of Beta Freight, so I took nothing back" in text
    assert "to take all of it back" in text


def test_several_things_of_one_client_are_listed_and_none_is_taken_back(desk: PlayedDesk) -> None:
    weeks_before(desk)
    desk.receives(mails.written("Kestrel roofing 2,500", "numbers", BY_DANA, DESK, THURSDAY + timedelta(days=1)))
    desk.receives(mails.written("please undo the Kestrel thing", "kestrel", BY_PRIYA, DESK, MONDAY))
    assert counting(desk) == [Decimal(900), Decimal(2500), Decimal(12500), KESTREL]
    text = desk.letters_to(PRIYA)[-1].text
    assert "is more than one thing, so I took nothing back" in " ".join(text.split())
    assert text.count("- undo N-") == 2


def test_a_correction_and_what_it_corrected_are_one_thing(desk: PlayedDesk) -> None:
    on_friday_night(desk)
    desk.receives("S06-in-1.eml")
    desk.receives(mails.written("undo the Acme Corp numbers", "acme", BY_PRIYA, DESK, MONDAY))
    text = " ".join(desk.letters_to(PRIYA)[-1].text.split())
    assert "also told of Beta Freight" in text
    assert counting(desk) == [Decimal(900), Decimal(12500)]


def test_a_name_that_several_clients_share_is_asked_back(desk: PlayedDesk) -> None:
    weeks_before(desk)
    desk.receives(mails.written("undo the acme thing", "acme", BY_PRIYA, DESK, MONDAY))
    assert "more than one client fits: Acme Corp, Acme Medical GmbH, Acme Media" in " ".join(
        desk.letters_to(PRIYA)[-1].text.split()
    )
    assert counting(desk) == [Decimal(900), Decimal(12500), KESTREL]


def test_a_rep_asks_why_about_the_own_lines_in_a_sentence(desk: PlayedDesk) -> None:
    on_friday_night(desk)
    desk.receives("S06-in-1.eml")
    told = desk.receives(
        mails.written("Why is Acme Corp 12,500?", "hm", BY_DANA, DESK, FRIDAY_NIGHT + timedelta(days=9))
    )
    assert told.story.kind == "in-words"
    assert "12,500.00 USD instead of 15,200.00 USD" in " ".join(desk.letters_to(DANA)[-1].text.split())


@pytest.mark.parametrize("words", ["why was acme corp 12,500?", "undo the Kestrel thing"])
def test_a_colleague_learns_and_takes_back_nothing_of_danas(desk: PlayedDesk, words: str) -> None:
    weeks_before(desk)
    desk.receives(mails.written(words, "hm", f"Tom Okafor <{TOM}>", DESK, MONDAY))
    assert counting(desk) == [Decimal(900), Decimal(12500), KESTREL]
    letter = desk.letters_to(TOM)[-1]
    assert "of a colleague" in " ".join(letter.text.split())
    assert "15,200" not in letter.text
    assert "18,000" not in letter.text


@pytest.mark.parametrize(
    "words", ["don't undo the Kestrel thing", "kestrel roofing wonders why the banner is late", "why not?"]
)
def test_what_orders_nothing_takes_nothing_back(desk: PlayedDesk, words: str) -> None:
    weeks_before(desk)
    told = desk.receives(mails.written(words, "hm", BY_PRIYA, DESK, MONDAY))
    assert told.story.kind != "in-words"
    assert counting(desk) == [Decimal(900), Decimal(12500), KESTREL]


# --- a client that came with the sale ---------------------------------------------------------------------------------


def with_a_new_client(desk: PlayedDesk) -> None:
    """Nobody knew Kestrel Roofing before; on Dana's YES it was created, and 18,000 booked for it."""
    desk.receives(mails.written("Kestrel Roofing 18,000 signed", "numbers", BY_DANA, DESK, THURSDAY))
    question = next(letter for letter in desk.letters_to(DANA) if "Kestrel" in letter.subject)
    desk.is_answered(question, "yes", by=BY_DANA)
    assert counting(desk) == [KESTREL]
    assert [client.name for client in desk.all_of(Client) if client.name.startswith("Kestrel")] == ["Kestrel Roofing"]


def kestrels(desk: PlayedDesk) -> list[str]:
    return [client.name for client in desk.all_of(Client) if client.name.startswith("Kestrel")]


def test_the_client_and_the_sale_are_taken_back_and_the_mails_that_were_sent_are_listed(desk: PlayedDesk) -> None:
    with_a_new_client(desk)
    words = "undo the Kestrel thing until I've talked to Dana"
    told = desk.receives(mails.written(words, "Kestrel", BY_PRIYA, DESK, MONDAY))
    assert counting(desk) == []
    assert kestrels(desk) == []
    (letter,) = (each for each in told.letters if each.recipient == PRIYA)
    said = " ".join(letter.text.split())
    assert "Kestrel Roofing" in said
    assert "18,000.00 USD" in said
    assert "What was sent cannot be unsent: " in said
    assert "to Dana Reyes: Kestrel Roofing is new - create it? (18,000.00 USD)" in said
    assert "Shall I tell Dana Reyes that it no longer holds? Reply YES or NO." in said


def test_what_was_built_on_the_new_client_since_is_asked_about_and_nothing_is_taken_back(desk: PlayedDesk) -> None:
    with_a_new_client(desk)
    later = THURSDAY + timedelta(days=1)
    desk.receives(mails.written("Kestrel Roofing 2,500 more, banner", "numbers", BY_DANA, DESK, later))
    before = counting(desk)
    assert len(before) == 2
    words = "undo the Kestrel thing until I've talked to Dana"
    told = desk.receives(mails.written(words, "Kestrel", BY_PRIYA, DESK, MONDAY))
    assert counting(desk) == before
    assert kestrels(desk) == ["Kestrel Roofing"]
    (letter,) = (each for each in told.letters if each.recipient == PRIYA)
    said = " ".join(letter.text.split())
    assert "is more than one thing, so I took nothing back" in said
    assert "2,500.00 USD" in said
    assert "18,000.00 USD" in said
