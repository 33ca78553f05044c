"""What the words of a mail have the desk look up; the records are asked about that, and read no words themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.duties.desk.heard import Heard, hint
from mailbot.duties.desk.recalling import Recalled, load
from mailbot.message import clues, read
from mailbot.records.known import known_beforehand
from tests.clerk import DANA, MARA, Desk, card, mail


def heard(words: str) -> Heard | None:
    return hint(read(mail(words)), known_beforehand(card()))


def recalled(desk: Desk, words: str, said: Heard | None, sender: str = DANA) -> Recalled | None:
    """What is looked up where `said` was heard, whatever the mail says."""
    raw = mail(words, sender)
    message, known = read(raw), desk.known_about(raw)
    seen = replace(clues(message), hints={"desk": said} if said else {})
    with desk.database.reading() as session:
        return load((), session, replace(message, body=read(mail("")).body), seen, known)


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("why N-0412", ("why", (), "")),
        ("Done", ("done", (), "")),
        ("why was acme corp 12,500?", ("", ("why",), "")),
        ("undo the Kestrel thing", ("", ("undo",), "")),
        ("card north star", ("", (), "north star")),
    ],
)
def test_an_order_is_heard(words: str, order: tuple[str, tuple[str, ...], str]) -> None:
    found = heard(words)

    assert found is not None
    said = found.word.does if found.word else ""
    assert (said, tuple(each.does for each in found.sentences), found.card.name if found.card else "") == order


@pytest.mark.parametrize(
    "words",
    [
        "",
        "acme corp 12k",
        "Thanks!\n\nOn 3 Nov 2025, the desk wrote:\n> undo N-0412",
        "Thanks!\n\n> undo N-0412",
        "Thanks!\n\n> Hi. Undo the Kestrel thing",
        "Yes",
        "please " * 2_000,
    ],
)
def test_nothing_is_heard_where_nothing_is_ordered(words: str) -> None:
    assert heard(words) is None


def test_what_was_heard_is_looked_up_and_the_words_are_not_read_again(desk: Desk) -> None:
    opened = desk.says("open Kestrel")

    found = recalled(desk, "hello", heard(f"why {opened.ref}"))

    assert found is not None
    assert [story.ref for story in found.stories] == [opened.ref]
    assert recalled(desk, f"why {opened.ref}", None) is None


def test_what_the_open_questions_are_about_is_known_before_anybody_has_read_the_answer(desk: Desk) -> None:
    first = desk.says("what is this about, please")
    desk.says("and what about that, please")

    found = recalled(desk, "no answer at all", None, MARA)

    assert found is not None
    assert len({matter.question_id for matter in found.matters}) == 2
    assert all(matter.mail is not None and matter.task is not None for matter in found.matters)
    assert all(matter.settled is None and matter.writer is None for matter in found.matters)
    assert first.ref not in [story.ref for story in found.stories]
    assert recalled(desk, "no answer at all", None, DANA) is None
