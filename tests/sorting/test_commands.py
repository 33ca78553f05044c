"""WHY, UNDO and DONE in the new words of a reply."""

from __future__ import annotations

import pytest

from mailbot.sorting.commands import Commanded, commanded


@pytest.mark.parametrize("text", ["why N-0412?", "Warum N-0412.2?", "n-0412-9kq2x7m3ab, wieso?"])
def test_the_command_and_the_decision_it_names_are_found_wherever_they_stand(text: str) -> None:
    said = commanded(text)

    assert said is not None
    assert (said.does, said.ref) == ("why", "N-0412")
    assert text[said.start : said.end].strip("?") == text.strip("?")


def test_a_bare_word_names_no_decision() -> None:
    assert commanded("Undo!") == Commanded(does="undo", written="Undo", refs=(), start=0, end=4)


@pytest.mark.parametrize(
    "text", ["undo N-0412 and N-0413", "why and undo", "why, done", "2 is 1,500", "", "undo " + "please " * 60]
)
def test_two_decisions_two_commands_other_words_and_long_mails_command_nothing(text: str) -> None:
    assert commanded(text) is None


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("done N-0103", "N-0103"),
        ("N-0103 ist erledigt, danke!", "N-0103"),
        ("fertig n-0103.2-9kq2x7m3ab", "N-0103"),
        ("DONE", None),
        ("Erledigt.\nTom Okafor", None),
    ],
)
def test_done_names_the_task_or_nothing(text: str, ref: str | None) -> None:
    said = commanded(text)

    assert said is not None
    assert (said.does, said.ref) == ("done", ref)


@pytest.mark.parametrize(
    "text",
    [
        "done N-0103 and B-0104",
        "Done: N-0103, B-0104.2-9kq2x7m3ab, n-0103",
        "erledigt N-0103 und B-0104, danke!",
        "N-0103, B-0104 sind erledigt",
        "fertig\nN-0103\nB-0104",
    ],
)
def test_done_names_several_tasks_each_once(text: str) -> None:
    said = commanded(text)

    assert said is not None
    assert (said.does, said.refs) == ("done", ("N-0103", "B-0104"))
    assert said.is_to_the_desk


@pytest.mark.parametrize(
    "text",
    [
        "not done yet",
        "done?",
        "done N-0103 but N-0104 is open",
        "done N-0103, I am still at N-0104",
        "done, the new address is karen@new.example",
        "done\nShe says that Gil takes over from the first of May",
    ],
)
def test_done_with_news_beside_it_is_for_a_person_to_read(text: str) -> None:
    assert commanded(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "UNDO?",
        "undo please?",
        "rückgängig?",
        "undo!\nor not?",
        "undo\nno wait, don't",
        "undo\nlater",
        "undo\nnot yet",
        "undo\nnever mind",
        "undo\nactually leave it",
        "undo. Wait!",
        "Rückgängig. Lass es doch",
        "undo\n2 is 1,500",
        "undo N-0412\n2 is 1,500",
        "undo\nwhy was it so much?",
    ],
)
def test_an_undo_that_is_asked_or_taken_back_or_comes_with_more_is_none(text: str) -> None:
    assert commanded(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "undo please\nDana",
            "Undo! Thanks,\nDana Reyes",
            "UNDO N-0412\nTom",
            "undo. typo, sorry",
            "bitte rückgängig",
        ),
        *("undo\n\ndana", "undo, thx\ndana reyes", "bitte rückgängig\nlena"),
    ],
)
def test_an_undo_with_a_name_a_slip_and_politeness_beside_it_is_one(text: str) -> None:
    said = commanded(text)
    assert said is not None
    assert said.does == "undo"


def test_asking_why_keeps_its_question_mark() -> None:
    said = commanded("why?")
    assert said is not None
    assert said.does == "why"
