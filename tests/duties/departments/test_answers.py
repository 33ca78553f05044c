"""What departments write back, and what is read of it."""

from __future__ import annotations

import pytest

from mailbot.duties.departments.answers import clauses_in
from mailbot.duties.departments.facts import Says

D, P = Says.DONE, Says.PROBLEM


@pytest.mark.parametrize(
    "text",
    [
        "DONE",
        "done!",
        "Done, thanks",
        "fixed",
        "FIXED",
        "Hi Mara, the banner is live now",
        "erledigt",
        "Ist erledigt.",
        "fertig, danke",
        "behoben",
        "no problem, done",
        "kein Problem, erledigt",
        "problem is fixed",
        "das Problem ist behoben",
        "done. We will send the invoice later.",
        "ok\nlive\n\nBest, the web team",
    ],
)
def test_one_word_says_that_it_is_done(text: str) -> None:
    assert [(each.says, each.numbers, each.is_for_all) for each in clauses_in(text)] == [(D, (), False)]


@pytest.mark.parametrize(
    "text", ["PROBLEM: artwork missing", "problem", "we have a problem here", "Problem: Vorlage fehlt"]
)
def test_one_word_says_that_there_is_a_problem(text: str) -> None:
    assert [(each.says, each.numbers) for each in clauses_in(text)] == [(P, ())]


@pytest.mark.parametrize(
    "text",
    [
        "not done yet",
        "it isn't done",
        "done by Friday",
        "will be done tomorrow",
        "almost done",
        "done on Thursday",
        "fertig in der nächsten Woche",
        "is it done?",
        "done?",
        "noch nicht fertig",
        "wird morgen erledigt",
        "1 not done",
        "we need the artwork first",
        "when it is done I will tell you",
        "done\nproblem",
        "https://a.example is not there",
        "",
        "page 17?",
    ],
)
def test_what_is_put_off_or_taken_back_says_nothing(text: str) -> None:
    assert clauses_in(text) == ()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1 done, 2 problem: artwork missing", [((1,), D), ((2,), P)]),
        ("1, 3 and 4 done\n2: problem - no logo", [((1, 3, 4), D), ((2,), P)]),
        ("1-3 erledigt; 4 Problem: Vorlage fehlt", [((1, 2, 3), D), ((4,), P)]),
        ("1 DONE page 17, 2 PROBLEM: artwork missing", [((1,), D), ((2,), P)]),
        ("No. 2 is done", [((2,), D)]),
        ("1) done p. 17\n2) done p. 33", [((1,), D), ((2,), D)]),
        ("1 is done, 2 is not done", [((1,), D)]),
        ("#3 fixed", [((3,), D)]),
    ],
)
def test_numbers_say_what_it_is_about(text: str, read: list[tuple[tuple[int, ...], Says]]) -> None:
    assert [(each.numbers, each.says) for each in clauses_in(text)] == read


@pytest.mark.parametrize("text", ["all done", "ALL DONE", "Everything is done", "alles erledigt", "all of it done"])
def test_all_is_said_by_a_word(text: str) -> None:
    (clause,) = clauses_in(text)

    assert (clause.is_for_all, clause.says) == (True, D)


@pytest.mark.parametrize(
    ("text", "link", "target"),
    [
        (
            "done, live: https://coastalbuilder.example/partners#delphi -> https://delphiwindos.example",
            "https://coastalbuilder.example/partners#delphi",
            "https://delphiwindos.example",
        ),
        ("done https://a.example/x.", "https://a.example/x", None),
        ("https://a.example/x", "https://a.example/x", None),
        ("Fixed, now leads to https://b.example", None, "https://b.example"),
        ("behoben, führt zu https://b.example", None, "https://b.example"),
        ("DONE\nhttps://a.example/x\nhttps://b.example", "https://a.example/x", "https://b.example"),
        ("done, see file:///etc/passwd", None, None),
        ("done", None, None),
    ],
)
def test_a_page_and_where_it_leads(text: str, link: str | None, target: str | None) -> None:
    (clause,) = clauses_in(text)

    assert (clause.link, clause.target) == (link, target)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("done, page 17", "17"),
        ("page 17", "17"),
        ("erledigt, Seite 17", "17"),
        ("done p. 33", "33"),
        ("done in our system", None),
    ],
)
def test_the_page_of_an_issue(text: str, page: str | None) -> None:
    assert [each.page for each in clauses_in(text)] == [page]


def test_a_long_hostile_text_is_read_at_once() -> None:
    for piece in ("1, ", "1 done ", "done? ", "https://a.example ", "1-", "page 1 "):
        assert len(clauses_in(piece * 200_000)) < 1_000
