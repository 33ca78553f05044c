"""S17: Ellen is away until 14 November. Her reminders rest until she is back, and go on; her note is no answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbot.duties.reminders.tables import BenefitAnswer, Reminder, Rung
from mailbot.records.contracts.tables import Deliverable, Use
from mailbot.records.tables import LetterRow
from tests.situations.desk import PlayedDesk, played_desk
from tests.situations.reminding import ELLEN, MARA, comes, every_morning, nine, subjects

SAM = "sam@northstar.example"
BANNER = "free banner on coastalbuilder.example"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlayedDesk]:
    with played_desk(tmp_path, f"sqlite:///{tmp_path}/desk.sqlite", reminds=True) as opened:
        yield opened


def reached(desk: PlayedDesk) -> list[tuple[Rung, str]]:
    (banner,) = (each for each in desk.all_of(Deliverable) if each.words == BANNER)
    return [(each.rung, str(each.reached_on)) for each in desk.all_of(Reminder) if each.deliverable_id == banner.id]


def mornings_list(desk: PlayedDesk, at: datetime) -> str:
    """What Mara reads that morning about what waits for a person."""
    comes(desk, at)
    letters = [each for each in desk.letters_to(MARA) if each.subject.startswith("Your desk")]
    return letters[-1].text if letters and letters[-1].subject.startswith(f"Your desk, {at.day} Nov") else ""


def test_she_is_reminded_on_monday_away_then_and_reminded_again_on_the_day_she_is_back(desk: PlayedDesk) -> None:
    comes(desk, nine(3))
    (letter,) = desk.letters_to(ELLEN)
    assert letter.subject == f"Your {BANNER}"
    assert "worth 1,200.00 USD. It can be used until 31 Mar 2026." in letter.text
    told = desk.receives("S17-in-1.eml", at=nine(3) + timedelta(minutes=5))
    assert told.story.kind == "away"

    every_morning(desk, nine(4), nine(16))
    assert subjects(desk, ELLEN) == [f"Your {BANNER}"], "nothing while she is away"
    comes(desk, nine(17))

    assert subjects(desk, ELLEN) == [f"Your {BANNER}", f"Reminder: {BANNER}"]
    assert reached(desk) == [(Rung.FIRST, "2025-11-03"), (Rung.SECOND, "2025-11-17")]
    assert desk.all_of(BenefitAnswer) == [], "a note of absence is no answer"
    assert [each.use for each in desk.all_of(Deliverable) if each.words == BANNER] == [Use.UNUSED]
    assert SAM not in {each.recipient for each in desk.all_of(LetterRow)}


def test_her_plain_answer_is_thanked_with_the_figures_she_asks_for_and_she_is_asked_no_more(desk: PlayedDesk) -> None:
    comes(desk, nine(3))
    (letter,) = desk.letters_to(ELLEN)
    words = "yes. Also could you send me the click numbers for october?\nEllen"
    told = desk.is_answered(letter, words, by=f"Ellen Marsh <{ELLEN}>")

    assert (told.story.kind, told.story.rule) == ("answer", "reminders.answered")
    assert [each.recipient for each in told.letters] == [ELLEN], "one letter, to her alone"
    answer = desk.letters_to(ELLEN)[-1]
    assert f"{BANNER}: noted as used, I ask no more about it." in answer.text
    assert "41,220 views, 312 clicks (0.76%)" in answer.text
    assert [each.use for each in desk.all_of(Deliverable) if each.words == BANNER] == [Use.USED]
    every_morning(desk, nine(10), nine(19))
    assert subjects(desk, ELLEN) == [f"Your {BANNER}", f"Re: Your {BANNER}", "How is it going so far?"], (
        "neither a NO nor a STOP was read out of the quoted reminder"
    )


def test_help_is_promised_and_dana_has_her_words_as_a_task(desk: PlayedDesk) -> None:
    comes(desk, nine(3))
    (letter,) = desk.letters_to(ELLEN)
    told = desk.is_answered(letter, "HELP where do I send the picture", by=f"Ellen Marsh <{ELLEN}>")

    assert told.records["tasks"] == 1
    assert "Dana Reyes has your words and gets in touch with you." in desk.letters_to(ELLEN)[-1].text
    help_wanted = desk.letters_to("dana@harbourpine.example")[-1]
    assert "HELP where do I send the picture" in help_wanted.text
    assert "wants help" in mornings_list(desk, nine(4)), "it is on nobody's list"
    assert "wants help" in mornings_list(desk, nine(6))
    desk.is_answered(help_wanted, "DONE", by="Dana Reyes <dana@harbourpine.example>")
    assert "wants help" not in mornings_list(desk, nine(7))
    assert [each.use for each in desk.all_of(Deliverable) if each.words == BANNER] == [Use.UNUSED]


def test_a_no_ends_the_letters_and_the_call_at_the_end_stays(desk: PlayedDesk) -> None:
    comes(desk, nine(3))
    (letter,) = desk.letters_to(ELLEN)
    desk.is_answered(letter, "no", by=f"Ellen Marsh <{ELLEN}>")
    comes(desk, nine(17))
    comes(desk, nine(3, 3, 2026))
    assert [each for each in subjects(desk, ELLEN) if BANNER in each and "Re:" not in each] == [f"Your {BANNER}"]

    comes(desk, nine(25, 3, 2026))
    call = desk.letters_to("dana@harbourpine.example")[-1]
    assert call.subject == "Please call North Star Logistics: runs out unused"
    told = desk.is_answered(call, "called: used, it is up since Monday", by="Dana Reyes <dana@harbourpine.example>")
    assert told.story.kind == "called"
    assert [each.use for each in desk.all_of(Deliverable) if each.words == BANNER] == [Use.USED]


def test_what_is_wrong_besides_goes_its_own_way_and_the_benefit_still_counts_as_used(desk: PlayedDesk) -> None:
    comes(desk, nine(3))
    told = desk.is_answered(desk.letters_to(ELLEN)[0], "yes but the banner link is broken", by=f"Ellen Marsh <{ELLEN}>")

    assert told.records["issues"] == 1
    assert [each.use for each in desk.all_of(Deliverable) if each.words == BANNER] == [Use.USED]
    desk.waits(timedelta(minutes=10))
    _, answer = desk.letters_to(ELLEN)
    assert answer.subject == f"Re: Your {BANNER} - {told.story.ref}", "one letter, not two, once the page was looked at"
    every_morning(desk, nine(10), nine(19))
    assert subjects(desk, ELLEN)[0] == f"Your {BANNER}"
    assert not [each for each in subjects(desk, ELLEN) if each.startswith("Reminder")]


def test_undo_takes_an_answer_back_and_she_is_reminded_again(desk: PlayedDesk) -> None:
    comes(desk, nine(3))
    told = desk.is_answered(desk.letters_to(ELLEN)[0], "yes", by=f"Ellen Marsh <{ELLEN}>")
    (letter,) = [each for each in desk.letters_to(ELLEN) if "noted as used" in each.text]
    assert letter is not None
    desk.receives(
        f"From: Mara Lindqvist <mara@harbourpine.example>\nTo: desk@harbourpine.example\nSubject: undo\n"
        f"Date: Mon, 3 Nov 2025 10:20:00 -0500\nMessage-ID: <undo@hp-mara>\n"
        "Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example\n"
        f"Content-Type: text/plain\n\nundo {told.story.ref}\n".encode()
    )
    assert [each.use for each in desk.all_of(Deliverable) if each.words == BANNER] == [Use.UNUSED]
    comes(desk, nine(12))
    assert subjects(desk, ELLEN)[-1] == f"Reminder: {BANNER}"
